"""The end: read back, recorded correctly, worth the time."""

import pytest

from apps.workshops import actions, kinds
from apps.workshops.enums import Phase
from apps.workshops.models import Answer
from tests.fixtures import HTMX
from tests.pages import soup, swap, text
from tests.workshops.asks import inside, room, still
from tests.workshops.blocks import answer, go, item_of, step_of


@pytest.fixture
def ending(workshop):
    return go(workshop, "wrap", Phase.TALK)


def say(browser, workshop, recorded="yes", text="", worth="", **more):
    return answer(browser, workshop, "wrap", recorded=recorded, text=text, worth=worth, **more)


def end(workshop):
    workshop.refresh_from_db()
    actions.end_workshop(workshop, step=workshop.step, by=workshop.host)


def test_what_was_decided_owned_left_open_and_parked_is_read_back(workshop, guest, sign_in):
    go(workshop, "metric", Phase.TALK)
    actions.fill_sheet(
        item_of(workshop, "metric"),
        seen={},
        said={"name": "First response", "owner": "Maja", "target": "4"},
        by=workshop.host,
    )
    go(workshop, "map", Phase.PLACE)
    actions.add_entry(
        step_of(workshop, "map"), text="Works council", key=guest.seat.pk, details={"missing": True}, by=guest.seat
    )
    actions.add_to_parking_lot(guest.seat, text="Voice calls", key=guest.seat.pk)
    go(workshop, "wrap", Phase.TALK)

    pages = [
        guest.get(room(workshop)),
        *(sign_in(workshop.host).get(inside(workshop, name)) for name in ("console", "present")),
    ]

    for words in (text(soup(page)) for page in pages):
        assert "Success is First response: ? → 4" in words
        assert "Must be heard: Works council" in words
        assert "Voice calls" in words


def test_a_correction_carries_its_name_into_the_minutes(workshop, ending, guest, join, sign_in, reviewer):
    say(join(workshop, "Anders"), workshop)
    say(guest, workshop, "no", "It must say EU company.")

    host = text(soup(sign_in(workshop.host).get(inside(workshop, "console"))))
    end(workshop)

    minutes = text(soup(reviewer.get(inside(workshop, "recap"))))
    assert "1 of 2 say it is recorded correctly Lars-Göran “It must say EU company.”" in host
    assert "1 of 2 say it is recorded correctly Lars-Göran “It must say EU company.”" in minutes


def test_whether_it_was_worth_it_is_shown_at_the_end_without_names(workshop, ending, guest, sign_in, reviewer):
    say(guest, workshop, worth="4")
    before = [sign_in(workshop.host).get(inside(workshop, name)) for name in ("console", "present", "recap")]

    end(workshop)

    worth = Answer.objects.get(round=2)
    assert not any(soup(page).select(".spread") for page in before)
    assert (worth.participant, worth.value) == (None, {"worth": 4})
    assert soup(reviewer.get(inside(workshop, "recap"))).select(".spread")


def test_saying_it_again_replaces_it(workshop, ending, guest):
    say(guest, workshop, "no", "Wrong date", worth="2")
    say(guest, workshop, "yes", "Wrong date", worth="5")

    found = {each.round: (each.value, each.text) for each in Answer.objects.all()}
    assert found == {1: ({"recorded": "yes"}, ""), 2: ({"worth": 5}, "")}


@pytest.mark.parametrize("headers", [{}, HTMX])
@pytest.mark.parametrize("said", [{"recorded": "no"}, {"recorded": ""}, {"worth": "7"}])
def test_a_no_without_words_and_a_number_off_the_scale_are_refused(workshop, ending, guest, said, headers):
    assert say(guest, workshop, **said, headers=headers).status_code == 422
    assert not Answer.objects.exists()


def test_an_answer_swapped_in_looks_like_a_fresh_page(workshop, ending, guest):
    url = room(workshop, "give_answer")

    page = swap(
        soup(guest.get(room(workshop))),
        say(guest, workshop, "no", "Wrong date", worth="3", headers=HTMX),
        via=f"form[hx-post='{url}']",
    )

    assert still(page) == still(soup(guest.get(room(workshop))))


def test_nothing_said_leaves_nothing_in_the_minutes(workshop, ending):
    assert kinds.behaviour("wrap").minutes(workshop, ending) == {}
