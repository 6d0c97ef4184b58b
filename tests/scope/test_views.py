"""Pages of baselines and readiness."""

import pytest
from django.test import Client
from django.urls import reverse

from apps.projects import sections
from apps.projects.models import Project
from apps.projects.queries import membership
from apps.projects.sections import Finding, Section
from apps.scope import queries
from tests.factories.projects import ObjectiveFactory
from tests.factories.scope import BaselineFactory
from tests.fixtures import HTMX
from tests.pages import soup, text

BLOCKER = Finding("no-owner", "blocker", "Nobody owns this", "Somebody must.", "/fix/", "purpose")


@pytest.fixture
def blocked(monkeypatch: pytest.MonkeyPatch) -> None:
    section = Section(
        "purpose",
        "Purpose",
        1,
        lambda project: {"objectives": []},
        "projects/section_objectives.html",
        lambda project: [BLOCKER],
        lambda project: "/",
    )
    monkeypatch.setattr(sections, "_sections", {"purpose": section})
    monkeypatch.setattr(sections, "_parts", [])


def url(name: str, project: Project, *more: object) -> str:
    return reverse(f"scope:{name}", args=[project.pk, *more])


def test_freezing_leads_to_the_new_baseline(host: Client, project: Project) -> None:
    answer = host.post(url("freeze", project), {"decision": "A pilot."})

    assert (answer.status_code, answer["Location"]) == (302, url("show", project, 1))
    page = host.get(url("show", project, 1))
    assert page.status_code == 200
    assert queries.latest(project).fingerprint in text(soup(page))


def test_freezing_with_htmx_sends_the_browser_there(host: Client, project: Project) -> None:
    answer = host.post(url("freeze", project), {"decision": "A pilot."}, headers=HTMX)

    assert (answer.status_code, answer["HX-Redirect"]) == (204, url("show", project, 1))


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_freezing_without_a_decision_asks_for_it(host: Client, project: Project, headers: dict) -> None:
    answer = host.post(url("freeze", project), {"decision": " "}, headers=headers)

    assert answer.status_code == 422
    assert "Say in a sentence or two" in answer.content.decode()
    assert queries.latest(project) is None


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_freezing_the_same_again_is_refused_and_keeps_the_words(host: Client, project: Project, headers: dict) -> None:
    host.post(url("freeze", project), {"decision": "A pilot."})

    answer = host.post(url("freeze", project), {"decision": "A pilot."}, headers=headers)

    assert answer.status_code == 409
    assert soup(answer).select_one("textarea").text.strip() == "A pilot."


def test_the_page_of_a_baseline_tells_what_changed_since_the_one_before(host: Client, project: Project) -> None:
    section = {"key": "purpose", "title": "Purpose", "content": {"text": "Drafts for ten topics."}}
    BaselineFactory(project=project, number=1, sections=[section])
    BaselineFactory(project=project, number=2, sections=[{**section, "content": {"text": "Drafts for eleven topics."}}])

    page = soup(host.get(url("show", project, 2)))

    assert "What changed since baseline 1" in text(page)
    assert [part.text for part in page.select("#changes ins, #changes del")] == ["ten", "eleven"]


def test_an_earlier_baseline_can_be_chosen_to_compare_with(host: Client, project: Project) -> None:
    for number, words in enumerate(["One.", "Two.", "Three."], start=1):
        section = {"key": "purpose", "title": "Purpose", "content": {"text": words}}
        BaselineFactory(project=project, number=number, sections=[section])

    answer = host.get(url("changes", project, 3) + "?since=1", headers=HTMX)

    assert [part.text for part in soup(answer).select("del")] == ["One"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_history_costs_the_same_at_any_length(
    host: Client, project: Project, count: int, django_assert_max_num_queries: object
) -> None:
    for number in range(1, count + 1):
        BaselineFactory(project=project, number=number)
    host.get(url("list", project))

    with django_assert_max_num_queries(36):
        page = host.get(url("list", project))

    assert len(soup(page).select("#baselines tbody tr")) == count


def test_a_waiver_needs_a_reason_and_shows_it(host: Client, project: Project, blocked: None) -> None:
    [seen] = queries.blocking(queries.readiness(project))
    waive = url("waive", project, seen.key)

    empty = host.post(waive, {"reason": ""}, headers=HTMX)
    given = host.post(waive, {"reason": "Karin covers it."}, headers=HTMX)
    again = host.post(waive, {"reason": "Karin covers it."}, headers=HTMX)

    assert (empty.status_code, given.status_code, again.status_code) == (422, 204, 409)
    assert given["HX-Redirect"] == url("readiness", project)
    assert "Karin covers it." in text(soup(host.get(url("readiness", project))))


def test_one_reason_goes_for_all_that_is_open_about_the_same_thing(host: Client, project: Project) -> None:
    one, other = (ObjectiveFactory(project=project, title=title, due=None, target=None) for title in ("CSAT", "Speed"))
    found = queries.readiness(project)
    mine = [seen for seen in found if str(one.pk) in seen.finding.url]
    form = soup(host.get(url("waive", project, mine[0].key)))
    offered = {box["value"] for box in form.select("[name=also]")}
    assert offered == {seen.key for seen in mine[1:]}
    assert len(offered) > 1

    host.post(url("waive", project, mine[0].key), {"reason": "Nobody could say.", "also": sorted(offered)})

    waived = {seen.key: seen.waiver.reason for seen in queries.readiness(project) if seen.waiver}
    assert waived == dict.fromkeys([seen.key for seen in mine], "Nobody could say.")
    assert any(str(other.pk) in seen.finding.url for seen in queries.blocking(queries.readiness(project)))


def test_a_waiver_without_javascript(host: Client, project: Project, blocked: None) -> None:
    [seen] = queries.blocking(queries.readiness(project))

    answer = host.post(url("waive", project, seen.key), {"reason": "Karin covers it."})

    assert (answer.status_code, answer["Location"]) == (302, url("readiness", project))


def test_what_blocks_stands_first_with_a_link_to_the_field(host: Client, project: Project, blocked: None) -> None:
    page = soup(host.get(url("readiness", project)))

    assert page.select_one(".finding[data-level=blocker] b").text == "Nobody owns this"
    assert page.select_one(".finding[data-level=blocker] > a")["href"] == "/fix/?from=readiness"


def test_a_baseline_of_another_project_is_not_there(host: Client, project: Project) -> None:
    BaselineFactory(number=7)

    assert host.get(url("show", project, 7)).status_code == 404


@pytest.mark.parametrize(("count", "state"), [(0, "open"), (1, "open"), (2, "done")])
def test_change_is_done_once_a_second_text_was_frozen(host: Client, project: Project, count: int, state: str) -> None:
    for number in range(1, count + 1):
        BaselineFactory(project=project, number=number)

    road = {step.key: step.state for step in membership(host.user, project.pk).project.road}

    assert road["change"] == state
    assert ("1 change frozen" in host.get(project.get_absolute_url()).content.decode()) == (count == 2)
