"""The six digits that prove who signs: made here, checked here, never kept readable."""

import hmac
import secrets
from datetime import timedelta
from hashlib import sha256

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.core.errors import DomainError
from apps.signoffs.models import SignCode, SignRequest

VALID_FOR = timedelta(minutes=15)
MOST_ATTEMPTS = 5
# Codes for one request within `VALID_FOR`: enough for slow mail, too few to guess with.
MOST_CODES = 4


def make(request: SignRequest) -> tuple[SignCode, str]:
    """A new code and its digits; older ones of the request stop working."""
    now = timezone.now()
    if request.codes.filter(created_at__gt=now - VALID_FOR).count() >= MOST_CODES:
        raise DomainError(_("You asked for several codes. Wait a quarter of an hour, or use the last one that came."))
    request.codes.filter(used_at=None, expires_at__gt=now).update(expires_at=now)
    digits = f"{secrets.randbelow(10**6):06d}"
    code = SignCode.objects.create(request=request, digest=digest(request, digits), expires_at=now + VALID_FOR)
    return code, digits


def use(request: SignRequest, digits: str) -> None:
    """Use the newest code up, or say what is wrong with it.

    The attempt is counted in a transaction of its own: a refusal afterwards does not give it back.
    """
    now = timezone.now()
    with transaction.atomic():
        code = request.codes.select_for_update().filter(used_at=None, expires_at__gt=now).first()
        if code is None:
            raise DomainError(_("This code is too old or was used. Ask for a new one."))
        spent = code.attempts >= MOST_ATTEMPTS
        right = not spent and hmac.compare_digest(code.digest, digest(request, digits))
        SignCode.objects.filter(pk=code.pk).update(attempts=F("attempts") + 1, used_at=now if right else None)
    if spent:
        raise DomainError(_("Too many wrong tries with this code. Ask for a new one."))
    if not right:
        raise DomainError(_("That is not the code we sent. Look at the newest mail."))


def digest(request: SignRequest, digits: str) -> str:
    """Keyed: six digits under a plain hash could be found by trying all of them."""
    key = settings.SECRET_KEY.encode()
    return hmac.new(key, f"sign:{request.pk}:{digits}".encode(), sha256).hexdigest()
