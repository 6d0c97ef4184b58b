"""One-time links: made here, shown by a GET, used up by a POST."""

from datetime import timedelta
from urllib.parse import parse_qs, urlencode, urlsplit

from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import OneTimeLink, User
from apps.accounts.tokens import make_token, token_hash
from apps.core.errors import DomainError

ENTER = "enter"
SETUP = "setup"
TO = "to"


def make(user: User | None, purpose: str, *, valid_for: timedelta) -> str:
    """A new token for `user` (None: for whoever sets the installation up)."""
    token = make_token()
    OneTimeLink.objects.create(
        token_hash=token_hash(token), user=user, purpose=purpose, expires_at=timezone.now() + valid_for
    )
    return token


def look(token: str, purpose: str) -> OneTimeLink | None:
    """The link if it still works; looking does not use it up (mail scanners look)."""
    return (
        OneTimeLink.objects.select_related("user")
        .filter(token_hash=token_hash(token), purpose=purpose, used_at=None, expires_at__gt=timezone.now())
        .first()
    )


@transaction.atomic
def use(token: str, purpose: str) -> OneTimeLink:
    """Use the link up; of two who try at once one succeeds."""
    link = look(token, purpose)
    if link is None or not OneTimeLink.objects.filter(pk=link.pk, used_at=None).update(used_at=timezone.now()):
        raise DomainError(_("This link has been used or is too old. Ask for a new one."))
    return link


def addressed(path: str, user: User) -> str:
    """`path` for a mail to `user`: whoever has to sign in first finds their address filled in."""
    return f"{path}?{urlencode({TO: Signer(salt=TO).sign(str(user.pk))})}"


def addressee(url: str) -> User | None:
    """Whom a page's address was mailed to; None when it was not, or the words were changed."""
    try:
        signed = parse_qs(urlsplit(url).query).get(TO, [""])[0]
        return User.objects.filter(pk=Signer(salt=TO).unsign(signed)).first()
    except (BadSignature, ValueError):
        # ValueError: what came as the address is none, such as "http://[".
        return None
