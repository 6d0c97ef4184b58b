"""Hidden means hidden: before the reveal nobody else's cards or dots are in any page, message, event or log."""

import json
from uuid import uuid4

import pytest
from django.db import connection

from apps.events.models import Actor, Event
from apps.workshops.enums import Phase
from apps.workshops.models import Card, Vote
from tests.factories.workshops import move, table_of
from tests.workshops.asks import inside, room, write

SECRET = "Zanzibar would switch it off"


def everything_told(workshop):
    """All that the stream would tell, and all that the log keeps."""
    events = [[e.kind, e.subject, e.payload, e.facts, e.name, e.origin] for e in Event.objects.all()]
    actors = list(Actor.objects.values_list("label", "user_id_text"))
    return json.dumps([events, [list(map(str, actor)) for actor in actors]], default=str)


@pytest.fixture
def written(workshop, guest):
    assert write(guest, workshop, SECRET).status_code == 302
    return Card.objects.get(text=SECRET)


def test_a_hidden_card_is_on_its_writers_screen_alone(workshop, guest, written, join, sign_in):
    other, host = join(workshop, "Anders"), sign_in(workshop.host)
    pages = [host.get(inside(workshop, name)) for name in ("plan", "console", "rail", "side", "present", "recap")]

    assert SECRET in guest.get(f"{room(workshop)}?prompt=concerns").content.decode()
    assert SECRET not in other.get(f"{room(workshop)}?prompt=concerns").content.decode()
    assert [page.status_code for page in pages] == [200] * 6
    assert not any(SECRET in page.content.decode() or str(written.pk) in page.content.decode() for page in pages)


def test_a_hidden_card_is_in_no_event_and_no_log(workshop, guest, written, caplog, capfd):
    write(guest, workshop, f"{SECRET}, again")
    guest.post(room(workshop, "ready"), {"ready": "1", "step": workshop.step})

    told = everything_told(workshop)

    assert "Zanzibar" not in told
    assert str(written.pk) not in told
    assert "Zanzibar" not in caplog.text + "".join(capfd.readouterr())


def test_writing_leaves_no_trace_that_names_the_writer(workshop, guest):
    before = Event.objects.count()

    write(guest, workshop, SECRET)

    assert Event.objects.count() == before


def test_the_notice_of_a_new_card_says_only_counts(workshop, guest, django_capture_on_commit_callbacks, monkeypatch):
    said = []
    monkeypatch.setattr("apps.events.live._notify", said.append)

    write(guest, workshop, SECRET)

    assert [json.loads(notice)["f"] for notice in said] == [{"ready": 0, "of": 1, "here": 2}]


def test_hosts_cannot_reach_a_hidden_card_by_its_address(workshop, written, sign_in):
    host = sign_in(workshop.host)
    urls = [inside(workshop, "make", written.pk, kind) for kind in ("risk", "objective", "passage", "comment")]
    posts = [inside(workshop, name, written.pk) for name in ("move_card", "park_card", "unpark_card")]

    assert {host.get(url).status_code for url in urls} | {host.post(url).status_code for url in posts} == {404}


def test_nobody_changes_or_deletes_the_card_of_another(workshop, written, join):
    other = join(workshop, "Anders")

    answers = [
        other.get(room(workshop, "change_card", written.pk)),
        other.post(room(workshop, "change_card", written.pk), {"text": "Mine now", "version": 1}),
        other.post(room(workshop, "delete_card", written.pk)),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert Card.objects.filter(text=SECRET).exists()


def test_the_reveal_drops_the_author_of_an_anonymous_card_for_good(workshop, guest, written):
    write(guest, workshop, "I get my evenings back", prompt="expectations")

    move(workshop, table_of(workshop), Phase.GROUP)

    written.refresh_from_db()
    assert (written.author, Card.objects.get(text="I get my evenings back").author) == (None, guest.seat)
    assert written.created_at == written.revealed_at
    assert str(guest.seat.pk) not in str(Card.objects.filter(pk=written.pk).values())


def test_a_late_anonymous_card_never_has_an_author(workshop, guest):
    move(workshop, table_of(workshop), Phase.GROUP)

    write(guest, workshop, SECRET)

    assert Card.objects.get(text=SECRET).author is None
    added = Event.objects.get(kind="card.added")
    assert (added.who.label, added.payload) == ("Scoperoom", {})


def test_cards_are_shuffled_at_the_reveal(workshop, guest, monkeypatch):
    monkeypatch.setattr("apps.workshops.actions.steps._shuffle", lambda cards: cards.sort(key=lambda card: card.text))
    for text in ("Beech", "Ash", "Cedar"):
        write(guest, workshop, text)

    move(workshop, table_of(workshop), Phase.GROUP)

    assert list(Card.objects.values_list("text", flat=True)) == ["Ash", "Beech", "Cedar"]


def test_a_card_does_not_tell_when_it_was_written_by_its_key(written):
    assert written.pk.version == 4


@pytest.fixture
def voted(workshop, guest, written):
    move(workshop, table_of(workshop), Phase.VOTE)
    guest.post(room(workshop, "place_dots"), {"target": "card", "item": written.pk, "dots": 2})
    return Vote.objects.get()


def test_open_votes_are_on_no_screen_but_ones_own(workshop, guest, voted, join, sign_in):
    other, host = join(workshop, "Anders"), sign_in(workshop.host)
    pages = [host.get(inside(workshop, name)) for name in ("console", "side", "present", "recap")]

    assert guest.get(room(workshop)).context["purse"].used == 2
    assert other.get(room(workshop)).context["purse"].used == 0
    assert not any('class="dots"' in page.content.decode() for page in pages)


def test_open_votes_are_in_no_event(workshop, voted):
    told = everything_told(workshop)

    assert "dots" not in told
    assert "vote" not in told.replace('"vote"', "")


def test_going_back_to_the_vote_hides_the_counts_again(workshop, voted, sign_in):
    host, table = sign_in(workshop.host), table_of(workshop)
    move(workshop, table, Phase.TALK)
    shown = 'class="dots"' in host.get(inside(workshop, "console")).content.decode()

    move(workshop, table, Phase.VOTE)

    assert shown
    assert 'class="dots"' not in host.get(inside(workshop, "console")).content.decode()
    assert Vote.objects.get().dots == 2


def test_dots_lose_their_names_at_the_end(workshop, voted, sign_in):
    workshop.refresh_from_db()

    sign_in(workshop.host).post(inside(workshop, "end"), {"step": workshop.step})

    assert Vote.objects.get().participant is None


def test_the_database_refuses_an_author_on_a_revealed_anonymous_card(workshop, guest, written):
    with connection.cursor() as cursor, pytest.raises(Exception, match="revealed_anonymous_cards_have_no_author"):
        cursor.execute("UPDATE workshops_card SET revealed_at = now() WHERE id = %s", [written.pk])


def test_a_card_in_a_step_that_was_not_reached_is_refused(workshop, guest):
    later = workshop.activities.get(title="Pre-mortem")

    answer = guest.post(
        room(workshop, "add_card"), {"text": "Too early", "prompt": "reasons", "activity": later.pk, "key": uuid4()}
    )

    assert answer.status_code == 409
    assert not Card.objects.exists()
