import pytest

from apps.core.errors import Stale
from apps.core.writes import save_version
from apps.projects.models import Project
from tests.factories.projects import ProjectFactory
from tests.together import run_together


def test_a_save_moves_the_version_on(db):
    project = ProjectFactory()
    project.title = "Other"

    save_version(project, expected=1, fields=["title"])

    stored = Project.objects.get()
    assert (project.version, stored.version, stored.title) == (2, 2, "Other")
    assert stored.updated_at == project.updated_at


def test_only_the_named_fields_are_written(db):
    project = ProjectFactory(summary="Before")
    project.title, project.summary = "Other", "Not meant"

    save_version(project, expected=1, fields=["title"])

    assert Project.objects.get().summary == "Before"


def test_a_save_of_another_version_writes_nothing(db):
    project = ProjectFactory(title="Before")
    project.title = "Other"

    with pytest.raises(Stale):
        save_version(project, expected=2, fields=["title"])

    assert (Project.objects.get().title, project.version) == ("Before", 1)


def test_a_removed_row_is_stale(db):
    project = ProjectFactory()
    Project.objects.all().delete()

    with pytest.raises(Stale):
        save_version(project, expected=1, fields=["title"])


@pytest.mark.django_db(transaction=True)
def test_of_many_who_saw_the_same_version_one_saves():
    pk = ProjectFactory().pk

    def save():
        save_version(Project.objects.get(pk=pk), expected=1, fields=["title"])

    outcomes = run_together(8, save)

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["NoneType"] + ["Stale"] * 7
    assert Project.objects.get().version == 2
