import factory

from apps.projects.enums import Role
from apps.signoffs.models import SignRequest
from tests.factories.accounts import UserFactory
from tests.factories.projects import MembershipFactory
from tests.factories.scope import BaselineFactory


class SignRequestFactory(factory.django.DjangoModelFactory):
    """Somebody is asked to sign; made a member, because only members can open the page."""

    class Meta:
        model = SignRequest
        skip_postgeneration_save = True

    baseline = factory.SubFactory(BaselineFactory, number=1)
    signer = factory.SubFactory(UserFactory)
    asked_by = factory.SubFactory(UserFactory)
    role = "sponsor"

    @factory.post_generation
    def member(self, create: bool, extracted: object, **kwargs: object) -> None:
        if create and not self.baseline.project.memberships.filter(user=self.signer).exists():
            MembershipFactory(project=self.baseline.project, user=self.signer, role=Role.VIEWER)
