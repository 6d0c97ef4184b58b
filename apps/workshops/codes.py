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
    digest = salted_hmac("workshops.join", str(workshop_id), algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest).decode()[:22]


def fits(workshop_id: object, offered: str) -> bool:
    return constant_time_compare(token(workshop_id), offered)


def link(workshop_id: object, code: str) -> str:
    """The absolute address to hand out."""
    return settings.PUBLIC_URL + reverse("workshops:join_link", args=[code, token(workshop_id)])


def qr(address: str) -> str:
    """The address as SVG that takes its ink from the text colour; a title for who cannot see it."""
    drawing = segno.make(address, error="m", micro=False)
    return drawing.svg_inline(border=0, omitsize=True, dark="currentColor", svgclass=None, lineclass=None, title=address)
