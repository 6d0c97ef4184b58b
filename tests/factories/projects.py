import factory

from apps.projects.enums import Role
from apps.projects.models import Membership, Objective, Project
from tests.factories.accounts import UserFactory


class ProjectFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Project

    title = "Reply drafts for support"
    time_zone = "Europe/Stockholm"


class MembershipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Membership

    project = factory.SubFactory(ProjectFactory)
    user = factory.SubFactory(UserFactory)
    role = Role.EDITOR


class ObjectiveFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Objective

    project = factory.SubFactory(ProjectFactory)
    title = factory.Sequence(lambda n: f"Median first response {n}")
