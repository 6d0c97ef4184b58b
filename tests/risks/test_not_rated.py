"""A risk that nobody has rated says so everywhere, and looks judged nowhere."""

import pytest
from bs4 import BeautifulSoup
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.urls import reverse

from apps.core.errors import DomainError
from apps.risks import section
from apps.risks.actions import raise_risk
from apps.risks.queries import all_risks
from apps.scope.changes import between
from apps.tables.actions import add_known, change_row, change_rows, undo
from tests.factories.accounts import UserFactory
from tests.factories.risks import RiskFactory
from tests.factories.scope import BaselineFactory
from tests.fixtures import HTMX
from tests.pages import soup, swap, text

WORDS = {"title": "Late data", "response": "reduce", "state": "open"}
BOTH = "Rate both likelihood and impact, or neither."


def unrated(project, **fields):
    return RiskFactory(project=project, likelihood=None, impact=None, **fields)


def list_of(project):
    return reverse("risks:list", args=[project.pk])


def cell(risk, column):
    return reverse("registers:cell", args=[risk.project_id, "risks", risk.pk, column])


def drawn(project, medium="pdf"):
    context = {"snapshot": section.snapshot(project), "medium": medium}
    return BeautifulSoup(render_to_string(section.SECTION.template, context), "html.parser")


@pytest.mark.parametrize(
    "half",
    [
        {"likelihood": 3, "impact": None},
        {"likelihood": None, "impact": 3},
        {"residual_likelihood": 3},
        {"residual_impact": 3},
        {"likelihood": None, "impact": None, "residual_likelihood": 3, "residual_impact": 3},
    ],
)
def test_the_database_knows_no_half_rating(project, half):
    with pytest.raises(IntegrityError), transaction.atomic():
        RiskFactory(project=project, **half)


def test_a_risk_is_raised_without_a_rating(editor, project):
    editor.post(reverse("risks:raise", args=[project.pk]), WORDS)

    risk = project.risks.get()
    assert (risk.rating, risk.score, risk.is_high) == (None, None, False)


@pytest.mark.parametrize(
    ("typed", "said", "at"),
    [
        ({"likelihood": 4}, BOTH, "impact"),
        ({"impact": 4}, BOTH, "likelihood"),
        ({"residual_likelihood": 1, "residual_impact": 2}, "Rate it as it is today first, then after mitigation.", "likelihood"),
    ],
)  # fmt: skip
def test_half_a_rating_is_asked_for_and_what_was_typed_stays(editor, project, typed, said, at):
    answer = editor.post(reverse("risks:raise", args=[project.pk]), WORDS | typed)

    page = soup(answer)
    kept = {name: page.select_one(f"[name={name}] option[selected]") for name in typed}
    assert answer.status_code == 422
    assert text(page.select_one(f"#id_{at}_error")) == said
    assert {name: option["value"] for name, option in kept.items()} == {k: str(v) for k, v in typed.items()}
    assert not project.risks.exists()


def test_a_rating_can_be_taken_back(editor, project):
    risk = RiskFactory(project=project, residual_likelihood=1, residual_impact=2)

    editor.post(reverse("risks:edit", args=[project.pk, risk.pk]), WORDS | {"version": 1})

    risk.refresh_from_db()
    assert (risk.rating, risk.residual_rating) == (None, None)


def test_the_catalog_leaves_the_rating_to_the_project_and_says_what_is_usual(editor, project):
    risk = add_known(project, "risks", known="R22", by=editor.user)

    form = soup(editor.get(reverse("risks:edit", args=[project.pk, risk.pk])))

    assert risk.rating is None
    assert text(form.select_one("#id_likelihood_helptext")).startswith("The catalog says: usually “Almost certain”")
    assert not form.select_one("[name=likelihood] option[selected]")["value"]


