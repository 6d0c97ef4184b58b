from django.urls import path, register_converter

from apps.registers import views
from apps.tables.declared import tables


class RegisterKey:
    """The name of a register in an address."""

    regex = "[a-z_]+"

    def to_python(self, value: str) -> str:
        if value not in {register.key for register in tables()}:
            raise ValueError
        return value

    def to_url(self, value: str) -> str:
        return str(value)


register_converter(RegisterKey, "register")

app_name = "registers"
IN = "projects/<uuid:project_id>/registers/<register:key>/"
ONE = f"{IN}<uuid:row_id>/"
urlpatterns = [
    path("projects/<uuid:project_id>/registers/metrics/how-many/", views.sample_size, name="samples"),
    path(IN, views.register_list, name="list"),
    path(f"{IN}part/", views.register_part, name="part"),
    path(f"{IN}add/", views.row_add, name="add"),
    path(f"{IN}bulk/", views.rows_bulk, name="bulk"),
    path(f"{IN}undo/<uuid:batch>/", views.batch_undo, name="undo"),
    path(f"{IN}history/", views.register_history, name="history"),
    path(f"{IN}paste/", views.rows_paste, name="paste"),
    path(f"{IN}import/", views.rows_import, name="import"),
    path(f"{IN}export/<slug:kind>/", views.rows_export, name="export"),
    path(f"{IN}catalog/", views.catalog_show, name="catalog"),
    path(f"{IN}catalog/add/", views.catalog_add, name="catalog_add"),
    path(f"{IN}catalog/<uuid:entry_id>/drop/", views.entry_drop, name="entry_drop"),
    path(ONE, views.row_show, name="row"),
    path(f"{ONE}keep/", views.entry_keep, name="entry_keep"),
    path(f"{ONE}newer/", views.newer_take, name="newer_take"),
    path(f"{ONE}edit/", views.row_edit, name="edit"),
    path(f"{ONE}cell/<slug:column>/", views.cell_change, name="cell"),
    path(f"{ONE}remove/", views.row_remove, name="remove"),
    path(f"{ONE}move/", views.row_move, name="move"),
    path(f"{ONE}history/", views.row_history, name="row_history"),
    path(f"{ONE}history/<uuid:revision_id>/restore/", views.row_restore, name="restore"),
]
