from django.db import models
from django.utils.translation import gettext_lazy as _


class Asked(models.TextChoices):
    """What a person is asked to do with the sections of a round."""

    COMMENT = "comment", _("read and comment")
    APPROVE = "approve", _("approve")


class Answer(models.TextChoices):
    """What somebody says to one section. The values are the names of the signs."""

    AGREE = "agree", _("Agree")
    RESERVATIONS = "reservations", _("Agree with reservations")
    OBJECT = "object", _("Object")
    NONE = "none", _("No comment")


APPROVE = {
    Answer.AGREE: _("Approve"),
    Answer.RESERVATIONS: _("Approve with reservations"),
    Answer.OBJECT: _("Do not approve"),
    Answer.NONE: _("No comment"),
}
"""The same answers, to choose from for whoever has to approve; and once they are given."""
APPROVED = {
    Answer.AGREE: _("Approved"),
    Answer.RESERVATIONS: _("Approved with reservations"),
    Answer.OBJECT: _("Not approved"),
    Answer.NONE: _("No comment"),
}
GIVES_APPROVAL = frozenset({Answer.AGREE, Answer.RESERVATIONS})
# What has to be said in words, too.
NEEDS_WORDS = frozenset({Answer.RESERVATIONS, Answer.OBJECT})


class Kind(models.TextChoices):
    """Which of the two reminders."""

    BEFORE = "before", _("one working day before")
    DUE_DAY = "due_day", _("on the morning of the due day")
