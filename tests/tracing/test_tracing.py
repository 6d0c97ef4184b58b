"""What hangs on what, and what is left without a purpose when something goes."""

import pytest
from django.urls import reverse

from apps.tables.actions import add_row
from apps.tracing import queries
from apps.tracing.web import Thing, left_hanging, web
from tests.factories.architecture import ComponentFactory, FlowFactory
from tests.factories.projects import ObjectiveFactory
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
