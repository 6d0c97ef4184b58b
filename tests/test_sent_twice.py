"""A form that makes something, pressed twice: one thing is made, and both presses lead to it."""

from typing import Any

import pytest
from bs4 import Tag
from django.apps import apps
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from apps.dprd.models import Suggestion
from apps.projects.models import Project
from tests.factories.dprd import written
from tests.factories.projects import MembershipFactory
from tests.factories.workshops import WorkshopFactory
from tests.pages import soup
from tests.together import run_together

MADE: dict[str, tuple[str, str, dict[str, str]]] = {
    "comments:add": ("?target=section:purpose", "comments.Comment", {"body": "Which two?"}),
    "projects:objective_add": ("", "projects.Objective", {"title": "Fewer replies typed"}),
    "risks:raise": ("", "risks.Risk", {"title": "It sounds sure and is wrong"}),
    "stakeholders:add": ("", "stakeholders.Stakeholder", {"name": "Karin Åström"}),
    "workshops:create": ("", "workshops.Workshop", {}),
    "reviews:open": ("", "reviews.Round", {}),
}


def fields(form: Tag) -> dict[str, Any]:
    """What a browser would send of this form, untouched."""
    sent: dict[str, Any] = {}
    for field in form.select("input[name], textarea[name], select[name]"):
        name, kind = str(field["name"]), field.get("type")
        if kind in ("checkbox", "radio"):
            if field.has_attr("checked"):
                sent.setdefault(name, []).append(field["value"])
        elif field.name == "select":
            chosen = field.select_one("option[selected]") or field.select_one("option")
            sent[name] = chosen["value"] if chosen else ""
        else:
            sent[name] = field.get("value", "") if field.name == "input" else field.get_text().strip("\n")
    return sent


def form_at(client: Client, url: str, page: str) -> dict[str, Any]:
    form = soup(client.get(page)).select_one(f"form[method='post'][action='{url}']")
    assert form is not None, f"{page} has no form for {url}"
    return fields(form)


@pytest.mark.parametrize("name", MADE)
def test_the_form_on_the_page_makes_one_thing_however_often_it_is_sent(host, project, name):
    MembershipFactory(project=project, role="reviewer")
    where, model, words = MADE[name]
    url = reverse(name, args=[project.pk])
    sent = form_at(host, url, url + where) | words

    answers = [host.post(url, sent) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0].url == answers[1].url
    assert apps.get_model(model)._default_manager.count() == 1


def test_a_project_is_created_once(host):
    url = reverse("starts:new")
    sent = form_at(host, url, url) | {"title": "Reply drafts"}

    answers = [host.post(url, sent) for _ in range(2)]

    assert answers[0].url == answers[1].url
    assert Project.objects.filter(title="Reply drafts").count() == 1


def test_a_suggestion_is_made_once(reviewer, project):
    written(project, "We meet at nine.")
    url = reverse("dprd:suggest", args=[project.pk, "purpose"])
    sent = form_at(reviewer, url, url) | {"text": "We meet at ten."}

    for _ in range(2):
        reviewer.post(url, sent)

    assert Suggestion.objects.count() == 1


def test_the_scope_is_frozen_once_and_both_presses_lead_to_it(host, project):
    url, page = (reverse(f"scope:{name}", args=[project.pk]) for name in ("freeze", "list"))
    sent = form_at(host, url, page) | {"decision": "We start."}

    answers = [host.post(url, sent) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0].url == answers[1].url


def test_other_words_from_the_same_form_make_another(host, project):
    url = reverse("risks:raise", args=[project.pk])
    sent = form_at(host, url, url)

    for title in ("Late data", "Later data"):
        host.post(url, sent | {"title": title})

    assert {risk.title for risk in project.risks.all()} == {"Late data", "Later data"}


def test_a_form_that_came_back_keeps_its_key(host, project):
    url = reverse("risks:raise", args=[project.pk])
    sent = form_at(host, url, url) | {"title": ""}

    back = soup(host.post(url, sent)).select_one("[name=sending]")

    assert back["value"] == sent["sending"]


def at_once(client: Client, url: str, sent: dict[str, Any]) -> list[HttpResponse]:
    def press() -> HttpResponse:
        other = Client()
        other.cookies = client.cookies
        return other.post(url, sent)

    return run_together(3, press)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", ["comments:add", "workshops:create"])
def test_three_presses_at_the_same_moment_make_one(host, project, name):
    where, model, words = MADE[name]
    url = reverse(name, args=[project.pk])
    sent = form_at(host, url, url + where) | words

    answers = at_once(host, url, sent)

    assert {(answer.status_code, answer.url) for answer in answers} == {(302, answers[0].url)}
    assert apps.get_model(model)._default_manager.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_step_that_two_presses_add_stands_on_the_agenda_once(host, project):
    workshop = WorkshopFactory(project=project, host=host.user)
    url = reverse("workshops:add_activity", args=[project.pk, workshop.pk])
    sent = form_at(host, url, workshop.get_absolute_url()) | {"block": "parking"}
    before = workshop.activities.count()

    at_once(host, url, sent)

    assert workshop.activities.count() == before + 1
