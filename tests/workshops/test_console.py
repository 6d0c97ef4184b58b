"""The host's screen."""

from datetime import timedelta

import pytest

from apps.workshops.enums import Phase, State
from apps.workshops.models import Card, Group, Workshop
from tests.factories.workshops import CardFactory, GroupFactory, ParticipantFactory, move, planned, running, table_of
from tests.fixtures import HTMX
from tests.pages import soup, swap, text
from tests.workshops.asks import inside, room, step_to, still, with_menu


@pytest.fixture
def workshop(project, host):
    return running(project, phase=Phase.GROUP, by=host.user)


@pytest.fixture
def card(workshop):
    return CardFactory(activity=table_of(workshop), text="It will sound sure", revealed_at=workshop.entered_at)


def console(browser, workshop, query=""):
    return soup(browser.get(inside(workshop, "console") + query))


def test_the_room_opens_starts_moves_and_ends(project, host):
    workshop = planned(project, by=host.user)
    steps = ["open", "start", "move", "end"]

    states = []
    for name in steps:
        workshop.refresh_from_db()
        data = step_to(workshop, table_of(workshop), Phase.WRITE)
        assert host.post(inside(workshop, name), data).status_code == 302
        workshop.refresh_from_db()
        states.append(workshop.state)

    assert states == [State.OPEN, State.LIVE, State.LIVE, State.ENDED]


def test_a_step_swapped_in_looks_like_a_fresh_page(workshop, host):
    url = inside(workshop, "move")
    page = console(host, workshop)

    answer = host.post(url, step_to(workshop, table_of(workshop), Phase.VOTE), headers=HTMX)

    page = swap(page, answer, via=f"#side form[hx-post='{url}']")
    assert still(page) == still(console(host, workshop))
    assert answer["HX-Trigger"] == "steps:changed"


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_stale_step_moves_nobody_and_says_so(workshop, host, headers):
    data = step_to(workshop, table_of(workshop), Phase.VOTE)
    move(workshop, table_of(workshop), Phase.TALK)

    answer = host.post(inside(workshop, "move"), data, headers=headers)

    workshop.refresh_from_db()
    assert (answer.status_code, workshop.phase) == (409, Phase.TALK)
    assert "Somebody moved the room a moment before you" in text(soup(answer))


def test_a_step_that_is_not_on_the_agenda_is_refused(workshop, host):
    data = step_to(workshop, table_of(workshop), Phase.VOTE)

    talk = host.post(inside(workshop, "move"), {**data, "activity": workshop.activities.first().pk})
    nonsense = host.post(inside(workshop, "move"), {**data, "phase": "sleep"})

    assert (talk.status_code, nonsense.status_code) == (409, 422)


def test_going_back_deletes_nothing(workshop, host, card):
    group = GroupFactory(activity=table_of(workshop))
    host.post(inside(workshop, "move_card", card.pk), {"group": group.pk})

    host.post(inside(workshop, "move"), step_to(workshop, table_of(workshop), Phase.WRITE))

    card.refresh_from_db()
    assert (card.group, card.revealed_at) == (group, workshop.entered_at)
    assert "It will sound sure" in text(console(host, workshop))


def test_looking_at_a_step_moves_nobody(workshop, host):
    later = workshop.activities.get(title="Pre-mortem")

    page = console(host, workshop, f"?look={later.pk}")

    workshop.refresh_from_db()
    assert "You are looking around. Nobody else moves." in text(page)
    assert workshop.activity == table_of(workshop)


def test_time_is_added_and_the_clock_stops_and_goes_on(workshop, host):
    before = workshop.ends_at
    host.post(inside(workshop, "add_time"), {"minutes": "3"})
    workshop.refresh_from_db()
    added = (workshop.ends_at - before).total_seconds()

    host.post(inside(workshop, "pause"))
    workshop.refresh_from_db()
    paused = workshop.paused_left
    host.post(inside(workshop, "resume"))

    workshop.refresh_from_db()
    assert (added, workshop.paused_left) == (180, None)
    assert 410 <= paused <= 420
    assert host.post(inside(workshop, "add_time"), {"minutes": "5"}).status_code == 422


@pytest.fixture
def time_is_over(workshop):
    Workshop.objects.filter(pk=workshop.pk).update(ends_at=workshop.ends_at - timedelta(hours=1))


def test_a_phase_never_ends_by_itself(workshop, host, time_is_over):
    assert "+" in console(host, workshop).select_one("[data-clock]").text
    workshop.refresh_from_db()
    assert workshop.phase == Phase.GROUP


def test_a_group_swapped_in_looks_like_a_fresh_page(workshop, host, card):
    url = inside(workshop, "create_group", table_of(workshop).pk)
    page = console(host, workshop)

    page = swap(page, host.post(url, {"name": "Sounds sure"}, headers=HTMX), via=f"form[hx-post='{url}']")

    assert still(page) == still(console(host, workshop))


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_group_needs_a_name(workshop, host, card, headers):
    answer = host.post(inside(workshop, "create_group", table_of(workshop).pk), {"name": ""}, headers=headers)

    assert (answer.status_code, Group.objects.count()) == (422, 0)


def test_a_card_moves_into_a_group_and_out(workshop, host, card):
    group, url = GroupFactory(activity=table_of(workshop)), inside(workshop, "move_card", card.pk)
    page = with_menu(host, workshop, card)

    page = swap(page, host.post(url, {"group": group.pk}, headers=HTMX), via=f"form[hx-post='{url}']")
    inside_it = page.select_one(f"#group-{group.pk} #card-{card.pk}")
    host.post(url, {"group": ""})

    card.refresh_from_db()
    assert inside_it
    assert card.group is None


