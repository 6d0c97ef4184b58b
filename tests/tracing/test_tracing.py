"""What hangs on what, and what is left without a purpose when something goes."""

from functools import partial

import pytest
from django.urls import reverse

from apps.tables.actions import add_row, take_rows
from apps.tracing import queries
from apps.tracing.web import Thing, left_hanging, left_without, web
from tests.factories.architecture import ComponentFactory, FlowFactory
from tests.factories.projects import ObjectiveFactory
from tests.factories.risks import RiskFactory
from tests.fixtures import HTMX
from tests.pages import soup, swap, text


def url(project, name="show"):
    return reverse(f"tracing:{name}", args=[project.pk])


def small():
    things = [
        Thing("o:1", "objective", "Faster"),
        Thing("m:1", "metric", "Hours"),
        Thing("d:1", "data_source", "Tickets"),
        Thing("r:1", "risk", "Late"),
    ]
    return web(things, [("o:1", "m:1"), ("m:1", "d:1"), ("x:9", "o:1")], [])


def test_what_serves_no_objective_any_more_when_a_thing_goes():
    assert [thing.title for thing in left_hanging(small(), "m:1")] == ["Tickets"]
    assert [thing.title for thing in left_hanging(small(), "o:1")] == ["Hours", "Tickets"]
    assert left_hanging(small(), "d:1") == []


def test_what_hangs_on_nothing_is_listed():
    assert [thing.title for thing in small().orphans] == ["Late"]


@pytest.fixture
def scope(project, host):
    objective = ObjectiveFactory(project=project, title="Faster")
    metric = add_row(project, "metrics", values={"name": "Hours", "objective": str(objective.pk)}, by=host.user)
    source = add_row(project, "data_sources", values={"name": "Tickets"}, by=host.user)
    box = ComponentFactory(project=project, name="tickets")
    flow = FlowFactory(project=project, source=box, target=ComponentFactory(project=project, name="Model"))
    return {"objective": f"objective:{objective.pk}", "metric": f"row:{metric.pk}", "source": f"row:{source.pk}",
            "box": f"component:{box.pk}", "model": f"component:{flow.target_id}"}  # fmt: skip


def test_ties_follow_from_the_scope(project, scope):
    found = queries.of(project)

    assert found.ties[scope["metric"]] == {scope["objective"]}
    assert found.ties[scope["box"]] == {scope["source"], scope["model"]}


def test_people_tie_and_cut_and_twice_is_once(host, project, scope):
    ends = {"one": scope["source"], "other": scope["metric"]}
    for _ in range(2):
        host.post(url(project, "tie"), ends)
    assert project.ties.count() == 1
    assert "Model" in text(soup(host.get(url(project), {"at": scope["metric"]})))

    host.post(url(project, "untie"), {"one": scope["metric"], "other": scope["source"]})

    assert project.ties.count() == 0


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_thing_is_not_tied_to_itself_or_to_what_is_not_there(host, project, scope, headers):
    same = host.post(url(project, "tie"), {"one": scope["metric"], "other": scope["metric"]}, headers=headers)
    gone = host.post(url(project, "tie"), {"one": scope["metric"], "other": "row:nothing"}, headers=headers)

    assert (same.status_code, gone.status_code, project.ties.count()) == (409, 422, 0)


def test_a_swapped_web_looks_like_a_fresh_page(host, project, scope):
    page, tie = soup(host.get(url(project))), url(project, "tie")

    answer = host.post(tie, {"one": scope["source"], "other": scope["metric"]}, headers=HTMX)
    page = swap(page, answer, via=f"form[hx-post='{tie}']")

    assert text(page).split() == text(soup(host.get(url(project)))).split()


@pytest.fixture
def use(project, host, scope):
    """What is handed over, watched and done so that nobody is harmed, with the links that its fields say."""
    make = partial(add_row, project, by=host.user)
    risk = RiskFactory(project=project, number=7, title="It sounds sure and is wrong")
    values = {
        "deliverables": {"name": "Pilot", "objective": scope["objective"].partition(":")[2]},
        "test_sets": {"name": "300 tickets", "source": "Drawn from the Tickets of a year"},
        "monitoring": {"name": "Waiting", "metric": scope["metric"].partition(":")[2]},
        "safeguards": {"name": "An agent reads it", "risk": str(risk.pk), "evidence": "On the 300 tickets, weekly"},
    }
    made = {key: f"row:{make(key, values=row).pk}" for key, row in values.items()}
    return {**scope, **made, "risk": f"risk:{risk.pk}"}


def test_what_is_handed_over_watched_and_guarded_hangs_on_what_its_fields_say(project, host, use):
    add_row(project, "metrics", values={"name": "Faithfulness", "data_set": "300 Tickets, twice"}, by=host.user)
    faithfulness = f"row:{project.rows.get(values__name='Faithfulness').pk}"

    found = queries.of(project)

    assert found.ties[use["deliverables"]] == {use["objective"]}
    assert found.ties[use["monitoring"]] == {use["metric"]}
    assert found.ties[use["safeguards"]] == {use["risk"], use["test_sets"]}
    assert found.ties[use["test_sets"]] == {use["safeguards"], use["source"], faithfulness}


def test_a_name_inside_a_word_is_not_that_name(project, host):
    add_row(project, "data_sources", values={"name": "Ticket"}, by=host.user)
    add_row(project, "test_sets", values={"name": "Ours", "source": "All tickets of two weeks"}, by=host.user)

    assert queries.of(project).ties == {}


@pytest.mark.parametrize(
    ("at", "words"),
    [
        ("safeguards", "no safeguard would stand against these any more: R7 It sounds sure and is wrong"),
        ("monitoring", "no signal would watch these any more: Hours"),
        ("deliverables", "nothing that is handed over would serve these any more: Faster"),
        ("risk", "nothing else would lose its purpose"),
    ],
)
def test_what_would_be_left_without_it_is_said(project, host, use, at, words):
    page = soup(host.get(url(project), {"at": use[at]}))

    assert words in " ".join(text(page.select_one("#at").find_parent("section")).split())


def test_a_second_safeguard_leaves_the_risk_guarded(project, host, use):
    risk = use["risk"].partition(":")[2]
    add_row(project, "safeguards", values={"name": "Two read a sample", "risk": risk}, by=host.user)

    assert left_without(queries.of(project), use["safeguards"]) == []


def test_long_lists_are_folded_and_the_chosen_one_is_in_sight(project, host):
    rows = [{"name": f"Signal {number}"} for number in range(20)]
    made = take_rows(project, "monitoring", new=rows, changed=[], came_from="", by=host.user).rows

    page = soup(host.get(url(project), {"at": f"row:{made[19].pk}"}))

    assert len(page.select("#kind-signal > .rows > li")) == 12
    assert len(page.select("#kind-signal > details[open] li")) == 8
    assert len(page.select("#orphans > .rows > li")) == 5
    assert [text(link) for link in page.select("nav[aria-label=Kinds] a")] == [
        "Signals watched 20",
        "Hang on nothing 20",
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_the_web_costs_the_same_at_any_size(project, host, use, count, django_assert_num_queries):
    for number in range(count):
        add_row(project, "safeguards", values={"name": f"Measure {number}"}, by=host.user)

    with django_assert_num_queries(11):
        answer = host.get(url(project))

    assert len(soup(answer).select("#kind-safeguard li")) == count + 1
