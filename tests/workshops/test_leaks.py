"""Nothing that is hidden is anywhere: whichever way somebody answers, nobody else can tell the difference.

For every phase in which something is hidden (`scenes.py`), a guest says one thing and then another in its place. All
that anybody else can get hold of must be the same to the letter both times: pages, previews, exports, mail, messages,
what travels with them, the log.
"""

import json
import re

import pytest
import time_machine
from asgiref.sync import async_to_sync
from django.apps import apps as installed
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.events import stream
from apps.events.pushes import News
from apps.exports.document import minutes_document
from apps.notifications.models import Message
from apps.workshops import actions, kinds
from apps.workshops.enums import Kind, Phase
from apps.workshops.minutes import minutes
from apps.workshops.pushes import draw
from tests.factories.activities import standing
from tests.factories.projects import MembershipFactory
from tests.factories.workshops import CardFactory, GroupFactory, ItemFactory, move
from tests.fixtures import HTMX
from tests.workshops.asks import inside, room
from tests.workshops.scenes import SCENES, WORDS
from tests.workshops.test_hidden import everything_told

# Made anew for every page, or counted on by what is shown at once beside what is hidden.
_FRESH = re.compile(r'(value=")(?:[0-9a-f-]{36}|[A-Za-z0-9]{64})"|data-seq="\d+"')
# The rail and the side are drawn with the console.
HOSTS = ["plan", "console", "present", "preview", "recap", "recap_markdown", "recap_csv"]


def told(activity, host: Client, *others: Client) -> dict[str, object]:
    """All that anybody but who answered can get hold of."""
    workshop, project = activity.workshop, activity.workshop.project
    urls = [inside(workshop, name) for name in HOSTS]
    urls += [reverse("workshops:decisions", args=[project.pk]), f"{reverse('search:find')}?q=would+object"]
    pages = {url: _page(host, url) for url in urls}
    pages |= {f"other {place}": _page(other, room(workshop)) for place, other in enumerate(others)}
    drawn = draw(str(workshop.pk), [News(1, "steps:changed", "workshop:", None)])
    drawn |= draw(str(workshop.pk), [News(2, "answers:changed", "answer:", None)])
    for card in activity.cards.all():
        drawn |= draw(str(workshop.pk), [News(card.pk.int, "cards:changed", f"card:{card.pk}", None)])
    events, actors = json.loads(everything_told(workshop))
    return {
        **pages,
        "paper": minutes_document(minutes(workshop)).html,
        "pushed": {seq: _FRESH.sub("", html) for seq, html in drawn.items()},
        "log": sorted({json.dumps(event) for event in events}),
        "actors": sorted({json.dumps(actor) for actor in actors}),
        "mail": list(Message.objects.values_list("to", "subject", "text", "html")),
    }


def _page(browser: Client, url: str) -> str:
    answer = browser.get(url, headers=HTMX if "preview" in url else {})
    assert answer.status_code == 200, url
    return _FRESH.sub("", (answer.getvalue() if answer.streaming else answer.content).decode())


@pytest.mark.parametrize("scene", SCENES, ids=str)
def test_whichever_way_somebody_answers_nobody_else_can_tell(
    scene, project, host, join, caplog, capfd, monkeypatch, django_capture_on_commit_callbacks
):
    rung = []
    monkeypatch.setattr("apps.events.live._notify", rung.append)
    with time_machine.travel(timezone.now(), tick=False):
        activity = scene.enter(project, host.user)
        guest, other = join(activity.workshop), join(activity.workshop, "Anders")
        before = []
        for way in (0, 1):
            with django_capture_on_commit_callbacks(execute=True):
                assert scene.say(guest, activity, way).status_code == 302
            own = guest.get(room(activity.workshop)).content.decode()
            before.append(told(activity, host, other))

    assert before[0] == before[1]
    assert (WORDS[1] in own) is scene.words
    everywhere = json.dumps(before, default=str) + json.dumps(rung) + caplog.text + "".join(capfd.readouterr())
    assert not [words for words in WORDS if words in everywhere]
    assert {name for notice in rung for name in json.loads(notice).get("f") or {}} <= {"ready", "of", "here"}