def test_without_javascript_the_menu_of_a_card_is_a_page(workshop, host, card):
    group = GroupFactory(activity=table_of(workshop), name="Sounds sure")
    pressed = console(host, workshop).select_one(f"#card-{card.pk} button[form=table-ask]")
    ask = console(host, workshop).select_one("#table-ask")["action"]

    page = soup(host.get(ask, {pressed["name"]: pressed["value"]}))
    move_form = page.select_one(f"button[name=group][value='{group.pk}']").find_parent("form")
    host.post(move_form["action"], {"group": group.pk})

    assert "It will sound sure" in text(page)
    assert page.select_one(f"a[href='{inside(workshop, 'make', card.pk, 'risk')}']")
    assert page.select_one(f"form[action='{inside(workshop, 'park_card', card.pk)}']")
    card.refresh_from_db()
    assert card.group == group
    assert not soup(host.get(ask, {"card": card.pk})).select(f"button[name=group][value='{group.pk}']")


def test_a_hidden_card_has_no_menu(workshop, host):
    hidden = CardFactory(activity=table_of(workshop), author=ParticipantFactory(workshop=workshop))

    assert host.get(inside(workshop, "card_menu"), {"card": hidden.pk}).status_code == 404
    assert host.get(inside(workshop, "card_menu"), {"card": "x"}).url == inside(workshop, "console")


def test_a_card_on_the_table_costs_little(workshop, host):
    """Hundreds of them are drawn for the host again and again, so what each can do is not among them."""
    table = table_of(workshop)
    sizes = []
    for _ in range(2):
        sizes.append(len(host.get(inside(workshop, "console"), headers=HTMX).content))
        for place in range(20):
            CardFactory(activity=table, text="It will sound sure", position=place, revealed_at=workshop.entered_at)
    sizes.append(len(host.get(inside(workshop, "console"), headers=HTMX).content))

    assert (sizes[2] - sizes[1]) / 20 < 1000


def test_a_card_does_not_move_into_a_group_of_another_step(workshop, host, card):
    elsewhere = GroupFactory(activity=workshop.activities.get(title="Pre-mortem"))

    assert host.post(inside(workshop, "move_card", card.pk), {"group": elsewhere.pk}).status_code == 409


def test_a_group_is_renamed_unless_somebody_was_faster(workshop, host, card):
    group = GroupFactory(activity=table_of(workshop))
    url = inside(workshop, "rename_group", group.pk)

    first = host.post(url, {"name": "Sounds sure", "version": 1})
    second = host.post(url, {"name": "Is wrong", "version": 1}, headers=HTMX)

    assert (first.status_code, second.status_code) == (302, 409)
    group.refresh_from_db()
    assert group.name == "Sounds sure"


def test_a_dissolved_group_leaves_its_cards(workshop, host, card):
    group = GroupFactory(activity=table_of(workshop))
    Card.objects.update(group=group)

    host.post(inside(workshop, "dissolve_group", group.pk))

    card.refresh_from_db()
    assert card.group is None


def test_a_group_with_dots_is_not_dissolved(workshop, host, card):
    group = GroupFactory(activity=table_of(workshop))
    group.votes.create(activity=group.activity, participant=ParticipantFactory(workshop=workshop), dots=1)

    assert host.post(inside(workshop, "dissolve_group", group.pk)).status_code == 409


def test_a_card_is_parked_and_comes_back(workshop, host, card):
    host.post(inside(workshop, "park_card", card.pk))
    parked = console(host, workshop).select_one("#side").get_text()

    host.post(inside(workshop, "unpark_card", card.pk))

    assert "It will sound sure" in parked
    assert console(host, workshop).select_one(f"#board #card-{card.pk}")


def test_the_host_sees_who_was_not_heard_and_who_is_ready(workshop, host, join):
    join(workshop, "Jonas Weber")
    ready = join(workshop, "Erik")
    workshop.refresh_from_db()
    ready.post(room(workshop, "ready"), {"ready": "1", "step": workshop.step})

    side = console(host, workshop).select_one("#side")

    assert "Jonas Weber no card yet" in " ".join(side.get_text(" ").split())
    assert [item.get_text(strip=True) for item in side.select("[data-ready]")] == ["ready:Erik"]


def test_everyone_is_brought_back(workshop, host, join):
    guest = join(workshop, "Tomas")
    guest.post(room(workshop, "look"), {"activity": workshop.activities.first().pk})

    host.post(inside(workshop, "bring"))

    assert guest.get(room(workshop)).context["mode"] == "group"


def test_a_host_does_not_count_as_waited_for(workshop, host):
    people = host.get(inside(workshop, "console")).context["people"]

    assert (len(people.here), len(people.asked)) == (1, 0)


def test_rows_of_another_workshop_are_not_found(workshop, host, project, card):
    other = running(project, phase=Phase.GROUP, by=host.user)
    foreign = [inside(other, "park_card", card.pk), inside(other, "make", card.pk, "risk")]

    assert {host.post(url).status_code for url in foreign} == {404}


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("name", "queries"), [("console", 14), ("present", 14)])
def test_the_hosts_screen_costs_the_same_for_any_number(
    workshop, host, count, name, queries, django_assert_num_queries
):
    table = table_of(workshop)
    for _ in range(count):
        CardFactory(activity=table, revealed_at=workshop.entered_at, group=GroupFactory(activity=table))
        CardFactory(activity=table, revealed_at=workshop.entered_at)
        ParticipantFactory(workshop=workshop)

    with django_assert_num_queries(queries):
        response = host.get(inside(workshop, name))

    assert response.context["board"].count == count * 2
