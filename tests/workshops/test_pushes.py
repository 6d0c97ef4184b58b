"""What travels with a message: the same for everybody, nothing hidden, nobody's own, as a fresh page would show it."""

import re
from uuid import UUID

import pytest
from bs4 import BeautifulSoup

from apps.events.pushes import News
from apps.workshops import actions
from apps.workshops.enums import Phase
from apps.workshops.models import Card
from apps.workshops.pushes import draw
from tests.factories.workshops import CardFactory, GroupFactory, ParticipantFactory, move, table_of
from tests.workshops.asks import card, room, still, write

SECRET = "Zanzibar would switch it off"


def told(workshop, name, subject="workshop:", seq=1):
    return draw(str(workshop.pk), [News(seq, name, subject, None)]).get(seq)


def pushed_screen(workshop):
    inside = told(workshop, "steps:changed").removeprefix("<template data-screen>").removesuffix("</template>")
    return BeautifulSoup(inside, "html.parser")


@pytest.fixture
def shown(workshop, guest):
    """A card that everybody sees."""
    write(guest, workshop, "I get my evenings back", prompt="expectations")
    move(workshop, table_of(workshop), Phase.GROUP)
    return Card.objects.get()


def test_a_card_comes_with_its_place(workshop, shown):
    put = BeautifulSoup(told(workshop, "cards:changed", f"card:{shown.pk}"), "html.parser").template

    assert (put["data-put"], put["data-home"]) == (
        f"card-{shown.pk}", f"loose-{table_of(workshop).pk}-expectations",
    )  # fmt: skip
    assert "I get my evenings back" in put.text
    assert "Lars-Göran" in put.text


def test_a_card_in_a_group_belongs_there(workshop, shown):
    group = GroupFactory(activity=table_of(workshop), name="Time")
    actions.move_card(shown, group=group.pk, by=workshop.host)

    assert f'data-home="group-cards-{group.pk}"' in told(workshop, "cards:changed", f"card:{shown.pk}")
    assert "I get my evenings back" in told(workshop, "cards:changed", f"group:{group.pk}")


def test_the_places_are_on_the_page(workshop, guest, shown):
    page = BeautifulSoup(guest.get(room(workshop)).content, "html.parser")
    home = re.search(r'data-home="([^"]+)"', told(workshop, "cards:changed", f"card:{shown.pk}"))[1]

    assert page.find(id=home).find(id=f"card-{shown.pk}")


def test_a_parked_card_leaves_the_table_and_stands_on_the_parking_lot(workshop, shown):
    actions.park_card(shown, by=workshop.host)

    table, parked = BeautifulSoup(told(workshop, "cards:changed", f"card:{shown.pk}"), "html.parser").find_all(
        "template"
    )

    assert (table.text.strip(), parked["data-home"]) == ("", "parking-list")
    assert "I get my evenings back" in parked.text


def test_a_hidden_card_is_in_no_message_whatever_is_told(workshop, guest):
    write(guest, workshop, SECRET)
    hidden = Card.objects.get()
    names = ["cards:changed", "steps:changed", "items:changed", "answers:changed", "people:changed"]
    subjects = [f"card:{hidden.pk}", f"participant:{guest.seat.pk}", "workshop:"]

    everything = "".join(told(workshop, name, subject) or "" for name in names for subject in subjects)

    assert "Zanzibar" not in everything
    assert "<article" not in everything


def test_the_author_of_an_anonymous_card_is_in_no_message(workshop, guest):
    write(guest, workshop, SECRET)
    move(workshop, table_of(workshop), Phase.GROUP)
    anonymous = Card.objects.get()

    html = told(workshop, "cards:changed", f"card:{anonymous.pk}") + told(workshop, "steps:changed")

    assert "Zanzibar" in html
    assert guest.seat.name not in html
    assert str(guest.seat.pk) not in html


@pytest.mark.parametrize("phase", [Phase.WRITE, Phase.GROUP, Phase.VOTE, Phase.TALK])
def test_the_screen_of_a_step_is_the_page_of_somebody_who_has_done_nothing_in_it(workshop, guest, join, phase):
    write(guest, workshop, "I get my evenings back", prompt="expectations")
    newcomer = join(workshop, "Anders")
    move(workshop, table_of(workshop), phase)

    page = BeautifulSoup(newcomer.get(room(workshop)).content, "html.parser")

    for part in ("room-body", "room-foot", "room-step"):
        pushed = pushed_screen(workshop).find(id=part)
        assert still(pushed) == still(page.find(id=part)), part


def test_a_screen_carries_no_token_and_no_key(workshop, guest, shown):
    fields = pushed_screen(workshop).select("input[name=csrfmiddlewaretoken], input[name=key]")

    assert fields
    assert {field["value"] for field in fields} == {""}


def test_open_votes_are_in_no_screen(workshop, guest, shown):
    move(workshop, table_of(workshop), Phase.VOTE)
    guest.post(room(workshop, "place_dots"), {"target": "card", "item": shown.pk, "dots": 2})

    screen = pushed_screen(workshop)

    assert "3 dots left" in screen.text
    assert "data-filled" not in str(screen.select(".dot-stepper"))


def test_who_joins_appears_in_the_waiting_room(workshop):
    person = ParticipantFactory(workshop=workshop, name="Anders")

    assert "Anders" in told(workshop, "people:changed", f"participant:{person.pk}")


def test_who_was_shown_out_is_gone(workshop, guest):
    actions.remove_participant(guest.seat, by=workshop.host)

    gone = BeautifulSoup(told(workshop, "people:changed", f"participant:{guest.seat.pk}"), "html.parser").template
    assert (gone["data-put"], gone.text.strip()) == (f"seat-{guest.seat.pk}", "")


def test_of_several_messages_the_last_brings_it(workshop, shown):
    subject = f"card:{shown.pk}"
    news = [News(seq, "cards:changed", subject, None) for seq in (1, 2)]

    found = draw(str(workshop.pk), [*news, News(3, "steps:changed", "workshop:", None)])

    assert (found[1], bool(found[2]), bool(found[3])) == ("", True, True)


def test_where_everybody_has_their_own_nothing_is_drawn(workshop, guest):
    actions.end_workshop(workshop, step=workshop.step, by=workshop.host)

    assert told(workshop, "steps:changed") is None
    assert draw(str(UUID(int=0)), [News(1, "steps:changed", "workshop:", None)]) == {}


def test_a_page_says_where_something_of_ones_own_lies(workshop, guest, join):
    other = join(workshop, "Anders")
    guest.post(room(workshop, "add_card"), card(workshop))

    own = [
        BeautifulSoup(one.get(room(workshop)).content, "html.parser").find(id="room-body")["data-own"]
        for one in (guest, other)
    ]

    assert [words.split() for words in own] == [[str(table_of(workshop).pk)], []]


@pytest.mark.parametrize("count", [1, 3])
def test_a_message_costs_the_same_for_any_number_of_cards(workshop, shown, count, django_assert_num_queries):
    CardFactory.create_batch(count, activity=table_of(workshop), revealed_at=shown.revealed_at)

    with django_assert_num_queries(3):
        told(workshop, "cards:changed", f"card:{shown.pk}")