def test_unrated_risks_stand_beside_the_map_each_with_a_way_to_rate_it(editor, project):
    RiskFactory(project=project, number=1, likelihood=4, impact=5, owner="Erik")
    risks = [unrated(project, number=number) for number in (2, 3)]

    page = soup(editor.get(list_of(project)))

    assert text(page.select_one(".lede")) == "Three risks, one of them high before mitigation. Two are not rated yet."
    assert [link.text.strip() for link in page.select("svg a")] == ["1"]
    assert text(page.select_one("#unrated-title")) == "2 risks are not rated yet"
    assert [link["href"] for link in page.select(".risk-map .rows a")] == [
        f"{reverse('risks:edit', args=[project.pk, risk.pk])}#id_likelihood" for risk in risks
    ]
    assert [text(row.select_one(".scores")) for row in page.select("tbody tr")] == ["20", "not rated", "not rated"]


def test_readers_see_what_is_not_rated_without_a_button(viewer, project):
    unrated(project)

    page = soup(viewer.get(list_of(project)))

    assert page.select(".risk-map .rows li") != []
    assert page.select(".risk-map a, .heat-figure") == []


def test_unrated_risks_are_not_folded_away_as_low(viewer, project):
    RiskFactory.create_batch(10, project=project, likelihood=1, impact=1)
    risk = unrated(project)

    page = soup(viewer.get(list_of(project)))

    assert page.select_one(f"#risk-{risk.pk}").find_parent("details") is None


def test_what_nobody_has_rated_comes_last(project):
    unrated(project, number=1)
    RiskFactory(project=project, number=2, likelihood=1, impact=1)
    RiskFactory(project=project, number=3, likelihood=5, impact=5)

    assert [risk.number for risk in all_risks(project)] == [3, 2, 1]


def test_the_document_and_the_paper_say_it_in_words(project):
    RiskFactory(project=project, number=1)
    unrated(project, number=2)

    page = drawn(project)

    assert "1 risk is not rated yet: R2." in text(page.select_one("figcaption"))
    assert [count.text for count in page.select(".heat-count")] == ["1"]
    assert [text(row.select_one("td.number")) for row in page.select("tbody tr")] == ["9", "not rated"]


def test_without_any_rating_there_is_no_map(project):
    unrated(project, number=1)

    page = drawn(project)

    assert page.select("svg") == []
    assert "1 risk is not rated yet: R1." in text(page)


def test_a_closed_risk_waits_for_no_rating(project):
    unrated(project, state="closed")
    RiskFactory(project=project, owner="Erik")

    assert "not rated yet" not in text(drawn(project))
    assert section.findings(project) == []


def test_one_finding_counts_them_and_leads_to_the_first(project):
    first, *_rest = [unrated(project, number=number) for number in (2, 3, 4)]

    (found,) = section.findings(project)

    assert (found.rule, str(found.message)) == ("R8", "3 risks have not been rated: R2, R3, R4.")
    assert found.url == f"{reverse('risks:edit', args=[project.pk, first.pk])}#id_likelihood"


def test_who_signs_reads_that_an_accepted_risk_is_not_rated(host, project):
    unrated(project, response="accept", title="Late data")
    content = section.snapshot(project)
    baseline = BaselineFactory(
        project=project, number=1, sections=[{"key": "risks", "title": "Risks", "content": content}]
    )

    page = soup(host.get(reverse("signoffs:show", args=[project.pk, baseline.number])))

    assert "Late data not rated" in text(page.select_one("table"))


def test_the_project_page_counts_them(host, project):
    RiskFactory(project=project)
    unrated(project)

    page = soup(host.get(project.get_absolute_url()))

    assert "1 not rated · All 2 risks" in text(page)


def test_a_rating_is_a_change_between_baselines(project):
    risk = unrated(project)
    before = {"sections": [{"key": "risks", "title": "Risks", "content": section.snapshot(project)}]}
    change_row(risk, version=1, values={"likelihood": "4", "impact": "5"}, by=UserFactory())
    after = {"sections": [{"key": "risks", "title": "Risks", "content": section.snapshot(project)}]}

    (change,) = between(before, after)

    assert [line.label.rpartition(": ")[2] for line in change.lines] == ["likelihood", "impact", "score"]


