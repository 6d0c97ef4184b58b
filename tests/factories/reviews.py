from datetime import timedelta

import factory
from django.utils import timezone

from apps.reviews.models import Response, ReviewRequest, Round
from tests.factories.accounts import UserFactory
from tests.factories.projects import ProjectFactory


class RoundFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Round

    project = factory.SubFactory(ProjectFactory)
    number = factory.Sequence(lambda n: n + 1)
    sections = ["people"]
    due_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=7))


class ReviewRequestFactory(factory.django.DjangoModelFactory):
    """A request with an empty response for each section of its round."""

    class Meta:
        model = ReviewRequest
        skip_postgeneration_save = True

    round = factory.SubFactory(RoundFactory)
    user = factory.SubFactory(UserFactory)

    @factory.post_generation
    def responses(self, create, extracted, **kwargs):
        for key in self.round.sections:
            Response.objects.create(request=self, section=key, **(extracted or {}))
