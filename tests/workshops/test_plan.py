"""Planning a workshop."""

from datetime import timedelta

import pytest
from django.utils import timezone

from apps.events.models import Event
from apps.events.rights import Identity, may_listen
from apps.projects import needs
from apps.projects.actions import remove_member
from apps.workshops import actions, agenda, blueprints
from apps.workshops.enums import Template
from apps.workshops.models import Workshop
from tests.factories.projects import MembershipFactory
from tests.factories.stakeholders import StakeholderFactory
from tests.factories.workshops import a_host, planned, running
from tests.fixtures import HTMX
from tests.pages import soup, swap, text
from tests.workshops.asks import inside


@pytest.fixture
def workshop(project, host):
    return planned(project, by=host.user)


def plan(browser, workshop):
    return soup(browser.get(inside(workshop, "plan")))


@pytest.mark.parametrize(
    ("template", "minutes", "blocks"),
    [("framing", 60, 9), ("scoping", 90, 10), ("premortem", 45, 4), ("signoff", 60, 6), ("week", 50, 6)],
)
def test_a_template_fits_its_slot(template, minutes, blocks):
    found = blueprints.agenda_of(template)

    assert (sum(block.minutes for block in found), len(found)) == (minutes, blocks)
    assert all(sum(phase.minutes for phase in block.plan.phases) == block.minutes for block in found)
    assert all(agenda.read(block.plan.as_json()) == block.plan for block in found)
    assert blueprints.minutes_of(template) == minutes


def test_who_is_removed_from_the_project_leaves_its_rooms(project, host):
    room = running(project, by=host.user)
    member = MembershipFactory(project=project)
    seat = actions.join_as_member(room, by=member.user)

    remove_member(member, by=host.user)

    seat.refresh_from_db()
    assert (seat.user, seat.name) == (None, member.user.name)
    assert not may_listen(Identity(user_id=str(member.user.pk)), room.stream)
    assert Event.objects.filter(stream=room.stream).latest("seq").name == "rights:changed"


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_workshop_at_the_end_of_the_calendar_is_refused(project, host, day):
    data = {"template": Template.SCOPING, "title": "Scoping", "scheduled_at_0": day, "scheduled_at_1": "23:59"}

    assert host.post(f"/projects/{project.pk}/workshops/new/", data).status_code == 422
    assert not Workshop.objects.exists()


def test_a_workshop_is_made_from_a_template(project, host):
    data = {"template": Template.SCOPING, "title": "Scoping", "scheduled_at_0": "2026-12-01", "scheduled_at_1": "13:00"}

    answer = host.post(f"/projects/{project.pk}/workshops/new/", data)

    workshop = Workshop.objects.get()
    assert answer.url == inside(workshop, "plan")
    assert (workshop.activities.count(), workshop.minutes, workshop.scheduled_at.hour) == (10, 90, 12)


def test_a_workshop_needs_a_title(project, host):
    assert host.post(f"/projects/{project.pk}/workshops/new/", {"template": "scoping"}).status_code == 422


def test_the_plan_shows_the_way_in(workshop, host):
    page = plan(host, workshop)

    assert page.select_one("#join-link")["value"] == workshop.join_url
    assert page.select_one(".qr svg title").text == workshop.join_url
    assert workshop.join_url in page.select_one("#invitation").text


def test_a_block_moves_up_and_down(workshop, host):
    second = workshop.activities.all()[1]
    url = inside(workshop, "shift_activity", second.pk)
    page = swap(plan(host, workshop), host.post(url, {"up": "1"}, headers=HTMX), via=f"form[hx-post='{url}']")

    assert workshop.activities.first() == second
    assert text(page).split() == text(plan(host, workshop)).split()
    assert host.post(url, {"up": "1"}).status_code == 302
    assert host.post(url, {"up": "sideways"}).status_code == 422


def test_other_minutes_keep_the_phases_in_proportion(workshop, host):
    block = workshop.activities.get(title="Expectations, concerns, constraints")
    url = inside(workshop, "change_activity", block.pk)
    data = {"title": block.title, "note": "", "minutes": 28, "version": 1}

    page = swap(plan(host, workshop), host.post(url, data, headers=HTMX), via=f"form[hx-post='{url}']")

    block.refresh_from_db()
    assert sum(phase.minutes for phase in block.plan.phases) == 28
    assert "15 minutes over" in text(page)
    assert text(page).split() == text(plan(host, workshop)).split()


