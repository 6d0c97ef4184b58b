from django.db import models
from django.utils.translation import gettext_lazy as _


class Way(models.TextChoices):
    """What a new project begins with."""

    EMPTY = "empty", _("An empty page")
    SAMPLE = "sample", _("The sample’s outline")
    TEMPLATE = "template", _("A template of the company’s")
    COPY = "copy", _("A copy of a project")


class Days(models.TextChoices):
    """What becomes of the days in what comes along."""

    CLEAR = "clear", _("Leave every day out")
    SHIFT = "shift", _("Move every day by as much")
