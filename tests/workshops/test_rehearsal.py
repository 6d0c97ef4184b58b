"""A rehearsal: the whole workshop on a copy, with people who do not exist, and nothing left behind."""

import pytest
import time_machine

from apps.events.rights import Identity, may_listen
from apps.notifications.models import Message
from apps.projects import needs
from apps.workshops import letters
from apps.workshops.enums import Phase
from apps.workshops.models import Errand, Workshop
from apps.workshops.queries import activities, agenda, goals
from tests.factories.workshops import planned, table_of
from tests.fixtures import HTMX
from tests.pages import soup, text
from tests.workshops.asks import inside


@pytest.fixture
def workshop(project, host):
    return planned(project, by=host.user)


@pytest.fixture
def rehearsal(workshop, host):
    assert host.post(inside(workshop, "rehearse")).status_code == 302
    return Workshop.objects.get(rehearsal=True)


def drive(host, room, activity, phase):
    room.refresh_from_db()
    return host.post(inside(room, "move"), {"step": room.step, "activity": activity.pk, "phase": phase})


def test_the_whole_workshop_can_be_tried(rehearsal, host):
    assert host.post(inside(rehearsal, "start"), {"step": 0}).status_code == 302
    places = goals(agenda(rehearsal, activities(rehearsal)))[1:]

    for goal in places:
        assert drive(host, rehearsal, goal.activity, goal.phase).status_code == 302
    rehearsal.refresh_from_db()
    ended = host.post(inside(rehearsal, "end"), {"step": rehearsal.step})

    assert ended.url == inside(rehearsal, "console")
    assert "The rehearsal is over." in text(soup(host.get(ended.url)))
    table = table_of(rehearsal)
    assert table.cards.count() == 6 * 3
    assert table.votes.exists()
    assert not Message.objects.exists()


def test_every_screen_says_that_it_is_a_rehearsal(rehearsal, host):
    for name in ("plan", "console", "present"):
        assert "Rehearsal." in text(soup(host.get(inside(rehearsal, name)))), name


def test_pretend_people_write_when_the_phase_asks_and_their_cards_are_hidden(rehearsal, host):
    host.post(inside(rehearsal, "start"), {"step": 0})
    table = table_of(rehearsal)

    drive(host, rehearsal, table, Phase.WRITE)
    page = soup(host.get(inside(rehearsal, "console")))

    assert table.cards.filter(revealed_at=None).count() == 18
    assert "18 cards so far, hidden." in text(page)
    assert "Goran (pretend)" in page.select_one("#side").text


def test_nobody_else_finds_it(rehearsal, project, host, as_role):
    colleague = as_role("host")
    urls = [inside(rehearsal, name) for name in ("plan", "console", "present", "recap")]

    assert [colleague.get(url).status_code for url in urls] == [404] * 4
    assert "Rehearsal" not in text(soup(colleague.get(f"/projects/{project.pk}/workshops/")))
    assert colleague.get(f"/join/{rehearsal.code}/").status_code == 200
    assert colleague.post(f"/join/{rehearsal.code}/").status_code == 409
    assert not needs.of(colleague.user)
    assert not may_listen(Identity(user_id=str(colleague.user.pk)), rehearsal.stream)
    assert may_listen(Identity(user_id=str(host.user.pk)), rehearsal.stream)


def test_nothing_leaves_a_rehearsal(rehearsal, host, project):
    host.post(inside(rehearsal, "start"), {"step": 0})
    table = table_of(rehearsal)
    drive(host, rehearsal, table, Phase.WRITE)
    drive(host, rehearsal, table, Phase.GROUP)
    card = table.cards.first()

    answers = [
        host.post(inside(rehearsal, "make", card.pk, "risk"), {"title": "It sounds sure"}),
        host.post(inside(rehearsal, "invite"), {"more": "priya@example.com"}),
        host.post(inside(rehearsal, "send_recap"), {}),
    ]

    assert [answer.status_code for answer in answers] == [404] * 3
    assert not project.risks.exists()
    assert not host.get(f"/projects/{project.pk}/workshops/").context["workshops"].filter(rehearsal=True)


def test_it_is_deleted_in_one_click_and_the_real_one_stays(rehearsal, workshop, host):
    assert host.post(inside(workshop, "delete_rehearsal")).status_code == 409
    page = soup(host.get(inside(rehearsal, "console")))

    answer = host.post(page.select_one("#delete-rehearsal").find_parent("form")["action"])

    assert answer.status_code == 302
    assert list(Workshop.objects.all()) == [workshop]


def test_it_is_deleted_by_itself_after_a_week(rehearsal, workshop):
    errand = Errand.objects.get()

    letters.run_errand(str(errand.pk))
    assert Workshop.objects.filter(rehearsal=True).exists()
    with time_machine.travel(errand.due_at, tick=False):
        letters.run_errand(str(errand.pk))

    assert (errand.due_at - rehearsal.created_at).days == 7
    assert list(Workshop.objects.all()) == [workshop]


def test_a_second_rehearsal_replaces_the_first(rehearsal, workshop, host):
    host.post(inside(workshop, "rehearse"), headers=HTMX)

    assert Workshop.objects.filter(rehearsal=True).count() == 1
    assert not Workshop.objects.filter(pk=rehearsal.pk).exists()
    assert host.post(inside(Workshop.objects.get(rehearsal=True), "rehearse")).status_code == 404


def test_a_code_that_was_seen_lets_no_guest_in(rehearsal, client):
    for way in (f"/join/{rehearsal.code}/", "/" + rehearsal.join_url.split("/", 3)[3]):
        response = client.post(way, {"name": "Eve", "key": "k" * 32})

        assert response.status_code == 409
        assert "Somebody rehearses here." in text(soup(response))
