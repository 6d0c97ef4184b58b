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


class Autonomy(models.TextChoices):
    """How far the machine may go by itself."""

    SUGGEST = "suggest", _("Suggests: a person does it")
    DRAFT = "draft", _("Drafts: a person edits and sends")
    APPROVED = "approved", _("Acts when a person approves")
    ALONE = "alone", _("Acts alone")


class Good(models.TextChoices):
    """What cannot all win; the order says what gives way last."""

    QUALITY = "quality", _("Quality")
    COST = "cost", _("Cost")
    LATENCY = "latency", _("Speed of an answer")
    TIME = "time", _("Time to market")


class Sign(models.TextChoices):
    """Signals that a pain suits an LLM, and that it does not."""

    READING = "reading", _("The same kind of reading or writing, again and again")
    VOCABULARY = "vocabulary", _("Odd words and abbreviations that outsiders do not know")
    UNREAD = "unread", _("Text that nobody has time to read")
    SCATTERED = "scattered", _("Answers scattered over many documents")
    CHECKED = "checked", _("Somebody can check the result in a moment")
    BOUGHT = "bought", _("It can be bought ready-made")
    RULE = "rule", _("A rule, a form or a query would do")
    FATAL = "fatal", _("One wrong answer is unacceptable, and nobody can check it")
    RARE = "rare", _("It happens rarely, or costs little today")


AGAINST = (Sign.BOUGHT, Sign.RULE, Sign.FATAL, Sign.RARE)
IN_FAVOUR = tuple(sign for sign in Sign if sign not in AGAINST)


class Start(models.TextChoices):
    """Two ways into a project; the first is usually the better bet."""

    PAIN = "pain", _("Relieve a pain we have")
    CHANCE = "chance", _("Offer something new")
