"""Hidden means hidden, for ratings, estimates and answers to a proposal: searched in every channel before the reveal."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from apps.workshops import actions
from apps.workshops.enums import Kind, Phase
from apps.workshops.models import Answer, Voice, Vote
from tests.factories.activities import again, proposal, reason, standing
from tests.factories.workshops import ItemFactory, ParticipantFactory, move
from tests.pages import soup
from tests.workshops.asks import inside, room
from tests.workshops.test_hidden import everything_told

# Text and numbers that stand nowhere else.
SECRET = "Zanzibar would object"
NUMBERS = {"low": 4711.25, "likely": 4712.5, "high": 4713.75}


def channels(activity, *browsers: Client, host: Client) -> str:
    """All that anybody but the one who answered can get hold of."""
    workshop = activity.workshop
    names = ["plan", "console", "rail", "side", "present", "recap", "recap_markdown", "recap_csv"]
    answers = [host.get(inside(workshop, name)) for name in names]
    answers += [host.get(reverse("workshops:decisions", args=[workshop.project_id]))]
    answers += [browser.get(room(workshop)) for browser in browsers]
    assert {answer.status_code for answer in answers} == {200}
    return "".join(map(_words, answers)) + everything_told(workshop)


def _words(answer) -> str:
    return (answer.getvalue() if answer.streaming else answer.content).decode()


@pytest.fixture
def rated(project, host, join):
    activity = standing(project, Kind.PREMORTEM, Phase.SCORE, by=host.user)
    card, guest = reason(activity), join(activity.workshop)
    for seat, pair in ((guest.seat, (5, 1)), (ParticipantFactory(workshop=activity.workshop), (1, 5))):
        value = {"likelihood": pair[0], "impact": pair[1]}
        actions.give_answers(seat, activity=activity.pk, answers=[{"target": "card", "item": card.pk, "value": value}])
    return activity, guest


def test_ratings_are_on_ones_own_screen_alone_before_the_reveal(rated, host, join):
    activity, guest = rated
    other = join(activity.workshop, "Anders")

    told = channels(activity, other, host=host)

    assert len(soup(guest.get(room(activity.workshop))).select("#ratings input[checked]")) == 2
    assert soup(other.get(room(activity.workshop))).select("#ratings input[checked]") == []
    assert 'class="person"' not in told
    assert "likelihood" not in everything_told(activity.workshop)


def test_after_the_reveal_the_dots_have_no_names(rated, host):
    activity, guest = rated
    move(activity.workshop, activity, Phase.TALK)

    board = host.get(inside(activity.workshop, "console")).content.decode().split('id="board"')[1].split('id="side"')[0]

    assert board.count('class="person"') == 2
    assert guest.seat.name not in board


@pytest.mark.parametrize("phase", [Phase.SCORE, Phase.AGAIN])
def test_estimates_are_on_ones_own_screen_alone_in_both_rounds(project, host, join, phase):
    activity = standing(project, Kind.ESTIMATE, Phase.SCORE, by=host.user)
    task = ItemFactory(activity=activity, text="Handbook clean-up")
    guest, other = join(activity.workshop), join(activity.workshop, "Anders")
    if phase == Phase.AGAIN:
        move(activity.workshop, activity, Phase.TALK)
        move(activity.workshop, activity, Phase.AGAIN)
    answer = {"target": "item", "item": task.pk, "value": NUMBERS}
    actions.give_answers(guest.seat, activity=activity.pk, answers=[answer])

    told = channels(again(activity), other, host=host)

    assert "4712.5" in guest.get(room(activity.workshop)).content.decode()
    assert not [number for number in NUMBERS.values() if str(number) in told]


@pytest.fixture
def objected(project, host, join):
    activity = standing(project, Kind.DECIDE, Phase.DECIDE, by=host.user)
    item, guest = proposal(activity, opened=True), join(activity.workshop)
    data = {"activity": activity.pk, "target": "item", "item": item.pk, "choice": "object", "objection": SECRET}
    assert guest.post(room(activity.workshop, "give_answer"), data).status_code == 302
    return activity, item, guest


def test_an_answer_to_an_open_proposal_is_on_ones_own_screen_alone(objected, host, join):
    activity, _item, guest = objected
    other = join(activity.workshop, "Anders")

    told = channels(activity, other, host=host)

    assert "Zanzibar" in guest.get(room(activity.workshop)).content.decode()
    assert "Zanzibar" not in told
    assert "1 of 2 have answered" in told
    assert not Voice.objects.exists()


def test_looking_around_shows_no_answer_to_an_open_proposal(objected, host):
    activity, item, _guest = objected

    looked = host.get(inside(activity.workshop, "console") + f"?look={activity.pk}").content.decode()

    assert "Zanzibar" not in looked
    assert host.get(inside(activity.workshop, "decision", item.pk)).status_code == 404


def test_opened_again_a_proposal_hides_its_answers_again(objected, host):
    activity, item, _guest = objected
    actions.close_proposal(item, by=host.user)
    shown = "Zanzibar" in channels(activity, host=host)

    actions.open_proposal(item, by=host.user)

    assert shown
    assert "Zanzibar" not in channels(activity, host=host)


def test_going_back_to_decisions_keeps_what_was_closed_shown(objected, host):
    activity, item, _guest = objected
    actions.close_proposal(item, by=host.user)

    move(activity.workshop, activity, Phase.DECIDE)

    assert "Zanzibar" in channels(activity, host=host)


def test_nameless_answers_and_dots_lose_their_author_at_the_end_and_consent_keeps_it(rated, host, join, project):
    activity, guest = rated
    workshop = again(activity).workshop

    actions.end_workshop(workshop, step=workshop.step, by=host.user)

    told = json.dumps(
        [list(Answer.objects.filter(activity=activity).values()), list(Vote.objects.values())], default=str
    )
    assert Answer.objects.filter(activity=activity).count() == 2
    assert str(guest.seat.pk) not in told
