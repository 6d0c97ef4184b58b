from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    """Where a workshop is: planned, letting people in, running, over."""

    DRAFT = "draft", _("planned")
    OPEN = "open", _("waiting room open")
    LIVE = "live", _("running")
    ENDED = "ended", _("over")


class Template(models.TextChoices):
    FRAMING = "framing", _("60-minute framing")
    SCOPING = "scoping", _("90-minute scoping")
    PREMORTEM = "premortem", _("45-minute pre-mortem")
    EMPTY = "empty", _("Empty")


class Kind(models.TextChoices):
    """What an activity asks of people. Others come beside these, with phases of their own."""

    BRAINSTORM = "brainstorm", _("Brainstorm by prompt")
    TALK = "talk", _("Talk")
    BREAK = "break", _("Break")


class Phase(models.TextChoices):
    WRITE = "write", _("Write, hidden")
    GROUP = "group", _("Reveal and group")
    VOTE = "vote", _("Dot vote")
    TALK = "talk", _("Talk")


class CardKind(models.TextChoices):
    EXPECTATION = "expectation", pgettext_lazy("card", "Expectation")
    CONCERN = "concern", pgettext_lazy("card", "Concern")
    CONSTRAINT = "constraint", pgettext_lazy("card", "Constraint")
    DATA = "data", pgettext_lazy("card", "Data")
    REASON = "reason", pgettext_lazy("card", "Reason")
    IDEA = "idea", pgettext_lazy("card", "Idea")


class Part(models.TextChoices):
    HOST = "host", _("host")
    PARTICIPANT = "participant", _("participant")


class Became(models.TextChoices):
    """What a card can turn into."""

    RISK = "risk", _("Risk")
    OBJECTIVE = "objective", _("Objective")
    PASSAGE = "passage", _("Passage")
