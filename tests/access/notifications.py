"""The mailbox exists only where a catcher runs; tests/notifications says so."""

from tests.access.table import Row

ROWS: list[Row] = []
# One's own choices need no project; a signed address is the proof of whoever stops a mail.
OPEN = {"notifications:mailbox", "notifications:mail", "notifications:paces", "notifications:stop"}
