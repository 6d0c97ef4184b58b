from django.db import models
from django.utils.translation import gettext_lazy as _


class Reply(models.TextChoices):
    YES = "yes", _("Yes")
    NO = "no", _("No")
    UNSURE = "unsure", _("Not sure")


class Tier(models.TextChoices):
    """Where the EU AI Act puts it, the strictest first."""

    PROHIBITED = "prohibited", _("Prohibited")
    HIGH_AREA = "high_area", _("High risk, by its area of use")
    HIGH_PRODUCT = "high_product", _("High risk, as part of a product")
    GENERAL = "general", _("Provider of a general-purpose model")
    TRANSPARENCY = "transparency", _("Transparency duties")
    MINIMAL = "minimal", _("Minimal risk")


class Need(models.TextChoices):
    """Whether a data protection impact assessment is due."""

    DUE = "due", _("An impact assessment is due")
    LIKELY = "likely", _("An impact assessment is very likely due")
    NONE = "none", _("No impact assessment seems due")


class Verdict(models.TextChoices):
    APPROVE = "approve", _("Approve")
    CONDITIONS = "conditions", _("Approve with conditions")
    REJECT = "reject", _("Reject")
    REFER = "refer", _("Refer to the authority or to counsel")
