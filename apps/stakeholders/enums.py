from django.db import models
from django.utils.translation import gettext_lazy as _


class Letter(models.TextChoices):
    """What somebody has to do with a section of the scope, in the order of its weight."""

    BOTH = "AR", _("accountable and responsible")
    ACCOUNTABLE = "A", _("accountable")
    APPROVES = "S", _("must approve")
    RESPONSIBLE = "R", _("responsible")
    CONSULTED = "C", _("consulted")
    INFORMED = "I", _("informed")


class Answer(models.TextChoices):
    """To a call for one more seat."""

    SEAT = "seat", _("the seat is wanted")
    WAIVED = "waived", _("not needed")


ANSWERS = (Letter.ACCOUNTABLE, Letter.BOTH)
APPROVERS = (Letter.ACCOUNTABLE, Letter.APPROVES)
"""Whose approval a section needs. Who does the work besides being accountable has it from themselves."""
DOES = (Letter.RESPONSIBLE, Letter.BOTH)
