"""What participants do, with and without JavaScript."""

import pytest

from apps.workshops import actions
from apps.workshops.enums import Phase
from apps.workshops.models import Card, Vote
from tests.factories.workshops import CardFactory, GroupFactory, ParticipantFactory, move, table_of
from tests.fixtures import HTMX
from tests.pages import soup, swap, text
from tests.workshops.asks import card, room, write


def shown(browser, workshop, query="?prompt=concerns"):
    return soup(browser.get(room(workshop) + query))


def test_a_card_is_written_without_javascript(workshop, guest):
    answer = write(guest, workshop, "We stop thinking")

    assert (answer.status_code, answer.url) == (302, f"{room(workshop)}?prompt=concerns")
    assert "We stop thinking" in text(shown(guest, workshop))


def test_a_card_swapped_in_looks_like_a_fresh_page(workshop, guest):
    url = room(workshop, "add_card")

    page = swap(shown(guest, workshop), guest.post(url, card(workshop), headers=HTMX), via=f"form[hx-post='{url}']")

    assert text(page).split() == text(shown(guest, workshop)).split()


def test_an_empty_card_is_refused_where_it_was_typed(workshop, guest):
    url = room(workshop, "add_card")

    plain = guest.post(url, card(workshop, " "))
    part = guest.post(url, card(workshop, " "), headers=HTMX)

    assert (plain.status_code, part.status_code) == (422, 422)
    assert soup(part).select_one("textarea[aria-invalid]")


def test_a_card_of_four_thousand_characters_and_emoji_is_kept_whole(workshop, guest):
    long = "Ø🙂ł" * 1333 + "!"

    write(guest, workshop, long)

    assert Card.objects.get().text == long
    assert write(guest, workshop, long + "?").status_code == 422


def test_a_card_sent_again_is_the_same_card(workshop, guest):
    data = card(workshop)

    guest.post(room(workshop, "add_card"), data)
    guest.post(room(workshop, "add_card"), data)

    assert Card.objects.count() == 1


def test_a_card_after_the_end_is_refused_with_a_reason(workshop, guest):
    actions.end_workshop(workshop, step=workshop.step, by=workshop.host)

    answer = guest.post(room(workshop, "add_card"), card(workshop), headers=HTMX)

    assert answer.status_code == 409
    assert "The workshop is over" in text(soup(answer))


def test_ones_own_card_is_changed_in_place(workshop, guest):
    write(guest, workshop, "We stop thinkin")
    url = room(workshop, "change_card", Card.objects.get().pk)
    page = shown(guest, workshop)

    page = swap(page, guest.get(url, headers=HTMX), via=f"[hx-get='{url}']")
    page = swap(
        page, guest.post(url, {"text": "We stop thinking", "version": 1}, headers=HTMX), via=f"form[hx-post='{url}']"
    )

    assert text(page).split() == text(shown(guest, workshop)).split()


@pytest.mark.parametrize(("data", "status"), [({"text": "", "version": 1}, 422), ({"text": "New", "version": 7}, 409)])
def test_a_change_that_cannot_be_made_says_why(workshop, guest, data, status):
    write(guest, workshop, "We stop thinking")
    url = room(workshop, "change_card", Card.objects.get().pk)

    plain, part = guest.post(url, data), guest.post(url, data, headers=HTMX)

    assert (plain.status_code, part.status_code) == (status, status)
    assert Card.objects.get().text == "We stop thinking"


def test_ones_own_card_is_deleted_until_the_reveal(workshop, guest):
    write(guest, workshop, "Out")
    write(guest, workshop, "My hope", prompt="expectations")
    out, hope = Card.objects.get(text="Out"), Card.objects.get(text="My hope")

    gone = guest.post(room(workshop, "delete_card", out.pk))
    move(workshop, table_of(workshop), Phase.GROUP)
    stays = guest.post(room(workshop, "delete_card", hope.pk))

    assert (gone.status_code, stays.status_code) == (302, 409)
    assert list(Card.objects.all()) == [hope]


@pytest.fixture
def ballot(workshop, guest):
    table = table_of(workshop)
    GroupFactory(activity=table, name="Sounds sure, is wrong")
    CardFactory(activity=table, text="Works council", revealed_at=workshop.entered_at)
    move(workshop, table, Phase.VOTE)
    return table


def dots(target, number, kind="card"):
    return {"target": kind, "item": target.pk, "dots": number}


def test_dots_swapped_in_look_like_a_fresh_page(workshop, guest, ballot):
    url = room(workshop, "place_dots")
    page = shown(guest, workshop, "")

    page = swap(
        page, guest.post(url, dots(ballot.groups.get(), 2, "group"), headers=HTMX), via=f"form[hx-post='{url}']"
    )

    assert text(page).split() == text(shown(guest, workshop, "")).split()
    assert "1 dot left" in str(page.select_one("#room-foot"))


def test_sending_the_same_dots_twice_changes_nothing(workshop, guest, ballot):
    for _ in range(2):
        guest.post(room(workshop, "place_dots"), dots(Card.objects.get(), 1))

    assert Vote.objects.get().dots == 1


