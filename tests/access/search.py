"""Search shows what its reader may see; tests/search says so."""

from tests.access.table import Row

ROWS: list[Row] = []
OPEN = {"search:find"}
