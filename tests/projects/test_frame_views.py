from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.projects import road
from apps.projects.models import Project
from apps.tables.models import OwnEntry
from tests.factories.projects import ObjectiveFactory
from tests.fixtures import HTMX
from tests.pages import soup, swap, text


@pytest.fixture
def url(project):
    return reverse("projects:frame", args=[project.pk])


@pytest.fixture
def edit(project):
    return reverse("projects:frame_edit", args=[project.pk])


@pytest.fixture
def add(project):
    return reverse("projects:objective_add", args=[project.pk])


def one(name, objective):
    return reverse(f"projects:{name}", args=[objective.project_id, objective.pk])


def is_framed(project):
    first = Project.objects.annotate(**road.annotations()).get(pk=project.pk).road[0]
    return (first.key, first.state) == ("frame", "done")


WORDS = {"title": "Reply drafts", "start": "pain", "pain": "Copy and paste", "users": "Agents", "in_scope": "Drafts"}


def test_the_use_case_is_saved_without_javascript(editor, project, url, edit):
    response = editor.post(edit, {**WORDS, "version": 1})

    assert (response.status_code, response["Location"], is_framed(project)) == (302, url, True)


def test_a_use_case_without_a_title_comes_back_with_what_was_typed(editor, edit):
    response = editor.post(edit, {**WORDS, "title": "", "version": 1}, headers=HTMX)

    assert response.status_code == 422
    assert soup(response).select_one("[name=pain]").text.strip() == "Copy and paste"


def test_a_stale_use_case_shows_both_versions_and_can_then_be_saved(editor, project, edit):
    editor.post(edit, {**WORDS, "version": 1})

    response = editor.post(edit, {**WORDS, "pain": "Too many mails", "version": 1}, headers=HTMX)

    assert response.status_code == 409
    assert "Copy and paste" in text(soup(response))
    assert soup(response).select_one("[name=pain]").text.strip() == "Too many mails"
    assert soup(response).select_one("[name=version]")["value"] == "2"


def test_the_saved_use_case_looks_like_a_fresh_page(editor, project, url, edit):
    page = soup(editor.get(url))

    page = swap(page, editor.get(edit, headers=HTMX), via=f"[hx-get='{edit}']")
    page = swap(page, editor.post(edit, {**WORDS, "version": 1}, headers=HTMX), via=f"form[hx-post='{edit}']")

    assert text(page).split() == text(soup(editor.get(url))).split()


def test_an_added_objective_looks_like_a_fresh_page(editor, project, url, add):
    page = soup(editor.get(url))

    page = swap(page, editor.get(add, headers=HTMX), via=f"[hx-get='{add}']")
    answer = editor.post(add, {"title": "Shorter waits", "baseline": "11,5", "unit": "h"}, headers=HTMX)
    page = swap(page, answer, via=f"form[hx-post='{add}']")

    assert answer["HX-Trigger"] == "objectives:changed"
    assert text(page).split() == text(soup(editor.get(url))).split()
    assert "11.5 h" in text(page).replace("\xa0", " ")


def test_a_wrong_figure_comes_back_with_what_was_typed(editor, add):
    response = editor.post(add, {"title": "Shorter waits", "baseline": "eleven"}, headers=HTMX)

    assert response.status_code == 422
    assert soup(response).select_one("[name=baseline]")["value"] == "eleven"


def test_a_stale_objective_shows_both_versions(editor, project):
    objective = ObjectiveFactory(project=project, title="Waits")
    editor.post(one("objective_edit", objective), {"title": "Shorter waits", "version": 1})

    response = editor.post(one("objective_edit", objective), {"title": "Waits by half", "version": 1}, headers=HTMX)

    assert response.status_code == 409
    assert "Shorter waits" in text(soup(response))
    assert soup(response).select_one("[name=title]")["value"] == "Waits by half"


