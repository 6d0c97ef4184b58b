import pytest
from django.urls import reverse

from tests.factories.risks import RiskFactory
from tests.fixtures import HTMX
from tests.pages import soup, swap, text

WORDS = {"title": "Late data", "likelihood": 4, "impact": 5, "response": "reduce", "state": "open"}


@pytest.fixture
def url(project):
    return reverse("risks:list", args=[project.pk])


def one(name, risk):
    return reverse(f"risks:{name}", args=[risk.project_id, risk.pk])


def test_a_risk_is_raised_without_javascript(editor, project):
    response = editor.post(reverse("risks:raise", args=[project.pk]), WORDS)

    risk = project.risks.get()
    assert (response.status_code, response["Location"], risk.score) == (302, risk.get_absolute_url(), 20)


def test_a_raised_risk_looks_like_a_fresh_page(editor, project, url):
    RiskFactory(project=project)
    add = reverse("risks:raise", args=[project.pk])
    page = soup(editor.get(url))

    page = swap(page, editor.get(add, headers=HTMX), via=f"a[hx-get='{add}']")
    answer = editor.post(add, WORDS, headers=HTMX)
    page = swap(page, answer, via=f"form[hx-post='{add}']")

    assert answer["HX-Trigger"] == "risks:changed"
    assert text(page).split() == text(soup(editor.get(url))).split()


def test_a_risk_rated_only_by_half_after_mitigation_is_not_saved(editor, project):
    response = editor.post(reverse("risks:raise", args=[project.pk]), {**WORDS, "residual_impact": 2}, headers=HTMX)

    assert response.status_code == 422
    assert soup(response).select_one("[name=title]")["value"] == "Late data"
    assert not project.risks.exists()


def test_a_rating_beyond_five_is_not_saved(editor, project):
    response = editor.post(reverse("risks:raise", args=[project.pk]), {**WORDS, "impact": 6})

    assert response.status_code == 422


def test_an_owner_who_is_a_member_is_linked(editor, project):
    editor.post(reverse("risks:raise", args=[project.pk]), {**WORDS, "owner": editor.user.name})

    assert project.risks.get().owner_user == editor.user


def test_a_stale_risk_shows_both_versions(editor, project):
    risk = RiskFactory(project=project)
    editor.post(one("edit", risk), {**WORDS, "version": 1})

    response = editor.post(one("edit", risk), {**WORDS, "title": "Very late data", "version": 1}, headers=HTMX)

    assert response.status_code == 409
    words = text(soup(response))
    assert "Late data" in words
    assert soup(response).select_one("[name=title]")["value"] == "Very late data"
    assert soup(response).select_one("[name=version]")["value"] == "2"


def test_a_closed_risk_looks_like_a_fresh_page(editor, project):
    RiskFactory(project=project, likelihood=5)
    risk = RiskFactory(project=project)
    page = soup(editor.get(risk.get_absolute_url()))

    page = swap(page, editor.get(one("close", risk), headers=HTMX), via=f"a[hx-get='{one('close', risk)}']")
    answer = editor.post(one("close", risk), {"note": "The vendor signed.", "version": 1}, headers=HTMX)
    page = swap(page, answer, via=f"form[hx-post='{one('close', risk)}']")

    assert text(page).split() == text(soup(editor.get(risk.get_absolute_url()))).split()


def test_closing_needs_a_reason(editor, project):
    risk = RiskFactory(project=project)

    response = editor.post(one("close", risk), {"version": 1}, headers=HTMX)

    assert response.status_code == 422


def test_closing_twice_is_refused(editor, project):
    risk = RiskFactory(project=project, state="closed")

    assert editor.post(one("close", risk), {"note": "Again", "version": 1}).status_code == 409


def test_a_closed_risk_is_opened_again(editor, project):
    risk = RiskFactory(project=project, state="closed")

    editor.post(one("reopen", risk))

    risk.refresh_from_db()
    assert risk.state == "open"


def test_a_known_risk_is_found_by_a_part_of_its_name(editor, project):
    page = soup(editor.get(reverse("risks:catalog", args=[project.pk]), {"q": "inje"}))

    assert [item["id"] for item in page.select(".catalog-list > li")] == ["known-R22", "known-R23", "known-R24"]


def test_an_added_known_risk_looks_like_a_fresh_page(editor, project):
    url, add = reverse("risks:catalog", args=[project.pk]), reverse("risks:catalog_add", args=[project.pk])
    page = soup(editor.get(url))

    answer = editor.post(add, {"catalog_id": "R22"}, headers=HTMX)
    page = swap(page, answer, via="#known-R22 form")

    assert text(page).split() == text(soup(editor.get(url))).split()
    assert page.select_one("#known-R22 a").text.split() == ["R1"]


def test_a_number_on_the_map_opens_its_one_risk(viewer, project, url):
    risk = RiskFactory(project=project, likelihood=4, impact=5)

    link = soup(viewer.get(url)).select_one("svg a")

    assert (link["href"], link.text.strip()) == (risk.get_absolute_url(), "1")


def test_a_number_of_several_keeps_the_table_to_them(viewer, project, url):
    RiskFactory.create_batch(2, project=project, likelihood=4, impact=5)
    RiskFactory(project=project)

    link = soup(viewer.get(url)).select_one("svg a")
    page = soup(viewer.get(link["href"]))

    assert len(page.select("tbody tr")) == 2


def test_the_lede_names_high_risks_without_an_owner(viewer, project, url):
    RiskFactory(project=project, number=1, likelihood=4, impact=5)

    lede = soup(viewer.get(url)).select_one(".lede").text

    assert lede == "One risk, one of them high before mitigation. R1 has no owner."


def test_a_risk_of_another_project_is_not_found(editor, project):
    foreign = RiskFactory()

    assert editor.get(reverse("risks:edit", args=[project.pk, foreign.pk])).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_register_costs_the_same_at_any_length(viewer, project, url, count, django_assert_num_queries):
    RiskFactory.create_batch(count, project=project)

    with django_assert_num_queries(4):
        response = viewer.get(url)

    assert len(soup(response).select("tbody tr")) == count


def test_a_closed_risk_that_is_the_only_one_can_still_be_opened_again(editor, project):
    risk = RiskFactory(project=project, state="closed")

    page = soup(editor.get(risk.get_absolute_url()))

    assert page.select_one(f"form[action='{one('reopen', risk)}']") is not None
