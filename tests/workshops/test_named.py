"""Dots and numbers with names, where the step says so before anybody gives one; without names everywhere else."""

from dataclasses import replace

import pytest

from apps.core.errors import DomainError
from apps.workshops import actions, facts
from apps.workshops.enums import Kind, Phase
from apps.workshops.models import Answer, Vote
from apps.workshops.naming import names
from tests.factories.activities import again, standing
from tests.factories.workshops import ItemFactory, move, table_of
from tests.pages import soup, text
from tests.workshops.asks import inside, room, write


def name_it(activity, *, named=True):
    activity.settings = activity.plan.with_more(named=named).as_json()
    activity.save()


@pytest.fixture
def voted(request, workshop, join):
    """A closed vote of two people: `voted.param` says whether its dots carry names."""
    named = getattr(request, "param", True)
    table = table_of(workshop)
    name_it(table, named=named)
    anders, karin = join(workshop, "Anders Holm"), join(workshop, "Karin Åström")
    write(anders, workshop, "Less typing", prompt="expectations")
    move(workshop, table, Phase.VOTE)
    card = table.cards.get()
    for browser, dots in ((anders, 2), (karin, 1)):
        data = {"target": "card", "item": card.pk, "dots": dots}
        assert browser.post(room(workshop, "place_dots"), data).status_code == 302
    return anders, karin, card


def screens(workshop, host, guest):
    pages = [host.get(inside(workshop, name)) for name in ("console", "present", "recap")]
    return [soup(page) for page in [*pages, guest.get(room(workshop))]]


def givers(page):
    return [" ".join(place.text.split()) for place in page.select(".givers")]


def test_who_votes_is_told_before_whether_names_are_shown(voted, workshop, sign_in):
    anders, _karin, _card = voted
    host = sign_in(workshop.host)

    asked, big = soup(anders.get(room(workshop))), soup(host.get(inside(workshop, "present")))

    assert "Then everybody sees who gave what" in asked.select_one(".privacy").text
    assert "Then all see who gave what." in text(big)
    assert [givers(page) for page in screens(workshop, host, anders)] == [[], [], [], []]


def test_a_closed_vote_shows_who_gave_what_on_every_screen_and_in_the_minutes(voted, workshop, sign_in):
    anders, _karin, card = voted
    host, table = sign_in(workshop.host), table_of(workshop)
    move(workshop, table, Phase.TALK)

    shown = screens(workshop, host, anders)
    workshop.refresh_from_db()
    actions.end_workshop(workshop, step=workshop.step, by=workshop.host)
    files = [b"".join(host.get(inside(workshop, name))).decode() for name in ("recap_markdown", "recap_csv")]

    assert [givers(page) for page in shown] == [["Dots from Anders Holm 2, Karin Åström"]] * 4
    assert "3 dots: Anders Holm 2, Karin Åström" in files[0]
    assert files[1].count("Anders Holm 2, Karin Åström") == 1
    assert givers(soup(host.get(inside(workshop, "recap")))) == ["Dots from Anders Holm 2, Karin Åström"]
    assert {vote.participant.name for vote in Vote.objects.filter(card=card)} == {"Anders Holm", "Karin Åström"}


def test_a_group_names_each_person_once(voted, workshop, sign_in):
    anders, _karin, card = voted
    table = table_of(workshop)
    group = actions.create_group(table, name="Time", cards=[card], by=workshop.host)
    anders.post(room(workshop, "place_dots"), {"target": "group", "item": group.pk, "dots": 1})
    move(workshop, table, Phase.TALK)

    header = soup(sign_in(workshop.host).get(inside(workshop, "console"))).select_one(f"#group-{group.pk} > .givers")

    assert " ".join(header.text.split()) == "Dots from Anders Holm 3, Karin Åström"


@pytest.mark.parametrize("voted", [False], indirect=True)
def test_without_names_nobody_is_named_and_the_names_go_at_the_end(voted, workshop, sign_in):
    anders, _karin, _card = voted
    host = sign_in(workshop.host)
    told = soup(anders.get(room(workshop))).select_one(".privacy").text
    move(workshop, table_of(workshop), Phase.TALK)

    shown = screens(workshop, host, anders)
    workshop.refresh_from_db()
    actions.end_workshop(workshop, step=workshop.step, by=workshop.host)

    assert "Nobody ever sees who gave what." in told
    assert [givers(page) for page in shown] == [[], [], [], []]
    assert not Vote.objects.exclude(participant=None).exists()


