from django.db import models
from django.utils.translation import gettext_lazy as _


class Key(models.TextChoices):
    """The six sections of prose."""

    PURPOSE = "purpose", _("Purpose")
    DATA = "data", _("Data sources")
    ARCHITECTURE = "architecture", _("Architecture")
    DEPENDENCIES = "dependencies", _("Dependencies")
    METRICS = "metrics", _("Evaluation metrics")
    MONITORING = "monitoring", _("Feedback and monitoring")


class State(models.TextChoices):
    EMPTY = "empty", _("empty")
    DRAFT = "draft", _("draft")
    READY = "ready", _("ready")


class Outcome(models.TextChoices):
    """What became of a text that somebody sent."""

    KEPT = "kept", _("kept, not merged yet")
    SAME = "same", _("nothing new")
    SAVED = "saved", _("saved")
    WOVEN = "woven", _("woven into somebody else's sentence")
    CONFLICT = "conflict", _("kept beside the text")


class Way(models.TextChoices):
    """How a person settled two texts for one passage."""

    BOTH = "both", _("both, in one text")
    MINE = "mine", _("the one that was beside")
    THEIRS = "theirs", _("the one in the text")
    EDITED = "edited", _("written anew")


class Verdict(models.TextChoices):
    """What became of a suggestion."""

    OPEN = "open", _("open")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("taken back")
