"""People are moved where they are drawn."""

import pytest
from django.urls import reverse

from tests.factories.stakeholders import StakeholderFactory
from tests.fixtures import HTMX
from tests.pages import soup


@pytest.fixture
def anders(project):
    return StakeholderFactory(project=project, name="Anders Holm", influence=3, interest=3, remarks="signs")


def place(client, person, **values):
    return client.post(reverse("stakeholders:place", args=[person.project_id, person.pk]), values, headers=HTMX)


def test_a_move_changes_the_place_alone_whatever_was_written_meanwhile(editor, anders):
    answer = soup(place(editor, anders, influence=5, interest=1))

    anders.refresh_from_db()
    assert (anders.influence, anders.interest, anders.remarks, anders.version) == (5, 1, "signs", 2)
    assert [cell.text for cell in answer.select("td[data-label]")] == ["5", "1"]
    assert answer.select_one("#people-picture .influence-person")["data-influence"] == "5"


def test_nobody_stands_outside_of_the_grid(editor, anders):
    assert place(editor, anders, influence=6, interest=0).status_code == 422

    anders.refresh_from_db()
    assert (anders.influence, anders.interest) == (3, 3)


@pytest.mark.parametrize(("role", "links"), [("editor", 1), ("viewer", 0)])
def test_only_whoever_may_change_people_can_move_them(as_role, anders, role, links):
    page = soup(as_role(role).get(reverse("stakeholders:list", args=[anders.project_id])))

    assert len(page.select(".influence-person")) == links
