import factory

from apps.risks.models import Risk
from tests.factories.projects import ProjectFactory


class RiskFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Risk

    project = factory.SubFactory(ProjectFactory)
    number = factory.Sequence(lambda n: n + 1)
    title = factory.Sequence(lambda n: f"Wrong advice {n}")
    likelihood = 3
    impact = 3