@pytest.mark.parametrize(("change", "status"), [({"minutes": 0}, 422), ({"version": 9}, 409)])
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_change_that_cannot_be_made_says_why(workshop, host, change, status, headers):
    block = workshop.activities.first()
    data = {"title": "Arrive", "note": "", "minutes": 4, "version": 1, **change}

    assert host.post(inside(workshop, "change_activity", block.pk), data, headers=headers).status_code == status


def test_a_block_is_added_and_taken_out(workshop, host):
    host.post(inside(workshop, "add_activity"), {"block": "break"})
    last = workshop.activities.last()

    host.post(inside(workshop, "remove_activity", last.pk))

    assert (last.kind, workshop.activities.count()) == ("break", 9)
    assert host.post(inside(workshop, "add_activity"), {"block": "dance"}).status_code == 422


def test_a_block_in_which_something_was_said_stays(project, host):
    workshop = running(project, by=host.user)

    assert host.post(inside(workshop, "remove_activity", workshop.activity_id)).status_code == 409


def test_title_and_time_are_changed_unless_somebody_was_faster(workshop, host):
    data = {"title": "Scoping, part one", "purpose": "", "minutes": 75, "version": 1}

    first, second = host.post(inside(workshop, "change"), data), host.post(inside(workshop, "change"), data)

    assert (first.status_code, second.status_code) == (302, 409)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_at_any_length(project, host, count, django_assert_num_queries):
    for _ in range(count):
        planned(project, by=host.user)

    with django_assert_num_queries(5):
        response = host.get(f"/projects/{project.pk}/workshops/")

    assert len(soup(response).select("#workshops > li")) == count


@pytest.mark.parametrize("broken", [
    {}, {"phases": []}, {"phases": [{"key": "sleep", "minutes": 1}]}, {"phases": [{"key": "write", "minutes": 1}]},
    {"phases": [{"key": "talk", "minutes": 1}], "budget": 2, "per_item": 3},
])  # fmt: skip
def test_settings_that_do_not_fit_are_refused(broken):
    with pytest.raises(Exception, match="settings"):
        agenda.read(broken)


@pytest.mark.parametrize(("minutes", "shares"), [(14, [5, 4, 1, 4]), (7, [2, 2, 1, 2]), (3, [1, 1, 0, 1])])
def test_phases_share_the_minutes(minutes, shares):
    plan = blueprints.expectations(14).plan.lasting(minutes)

    assert [phase.minutes for phase in plan.phases] == shares


def test_a_workshop_soon_or_running_waits_for_the_members(project, host, editor):
    planned(project, by=host.user)
    soon = planned(project, by=host.user)
    soon.scheduled_at = timezone.now() + timedelta(days=2)
    soon.save()
    running(project, by=host.user)

    found = [need.button for need in needs.of(editor.user) if "Workshop" in need.label]

    assert sorted(found) == ["Join", "See the agenda"]


def test_the_plan_names_whom_its_day_does_not_suit(project, host, workshop):
    StakeholderFactory(project=project, name="Priya", away_until=timezone.localdate() + timedelta(days=9))
    StakeholderFactory(project=project, name="Erik")
    assert plan(host, workshop).select_one("#hindered") is None

    workshop.scheduled_at = timezone.now().replace(hour=12) + timedelta(days=2)
    workshop.save()

    found = plan(host, workshop).select_one("#hindered")
    assert ("Priya" in found.get_text(), "Erik" in found.get_text()) == (True, False)


def test_members_and_guests_hear_the_room_and_nobody_else(project, host, join):
    workshop = running(project, by=host.user)
    guest, stranger = join(workshop), a_host(planned(project).project)
    rooms = {"rooms": guest.session["rooms"]}

    heard = [
        may_listen(Identity(user_id=str(host.user.pk)), workshop.stream),
        may_listen(Identity(session=rooms), workshop.stream),
        may_listen(Identity(session={"rooms": {str(workshop.pk): "guess"}}), workshop.stream),
        may_listen(Identity(), workshop.stream),
        may_listen(Identity(session=rooms), f"project:{project.pk}"),
        may_listen(Identity(session=rooms), "workshop:x"),
    ]

    assert heard == [True, True, False, False, False, False]
    assert stranger
