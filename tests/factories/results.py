from datetime import timedelta
from decimal import Decimal

import factory
from django.utils import timezone

from apps.results.models import Benefit, Measurement


class MeasurementFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Measurement

    value = Decimal(9)
    source = "Ticket report"
    day = factory.Sequence(lambda n: timezone.localdate() - timedelta(days=n % 300))


class BenefitFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Benefit

    title = factory.Sequence(lambda n: f"Time saved {n}")
    formula = "100 hours a year\n× 46 € an hour"
    owner = "Erik"
    assumptions = "It is used"
