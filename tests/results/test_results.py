"""Measured values beside what was signed, and benefits in the document."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.projects.actions import remove_objective
from apps.projects.models import Objective
from apps.results import queries
from apps.results.models import Benefit, Measurement
from apps.results.section import findings
from apps.scope.actions import freeze
from apps.scope.models import Baseline
from apps.signoffs.models import Signature, SignRequest
from tests.factories.projects import MembershipFactory, ObjectiveFactory
from tests.factories.results import BenefitFactory, MeasurementFactory
from tests.fixtures import HTMX
from tests.pages import soup, swap, text

FORMULA = "4.8 min less\n× 3,350 replies a month\n× 12 months\n÷ 60 min in an hour\n× 46 € an hour"


@pytest.fixture
def waits(project):
    due = timezone.localdate() + timedelta(days=90)
    return ObjectiveFactory(
        project=project, title="Shorter waits", unit="h", baseline=11, target=4, direction="at_most", due=due,
        method="Ticket report",
    )  # fmt: skip


@pytest.fixture
def url(project):
    return reverse("results:show", args=[project.pk])


def entering(waits):
    return reverse("results:value_enter", args=[waits.project_id, waits.pk])


def value(**changed):
    return {"value": "9,5", "day": timezone.localdate().isoformat(), "source": "Ticket report", **changed}


def sign(project, by) -> Baseline:
    baseline = freeze(project, decision="Go", by=by)
    request = SignRequest.objects.create(baseline=baseline, signer=by, role="sponsor", asked_by=by)
    Signature.objects.create(
        request=request, baseline=baseline, fingerprint=baseline.fingerprint, name="Anders", email="a@example.org",
        role="sponsor", meaning="approves", statement="yes", statement_hash="0", method="code", signed_at=timezone.now(),
    )  # fmt: skip
    return baseline


def verdicts(project):
    return {row.promise.title: row.verdict for row in queries.results(project).rows}


def test_an_entered_value_looks_like_a_fresh_page(editor, waits, url):
    page = soup(editor.get(url))
    enter = entering(waits)

    page = swap(page, editor.get(enter, headers=HTMX), via=f"[hx-get='{enter}']")
    answer = editor.post(enter, value(), headers=HTMX)
    page = swap(page, answer, via=f"form[hx-post='{enter}']")

    assert answer["HX-Trigger"] == "measurements:changed"
    assert text(page).split() == text(soup(editor.get(url))).split()
    assert "on the way" in text(page)
    assert "21 % of the way" in text(page)


def test_a_value_is_entered_without_javascript(editor, waits, url):
    response = editor.post(entering(waits), value(remark="A small sample"))

    found = Measurement.objects.get()
    assert response["Location"] == f"{url}#values"
    assert (found.objective, found.value, found.by, found.remark) == (
        waits.pk,
        Decimal("9.5"),
        editor.user,
        "A small sample",
    )


@pytest.mark.parametrize("wrong", [{"value": "nine"}, {"value": ""}, {"day": "soon"}, {"source": ""}])
def test_a_wrong_value_comes_back_with_what_was_typed(editor, waits, wrong):
    response = editor.post(entering(waits), value(remark="typed", **wrong), headers=HTMX)

    assert response.status_code == 422
    assert soup(response).select_one("[name=remark]")["value"] == "typed"


def test_what_is_still_to_come_was_not_measured(editor, waits):
    tomorrow = timezone.localdate() + timedelta(days=2)

    response = editor.post(entering(waits), value(day=tomorrow.isoformat()), headers=HTMX)

    assert response.status_code == 409
    assert not Measurement.objects.exists()


def test_a_day_has_one_value_for_an_objective(editor, waits):
    editor.post(entering(waits), value())

    response = editor.post(entering(waits), value(value="8"), headers=HTMX)

    assert response.status_code == 409
    assert Measurement.objects.get().value == Decimal("9.5")


def test_a_stale_correction_shows_both_versions(editor, waits):
    measured = MeasurementFactory(project=waits.project, objective=waits.pk)
    correct = reverse("results:value_correct", args=[waits.project_id, measured.pk])

    first = editor.post(correct, value(value="8", version=1))
    second = editor.post(correct, value(value="7", version=1), headers=HTMX)

    assert (first.status_code, second.status_code) == (302, 409)
    assert soup(second).select_one("[name=value]")["value"] == "7"
    assert soup(second).select_one("[name=version]")["value"] == "2"


def test_a_removed_value_looks_like_a_fresh_page(editor, waits, url):
    measured = MeasurementFactory(project=waits.project, objective=waits.pk)
    remove = reverse("results:value_remove", args=[waits.project_id, measured.pk])
    page = soup(editor.get(url))

    page = swap(page, editor.post(remove, headers=HTMX), via=f"form[hx-post='{remove}']")

    assert text(page).split() == text(soup(editor.get(url))).split()
    assert "not measured yet" in text(page)


def test_values_are_held_against_what_was_signed(project, waits, host):
    sign(project, host.user)
    MeasurementFactory(project=project, objective=waits.pk, value=Decimal(5))

    Objective.objects.filter(pk=waits.pk).update(target=6, title="Softer waits")
    ObjectiveFactory(project=project, title="Since then")

    assert verdicts(project) == {"Shorter waits": "on_the_way", "Since then": "not_measured"}


def test_a_measured_objective_outlives_its_row(project, waits, host):
    sign(project, host.user)
    MeasurementFactory(project=project, objective=waits.pk, value=Decimal(3))

    remove_objective(waits, by=host.user)

    assert verdicts(project) == {"Shorter waits": "met"}


def test_a_frozen_text_that_nobody_signed_promises_nothing(project, waits, host):
    freeze(project, decision="Go", by=host.user)

    Objective.objects.filter(pk=waits.pk).update(title="Softer waits")

    assert verdicts(project) == {"Softer waits": "not_measured"}


def test_measuring_changes_nothing_that_was_signed(project, waits, host):
    baseline = sign(project, host.user)
    draft = baseline.snapshot["sections"]

    host.post(entering(waits), value())

    assert Baseline.objects.get() == baseline
    refused = host.post(reverse("scope:freeze", args=[project.pk]), {"decision": "Go"})
    assert refused.status_code == 409, "nothing of the document has changed"
    assert Baseline.objects.get().snapshot["sections"] == draft


def test_the_project_page_shows_what_was_measured(viewer, project, waits):
    MeasurementFactory(project=project, objective=waits.pk, value=Decimal(3))

    page = soup(viewer.get(project.get_absolute_url()))

    row = page.select_one("[aria-labelledby=results-title] tbody tr")
    assert text(row).split() == ["Shorter", "waits", "11", "h", "4", "h", "3", "h", "met"]


def test_what_is_due_waits_for_hosts_and_for_who_measures(project, waits, host, sign_in):
    sign(project, host.user)
    measurer, other = (MembershipFactory(project=project).user for _ in range(2))
    Objective.objects.filter(pk=waits.pk).update(due=timezone.localdate(), owner=measurer.name)

    assert [bool(queries.to_measure(user)) for user in (host.user, measurer, other)] == [True, True, False]

    MeasurementFactory(project=project, objective=waits.pk, day=timezone.localdate())
    assert not queries.to_measure(host.user)


def test_nobody_is_asked_to_measure_what_was_never_signed_or_is_not_due(project, waits, host):
    assert not queries.to_measure(host.user)
    sign(project, host.user)

    assert not queries.to_measure(host.user)


def test_a_value_of_another_project_is_not_found(editor, project):
    foreign = ObjectiveFactory()

    assert editor.get(reverse("results:value_enter", args=[project.pk, foreign.pk])).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_results_cost_the_same_at_any_length(editor, project, url, count, django_assert_num_queries):
    for objective in ObjectiveFactory.create_batch(count, project=project, baseline=1, target=2):
        MeasurementFactory.create_batch(2, project=project, objective=objective.pk)
        BenefitFactory(project=project, objective=objective)

    with django_assert_num_queries(7):
        response = editor.get(url)

    assert len(soup(response).select(".result")) == count


def worth(**changed):
    return {"title": "Time saved", "formula": FORMULA, "unit": "€", "owner": "Erik", "assumptions": "used", **changed}


def test_an_added_benefit_looks_like_a_fresh_page(editor, project, waits, url):
    add = reverse("results:benefit_add", args=[project.pk])
    page = soup(editor.get(url))

    page = swap(page, editor.get(add, headers=HTMX), via=f"[hx-get='{add}']")
    answer = editor.post(add, worth(objective=waits.pk), headers=HTMX)
    page = swap(page, answer, via=f"form[hx-post='{add}']")

    assert answer["HX-Trigger"] == "benefits:changed"
    assert text(page).split() == text(soup(editor.get(url))).split()
    assert "147,936 €" in text(page)


def test_a_formula_that_cannot_be_read_comes_back_with_the_reason(editor, project):
    add = reverse("results:benefit_add", args=[project.pk])

    response = editor.post(add, worth(formula="some hours"), headers=HTMX)

    assert response.status_code == 422
    assert soup(response).select_one("[name=formula]").text.strip() == "some hours"
    assert "begin with a number" in text(soup(response))


def test_a_stale_benefit_shows_both_versions(editor, project):
    benefit = BenefitFactory(project=project)
    edit = reverse("results:benefit_edit", args=[project.pk, benefit.pk])
    editor.post(edit, worth(version=1))

    response = editor.post(edit, worth(title="Money saved", version=1), headers=HTMX)

    assert response.status_code == 409
    assert soup(response).select_one("[name=title]")["value"] == "Money saved"
    assert Benefit.objects.get().title == "Time saved"


def test_a_benefit_is_frozen_with_its_factors_and_its_result(project, waits, host):
    BenefitFactory(project=project, title="Time saved", formula=FORMULA, objective=waits)

    content = next(one for one in freeze(project, decision="Go", by=host.user).snapshot["sections"] if one["key"] == "objectives")["content"]  # fmt: skip

    row = content["benefits"]["rows"][0]
    assert (row["result"], row["objective"], row["factors"][3]) == (
        "147936.00",
        "Shorter waits",
        {"sign": "÷", "value": "60", "words": "min in an hour"},
    )
    assert content["benefits"]["totals"] == [{"unit": "€", "result": "147936.00"}]


def test_the_document_shows_objectives_and_what_they_are_worth(viewer, project, waits):
    BenefitFactory(project=project, formula=FORMULA)

    section = soup(viewer.get(reverse("dprd:document", args=[project.pk]))).select_one("#objectives")

    assert "Shorter waits" in text(section)
    assert "147,936 €" in text(section)


def test_readiness_asks_who_answers_for_a_benefit(project):
    assert rules(project) == {"benefit.none"}
    benefit = BenefitFactory(project=project, owner="", assumptions="")
    assert rules(project) == {"benefit.owner", "benefit.assumptions"}

    Benefit.objects.filter(pk=benefit.pk).update(owner="Erik", assumptions="It is used")

    assert rules(project) == set()


def rules(project):
    return {found.rule for found in findings(project)}
