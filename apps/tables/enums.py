from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(StrEnum):
    """What a column holds."""

    TEXT = "text"
    LONG = "long"
    CHOICE = "choice"
    NUMBER = "number"
    DAY = "day"
    YES_NO = "yes_no"
    PERSON = "person"
    LINK = "link"


class Change(models.TextChoices):
    """What somebody did to a row."""

    ADDED = "added", _("added")
    FOUND = "found", _("as it was when its history began")
    CHANGED = "changed", _("changed")
    REMOVED = "removed", _("removed")
    RESTORED = "restored", _("brought back")
    KEPT = "kept", _("typed, and not taken: somebody had changed the same field")
