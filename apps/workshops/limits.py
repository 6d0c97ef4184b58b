"""How often something may be tried. Forty people share one office address, so an address may do much."""

from django.utils.translation import gettext as _

from apps.core.errors import DomainError
from apps.core.limits import count, counted

WRONG_CODES_PER_ADDRESS = 60
WRONG_CODES_IN_ALL = 600
JOINS_PER_ROOM = 1500
WINDOW_SECONDS = 600
CODES, JOINS = "workshops:code", "workshops:join"


def too_many_wrong_codes(address: str) -> bool:
    """Guessing: an address, or everybody together, has tried too many codes that lead nowhere."""
    return counted(CODES, address) >= WRONG_CODES_PER_ADDRESS or counted(CODES, "") >= WRONG_CODES_IN_ALL


def count_wrong_code(address: str) -> None:
    count(CODES, address, seconds=WINDOW_SECONDS)
    count(CODES, "", seconds=WINDOW_SECONDS)


def must_admit(workshop_id: object) -> None:
    """Count a join to the room; raise when there were far more than a full room in ten minutes."""
    if count(JOINS, workshop_id, seconds=WINDOW_SECONDS) > JOINS_PER_ROOM:
        raise DomainError(_("Very many people are coming in right now. Wait a minute, then try again."))
