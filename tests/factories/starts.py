import factory
from django.utils import timezone

from apps.starts.models import ProjectTemplate
from tests.factories.accounts import UserFactory


class TemplateFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ProjectTemplate

    name = factory.Sequence(lambda n: f"Drafts {n}")
    content = {"objectives": [{"id": "one", "title": "Shorter waits", "due": "2026-12-04"}]}
    began = factory.LazyFunction(timezone.localdate)
    author = factory.SubFactory(UserFactory)
