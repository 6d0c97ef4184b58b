"""Pages of one's own account; tests/accounts says who gets what."""

from tests.access.table import Row

ROWS: list[Row] = []
OPEN = {"accounts:enter", "accounts:set_up", "accounts:code", "accounts:profile", "accounts:zone"}