def test_a_cell_of_one_rating_asks_for_the_other(host, project):
    risk = unrated(project)
    table = reverse("registers:list", args=[project.pk, "risks"])
    page = soup(host.get(table))

    asked = host.post(cell(risk, "likelihood"), {"likelihood": "4", "version": 1}, headers=HTMX)
    form = soup(asked).select_one("td form")
    sent = {"likelihood": "4", "impact": "5", "version": form.select_one("[name=version]")["value"]}
    saved = host.post(cell(risk, "likelihood"), sent, headers=HTMX)

    risk.refresh_from_db()
    assert (asked.status_code, text(form.select_one(".error")), saved.status_code) == (409, BOTH, 200)
    assert [field["name"] for field in form.select("select")] == ["likelihood", "impact"]
    assert form.select_one("[name=likelihood] option[selected]")["value"] == "4"
    assert risk.rating == (4, 5)
    assert "not rated" in text(page.select_one(f"#row-{risk.pk}"))
    assert "20" in text(soup(saved).select_one(f"#row-{risk.pk}"))


def test_the_form_of_a_row_keeps_what_was_typed_when_it_is_half_a_rating(host, project):
    answer = host.post(reverse("registers:add", args=[project.pk, "risks"]), {"name": "Late data", "response": "reduce", "state": "open", "impact": "4"})  # fmt: skip

    page = soup(answer)
    assert (answer.status_code, BOTH in text(page)) == (409, True)
    assert page.select_one("[name=name]")["value"] == "Late data"
    assert page.select_one("[name=impact] option[selected]")["value"] == "4"
    assert not project.risks.exists()


def test_emptying_one_rating_in_the_table_empties_all_and_can_be_undone(project):
    risk, anna = RiskFactory(project=project, residual_likelihood=1, residual_impact=2), UserFactory()

    cleared = change_row(risk, version=1, values={"impact": ""}, by=anna)
    assert (cleared.rating, cleared.residual_rating) == (None, None)

    undo(project, "risks", cleared.revisions.first().batch, by=anna)
    risk.refresh_from_db()
    assert (risk.rating, risk.residual_rating) == ((3, 3), (1, 2))


def test_undoing_a_rating_leaves_the_risk_unrated(project):
    risk, anna = unrated(project), UserFactory()
    rated = change_row(risk, version=1, values={"likelihood": "2", "impact": "2"}, by=anna)

    undo(project, "risks", rated.revisions.first().batch, by=anna)

    risk.refresh_from_db()
    assert risk.rating is None


@pytest.mark.parametrize("values", [{"likelihood": "2"}, {"residual_impact": "2"}])
def test_many_at_once_are_not_rated_by_half(project, values):
    risk = unrated(project)

    with pytest.raises(DomainError, match="Rate"):
        change_rows(project, "risks", rows=[risk.pk], values=values, by=UserFactory())


def test_pasted_risks_are_as_rated_as_their_lines(host, project):
    paste = reverse("registers:paste", args=[project.pk, "risks"])
    block = "Risk\tLikelihood\tImpact\nLate data\tnot rated\t\nStale book\t4\t5\nHalf\t4\t"

    preview = soup(host.post(paste, {"text": block}))
    host.post(paste, {"text": block, "do": "take", "client_key": "p"})

    assert BOTH in text(preview.select_one("#refused"))
    assert {risk.title: risk.rating for risk in project.risks.all()} == {"Late data": None, "Stale book": (4, 5)}


def test_a_file_says_what_is_not_rated(host, project):
    unrated(project, title="Late data")

    file = host.get(reverse("registers:export", args=[project.pk, "risks", "csv"])).content.decode()

    assert "Late data,,,,,not rated,not rated,reduce" in file


def test_a_risk_rated_in_the_form_leaves_the_list_like_a_fresh_page(editor, project):
    risk = unrated(project)
    edit = reverse("risks:edit", args=[project.pk, risk.pk])
    page = soup(editor.get(risk.get_absolute_url()))

    page = swap(page, editor.get(edit, headers=HTMX), via=f"a[hx-get='{edit}']")
    answer = editor.post(edit, WORDS | {"likelihood": 4, "impact": 5, "version": 1}, headers=HTMX)
    page = swap(page, answer, via=f"form[hx-post='{edit}']")

    assert page.select("#unrated-title") == []
    assert text(page).split() == text(soup(editor.get(risk.get_absolute_url()))).split()


def test_raised_by_code_a_risk_is_rated_by_nobody(project):
    assert raise_risk(project, title="Late data", by=UserFactory()).rating is None
