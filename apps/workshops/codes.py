"""Ways into a room: six characters to type, or a link that nobody can guess.

Both can be shown again at any time, so neither is stored as a secret: the code is a column, the
link's token is derived from the workshop's key with the installation's secret.
"""

import base64
import secrets

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.html import format_html
from django.utils.safestring import SafeString

# No 0 O, 1 I L, 2 Z, 5 S, 8 B: what a person at the back of the room could mistake.
LETTERS = "ACDEFGHJKMNPQRTUVWXY34679"
LENGTH = 6


def make_code() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def tidy(typed: str) -> str:
    """What a person meant: capitals do not matter, nor do spaces and dashes."""
    return "".join(letter for letter in typed.upper() if letter.isalnum())[:LENGTH]


def token(workshop_id: object) -> str:
    """132 bits that only this installation can derive, safe in a URL."""
    return _derived("workshops.join", workshop_id)[:22]


def fits(workshop_id: object, offered: str) -> bool:
    return constant_time_compare(token(workshop_id), offered)


def link(workshop_id: object, code: str) -> str:
    """The absolute address to hand out."""
    return settings.PUBLIC_URL + reverse("workshops:join_link", args=[code, token(workshop_id)])


def seat_token(invite_id: object) -> str:
    """132 bits that lead one person to their seat."""
    return _derived("workshops.invite", invite_id)[:22]


def seat_secret(invite_id: object) -> str:
    """What a browser keeps of the seat that was held for somebody."""
    return _derived("workshops.seat", invite_id)


def fits_seat(invite_id: object, offered: str) -> bool:
    return constant_time_compare(seat_token(invite_id), offered)


def seat_link(code: str, invite_id: object) -> str:
    """The absolute address for the mail to one person."""
    return settings.PUBLIC_URL + reverse("workshops:join_invited", args=[code, invite_id, seat_token(invite_id)])


def qr(address: str) -> SafeString:
    """The address as SVG in the colour of the text, with a title for who cannot see it."""
    matrix = segno.make(address, error="m", micro=False).matrix
    dark = [f"M{x} {y}h1v1h-1z" for y, row in enumerate(matrix) for x, module in enumerate(row) if module]
    return format_html(
        '<svg viewBox="0 0 {0} {0}" role="img" shape-rendering="crispEdges"><title>{1}</title>'
        '<path fill="currentColor" d="{2}"/></svg>',
        len(matrix),
        address,
        "".join(dark),
    )


def _derived(salt: str, of: object) -> str:
    digest = salted_hmac(salt, str(of), algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")
