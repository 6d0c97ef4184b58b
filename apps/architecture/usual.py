"""The parts that most drawings begin with, and what travels between them."""

from django.utils.translation import gettext_lazy as _

from apps.architecture.enums import Lane, Zone

SOURCE = _("Documents")
PARTS = (
    (Lane.INGESTION, _("Cleaning"), _("personal data are taken out"), Zone.OURS),
    (Lane.STORAGE, _("Search"), _("finds passages that fit"), Zone.OURS),
    (Lane.MODEL, _("Language model"), "", Zone.VENDOR),
    (Lane.CHECKS, _("Checks"), _("sources named, nothing personal"), Zone.OURS),
    (Lane.SERVING, _("A person reads and decides"), _("nothing goes out by itself"), Zone.OURS),
    (Lane.MONITORING, _("Weekly sample"), _("errors, cost, what users say"), Zone.OURS),
)
CARRIED = (_("clean text"), _("question and passages"), _("draft"), _("checked draft"), _("what was changed"))
"""From each part to the next."""
