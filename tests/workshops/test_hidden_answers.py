"""Hidden means hidden, for answers too: searched in every channel; nameless ones lose their author for good."""

import json

import pytest

from apps.events.models import Actor, Event
from apps.events.pushes import News, drawn
from apps.workshops import actions
from apps.workshops.enums import Phase
from apps.workshops.models import Answer, Card
from tests.workshops.asks import inside, room
from tests.workshops.blocks import answer, go, step_of

SECRET = "Zanzibar would switch it off"
PAGES = ("plan", "console", "rail", "side", "present", "preview", "recap", "recap_markdown", "recap_csv")
# kind, phase in which it is hidden, what is sent, phase after it
HIDDEN = [
    ("framing", Phase.SCORE, {"clarity": 2, "text": SECRET}, Phase.TALK),
    ("framing", Phase.FIT, {"shape": "search", "text": SECRET}, Phase.RESULT),
]


@pytest.fixture(params=HIDDEN, ids=lambda row: f"{row[0]} {row[1]}")
def told(request, workshop, guest):
    """Somebody has answered while it is hidden: kind, and the phase that shows it."""
    kind, phase, said, after = request.param
    go(workshop, kind, phase)
    assert answer(guest, workshop, kind, **said).status_code == 302
    return kind, after


def channels(workshop, host, other):
    """Everything that anybody but the writer can get hold of, by its name."""
    found = {name: host.get(inside(workshop, name)).getvalue().decode() for name in PAGES}
    found["another's room"] = other.get(room(workshop)).content.decode()
    events = [[e.kind, e.subject, e.payload, e.facts, e.name, e.origin] for e in Event.objects.all()]
    actors = list(Actor.objects.values_list("label", "user_id_text"))
    found["log"] = json.dumps([events, [list(map(str, actor)) for actor in actors]], default=str)
    news = [News(event.seq, event.name, event.subject, event.facts) for event in Event.objects.all()]
    found["stream"] = json.dumps(drawn(workshop.stream, [one for one in news if one.subject]), default=str)
    return found


def test_a_hidden_answer_is_on_its_writers_screen_alone(workshop, told, guest, join, sign_in, caplog, capfd):
    found = channels(workshop, sign_in(workshop.host), join(workshop, "Anders"))

    assert SECRET in guest.get(room(workshop)).content.decode()
    assert [name for name, words in found.items() if "Zanzibar" in words] == []
    assert "Zanzibar" not in caplog.text + "".join(capfd.readouterr())


def test_a_hidden_answer_has_no_key_and_leaves_no_trace_that_others_could_read(workshop, told, join, sign_in):
    keys = [
        str(key) for key in [*Answer.objects.values_list("pk", flat=True), *Card.objects.values_list("pk", flat=True)]
    ]

    found = channels(workshop, sign_in(workshop.host), join(workshop, "Anders"))

    assert [name for name, words in found.items() for key in keys if key in words] == []
    assert not Event.objects.filter(kind="answer.given").exists()


def test_the_notice_of_a_hidden_answer_says_only_counts(
    workshop, guest, django_capture_on_commit_callbacks, monkeypatch
):
    said = []
    go(workshop, "framing", Phase.SCORE)
    monkeypatch.setattr("apps.events.live._notify", said.append)

    answer(guest, workshop, "framing", clarity=2, text=SECRET)

    assert [set(json.loads(notice)["f"]) for notice in said] == [{"ready", "of", "here"}]


def test_a_shown_answer_is_everybodys_and_nobodys(workshop, told, guest, join, sign_in):
    kind, after = told
    before = set(Answer.objects.values_list("pk", flat=True))

    go(workshop, kind, after)

    found = channels(workshop, sign_in(workshop.host), join(workshop, "Anders"))
    assert "Zanzibar" in found["another's room"]
    assert "Zanzibar" in found["console"]
    assert set(Answer.objects.values_list("participant", flat=True)) == {None}
    assert set(Card.objects.values_list("author", flat=True)) <= {None}
    assert before.isdisjoint(Answer.objects.values_list("pk", flat=True))
    rows = [*Answer.objects.values(), *Card.objects.values()]
    assert str(guest.seat.pk) not in json.dumps(rows, default=str)


def test_going_back_does_not_give_an_author_back(workshop, told, guest):
    kind, after = told
    go(workshop, kind, after)

    go(workshop, kind, Phase.SCORE)

    assert set(Answer.objects.values_list("participant", flat=True)) == {None}
    assert guest.get(room(workshop)).context["answer_form"].initial.get("clarity") is None


def test_answers_that_were_never_shown_lose_their_author_at_the_end(workshop, told, guest):
    workshop.refresh_from_db()

    actions.end_workshop(workshop, step=workshop.step, by=workshop.host)

    found = Answer.objects.filter(activity=step_of(workshop, told[0]))
    assert [(each.participant, each.revealed_at is None) for each in found] == [(None, False)]


def test_whether_it_was_worth_the_time_is_hidden_until_the_end(workshop, guest, join, sign_in):
    go(workshop, "wrap", Phase.TALK)
    answer(guest, workshop, "wrap", recorded="yes", worth="1")
    key = str(Answer.objects.get(round=2).pk)

    found = channels(workshop, sign_in(workshop.host), join(workshop, "Anders"))

    assert [name for name, words in found.items() if key in words or 'class="spread"' in words] == []
