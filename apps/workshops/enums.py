from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    """Where a workshop is: planned, letting people in, running, over."""

    DRAFT = "draft", _("planned")
    OPEN = "open", _("waiting room open")
    LIVE = "live", _("running")
    ENDED = "ended", _("over")
    OFF = "off", _("called off")


class Template(models.TextChoices):
    FRAMING = "framing", _("60-minute framing")
    SCOPING = "scoping", _("90-minute scoping")
    PREMORTEM = "premortem", _("45-minute pre-mortem")
    SIGNOFF = "signoff", _("60-minute sign-off meeting")
    WEEK = "week", _("Week without a meeting")
    EMPTY = "empty", _("Empty")


class Kind(models.TextChoices):
    """What an activity asks of people; `kinds` says how each of them runs."""

    CHECKIN = "checkin", _("Arrive and check in")
    FRAMING = "framing", _("Problem framing")
    MAP = "map", _("Stakeholder map")
    BRAINSTORM = "brainstorm", _("Brainstorm by prompt")
    PREMORTEM = "premortem", _("Pre-mortem")
    METRIC = "metric", _("Success metric and guardrails")
    VOTE = "vote", _("Dot vote on scope")
    ESTIMATE = "estimate", _("Blind estimate")
    DECIDE = "decide", _("Decide by consent")
    PARKING = "parking", _("Parking lot")
    WRAP = "wrap", _("Wrap-up")
    TALK = "talk", _("Talk")
    BREAK = "break", _("Break")


class Phase(models.TextChoices):
    WRITE = "write", _("Write, hidden")
    GROUP = "group", _("Reveal and group")
    VOTE = "vote", _("Dot vote")
    SCORE = "score", _("Rate, hidden")
    AGAIN = "again", _("Rate again, hidden")
    FIT = "fit", _("Is it LLM-shaped?")
    PLACE = "place", _("Place")
    DECIDE = "decide", _("Decide")
    TALK = "talk", _("Talk")
    RESULT = "result", _("Show the result")
    SORT = "sort", _("Sort: in, later, out")
    OWN = "own", _("Owner and first step")


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


class Consent(models.TextChoices):
    """What somebody says to a proposal."""

    AGREE = "agree", _("Agree")
    CONCERN = "concern", _("Agree, with a concern")
    OBJECT = "object", _("Object")


class Place(models.TextChoices):
    """Where something is in the scope."""

    IN = "in", _("In")
    LATER = "later", _("Later")
    OUT = "out", _("Out")


class Became(models.TextChoices):
    """What a card can turn into."""

    RISK = "risk", _("Risk")
    OBJECTIVE = "objective", _("Objective")
    DATA = "data", _("Data source")
    DEPENDENCY = "dependency", _("Dependency")
    CONSTRAINT = "constraint", _("Constraint")
    METRIC = "metric", _("Metric")
    DECISION = "decision", _("Decision")
    LATER = "later", _("Later, perhaps")
    COMMENT = "comment", _("Comment")
    PASSAGE = "passage", _("Passage")


class Shape(models.TextChoices):
    """What a problem wants."""

    MODEL = "model", _("A language model")
    RULE = "rule", _("A rule")
    SEARCH = "search", _("A search")
    NEITHER = "neither", _("None of these")


class Standing(models.TextChoices):
    """What somebody on the stakeholder map has to say."""

    DECIDER = "decider", _("decides")
    APPROVER = "approver", _("approves")
    CONSULTED = "consulted", _("is consulted")
