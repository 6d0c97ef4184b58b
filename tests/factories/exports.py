import factory

from apps.exports.models import Export
from tests.factories.scope import BaselineFactory


class ExportFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Export

    baseline = factory.SubFactory(BaselineFactory, number=1)
    effect_key = factory.Sequence(lambda n: f"pdf:test:{n}")
