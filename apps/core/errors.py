"""Refusals, as sentences for the person."""

from django.utils.translation import gettext as _


class DomainError(Exception):
    """A rule said no. The message is a sentence that a person reads."""


class Stale(DomainError):
    """Somebody saved another version in the meantime; nothing was overwritten."""

    def __init__(self, message: str = "") -> None:
        super().__init__(
            message
            or _("Somebody changed this while you were writing. Nothing is lost: look at both, then save again.")
        )
