from typing import Any

import factory

from apps.projects.enums import Role
from apps.projects.models import Project
from apps.workshops import actions
from apps.workshops.enums import Phase, State, Template
from apps.workshops.models import Activity, Card, Group, Item, Participant, Workshop
from tests.factories.accounts import UserFactory
from tests.factories.projects import MembershipFactory


class WorkshopFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Workshop

    title = "Scoping workshop"
    purpose = "At the end we know what the first version does."
    minutes = 60
    host = factory.SubFactory(UserFactory)


class ParticipantFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Participant

    name = factory.Sequence(lambda n: f"Guest {n}")


class GroupFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Group

    name = factory.Sequence(lambda n: f"Group {n}")


class ItemFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Item

    text = factory.Sequence(lambda n: f"Proposal {n}")


class CardFactory(factory.django.DjangoModelFactory):
    """A card of the first prompt; `revealed_at` decides who sees it."""

    class Meta:
        model = Card

    workshop = factory.SelfAttribute("activity.workshop")
    text = factory.Sequence(lambda n: f"Said {n}")
    kind = "expectation"
    prompt = "expectations"


def a_host(project: Project) -> Any:
    return MembershipFactory(project=project, role=Role.HOST).user


def planned(project: Project, *, by: Any = None) -> Workshop:
    """A workshop from the 60-minute template."""
    by = by or a_host(project)
    return actions.create_workshop(
        project, title="Scoping workshop", purpose="", template=Template.FRAMING, scheduled_at=None, by=by
    )


def running(project: Project, *, phase: str = Phase.WRITE, by: Any = None) -> Workshop:
    """A workshop whose room stands in a phase of "Expectations, concerns, constraints"."""
    by = by or a_host(project)
    workshop = planned(project, by=by)
    actions.open_room(workshop, by=by)
    workshop = actions.start_workshop(workshop, step=0, by=by)
    return move(workshop, table_of(workshop), phase, by=by)


def move(workshop: Workshop, activity: Activity, phase: str, *, by: Any = None) -> Workshop:
    workshop.refresh_from_db()
    return actions.move_everyone(
        workshop, activity=activity.pk, phase=phase, step=workshop.step, by=by or workshop.host
    )


def table_of(workshop: Workshop) -> Activity:
    return workshop.activities.get(title="Expectations, concerns, constraints")


def ended(project: Project, *, by: Any = None) -> Workshop:
    workshop = running(project, by=by)
    actions.end_workshop(workshop, step=workshop.step, by=by or workshop.host)
    workshop.refresh_from_db()
    assert workshop.state == State.ENDED
    return workshop
