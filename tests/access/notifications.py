"""The mailbox exists only where a catcher runs; tests/notifications says so."""

from tests.access.table import Row

ROWS: list[Row] = []
OPEN = {"notifications:mailbox", "notifications:mail"}
