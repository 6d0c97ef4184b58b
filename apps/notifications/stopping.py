"""The link that ends a kind of mail without signing in: a signed name of person and kind, no secret of the account."""

from dataclasses import dataclass

from django.core import signing

from apps.accounts.models import User

SALT = "notifications.stop"


@dataclass(frozen=True)
class Stop:
    user: User
    kind: str


def token(user: User, kind: str) -> str:
    return signing.dumps([str(user.pk), kind], salt=SALT)


def read(sent: str) -> Stop | None:
    """Whom and what the token names; None when nobody made it, or the person is gone."""
    try:
        pk, kind = signing.loads(sent, salt=SALT)
    except signing.BadSignature:
        return None
    user = User.objects.filter(pk=pk).first()
    return Stop(user, kind) if user else None
