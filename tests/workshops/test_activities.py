"""The second half of the kinds: pre-mortem, vote on scope, estimate, consent, parking lot and actions."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from apps.notifications.models import Message
from apps.projects.enums import Role
from apps.projects.needs import of as needs_of
from apps.tables.actions import add_row
from apps.workshops import actions, build, decisions, lot, queries
from apps.workshops.enums import Kind, Phase
from apps.workshops.kinds.estimate import tasks
from apps.workshops.kinds.premortem import rated
from apps.workshops.models import ActionItem, Answer, Card, Item, Voice, Workshop
from tests.factories.activities import action_item, again, parked, proposal, reason, standing, voice
from tests.factories.projects import MembershipFactory
from tests.factories.workshops import CardFactory, ItemFactory, ParticipantFactory, move, running
from tests.fixtures import HTMX
from tests.pages import soup, text
from tests.workshops.asks import inside, room


def rate(activity, seat, card, likely, impact):
    value = {"likelihood": likely, "impact": impact}
    actions.give_answers(seat, activity=activity.pk, answers=[{"target": "card", "item": card.pk, "value": value}])


def seats(activity, count):
    return [ParticipantFactory(workshop=activity.workshop) for _ in range(count)]


def say(activity, seat, item, choice, words=""):
    actions.give_answer(seat, activity=activity.pk, value={"choice": choice}, text=words, target="item", item=item.pk)


# ----- pre-mortem


@pytest.fixture
def premortem(project, host):
    return standing(project, Kind.PREMORTEM, Phase.SCORE, by=host.user)


def test_a_rating_is_kept_tap_by_tap_and_sent_again_changes_nothing(premortem, join):
    card, guest = reason(premortem), join(premortem.workshop)
    url, data = room(premortem.workshop, "give_answer"), {"activity": premortem.pk, f"likelihood:card:{card.pk}": "4"}

    first = guest.post(url, data, headers=HTMX)
    guest.post(url, {**data, f"impact:card:{card.pk}": "5"})
    guest.post(url, {**data, f"impact:card:{card.pk}": "5"})

    assert "0 of 1 rated" in text(soup(first))
    assert Answer.objects.get().value == {"likelihood": 4, "impact": 5}
    assert "1 of 1 rated" in text(soup(guest.get(room(premortem.workshop))))


def test_a_rating_outside_the_scale_is_refused(premortem, join):
    card, guest = reason(premortem), join(premortem.workshop)
    data = {"activity": premortem.pk, f"likelihood:card:{card.pk}": "6"}

    assert guest.post(room(premortem.workshop, "give_answer"), data).status_code == 422
    assert not Answer.objects.exists()


def test_the_widest_apart_come_first_and_half_a_rating_does_not_count(premortem):
    agreed, split = reason(premortem, "Agreed"), reason(premortem, "Split")
    for seat, likely in zip(seats(premortem, 3), (1, 3, 5), strict=True):
        rate(premortem, seat, split, likely, 3)
        rate(premortem, seat, agreed, 3, 3)
    half = seats(premortem, 1)[0]
    answer = {"target": "card", "item": agreed.pk, "value": {"likelihood": 5}}
    actions.give_answers(half, activity=premortem.pk, answers=[answer])
    move(premortem.workshop, premortem, Phase.TALK)

    found = rated(again(premortem).workshop, again(premortem))

    assert [(each.title, each.spread.people, each.spread.apart) for each in found] == [
        ("Split", 3, 1.3),
        ("Agreed", 3, 0),
    ]


@pytest.fixture
def talked(premortem):
    """Two reasons with a spread."""
    for text_, likely in (("Handbook", 4), ("Newspaper", 2)):
        card = reason(premortem, text_)
        for seat in seats(premortem, 2):
            rate(premortem, seat, card, likely, 5)
    move(premortem.workshop, premortem, Phase.TALK)
    return again(premortem)


def test_ticked_reasons_become_risks_once_with_the_rooms_rating(talked, host):
    url = inside(talked.workshop, "make_risks", talked.pk)
    handbook, newspaper = (Card.objects.get(text=each).pk.hex for each in ("Handbook", "Newspaper"))
    data = {
        f"take_{handbook}": "on", f"title_{handbook}": "Handbook goes stale", f"owner_{handbook}": "Fatima",
        f"mitigation_{handbook}": "One editor", f"stop_{handbook}": "Two wrong answers a week", f"title_{newspaper}": "N",
    }  # fmt: skip

    assert "Handbook" in text(soup(host.get(url)))
    host.post(url, data, headers=HTMX)
    host.post(url, data)

    risk = talked.workshop.project.risks.get()
    assert (risk.title, risk.likelihood, risk.impact, risk.owner) == ("Handbook goes stale", 4, 5, "Fatima")
    assert (risk.mitigation, risk.trigger) == ("One editor", "Two wrong answers a week")
    assert "R1" in text(soup(host.get(inside(talked.workshop, "console"))))


def test_no_risk_is_made_without_a_tick(talked, host):
    answer = host.post(inside(talked.workshop, "make_risks", talked.pk), {})

    assert (answer.status_code, talked.workshop.project.risks.count()) == (422, 0)


# ----- vote on scope


@pytest.fixture
def scope(project, host):
    activity = standing(project, Kind.VOTE, Phase.WRITE, by=host.user)
    for number in range(7):
        actions.put_card(activity, text=f"Item {number}", key=uuid4(), by=host.user)
    move(activity.workshop, activity, Phase.VOTE, by=host.user)
    return again(activity)


def test_the_budget_is_a_third_of_the_items(scope):
    assert (scope.plan.budget, scope.plan.per_item) == (3, 2)


def test_items_are_sorted_and_land_in_the_scope_once(scope, host, project):
    seat, card = seats(scope, 1)[0], Card.objects.get(text="Item 3")
    actions.place_dots(seat, target="card", item=card.pk, dots=2)
    move(scope.workshop, scope, Phase.SORT)
    for name, place in (("Item 3", "in"), ("Item 4", "later"), ("Item 5", "out")):
        thing = f"card:{Card.objects.get(text=name).pk}"
        host.post(inside(scope.workshop, "sort_thing", scope.pk), {"thing": thing, "place": place})
    url = inside(scope.workshop, "put_into_scope", scope.pk)
    lines = host.get(url).context["form"].initial

    host.post(url, {**lines, "in_scope": "Item 3, in two languages"})
    again_ = host.post(url, {"in_scope": "Once more"})

    project.refresh_from_db()
    assert project.in_scope.splitlines()[-1] == "Item 3, in two languages"
    assert project.later.splitlines()[-1:] == ["Item 4 (Scoping workshop)"]
    assert project.out_of_scope.splitlines()[-1:] == ["Item 5 (Scoping workshop)"]
    assert again_.status_code == 409
    assert card.outcomes.get().label == "In scope"


def test_what_got_no_dot_stays_in_the_record(scope, host):
    move(scope.workshop, scope, Phase.SORT)
    actions.end_workshop(scope.workshop, step=again(scope).workshop.step, by=host.user)

    recap = text(soup(host.get(inside(scope.workshop, "recap"))))

    assert all(f"Item {number}" in recap for number in range(7))
    assert "no dot" in recap


def test_dots_by_role_merge_small_roles_and_outlive_the_names(scope, host):
    card = Card.objects.get(text="Item 1")
    for title, count in (("Agent", 3), ("Sponsor", 1), ("Legal", 2)):
        for _ in range(count):
            seat = ParticipantFactory(workshop=scope.workshop, title=title)
            actions.place_dots(seat, target="card", item=card.pk, dots=1)
    move(scope.workshop, scope, Phase.SORT)
    actions.end_workshop(scope.workshop, step=again(scope).workshop.step, by=host.user)

    tally = queries.board(again(scope).workshop, again(scope)).tally

    assert tally.roles == [("Agent", 3), ("", 3)]
    assert ("Item 1", 6, [3, 3]) in tally.rows


# ----- blind estimate


@pytest.fixture
def estimate(project, host):
    activity = standing(project, Kind.ESTIMATE, Phase.SCORE, by=host.user)
    ItemFactory(activity=activity, text="Handbook clean-up")
    return activity


def numbers(activity, low, likely, high):
    key = f"item:{activity.items.get().pk}"
    return {"activity": activity.pk, f"low:{key}": low, f"likely:{key}": likely, f"high:{key}": high}


def guess(activity, seat, *three):
    value = dict(zip(("low", "likely", "high"), three, strict=True))
    answer = {"target": "item", "item": activity.items.get().pk, "value": value}
    actions.give_answers(seat, activity=activity.pk, answers=[answer])


@pytest.mark.parametrize(
    ("three", "words"),
    [
        (("5", "3", "8"), "Likely is below low"),
        (("1", "9", "8"), "High is below likely"),
        (("1", "", "8"), "all three numbers"),
    ],
)
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_numbers_out_of_order_are_said_clearly_and_kept(estimate, join, three, words, headers):
    guest = join(estimate.workshop)

    answer = guest.post(room(estimate.workshop, "give_answer"), numbers(estimate, *three), headers=headers)

    page = soup(answer)
    assert (answer.status_code, Answer.objects.count()) == (422, 0)
    assert words in text(page)
    assert tuple(field["value"] for field in page.select(".three-fields input")) == three


def test_the_second_round_begins_with_the_first_and_both_are_kept(estimate):
    careful, quick, third = seats(estimate, 3)
    for seat, three in ((careful, (4, 8, 16)), (quick, (1, 2, 4)), (third, (2, 4, 8))):
        guess(estimate, seat, *three)
    move(estimate.workshop, estimate, Phase.TALK)
    talk = tasks(again(estimate))[0]
    move(estimate.workshop, estimate, Phase.AGAIN)
    guess(estimate, quick, 3, 6, 9)
    move(estimate.workshop, estimate, Phase.RESULT)

    result = tasks(again(estimate))[0]

    assert (talk.middle.likely, talk.apart, talk.first) == (4, True, None)
    assert (result.middle.likely, result.middle.people, result.first.likely) == (6, 3, 4)


def test_far_off_is_said_to_that_person_alone(estimate, join):
    far, near = join(estimate.workshop, "Far"), join(estimate.workshop, "Near")
    guess(estimate, far.seat, 10, 20, 30)
    for seat in (near.seat, *seats(estimate, 2)):
        guess(estimate, seat, 1, 2, 4)
    move(estimate.workshop, estimate, Phase.TALK)

    assert "Only you see this" in text(soup(far.get(room(estimate.workshop))))
    assert "Only you see this" not in text(soup(near.get(room(estimate.workshop))))


def test_the_unit_changes_until_numbers_are_given(estimate, host):
    url = inside(estimate.workshop, "change_unit", estimate.pk)
    host.post(url, {"unit": "weeks"})
    guess(estimate, seats(estimate, 1)[0], 1, 2, 4)

    assert host.post(url, {"unit": "keur"}).status_code == 409
    assert again(estimate).plan.more["unit"] == "weeks"


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_cards_on_the_table_become_tasks_once(estimate, host, headers):
    shown, left = (reason(estimate, text=words) for words in ("Clean the  handbook " * 30, "Later"))
    hidden = CardFactory(workshop=estimate.workshop, activity=estimate, text="Still hidden")
    url, board = inside(estimate.workshop, "take_tasks", estimate.pk), inside(estimate.workshop, "console")
    offered = [box["value"] for box in soup(host.get(board)).select("#take-tasks input[name=cards]")]

    host.post(url, {"cards": [str(shown.pk)]}, headers=headers)
    host.post(url, {"cards": [str(shown.pk)]}, headers=headers)
    refused = host.post(url, {"cards": [str(hidden.pk)]}, headers=headers)

    texts = list(estimate.items.order_by("position").values_list("text", flat=True))
    assert offered == [str(shown.pk), str(left.pk)]
    assert [len(text) for text in texts] == [len("Handbook clean-up"), 300]
    assert texts[1].startswith("Clean the handbook Clean")
    assert refused.status_code == 422
    assert [box["value"] for box in soup(host.get(board)).select("#take-tasks input[name=cards]")] == [str(left.pk)]


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_the_plan_is_estimated_and_gets_the_numbers_back_without_typing_twice(project, host, headers):
    estimate = standing(project, Kind.ESTIMATE, Phase.SCORE, by=host.user)
    step = add_row(
        project, "delivery", values={"name": "Handbook clean-up", "kind": "data", "sprints": "9"}, by=host.user
    )
    take, put = (inside(estimate.workshop, name, estimate.pk) for name in ("take_steps", "put_into_plan"))

    host.post(take, headers=headers)
    host.post(take, headers=headers)
    early = host.post(put, headers=headers)
    assert [item.text for item in estimate.items.all()] == ["Handbook clean-up"]
    assert (early.status_code, "still hidden" in text(soup(early))) == (409, True)

    guess(estimate, seats(estimate, 1)[0], 1, 2.5, 4)
    ItemFactory(activity=estimate, text="Checks")
    move(estimate.workshop, estimate, Phase.TALK)
    Answer.objects.create(
        activity=estimate, item=estimate.items.get(text="Checks"), participant=seats(estimate, 1)[0], round=1,
        value={"low": 0.5, "likely": 1, "high": 2}, revealed_at=timezone.now(),
    )  # fmt: skip
    host.post(put, headers=headers)
    host.post(put, headers=headers)

    rows = {row.name: row.values for row in project.rows.live()}
    assert rows == {
        "Handbook clean-up": {"name": "Handbook clean-up", "kind": "data", "best": "1", "sprints": "2.5", "worst": "4"},
        "Checks": {"name": "Checks", "best": "0.5", "sprints": "1", "worst": "2"},
    }
    assert project.rows.live().get(pk=step.pk).version == 2
    assert "2 steps of the plan are estimated here" in text(soup(host.get(inside(estimate.workshop, "console"))))


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_numbers_in_another_unit_stay_out_of_the_plan(estimate, host, headers):
    guess(estimate, seats(estimate, 1)[0], 1, 2, 4)
    move(estimate.workshop, estimate, Phase.TALK)

    answer = host.post(inside(estimate.workshop, "put_into_plan", estimate.pk), headers=headers)

    assert (answer.status_code, "these numbers are person-days" in text(soup(answer))) == (409, True)
    assert soup(host.get(inside(estimate.workshop, "console"))).select_one("#put-into-plan") is None


# ----- consent


@pytest.fixture
def decide(project, host):
    return standing(project, Kind.DECIDE, Phase.DECIDE, by=host.user)


@pytest.mark.parametrize("choice", ["concern", "object"])
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_doubt_needs_words(decide, join, choice, headers):
    item, guest = proposal(decide, opened=True), join(decide.workshop)
    data = {"activity": decide.pk, "target": "item", "item": item.pk, "choice": choice}

    answer = guest.post(room(decide.workshop, "give_answer"), data, headers=headers)

    assert (answer.status_code, Answer.objects.count()) == (422, 0)
    assert soup(answer).select_one(f"input[value={choice}]").has_attr("checked")


def test_agreement_with_a_concern_is_a_decision_with_the_concern_by_name(decide, host, project):
    item = proposal(decide, opened=True)
    lars, erik = (ParticipantFactory(workshop=decide.workshop, name=name) for name in ("Lars-Göran", "Erik"))
    say(decide, lars, item, "concern", "In March we will be too tired to read every draft")
    say(decide, erik, item, "agree")

    host.post(inside(decide.workshop, "close_proposal", item.pk))

    recap = text(soup(host.get(inside(decide.workshop, "recap"))))
    row = project.rows.get(register="decisions")
    assert "1 agrees, 1 with a concern" in recap
    assert "Lars-Göran: In March we will be too tired to read every draft" in recap
    assert Item.objects.get().details["row"]["url"] == row.get_absolute_url()
    assert row.values["dissent"] == "Lars-Göran: “In March we will be too tired to read every draft”"


def test_an_objection_leaves_it_undecided_until_somebody_looks_after_it(decide, host):
    item, karin = proposal(decide, opened=True), ParticipantFactory(workshop=decide.workshop, name="Karin")
    say(decide, karin, item, "object", "There is no legal basis")
    host.post(inside(decide.workshop, "close_proposal", item.pk))

    host.post(inside(decide.workshop, "hand_on", item.pk), {"owner": "Karin", "due": "2099-01-31"})

    found = decisions.proposal(Item.objects.get())
    assert (found.is_decided, found.row, found.owner, found.due_words) == (False, {}, "Karin", "31 January 2099")
    assert "Karin looks after it by 31 January 2099" in text(soup(host.get(inside(decide.workshop, "console"))))


def test_one_proposal_is_open_at_a_time_and_closed_ones_take_no_answer(decide, host):
    first, second = proposal(decide, "First", opened=True), proposal(decide, "Second")
    seat = seats(decide, 1)[0]
    refused = host.post(inside(decide.workshop, "open_proposal", second.pk))
    actions.close_proposal(first, by=host.user)

    with pytest.raises(Exception, match="not open any more"):
        say(decide, seat, first, "agree")

    assert refused.status_code == 409


def test_moving_on_closes_what_was_open(decide, host, project):
    item, seat = proposal(decide, opened=True), seats(decide, 1)[0]
    say(decide, seat, item, "agree")

    actions.end_workshop(decide.workshop, step=again(decide).workshop.step, by=host.user)

    assert decisions.proposal(Item.objects.get()).is_decided
    assert Answer.objects.get().participant == seat


@pytest.fixture
def karin(project):
    return MembershipFactory(project=project, role=Role.VIEWER, user__name="Karin Åström").user


def test_an_absent_member_is_asked_answers_and_then_it_is_decided(decide, host, karin, sign_in):
    item, seat = proposal(decide, opened=True), seats(decide, 1)[0]
    say(decide, seat, item, "agree")
    until = (timezone.localdate() + timedelta(days=3)).isoformat()
    host.post(inside(decide.workshop, "close_proposal", item.pk), {"absent": [str(karin.pk)], "until": until})
    waiting = text(soup(host.get(inside(decide.workshop, "recap"))))
    before = Item.objects.get().details.get("row")
    url = inside(decide.workshop, "decision", item.pk)

    answer = sign_in(karin).post(url, {"choice": "concern", "concern": "Only with the assessment done"})

    assert "Open for Karin until" in waiting
    assert before is None
    assert Message.objects.filter(recipient=karin, about=f"decision:{item.pk}").count() == 1
    assert answer.status_code == 302
    assert [word.text for word in decisions.proposal(Item.objects.get()).doubts] == ["Only with the assessment done"]
    assert Item.objects.get().details["row"]


@pytest.mark.parametrize("name", ["move", "end"])
def test_moving_on_asks_the_absent_as_closing_does(decide, host, karin, name):
    proposal(decide, opened=True)
    decide.settings = {**decide.settings, "more": {"window": 3}}
    decide.save()
    room = again(decide).workshop
    data = {"step": room.step, "activity": decide.pk, "phase": Phase.DECIDE}
    side = soup(host.get(inside(room, "side"))).select_one("#next-absent")
    until = side.select_one("[name=until]")["value"]
    absent = side.select_one("input[name=absent][checked]")["value"]

    refused = host.post(inside(room, name), {**data, "absent": absent, "until": ""}, headers=HTMX)
    host.post(inside(room, name), {**data, "absent": absent, "until": until})

    kept = soup(refused).select_one("#next-absent")
    assert refused.status_code == 422
    assert kept.has_attr("open")
    assert kept.select_one("input[name=absent][checked]")["value"] == str(karin.pk)
    assert Item.objects.get().closed_at
    assert [(voice.user, voice.until.date()) for voice in Voice.objects.all()] == [
        (karin, timezone.localdate() + timedelta(days=3))
    ]
    assert Message.objects.filter(recipient=karin).count() == 1


def test_the_days_for_the_absent_are_a_setting_of_the_step(decide, host):
    url = inside(decide.workshop, "change_activity", decide.pk)
    data = {"settings": "1", "title": "Decide", "version": decide.version, "phase_decide": "10", "window": "5"}

    host.post(url, data)

    assert again(decide).plan.window == 5


def test_who_is_absent_is_asked_for_a_day(decide, host, karin):
    item = proposal(decide, opened=True)

    answer = host.post(inside(decide.workshop, "close_proposal", item.pk), {"absent": [str(karin.pk)], "until": ""})

    assert (answer.status_code, Item.objects.get().closed_at) == (422, None)


@pytest.fixture
def awaited(decide, host, karin):
    item, seat = proposal(decide, opened=True), seats(decide, 1)[0]
    say(decide, seat, item, "agree")
    actions.close_proposal(item, by=host.user)
    Item.objects.update(details={})
    return voice(Item.objects.select_related("activity__workshop__project").get(), karin)


def test_an_absent_member_is_reminded_once_and_silence_lets_it_stand(awaited):
    Voice.objects.update(due_at=timezone.now())
    build.hear(str(awaited.pk))
    build.hear(str(awaited.pk))
    reminded = Message.objects.filter(recipient=awaited.user).count()
    Voice.objects.update(until=timezone.now(), due_at=timezone.now())

    build.hear(str(awaited.pk))

    assert reminded == 1
    assert Item.objects.get().details["row"]


def test_who_has_answered_is_not_reminded(awaited):
    actions.give_voice(awaited.item, choice="agree", text="", by=awaited.user)
    Voice.objects.update(due_at=timezone.now(), state="queued")

    build.hear(str(awaited.pk))

    assert not Message.objects.filter(recipient=awaited.user).exists()
    assert mail.outbox == []


def test_a_missed_decision_waits_for_the_absent_member(awaited, karin):
    assert [need.label for need in needs_of(karin) if need.button == "Give my answer"] == ["Decision"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_log_of_decisions_costs_the_same_for_any_number(decide, host, project, count, django_assert_num_queries):
    for number in range(count):
        item = proposal(decide, f"Number {number}", opened=True)
        say(decide, seats(decide, 1)[0], item, "concern", "Slowly")
        actions.close_proposal(item, by=host.user)
        action_item(decide.workshop, host.user)

    with django_assert_num_queries(9):
        response = host.get(reverse("workshops:decisions", args=[project.pk]))

    assert len(response.context["decisions"]) == len(response.context["actions"]) == count


# ----- parking lot and actions


def test_a_parked_card_is_put_under_later_in_the_scope_and_comes_no_more(project, host):
    first = running(project, by=host.user)
    card = parked(first, "Voice calls")
    url = inside(first, "make", card.pk, "later")

    for _twice in range(2):
        assert host.post(url, {"title": "Voice calls, when mail works"}).status_code == 302

    project.refresh_from_db()
    assert project.later.splitlines() == ["Voice calls, when mail works"]
    assert [one.words for one in lot.parked(first)] == ["in the scope, for later"]
    actions.end_workshop(first, step=first.step, by=host.user)
    assert lot.parked(Workshop.objects.get(pk=running(project, by=host.user).pk)) == []


def test_a_parked_card_gets_an_owner_or_is_dropped_with_a_reason(project, host, karin):
    activity = standing(project, Kind.PARKING, Phase.TALK, by=host.user)
    voice_calls, english = parked(activity.workshop), parked(activity.workshop, "English only first?")

    host.post(inside(activity.workshop, "settle_parked", voice_calls.pk), {"owner": "Karin", "due": "2099-01-31"})
    host.post(inside(activity.workshop, "drop_parked", english.pk), {"why": "Swedish comes first"})

    side = text(soup(host.get(inside(activity.workshop, "recap"))))
    action = ActionItem.objects.get()
    assert (action.card, action.owner_user) == (voice_calls, karin)
    assert f"dropped by {host.user}: Swedish comes first" in side
    assert "Karin, by 31 January" in side


def test_dropping_needs_a_reason(project, host):
    activity = standing(project, Kind.PARKING, Phase.TALK, by=host.user)
    card = parked(activity.workshop)

    assert host.post(inside(activity.workshop, "drop_parked", card.pk), {"why": ""}).status_code == 422
    assert host.post(inside(activity.workshop, "settle_parked", card.pk), {"owner": "Karin"}).status_code == 422


def test_what_stays_open_comes_to_the_next_workshop(project, host):
    first = running(project, by=host.user)
    card = parked(first)
    dropped = parked(first, "Gone")
    actions.drop_parked(first, dropped, why="No", by=host.user)
    actions.end_workshop(first, step=first.step, by=host.user)
    second = Workshop.objects.get(pk=running(project, by=host.user).pk)
    carried = [(one.card, one.came_from) for one in lot.parked(second)]

    host.post(inside(second, "settle_parked", card.pk), {"owner": "Nils", "due": "2099-01-31"})

    assert carried == [(card, "Scoping workshop")]
    assert lot.parked(second) == []
    assert ActionItem.objects.get().workshop == second


def test_an_action_is_added_once_reaches_its_owner_and_is_ticked_off(project, host, karin, sign_in):
    workshop = running(project, by=host.user)
    data = {"text": "Ask the works council", "owner": "Karin Åström", "due": "2099-01-31", "key": uuid4()}
    host.post(inside(workshop, "add_action"), data)
    host.post(inside(workshop, "add_action"), data, headers=HTMX)
    need = next(need for need in needs_of(karin) if need.label == "Action")

    sign_in(karin).post(need.post, {"done": "1", "back": "home"})

    action = ActionItem.objects.get()
    assert (action.done_by, action.done_at is not None) == ("Karin Åström", True)
    assert not [need for need in needs_of(karin) if need.label == "Action"]
    assert "Ask the works council" in text(soup(host.get(inside(workshop, "recap"))))


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_an_action_without_a_day_is_refused_and_kept(project, host, headers):
    workshop = running(project, by=host.user)

    data = {"text": "Ask the council", "owner": "Karin", "due": "", "key": uuid4()}
    answer = host.post(inside(workshop, "add_action"), data, headers=headers)

    assert (answer.status_code, ActionItem.objects.count()) == (422, 0)
    assert soup(answer).select_one("#action-text")["value"] == "Ask the council"
