from django.db import models
from django.utils.translation import gettext_lazy as _


class Lane(models.TextChoices):
    """Where on the way from sources to users something stands, in the order in which it is drawn."""

    SOURCES = "sources", _("Sources")
    INGESTION = "ingestion", _("Ingestion")
    STORAGE = "storage", _("Storage and retrieval")
    MODEL = "model", _("Model")
    CHECKS = "checks", _("Checks and guardrails")
    SERVING = "serving", _("Serving and users")
    MONITORING = "monitoring", _("Monitoring and feedback")


class Zone(models.TextChoices):
    """Whose ground it stands on: between two of them runs a trust boundary."""

    OURS = "ours", _("our own network")
    VENDOR = "vendor", _("a vendor’s cloud")
    PUBLIC = "public", _("open to the public")