@pytest.mark.parametrize("voted", [False], indirect=True)
def test_the_word_that_nobody_is_named_cannot_be_taken_back(voted, workshop, sign_in):
    table, host = table_of(workshop), sign_in(workshop.host)
    page = soup(host.get(inside(workshop, "change_activity", table.pk)))
    form = page.select_one(f"#settings-{table.pk}")
    data = {
        field["name"]: field.get("value", "") for field in form.select("input[name]") if field["type"] != "checkbox"
    }
    data |= {
        choice["name"]: choice.select_one("[selected]")["value"] for choice in form.select("select:has([selected])")
    }

    refused = host.post(inside(workshop, "change_activity", table.pk), {**data, "names": "named"})

    assert refused.status_code == 409
    assert "People answer here without their names" in text(soup(refused))
    assert not table_of(workshop).plan.named


def test_a_concern_written_without_a_name_stays_so_while_people_write(workshop):
    table = table_of(workshop)
    prompts = tuple(replace(prompt, anonymous=False) for prompt in table.plan.prompts)
    words = {"title": table.title, "note": "", "minutes": 13, "version": table.version}

    with pytest.raises(DomainError, match="without their names"):
        actions.change_activity(table, **words, plan=replace(table.plan, prompts=prompts), by=workshop.host)


@pytest.mark.parametrize(("named", "words"), [(True, ["Anders 10, Jonas 30"]), (False, [])])
def test_estimates_carry_names_only_where_it_was_said(project, host, join, named, words):
    activity = standing(project, Kind.ESTIMATE, Phase.SCORE, by=host.user)
    name_it(activity, named=named)
    task = ItemFactory(activity=activity, text="Handbook clean-up")
    anders, jonas = join(activity.workshop, "Anders"), join(activity.workshop, "Jonas")
    asked = soup(anders.get(room(activity.workshop))).select_one(".privacy").text
    for browser, likely in ((jonas, 30), (anders, 10)):
        value = {"low": likely - 5, "likely": likely, "high": likely + 10}
        answer = {"target": "item", "item": task.pk, "value": value}
        actions.give_answers(browser.seat, activity=activity.pk, answers=[answer])
    hidden = givers(soup(host.get(inside(activity.workshop, "console"))))
    move(activity.workshop, activity, Phase.TALK)

    shown = [givers(page) for page in screens(activity.workshop, host, anders)]
    actions.end_workshop(again(activity).workshop, step=again(activity).workshop.step, by=host.user)

    assert ("your name stands with them" in asked, hidden) == (named, [])
    assert [shown[0], shown[1], shown[3]] == [words] * 3
    assert Answer.objects.filter(participant=None).exists() is not named


def test_the_waiting_room_says_what_carries_a_name_as_it_is_set_up(project, host, join):
    activity = standing(project, Kind.VOTE, Phase.VOTE, by=host.user)
    assert names([activity])["nameless"] == ["dots"]

    name_it(activity)

    assert names([activity]) == {"named": ["ideas", "dots", "the parking lot"], "nameless": []}


def test_both_ways_of_one_thing_are_said_as_some(project, host):
    first = standing(project, Kind.VOTE, Phase.VOTE, by=host.user)
    second = actions.repeat_activity(first, by=host.user)
    name_it(second)

    assert names([first, second])["named"] == ["ideas", "some dots", "the parking lot"]
    assert names([first, second])["nameless"] == ["some dots"]


@pytest.mark.parametrize("kind", Kind.values)
def test_every_kind_of_step_says_who_sees_what_how_long_and_where_it_goes(project, host, kind):
    workshop = actions.create_workshop(
        project, title="All", purpose="", template="empty", scheduled_at=None, by=host.user
    )
    activity = actions.add_activity(workshop, block=kind, by=host.user)

    form = soup(host.get(inside(workshop, "change_activity", activity.pk))).select_one(f"#settings-{activity.pk}")

    assert form.select("input[name^=phase_]")
    assert [row.text for row in form.select(".plan-facts dt")] == [what for what, _words in facts.of(kind)]