def test_a_changed_objective_looks_like_a_fresh_page(editor, project, url):
    objective = ObjectiveFactory(project=project)
    edit = one("objective_edit", objective)
    page = soup(editor.get(url))

    page = swap(page, editor.get(edit, headers=HTMX), via=f"a[hx-get='{edit}']")
    answer = editor.post(edit, {"title": "Shorter waits", "version": 1}, headers=HTMX)
    page = swap(page, answer, via=f"form[hx-post='{edit}']")

    assert text(page).split() == text(soup(editor.get(url))).split()


def test_objectives_change_places(editor, project):
    first, second = ObjectiveFactory(project=project, position=1), ObjectiveFactory(project=project, position=2)

    editor.post(one("objective_move", second), {"to": "up"})

    assert list(project.objectives.all()) == [second, first]


def test_the_first_objective_stays_first(editor, project):
    first, second = ObjectiveFactory(project=project, position=1), ObjectiveFactory(project=project, position=2)

    editor.post(one("objective_move", first), {"to": "up"})

    assert list(project.objectives.all()) == [first, second]


def test_a_removed_objective_looks_like_a_fresh_page(editor, project, url):
    objective = ObjectiveFactory(project=project)
    ObjectiveFactory(project=project)
    remove = one("objective_remove", objective)
    page = soup(editor.get(url))

    page = swap(page, editor.post(remove, headers=HTMX), via=f"form[hx-post='{remove}']")

    assert text(page).split() == text(soup(editor.get(url))).split()


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
@pytest.mark.parametrize(
    ("name", "sent", "said"),
    [
        ("objective_remove", {}, "“Waits” is removed."),
        ("objective_edit", {"title": "Shorter", "version": 1}, "changed"),
    ],
)
def test_what_was_done_to_an_objective_can_be_undone(editor, project, url, name, sent, said, headers):
    objective = ObjectiveFactory(project=project, title="Waits")
    page, action = soup(editor.get(url)), one(name, objective)
    via = f"form[hx-post='{action}']"
    if headers and name == "objective_edit":
        page = swap(page, editor.get(action, headers=HTMX), via=f"a[hx-get='{action}']")

    answer = editor.post(action, sent, headers=headers)
    page = swap(page, answer, via=via) if headers else soup(editor.get(answer["Location"]))
    bar = page.select_one("#undo form")
    undone = editor.post(bar["action"], headers=headers)

    assert said in bar.get_text()
    assert list(project.objectives.values_list("title", flat=True)) == ["Waits"]
    if headers:
        page = swap(page, undone, via="#undo form")
        assert text(page).split() == text(soup(editor.get(url))).split()


def test_undoing_an_objective_that_somebody_changed_is_refused(editor, host, project):
    objective = ObjectiveFactory(project=project, title="Waits")
    answer = editor.post(one("objective_edit", objective), {"title": "Mine", "version": 1}, headers=HTMX)
    host.post(one("objective_edit", objective), {"title": "Theirs", "version": 2})

    refused = editor.post(soup(answer).select_one("#undo form")["action"], headers=HTMX)

    assert refused.status_code == 409
    assert "Somebody has changed this since." in text(soup(refused))


def test_an_objective_of_another_project_is_not_found(editor, project):
    foreign = ObjectiveFactory()

    response = editor.post(
        reverse("projects:objective_edit", args=[project.pk, foreign.pk]), {"title": "Mine", "version": 1}
    )

    assert response.status_code == 404


def test_findings_stand_at_the_objective_with_their_reason(editor, project, url):
    ObjectiveFactory(project=project, title="Improve customer experience")

    words = text(soup(editor.get(url)))

    assert "By how much? Give a number with its unit." in words


@pytest.mark.parametrize("count", [1, 3])
def test_the_frame_costs_the_same_with_any_number_of_objectives(editor, project, url, count, django_assert_num_queries):
    ObjectiveFactory.create_batch(count, project=project)

    with django_assert_num_queries(4):
        response = editor.get(url)

    assert len(soup(response).select("tbody tr[id]")) == count


