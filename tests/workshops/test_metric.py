"""The sheet of success: filled by the host, followed by all, taken into the scope."""

from datetime import date
from decimal import Decimal

import pytest

from apps.projects.models import Objective
from apps.registers.models import Row
from apps.workshops import actions
from apps.workshops.enums import Phase
from tests.factories.workshops import a_host
from tests.fixtures import HTMX
from tests.pages import soup, text
from tests.workshops.asks import inside, room
from tests.workshops.blocks import go, item_of

SHEET = {
    "name": "Median first response",
    "unit": "h",
    "baseline": "11",
    "direction": "at_most",
    "target": "4",
    "due": "2027-09-30",
    "source": "Ticket system report",
    "owner": "Maja Lindqvist",
    "guard1_name": "Sent replies with an error",
    "guard1_direction": "at_most",
    "guard1_limit": "1",
    "guard1_unit": "%",
    "must_not": "Send anything without an agent\nAnswer vulnerable customers",
    "autonomy": "draft",
    "test_owner": "Jonas Weber",
}


@pytest.fixture
def filling(workshop):
    return go(workshop, "metric", Phase.TALK)


@pytest.fixture
def item(workshop, filling):
    return item_of(workshop, "metric")


@pytest.fixture
def fill(workshop, item, sign_in):
    host = sign_in(workshop.host)

    def send(data=SHEET, browser=host, **more):
        return browser.post(inside(workshop, "fill_sheet", item.pk), data, **more)

    send.host = host
    return send


def test_every_screen_follows_the_sheet(workshop, fill, guest):
    assert fill().status_code == 302

    pages = [
        guest.get(room(workshop)),
        fill.host.get(inside(workshop, "present")),
        fill.host.get(inside(workshop, "recap")),
    ]
    told = [text(soup(page)) for page in pages]
    assert all("11\N{NO-BREAK SPACE}h" in words or "11 h" in words for words in told)
    assert all("Sent replies with an error" in words and "Jonas Weber" in words for words in told)


def test_a_sheet_half_filled_is_kept(fill, item):
    assert fill({"name": "Median first response"}, headers=HTMX).status_code == 200

    item.refresh_from_db()
    assert (item.text, item.details["target"]) == ("Median first response", "")


@pytest.mark.parametrize("headers", [{}, HTMX])
@pytest.mark.parametrize("wrong", [{"target": "soon"}, {"due": "2027-13-01"}, {"autonomy": "all"}])
def test_what_is_no_number_or_day_is_refused(fill, item, wrong, headers):
    refused = fill({**SHEET, **wrong}, headers=headers)

    item.refresh_from_db()
    assert (refused.status_code, item.text) == (422, "")


def test_two_hosts_fill_different_fields_at_once(workshop, project, fill, item, sign_in):
    other = sign_in(a_host(project))
    fill({"seen": "{}", "owner": "Maja"})

    answer = fill({"seen": "{}", "name": "Median first response"}, browser=other)

    item.refresh_from_db()
    assert (answer.status_code, item.details["owner"], item.details["name"]) == (302, "Maja", "Median first response")


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_the_same_field_filled_twice_at_once_shows_both(project, fill, item, sign_in, headers):
    other = sign_in(a_host(project))
    fill({"seen": "{}", "target": "4"})

    clash = fill({"seen": "{}", "target": "6"}, browser=other, headers=headers)
    again = fill({"seen": soup(clash).select_one("input[name=seen]")["value"], "target": "6"}, browser=other)

    item.refresh_from_db()
    assert clash.status_code == 409
    assert "They: 4. You: 6." in text(soup(clash))
    assert (again.status_code, item.details["target"]) == (302, "6")


def take(workshop, item, fill, **more):
    return fill.host.post(inside(workshop, "take_sheet", item.pk), **more)


def test_the_sheet_lands_in_the_scope_with_its_origin(workshop, project, fill, item):
    fill()

    assert take(workshop, item, fill).status_code == 302

    objective = Objective.objects.get(project=project)
    assert (objective.metric, objective.baseline, objective.target) == (
        "Median first response",
        Decimal(11),
        Decimal(4),
    )
    assert (objective.due, objective.owner) == (date(2027, 9, 30), "Maja Lindqvist")
    assert objective.came_from == "Scoping workshop: success metric"
    rows = list(Row.objects.filter(register="metrics"))
    assert [str(row) for row in rows] == ["Median first response", "Sent replies with an error"]
    assert all(row.came_from_url.endswith(f"#block-{item.activity_id}") for row in rows)
    project.refresh_from_db()
    assert project.must_not == "Send anything without an agent\nAnswer vulnerable customers"
    assert project.autonomy == "draft"


def test_taking_it_again_brings_up_to_date_and_doubles_nothing(workshop, project, fill, item):
    fill()
    take(workshop, item, fill)
    project.refresh_from_db()
    lines = project.must_not
    item.refresh_from_db()
    actions.fill_sheet(item, seen={"target": "4"}, said={"target": "5"}, by=workshop.host)

    take(workshop, item, fill)

    project.refresh_from_db()
    assert project.must_not == lines
    assert Objective.objects.get(project=project).target == Decimal(5)
    assert Row.objects.filter(register="metrics").count() == 2
    assert Row.objects.get(register="metrics", position=1).values["threshold"] == "5"


def test_a_sheet_without_a_name_is_not_taken(workshop, fill, item):
    fill({"unit": "h"})

    assert take(workshop, item, fill).status_code == 409
    assert not Objective.objects.exists()
