from typing import Any

import factory

from apps.registers.models import Row, RowRevision
from apps.tables.enums import Change
from apps.tables.models import OwnEntry
from tests.factories.accounts import UserFactory
from tests.factories.projects import ProjectFactory


class RowFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Row
        skip_postgeneration_save = True

    project = factory.SubFactory(ProjectFactory)
    register = "data_sources"
    number = factory.Sequence(lambda n: n + 1)
    position = factory.Sequence(lambda n: n + 1)
    values = factory.Sequence(lambda n: {"name": f"Handbook {n}"})

    @factory.post_generation
    def revision(self: Any, create: bool, extracted: Any, **more: Any) -> None:
        RowRevision.objects.create(row=self, change=Change.ADDED, version=1, values=self.values)


class OwnEntryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = OwnEntry

    register = "data_sources"
    name = factory.Sequence(lambda n: f"Ticket archive {n}")
    values = factory.LazyAttribute(lambda made: {"name": made.name, "contents": "Replies since 2023"})
    author = factory.SubFactory(UserFactory)
