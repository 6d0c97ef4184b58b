from django.db import models
from django.utils.translation import gettext_lazy as _


class Answer(models.TextChoices):
    """What became of a request to sign."""

    WAITING = "waiting", _("waiting")
    SIGNED = "signed", _("signed")
    DECLINED = "declined", _("declined")