def test_dots_are_taken_back(workshop, guest, ballot):
    guest.post(room(workshop, "place_dots"), dots(Card.objects.get(), 1))
    guest.post(room(workshop, "place_dots"), dots(Card.objects.get(), 0))

    assert not Vote.objects.exists()


def test_more_dots_than_one_has_are_refused(workshop, guest, ballot):
    guest.post(room(workshop, "place_dots"), dots(Card.objects.get(), 2))

    over_all = guest.post(room(workshop, "place_dots"), dots(ballot.groups.get(), 2, "group"), headers=HTMX)
    over_one = guest.post(room(workshop, "place_dots"), dots(Card.objects.get(), 3))

    assert (over_all.status_code, over_one.status_code) == (409, 409)
    assert "You have no dot left" in text(soup(over_all))


def test_dots_for_something_elsewhere_are_refused(workshop, guest, ballot):
    elsewhere = CardFactory(activity=workshop.activities.get(title="Pre-mortem"), revealed_at=workshop.entered_at)

    assert guest.post(room(workshop, "place_dots"), dots(elsewhere, 1)).status_code == 409
    assert guest.post(room(workshop, "place_dots"), {"target": "card", "item": "x", "dots": 1}).status_code == 422


def test_a_ready_mark_is_for_this_step_only(workshop, guest):
    stale = {"ready": "1", "step": workshop.step - 1}
    guest.post(room(workshop, "ready"), stale)
    guest.seat.refresh_from_db()
    before = guest.seat.ready

    guest.post(room(workshop, "ready"), {"ready": "1", "step": workshop.step})

    guest.seat.refresh_from_db()
    assert (before, guest.seat.ready) == (False, True)
    move(workshop, table_of(workshop), Phase.GROUP)
    guest.seat.refresh_from_db()
    assert guest.seat.ready is False


def test_the_parking_lot_takes_what_anybody_says(workshop, guest, join):
    other = join(workshop, "Anders")
    page = shown(other, workshop, "")

    guest.post(
        room(workshop, "add_parking"), {"text": "Voice calls", "key": page.select_one("input[name=key]")["value"]}
    )

    assert "Voice calls" in text(shown(other, workshop, ""))


def test_looking_around_moves_nobody_else(workshop, guest, join):
    other, earlier = join(workshop, "Anders"), workshop.activities.first()

    guest.post(room(workshop, "look"), {"activity": earlier.pk})

    assert guest.get(room(workshop)).context["mode"] == "look"
    assert other.get(room(workshop)).context["mode"] == "write"
    guest.post(room(workshop, "look"))
    assert guest.get(room(workshop)).context["mode"] == "write"


def test_a_step_that_was_not_opened_cannot_be_looked_at(workshop, guest):
    assert guest.post(room(workshop, "look"), {"activity": workshop.activities.last().pk}).status_code == 409


def test_a_guest_leaves_an_address_at_the_end(workshop, guest):
    actions.end_workshop(workshop, step=workshop.step, by=workshop.host)

    wrong = guest.post(room(workshop, "address"), {"email": "lars"})
    right = guest.post(room(workshop, "address"), {"email": "lars@example.org"})

    assert (wrong.status_code, right.status_code) == (422, 302)
    assert "The recap goes to lars@example.org" in text(shown(guest, workshop, ""))


def test_an_open_screen_says_that_it_is_there(workshop, guest):
    seen = guest.seat.last_seen_at

    assert guest.post(room(workshop, "here")).status_code == 204

    guest.seat.refresh_from_db()
    assert guest.seat.last_seen_at > seen


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("phase", [Phase.GROUP, Phase.VOTE])
def test_the_room_costs_the_same_for_any_number(workshop, guest, count, phase, django_assert_num_queries):
    table = table_of(workshop)
    for _ in range(count):
        group = GroupFactory(activity=table)
        CardFactory(activity=table, revealed_at=workshop.entered_at, group=group)
        CardFactory(activity=table, revealed_at=workshop.entered_at)
        ParticipantFactory(workshop=workshop)
    move(workshop, table, phase)

    with django_assert_num_queries({Phase.GROUP: 11, Phase.VOTE: 12}[phase]):
        response = guest.get(room(workshop))

    assert response.context["board"].count == count * 2


def test_a_dot_that_leaves_others_to_place_changes_its_row_alone(workshop, guest, ballot):
    answer = guest.post(room(workshop, "place_dots"), dots(Card.objects.get(), 1), headers=HTMX)

    assert answer["HX-Retarget"] == f"#choice-{Card.objects.get().pk}"
    assert len(soup(answer).select("[id^=choice-]")) == 1


def test_the_last_dot_closes_every_row_and_taking_it_back_opens_them(workshop, guest, ballot):
    url = room(workshop, "place_dots")
    guest.post(url, dots(ballot.groups.get(), 2, "group"), headers=HTMX)

    last = guest.post(url, dots(Card.objects.get(), 1), headers=HTMX)
    back = guest.post(url, dots(Card.objects.get(), 0), headers=HTMX)

    assert [len(soup(answer).select("[id^=choice-]")) for answer in (last, back)] == [2, 2]
