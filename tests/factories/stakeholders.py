from datetime import timedelta

import factory
from django.utils import timezone

from apps.accounts.tokens import token_hash
from apps.stakeholders.models import Invitation, Stakeholder
from tests.factories.projects import ProjectFactory


class StakeholderFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Stakeholder

    project = factory.SubFactory(ProjectFactory)
    name = factory.Sequence(lambda n: f"Karin Åström {n}")
    email = factory.Sequence(lambda n: f"karin{n}@norrwater.example")
    role = "legal"


class InvitationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Invitation
        exclude = ["token"]

    stakeholder = factory.SubFactory(StakeholderFactory)
    email = factory.LazyAttribute(lambda invitation: invitation.stakeholder.email)
    role = "reviewer"
    token = factory.Sequence(lambda n: f"token-{n}")
    token_hash = factory.LazyAttribute(lambda invitation: token_hash(invitation.token))
    expires_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=14))
