"""The agenda: built, shortened and changed, before the workshop and while it runs."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from apps.workshops import actions, blueprints, shorten
from apps.workshops.enums import Kind, Phase, Template
from apps.workshops.forms import SettingsForm
from apps.workshops.models import AgendaTemplate, Workshop
from tests.factories.workshops import CardFactory, move, planned, running, table_of
from tests.fixtures import HTMX
from tests.pages import soup, swap, text
from tests.workshops.asks import inside


@pytest.fixture
def workshop(project, host):
    return planned(project, by=host.user)


def titles(workshop):
    return [activity.title for activity in workshop.activities.order_by("position")]


def plan(browser, workshop):
    return soup(browser.get(inside(workshop, "plan")))


def too_long(workshop, minutes):
    total = sum(workshop.activities.values_list("minutes", flat=True))
    Workshop.objects.filter(pk=workshop.pk).update(minutes=total - minutes)


def settings_of(activity, **changes):
    form = SettingsForm(activity=activity)
    sent = {name: form[name].value() for name in form.fields if form[name].value() not in (None, False)}
    return {"settings": 1, **sent, **changes}


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_of_step_can_be_added_and_says_what_it_is_for(workshop, host, kind):
    assert blueprints.purposes()[kind] in text(plan(host, workshop))

    assert host.post(inside(workshop, "add_activity"), {"block": kind}).status_code == 302

    last = workshop.activities.order_by("position").last()
    assert last.kind == blueprints.block(kind).kind
    assert host.get(inside(workshop, "change_activity", last.pk)).status_code == 200


def test_a_step_is_carried_to_another_place(workshop, host):
    before = titles(workshop)
    last = workshop.activities.order_by("position").last()
    url = inside(workshop, "shift_activity", last.pk)

    page = swap(plan(host, workshop), host.post(url, {"to": 2}, headers=HTMX), via=f"form[hx-post='{url}']")

    assert titles(workshop) == [before[0], before[-1], *before[1:-1]]
    assert text(page).split() == text(plan(host, workshop)).split()
    assert host.post(url, {}).status_code == 422


def test_while_it_runs_a_new_step_comes_next(project, host):
    workshop = running(project, by=host.user)
    at = titles(workshop).index(table_of(workshop).title)

    answer = host.post(inside(workshop, "add_activity"), {"block": "break", "at": "console"}, headers=HTMX)

    assert titles(workshop)[at + 1] == "Break"
    assert answer.status_code == 200
    assert soup(answer).select_one("#rail, #side")


def test_a_step_is_done_twice_and_the_second_is_empty(project, host):
    workshop = running(project, by=host.user)
    table = table_of(workshop)
    CardFactory(activity=table, revealed_at=timezone.now())

    host.post(inside(workshop, "repeat_activity", table.pk))

    again = workshop.activities.get(title=f"{table.title}, again")
    assert again.position == table.position + 1
    assert (again.cards.count(), again.visited_at, again.plan.prompts) == (0, None, table.plan.prompts)


def test_the_room_goes_past_a_skipped_step_and_it_takes_no_time(workshop, host):
    second = workshop.activities.all()[1]
    total = sum(workshop.activities.values_list("minutes", flat=True))

    host.post(inside(workshop, "skip_activity", second.pk), {"skipped": "1"})
    actions.start_workshop(workshop, step=0, by=host.user)
    page = soup(host.get(inside(workshop, "console")))

    third = workshop.activities.all()[2]
    assert page.select_one("#next").find_parent("form").select_one("[name=activity]")["value"] == str(third.pk)
    assert plan(host, workshop).select_one(".figure").text == str(total - second.minutes)
    assert host.post(inside(workshop, "skip_activity", second.pk), {"skipped": "0"}).status_code == 302


def test_going_back_deletes_nothing(project, host):
    workshop = running(project, by=host.user, phase=Phase.GROUP)
    table = table_of(workshop)
    CardFactory(activity=table, revealed_at=timezone.now())

    move(workshop, table, Phase.WRITE)

    assert table.cards.count() == 1


def test_an_agenda_over_its_slot_proposes_what_to_shorten(project, host):
    workshop = planned(project, by=host.user)
    too_long(workshop, 7)
    page = plan(host, workshop)
    ticked = [box["value"] for box in page.select("#shorten input[name=cut][checked]")]
    url = inside(workshop, "shorten_agenda")

    assert "7 minutes too long" in text(page)
    assert "Shorten by 7 minutes" in text(page)

    page = swap(page, host.post(url, {"cut": ticked, "at": "plan"}, headers=HTMX), via=f"form[hx-post='{url}']")

    workshop.refresh_from_db()
    assert sum(workshop.activities.values_list("minutes", flat=True)) == workshop.minutes
    assert not page.select_one("#shorten")
    assert text(page).split() == text(plan(host, workshop)).split()
    assert host.post(url, {"cut": []}).status_code == 422
    assert host.post(url, {"cut": ["nonsense"]}).status_code == 422


def test_an_overrun_that_the_host_keeps_is_not_proposed_away_until_it_grows(workshop, host):
    too_long(workshop, 4)

    host.post(inside(workshop, "keep_overrun"), {"over": 4})

    assert not plan(host, workshop).select_one("#shorten")
    assert "4 minutes over" in text(plan(host, workshop))
    too_long(workshop, 5)
    assert plan(host, workshop).select_one("#shorten")


def test_a_room_that_is_behind_shows_proposals_for_what_is_still_to_come(project, host):
    workshop = running(project, by=host.user)
    later = timezone.now() + timedelta(minutes=50)

    with time_machine.travel(later, tick=False):
        page = soup(host.get(inside(workshop, "console")))

    assert "minutes behind" in page.select_one("#shorten").text
    done = [str(step.pk) for step in workshop.activities.filter(visited_at__isnull=False)]
    assert not [box for box in page.select("#shorten [name=cut]") if box["value"].split(":")[0] in done]


def test_ticked_proposals_save_exactly_what_is_over():
    rows = [planned_step(minutes) for minutes in (20, 14, 10)]

    cuts = shorten.proposals(rows, 7, usual={Kind.BRAINSTORM: 14})

    assert shorten.saved(cuts) == 7
    assert (cuts[0].was, cuts[0].to, cuts[0].ticked) == (20, 14, True)
    assert shorten.proposals(rows, 0, usual={}) == []


def planned_step(minutes):
    workshop = Workshop(title="Scoping")
    block = blueprints.expectations(minutes)
    return workshop.activities.model(kind=Kind.BRAINSTORM, minutes=minutes, settings=block.plan.as_json())


def test_the_settings_of_a_step_are_its_own(workshop, host):
    table = table_of(workshop)
    url = inside(workshop, "change_activity", table.pk)
    sent = settings_of(
        table, ask_0="What would you love?", kind_0="idea", anonymous_0="on", ask_2="", phase_write=6, phase_vote="",
        cards=3, shown="open", becomes="risk", ahead="on",
    )  # fmt: skip
    sent.pop("budget", None)

    page = swap(soup(host.get(url)), host.post(url, sent, headers=HTMX), via=f"form#settings-{table.pk}")

    table.refresh_from_db()
    made = table.plan
    assert (made.prompts[0].ask, made.prompts[0].anonymous) == ("What would you love?", True)
    assert len(made.prompts) == 2
    assert [phase.key for phase in made.phases] == [Phase.WRITE, Phase.GROUP, Phase.TALK]
    assert (made.most_cards, made.shown_at_once, made.becomes) == (3, True, "risk")
    assert table.minutes == sum(phase.minutes for phase in made.phases)
    assert text(page).split() == text(plan(host, workshop)).split()


@pytest.mark.parametrize("changes", [{"budget": 1, "per_item": 3}, {"title": ""}, {"phase_write": 900}])
def test_settings_that_cannot_be_are_shown_again_with_what_was_typed(workshop, host, changes):
    table = table_of(workshop)
    answer = host.post(inside(workshop, "change_activity", table.pk), settings_of(table, note="typed", **changes))

    assert answer.status_code == 422
    assert soup(answer).select_one("[name=note][value=typed]")


def test_a_question_is_added(workshop, host):
    table = table_of(workshop)

    host.post(
        inside(workshop, "change_activity", table.pk), settings_of(table, ask_3="Which data is there?", kind_3="data")
    )

    table.refresh_from_db()
    assert [prompt.kind for prompt in table.plan.prompts] == ["expectation", "concern", "constraint", "data"]
    assert len({prompt.key for prompt in table.plan.prompts}) == 4


def test_an_agenda_is_kept_for_the_company_and_started_from(workshop, host, as_role, project):
    host.post(inside(workshop, "save_agenda"), {"save-name": "Our forty minutes"})
    kept = AgendaTemplate.objects.get()
    colleague = as_role("host")

    assert "Our forty minutes" in text(soup(colleague.get(f"/projects/{project.pk}/workshops/new/")))
    colleague.post(f"/projects/{project.pk}/workshops/new/", {"template": kept.pk, "title": "Second"})
    second = Workshop.objects.get(title="Second")
    assert titles(second) == titles(workshop)

    assert colleague.post(inside(workshop, "rename_agenda", kept.pk), {"name": "Mine"}).status_code == 404
    assert host.post(inside(workshop, "rename_agenda", kept.pk), {"name": "Ours"}).status_code == 302
    assert host.post(inside(workshop, "delete_agenda", kept.pk)).status_code == 302
    assert not AgendaTemplate.objects.exists()


def test_a_name_that_somebody_else_took_is_refused(workshop, host, as_role):
    host.post(inside(workshop, "save_agenda"), {"save-name": "Ours"})

    answer = as_role("host").post(inside(workshop, "save_agenda"), {"save-name": "Ours"}, headers=HTMX)

    assert answer.status_code == 409
    assert "Choose another one" in text(soup(answer))


def test_starting_again_from_a_template_is_refused_once_something_was_said(workshop, host):
    assert host.post(inside(workshop, "use_agenda"), {"template": Template.PREMORTEM}).status_code == 302
    workshop.refresh_from_db()
    assert (workshop.minutes, workshop.template, len(titles(workshop))) == (45, Template.PREMORTEM, 4)

    CardFactory(activity=workshop.activities.all()[1])

    assert host.post(inside(workshop, "use_agenda"), {"template": Template.SCOPING}).status_code == 409
    assert len(titles(workshop)) == 4


@pytest.mark.parametrize("count", [1, 3])
def test_the_plan_costs_the_same_at_any_length(workshop, host, count, django_assert_num_queries):
    workshop.activities.all().delete()
    for _ in range(count):
        actions.add_activity(workshop, block="break", by=host.user)

    with django_assert_num_queries(9):
        page = plan(host, workshop)

    assert len(page.select(".plan-row")) == count
