import pytest

from apps.core.errors import DomainError, Stale
from apps.events.models import Event
from apps.risks import actions
from apps.tables.actions import add_known
from tests.factories.accounts import UserFactory
from tests.factories.projects import ProjectFactory
from tests.factories.risks import RiskFactory
from tests.together import run_together


def test_risks_are_numbered_within_their_project(project):
    person = UserFactory()

    first = actions.raise_risk(project, title="Wrong advice", by=person)
    second = actions.raise_risk(project, title="Stale handbook", by=person)
    elsewhere = actions.raise_risk(ProjectFactory(), title="Late data", by=person)

    assert [first.ref, second.ref, elsewhere.ref] == ["R1", "R2", "R1"]


def test_a_raised_risk_remembers_where_it_came_from(project):
    risk = actions.raise_risk(
        project, title="It sounds sure", came_from="card “it will sound sure”", came_from_url="/x/", by=UserFactory()
    )

    assert (risk.came_from, risk.came_from_url) == ("card “it will sound sure”", "/x/")
    assert Event.objects.get(stream=project.stream).kind == "risk.raised"


@pytest.mark.django_db(transaction=True)
def test_two_people_raising_risks_at_once_get_two_numbers():
    project, person = ProjectFactory(), UserFactory()

    def raise_five() -> None:
        for number in range(5):
            actions.raise_risk(project, title=f"Risk {number}", by=person)

    run_together(4, raise_five)

    assert sorted(project.risks.values_list("number", flat=True)) == list(range(1, 21))


def test_a_known_risk_is_copied_with_its_mitigations(project):
    risk = add_known(project, "risks", known="R22", by=UserFactory())

    assert risk.title == "Direct prompt injection or jailbreak"
    assert risk.mitigation.startswith("- separate instructions from data\n- ")
    assert risk.catalog_id == "R22"


def test_a_known_risk_is_added_once(project):
    person = UserFactory()
    add_known(project, "risks", known="R22", by=person)

    with pytest.raises(DomainError, match="is in the table already"):
        add_known(project, "risks", known="R22", by=person)


@pytest.mark.django_db(transaction=True)
def test_a_known_risk_that_several_add_at_once_is_there_once():
    project, person = ProjectFactory(), UserFactory()

    run_together(4, lambda: add_known(project, "risks", known="R22", by=person))

    assert project.risks.count() == 1


def test_a_risk_that_the_catalog_does_not_know_is_refused(project):
    with pytest.raises(DomainError, match="no such entry"):
        add_known(project, "risks", known="R99", by=UserFactory())


def test_a_change_of_an_old_version_is_refused(project):
    risk, person = RiskFactory(project=project), UserFactory()
    actions.change_risk(risk, title="New words", version=1, by=person)

    with pytest.raises(Stale):
        actions.change_risk(risk, title="Old words", version=1, by=person)


def test_a_closed_risk_is_not_closed_again(project):
    risk, person = RiskFactory(project=project), UserFactory()
    actions.close_risk(risk, note="Vendor signed.", version=1, by=person)

    with pytest.raises(DomainError, match="already closed"):
        actions.close_risk(risk, note="Twice", version=2, by=person)


def test_a_closed_risk_can_be_reopened(project):
    risk, person = RiskFactory(project=project), UserFactory()
    actions.close_risk(risk, note="Vendor signed.", version=1, by=person)

    actions.reopen_risk(risk, version=2, by=person)

    assert risk.state == "open"


def test_an_open_risk_is_not_reopened(project):
    with pytest.raises(DomainError, match="is open"):
        actions.reopen_risk(RiskFactory(project=project), version=1, by=UserFactory())
