from zoneinfo import available_timezones

from django.db import transaction
from django.utils.translation import gettext as _

from apps.accounts import links
from apps.accounts.models import User
from apps.core.errors import DomainError


def adopt_reader_settings(user: User, *, time_zone: str, language: str) -> None:
    """Remember the zone and language that the person's browser reports."""
    if time_zone in available_timezones():
        user.time_zone = time_zone
    user.language = language[:12] or user.language
    user.save(update_fields=["time_zone", "language", "updated_at"])


def change_profile(user: User, *, name: str, time_zone: str, theme: str) -> User:
    user.name, user.time_zone, user.theme = name, time_zone, theme
    user.save(update_fields=["name", "time_zone", "theme", "updated_at"])
    return user


@transaction.atomic
def set_up(token: str, *, name: str, email: str) -> User:
    """The first host, by the one-time set-up link that the start printed."""
    if User.objects.filter(email__iexact=email).exists():
        raise DomainError(_("There is an account with this address already. Sign in instead."))
    links.use(token, links.SETUP)
    return User.objects.create_user(email, name=name, is_staff=True)