@pytest.mark.parametrize("scene", [scene for scene in SCENES if scene.words and not scene.name], ids=str)
def test_after_the_reveal_the_words_are_there(scene, project, host, join):
    """The search above finds what there is to find."""
    activity = scene.enter(project, host.user)
    guest = join(activity.workshop)
    scene.say(guest, activity, 0)
    phases = [phase.key for phase in activity.plan.phases]
    after = phases[phases.index(scene.phase) + 1] if scene.phase != phases[-1] else scene.phase
    move(activity.workshop, activity, after)

    shown = told(activity, host)

    assert WORDS[0] in shown[inside(activity.workshop, "console")]
    assert WORDS[0] in shown[inside(activity.workshop, "recap_markdown")]


def test_what_came_in_the_same_moment_keeps_its_order(project, host, join):
    """The database gives rows that sort alike as they lie, and puts each that was written anew behind the others.

    It does so where it reads a table from its beginning, as it decides to when it has counted few rows.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_indexscan = off; SET LOCAL enable_bitmapscan = off")
    with time_machine.travel(timezone.now(), tick=False):
        activity = standing(project, Kind.BRAINSTORM, Phase.GROUP, by=host.user)
        workshop = activity.workshop
        guests = [join(workshop, name) for name in ("Zoë", "Anders", "Karin")]
        for place in range(3):
            group = GroupFactory(activity=activity, name=f"Group {place}")
            CardFactory(activity=activity, group=group, revealed_at=timezone.now())
            parked = CardFactory(activity=activity, revealed_at=timezone.now(), parked_at=timezone.now())
            workshop.action_items.create(text=f"Action {place}", card=parked, owner="Karin", due=timezone.localdate())
            ItemFactory(activity=activity, text=f"Item {place}")
            project.workshops.create(title=f"Another {place}", host=host.user)
        before = told(activity, host, *guests)
        for model in installed.get_app_config("workshops").get_models():
            for row in model.objects.order_by("-pk"):
                model.objects.filter(pk=row.pk).update(id=row.pk)

        assert told(activity, host, *guests) == before


def test_every_phase_that_hides_something_is_searched(project):
    """A kind or phase that comes later must come here too."""
    hidden = {(kind, phase) for kind in Kind for phase in kinds.behaviour(kind).hidden}
    writes = {
        (activity.kind, phase.key)
        for activity in _one_of_each(project)
        for phase in activity.plan.phases
        if phase.key == Phase.VOTE or (activity.takes_cards and phase.key in kinds.behaviour(activity.kind).writing)
    }

    assert {(scene.kind, scene.phase) for scene in SCENES} >= hidden | writes


def _one_of_each(project):
    workshop = project.workshops.create(title="All of them", host=MembershipFactory(project=project).user)
    return [actions.add_activity(workshop, block=kind, by=workshop.host) for kind in Kind.values]


@pytest.mark.django_db(transaction=True)
def test_asking_again_and_again_tells_nothing_of_what_is_hidden(project, host, join):
    """`/live/poll/`, which tells all that a stream tells, by a browser of the room and by the host's."""
    for scene in SCENES:
        activity = scene.enter(project, host.user)
        guest, other = join(activity.workshop), join(activity.workshop, "Anders")
        answers = []
        for way in (0, 1):
            scene.say(guest, activity, way)
            answers.append([poll(activity.workshop, browser) for browser in (host, other)])

        assert answers[0] == answers[1], scene
        assert answers[0][0], scene
        assert not [words for words in (*WORDS, "4712.5", "3812.5") if words in json.dumps(answers)], scene


def poll(workshop, browser: Client) -> list[str]:
    """What a browser without a stream is told from the beginning, each thing once."""
    said: list[dict[str, object]] = []

    async def send(part):
        said.append(part)

    async def receive():
        return {"type": "http.disconnect"}

    cookie = f"{browser.cookies['sessionid'].key}={browser.cookies['sessionid'].value}"
    query = f"stream={workshop.stream}&since=0".encode()
    scope = {"type": "http", "method": "GET", "path": "/live/poll/", "query_string": query}

    async def ask():
        try:
            await stream.live({**scope, "headers": [(b"cookie", cookie.encode())]}, receive, send)
        finally:
            # its connection would keep the database from going
            if stream.hub:
                await stream.hub.close()
            stream.hub = None

    async_to_sync(ask)()
    assert said[0]["status"] == 200
    messages = json.loads(said[1]["body"])["messages"]
    found = {json.dumps({**message, "seq": 0}, sort_keys=True) for message in messages}
    return sorted(found)
