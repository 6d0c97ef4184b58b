"""Whom readiness sends to a field finds that field, and the way back; a form that is saved leads back by itself."""

from urllib.parse import urldefrag, urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from apps.projects.models import Project
from apps.projects.way_back import leading_back
from apps.scope.queries import readiness
from tests.fixtures import HTMX
from tests.pages import soup, text
from tests.scope.test_breakages import BREAKAGES, built, ready  # noqa: F401 - fixtures

FORMS = (
    "O2",
    "frame.alternatives",
    "R2",
    "M1",
    "benefit.owner",
    "section.owner",
    "section.placeholder",
    "people.no_sponsor",
    "architecture.product",
)
"""One finding for each kind of form that a finding leads to."""


@pytest.fixture
def maja(ready):  # noqa: F811
    client = Client()
    client.force_login(ready.memberships.get(user__name="Maja").user)
    return client


def seen(project, rule):
    return next(one for one in readiness(Project.objects.get(pk=project.pk)) if one.finding.rule == rule)


def test_the_way_back_ends_at_the_findings_of_the_section(ready, maja):  # noqa: F811
    for case in BREAKAGES:
        if case[0] in ("O1", "M3", "S4"):
            case[1](ready)
    page = soup(maja.get(reverse("scope:readiness", args=[ready.pk])))

    ways = [soup(maja.get(link["href"])).select_one(".crumbs > a")["href"] for link in page.select(".finding > a.link")]

    assert {urldefrag(way).fragment for way in ways} == {"", "in-metrics", "in-responsible"}
    assert all(page.find(id=place) for way in ways if (place := urldefrag(way).fragment))


def filled(form):
    """What a browser would send."""
    found = {
        field["name"]: field.get("value", "") for field in form.select("input[name]:not([type=checkbox], [type=radio])")
    }
    found |= {field["name"]: field.get_text().removeprefix("\n") for field in form.select("textarea[name]")}
    for field in form.select("input[name][checked]"):
        found.setdefault(field["name"], []).append(field["value"])
    for field in form.select("select[name]"):
        chosen = field.select_one("option[selected]") or field.select_one("option")
        found[field["name"]] = chosen["value"] if chosen else ""
    return found


@pytest.mark.parametrize("headers", [{}, HTMX])
@pytest.mark.parametrize("rule", FORMS)
def test_a_form_that_is_saved_leads_back_to_what_is_left(ready, maja, rule, headers):  # noqa: F811
    next(case for case in BREAKAGES if case[0] == rule)[1](ready)
    found = seen(ready, rule)
    path, place = urldefrag(found.url)
    form = soup(maja.get(path)).find(id=place).find_parent("form")
    assert form["action"] == form.get("hx-post", form["action"])
    cancel = form.select_one(".form-foot a")

    answer = maja.post(
        form["action"], {"name": "Anders", **{k: v for k, v in filled(form).items() if v}}, headers=headers
    )

    back = reverse("scope:readiness", args=[ready.pk]) + ("" if found.blocks else f"#in-{found.finding.section}")
    assert (answer.headers.get("Location") or answer.headers.get("HX-Redirect")) == back
    assert cancel is None or cancel["href"] == back


def test_who_came_another_way_is_shown_no_way_back(ready, maja):  # noqa: F811
    objective = ready.objectives.get()
    url = reverse("projects:objective_edit", args=[ready.pk, objective.pk])

    for query in ("", "?from=elsewhere", "?from=readiness.%22%3E", "?from=//evil.example"):
        assert "Back to readiness" not in text(soup(maja.get(url + query)))


def test_an_address_keeps_what_it_says():
    found = leading_back("/projects/1/objectives/2/edit/?field=target#id_target", "objectives")

    assert urlsplit(found)[2:] == (
        "/projects/1/objectives/2/edit/",
        "field=target&from=readiness.objectives",
        "id_target",
    )
