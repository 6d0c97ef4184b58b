from uuid import uuid4

import factory

from apps.dprd import actions, queries
from apps.dprd.enums import Key
from apps.dprd.models import Section
from apps.projects.models import Project
from tests.factories.accounts import UserFactory
from tests.factories.projects import ProjectFactory


class SectionFactory(factory.django.DjangoModelFactory):
    """A section without a history; `written` makes one that somebody wrote."""

    class Meta:
        model = Section

    project = factory.SubFactory(ProjectFactory)
    key = Key.PURPOSE


def written(project: Project, *texts: str, key: str = Key.PURPOSE, by=None) -> Section:
    """A section to which `texts` were saved one after the other."""
    for text in texts:
        section = queries.section(project, key)
        actions.save_prose(
            section, base_version=section.version, text=text, client_key=str(uuid4()), by=by or UserFactory()
        )
    return queries.section(project, key)
