import pytest

from apps.core import health
from apps.overview.project_page import spread
from apps.projects.sections import Finding
from apps.scope.queries import Seen
from tests.factories.activities import action_item
from tests.factories.risks import RiskFactory
from tests.factories.workshops import WorkshopFactory
from tests.fixtures import HTMX
from tests.pages import soup, text


@pytest.fixture
def url(project):
    return project.get_absolute_url()


def test_a_new_project_says_what_is_useful_next(host, url):
    page = soup(host.get(url))

    assert page.select_one(".panel h2").text == "Say what hurts"
    assert page.select_one(".panel a")["href"].endswith("/frame/")


def test_who_may_not_do_the_next_thing_gets_no_button_for_it(viewer, url):
    assert soup(viewer.get(url)).select_one(".panel .button[data-tone=primary]") is None


def test_what_waits_for_me_says_where_it_comes_from_and_until_when(host, project, url):
    workshop = WorkshopFactory(project=project, title="Scoping workshop")
    action_item(workshop, host.user)

    panel = soup(host.get(url)).select_one(".panel")

    assert (panel.h2.text, panel.select("p")[1].text[:21]) == ("Ask the works council", "Scoping workshop. Due")


def test_what_blocks_stands_first(host, url):
    levels = [item["data-level"] for item in soup(host.get(url)).select(".finding")]

    assert levels[0] == "blocker"
    assert levels == sorted(levels, key=["blocker", "warning"].index)


def test_the_worst_risks_stand_on_the_page(host, project, url):
    for impact in range(1, 6):
        RiskFactory.create_batch(2, project=project, impact=impact)

    shown = soup(host.get(url)).select("table .chip")

    assert [chip.text for chip in shown] == ["15", "15", "12", "12", "9"]


def test_hosts_hear_of_a_silent_worker(host, url, monkeypatch):
    monkeypatch.setattr("apps.overview.project_page.silent_processes", lambda: ["worker"])

    assert "Not running: worker" in text(soup(host.get(url)))


def test_others_do_not_hear_of_a_silent_worker(editor, url, monkeypatch):
    monkeypatch.setattr("apps.overview.project_page.silent_processes", lambda: ["worker"])

    assert "Not running" not in text(soup(editor.get(url)))


def test_nothing_is_said_while_all_processes_are_alive(host, url):
    health.beat("worker")
    health.beat("scheduler")

    assert "Not running" not in text(soup(host.get(url)))


def test_the_live_fragment_is_the_page(host, url):
    fragment = soup(host.get(url, headers=HTMX))

    assert text(fragment) == text(soup(host.get(url)))


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_with_any_number_of_risks(viewer, project, url, count, django_assert_num_queries):
    RiskFactory.create_batch(count, project=project)

    with django_assert_num_queries(38):
        response = viewer.get(url)

    assert len(soup(response).select("table tbody tr")) == count


def test_what_is_missing_names_each_section_before_it_goes_into_one(project):
    found = [
        Seen(Finding("a", level, message, "", "", section), section, None)
        for level, message, section in (
            ("warning", "1", "data"), ("blocker", "2", "objectives"), ("blocker", "3", "objectives"),
            ("blocker", "4", "objectives"), ("blocker", "5", "metrics"), ("warning", "6", "data"), ("warning", "7", "people"),
        )
    ]  # fmt: skip

    assert [seen.finding.message for seen in spread(found)] == ["2", "5", "3", "4", "1", "7", "6"]