def test_mending_a_weak_objective_begins_at_its_field_with_a_sentence_to_aim_for(editor, project, url):
    objective = ObjectiveFactory(project=project, title="Improve customer experience")
    link = soup(editor.get(url)).select_one(f"#objective-{objective.pk} + tr .finding a")

    page = soup(editor.get(link["hx-get"], headers=HTMX))

    assert page.select_one("[data-focus]")["name"] == "target"
    assert "Improve” can mean anything" in text(page)
    assert "[metric] from [today] ([source, date]) to [target] by [date]" in text(page)
    sentence = "share of replies with an error ≤ 1 % on a sample of 150, today 2.4 %"
    read = soup(editor.get(one("objective_edit", objective), {"sentence": sentence}, headers=HTMX))
    assert {name: read.select_one(f"[name={name}]")["value"] for name in ("title", "unit", "baseline", "target")} == {
        "title": "Share of replies with an error", "unit": "%", "baseline": "2.4", "target": "1",
    }  # fmt: skip
    assert "median first response, h" in [option["value"] for option in page.select("#measures option")]


def test_the_sentence_to_aim_for_is_filled_in_where_it_is_read(editor, project, url):
    objective = ObjectiveFactory(project=project, title="Improve customer experience")
    page = soup(editor.get(one("objective_edit", objective), headers=HTMX))

    filled = soup(editor.get(page.select_one(".objective-help p a")["href"]))

    assert filled.select_one("[name=sentence]")["value"].startswith("[metric] from [today]")
    assert filled.select_one("#objectives [name=title]")["value"] == "Improve customer experience"


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("from 11 h to 4 h by 30 September 2027, ticket report", "the sentence does not say, or not in a way that can be read: Objective, Metric, Who measures."),
        ("sorting from 3 min to 1 min by 1 May 2027, log, Rosa", "Everything was found."),
        ("???", "Nothing was found that can be measured."),
    ],
)  # fmt: skip
def test_what_a_sentence_does_not_say_is_named(editor, add, sentence, said):
    heard = text(soup(editor.get(add, {"sentence": sentence})).select_one("#sentence-heard"))

    assert said.casefold() in heard.casefold()


def test_the_document_says_where_todays_value_comes_from(editor, project):
    ObjectiveFactory(
        project=project,
        title="Short waits",
        baseline=11,
        baseline_source="ticket report",
        baseline_on=date(2026, 11, 1),
    )

    # Beside the figure it would not wrap, and push the other columns out.
    row = soup(editor.get(reverse("dprd:document", args=[project.pk]))).select_one("#objectives tbody th")
    assert "Today: ticket report, 1 Nov 2026" in text(row)


def test_todays_value_has_a_day_that_is_over(editor, project, add):
    tomorrow, today = timezone.localdate() + timedelta(days=1), timezone.localdate()

    refused = editor.post(add, {"title": "Less waiting", "baseline": "1,200", "baseline_on": tomorrow})
    editor.post(add, {"title": "Less waiting", "baseline": "1,200", "baseline_on": today})

    assert (refused.status_code, soup(refused).select_one("[name=baseline]")["value"]) == (422, "1,200")
    objective = project.objectives.get()
    assert (objective.baseline, objective.baseline_on) == (1200, today)


def test_an_objective_can_take_a_metric_of_the_companys_own(host, project, add):
    OwnEntry.objects.create(register="metrics", name="Mails in the right pile", values={"definition": "Of all."})

    listed = soup(host.get(add)).select("datalist#measures option")

    assert listed[0]["value"] == "Mails in the right pile"


def test_an_objective_can_take_its_metric_from_the_catalog(host, project):
    form = soup(host.get(reverse("projects:objective_add", args=[project.pk])))

    listed = form.select_one(f"datalist#{form.select_one('[name=metric]')['list']}")
    assert "CSAT / NPS" in [option["value"] for option in listed.select("option")]
