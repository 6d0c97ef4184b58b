from apps.registers.views.own import entry_drop, entry_keep, newer_take
from apps.registers.views.rows import row_add, row_edit, row_history, row_remove, row_restore, row_show
from apps.registers.views.samples import sample_size
from apps.registers.views.table import (
    batch_undo,
    cell_change,
    register_history,
    register_list,
    register_part,
    row_move,
    rows_bulk,
)
from apps.registers.views.taking import catalog_add, catalog_show, rows_export, rows_import, rows_paste

__all__ = [
    "batch_undo",
    "catalog_add",
    "catalog_show",
    "cell_change",
    "entry_drop",
    "entry_keep",
    "newer_take",
    "register_history",
    "register_list",
    "register_part",
    "row_add",
    "row_edit",
    "row_history",
    "row_move",
    "row_remove",
    "row_restore",
    "row_show",
    "rows_bulk",
    "rows_export",
    "rows_import",
    "rows_paste",
    "sample_size",
]
