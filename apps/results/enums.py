from django.db import models
from django.utils.translation import gettext_lazy as _


class Verdict(models.TextChoices):
    """What came of a promise so far."""

    MET = "met", _("met")
    ON_THE_WAY = "on_the_way", _("on the way")
    NO_BETTER = "no_better", _("no better than before")
    MISSED = "missed", _("missed")
    NOT_MEASURED = "not_measured", _("not measured yet")
    NO_TARGET = "no_target", _("no target to hold it against")
