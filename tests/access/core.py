"""Pages for machines."""

from tests.access.table import Row

ROWS: list[Row] = []
OPEN = {"core:favicon", "core:livez", "core:readyz", "core:styleguide"}
