from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    HOST = "host", _("host")
    EDITOR = "editor", _("editor")
    REVIEWER = "reviewer", _("reviewer")
    VIEWER = "viewer", _("viewer")


class Level(models.TextChoices):
    """How serious a finding is."""

    BLOCKER = "blocker", _("blocks sign-off")
    WARNING = "warning", _("to look at")
    HINT = "hint", _("hint")


class Direction(models.TextChoices):
    AT_MOST = "at_most", _("at most")
    AT_LEAST = "at_least", _("at least")


class Start(models.TextChoices):
    """Two ways into a project; the first is usually the better bet."""

    PAIN = "pain", _("Relieve a pain we have")
    CHANCE = "chance", _("Offer something new")
