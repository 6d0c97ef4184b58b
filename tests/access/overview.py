"""Home and the project page."""

from tests.access.table import Row

ROWS = [Row("overview:project", "GET", host=200, editor=200, reviewer=200, viewer=200)]
# Home is for everybody; the bar's own fragments show nothing but one's own.
OPEN = {"overview:home", "overview:needs_count", "overview:menu"}
