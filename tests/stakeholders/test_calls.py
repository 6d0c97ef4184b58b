"""What stands in a project calls for more people at the table."""

import pytest
from django.urls import reverse

from apps.assessments.models import Triage
from apps.core.errors import DomainError
from apps.stakeholders import actions, calls, document, queries, roles
from apps.stakeholders.calls import Fact
from apps.tables.actions import add_row
from tests.factories.stakeholders import StakeholderFactory
from tests.fixtures import HTMX
from tests.pages import soup, swap, text


@pytest.fixture
def url(project):
    return reverse("stakeholders:list", args=[project.pk])


@pytest.fixture
def answer(project):
    return reverse("stakeholders:call", args=[project.pk, "staff"])


@pytest.fixture
def staff(project):
    return Triage.objects.create(project=project, edition="1", answers={"staff": "unsure", "personal": "no"})


def rules(project):
    return {found.rule for found in document.findings(project)}


def test_every_trigger_asks_for_a_seat_of_the_catalog():
    assert all(roles.seat(trigger.seat) for trigger in calls.TRIGGERS)


@pytest.mark.parametrize(
    ("kind", "seat"),
    [
        ("personal", "legal"),
        ("staff", "works_council"),
        ("public", "accessibility"),
        ("spend", "procurement"),
        ("vulnerable", "ethics"),
        ("supervised", "regulatory"),
    ],
)
def test_a_fact_calls_for_a_seat(kind, seat):
    assert [trigger.seat for trigger, _because in calls.called([Fact(kind, "", "")])] == [seat]


def test_data_sources_vendors_and_the_triage_set_it_off(project, staff, host):
    add_row(project, "data_sources", values={"name": "Replies", "personal": "yes", "cost": "2 k€"}, by=host.user)
    add_row(project, "data_sources", values={"name": "Old mail", "personal": "yes", "used": "not used"}, by=host.user)
    add_row(project, "data_sources", values={"name": "Handbook", "cost": "none"}, by=host.user)
    add_row(project, "dependencies", values={"name": "Contract", "kind": "vendor"}, by=host.user)

    found = {one.trigger.key: [fact.words for fact in one.because] for one in queries.called(project)}

    assert found["personal"] == ["“Replies” holds personal data"]
    assert found["spend"] == ["“Replies” costs 2 k€", "“Contract” comes from a vendor"]
    assert found["staff"][0].endswith("not sure")


def test_a_seat_that_is_called_for_is_said_until_it_is_added(host, project, staff, url, answer):
    assert "people.called" in rules(project)

    host.post(answer, {"answer": "seat"})

    assert "people.called" not in rules(project)
    assert "works_council" in {seat.key for seat in queries.register(project).empty}
    assert f"{reverse('stakeholders:add', args=[project.pk])}?role=works_council" in host.get(url).content.decode()


def test_adding_the_seat_by_htmx_looks_like_a_fresh_page(host, project, staff, url, answer):
    page = soup(host.get(url))

    page = swap(page, host.post(answer, {"answer": "seat"}, headers=HTMX), via=f"form[hx-post='{answer}']")

    assert text(page) == text(soup(host.get(url)))


def test_the_form_for_a_new_person_knows_the_seat(host, project):
    page = soup(host.get(reverse("stakeholders:add", args=[project.pk]) + "?role=works_council"))

    assert page.select_one("[name=role] [selected]")["value"] == "works_council"


def test_whoever_takes_the_seat_is_named(host, project, staff, url):
    StakeholderFactory(project=project, name="Inga Dahl", role="works_council")

    assert "people.called" not in rules(project)
    assert "Inga Dahl" in soup(host.get(url)).select_one("#called-staff").get_text()


def test_a_seat_is_waived_with_a_reason_that_the_document_records(host, project, staff, answer):
    host.post(answer, {"answer": "waived", "reason": "There is no works council here."})

    assert "people.called" not in rules(project)
    assert document.snapshot(project)["waived_seats"] == [
        {
            "key": "staff",
            "title": "Works council",
            "reason": "There is no works council here.",
            "by": str(host.user),
        }
    ]


def test_waiving_without_a_reason_comes_back_open(host, project, staff, answer):
    response = host.post(answer, {"answer": "waived", "reason": ""}, headers=HTMX)

    assert response.status_code == 422
    assert soup(response).select_one("#called-staff details[open]")
    assert project.calls.count() == 0


def test_what_was_waived_can_be_asked_again(host, project, staff, answer):
    host.post(answer, {"answer": "waived", "reason": "No."})
    host.post(answer, {"answer": ""})

    assert "people.called" in rules(project)


def test_an_unknown_call_is_refused(host, project):
    assert host.post(reverse("stakeholders:call", args=[project.pk, "moon"]), {"answer": "seat"}).status_code == 404
    with pytest.raises(DomainError):
        actions.answer_call(project, "moon", answer="seat", by=host.user)
