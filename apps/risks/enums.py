from django.db import models
from django.utils.translation import gettext_lazy as _


class Response(models.TextChoices):
    """What one does about a risk."""

    AVOID = "avoid", _("avoid")
    REDUCE = "reduce", _("reduce")
    TRANSFER = "transfer", _("transfer")
    ACCEPT = "accept", _("accept")


class State(models.TextChoices):
    OPEN = "open", _("open")
    REDUCING = "reducing", _("reducing")
    ACCEPTED = "accepted", _("accepted")
    CLOSED = "closed", _("closed")


class Likelihood(models.IntegerChoices):
    RARE = 1, _("Rare")
    UNLIKELY = 2, _("Unlikely")
    POSSIBLE = 3, _("Possible")
    LIKELY = 4, _("Likely")
    ALMOST_CERTAIN = 5, _("Almost certain")


class Impact(models.IntegerChoices):
    NEGLIGIBLE = 1, _("Negligible")
    MINOR = 2, _("Minor")
    MODERATE = 3, _("Moderate")
    MAJOR = 4, _("Major")
    CRITICAL = 5, _("Critical")
