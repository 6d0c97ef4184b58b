from django.db import models
from django.utils.translation import gettext_lazy as _


class Pace(models.TextChoices):
    """When a person wants a mail about something."""

    NOW = "now", _("At once")
    DAILY = "daily", _("Once a day")
    NEVER = "never", _("Never")
