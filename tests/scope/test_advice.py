"""Advice stands where the choice is made, and who overrules it says why."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.architecture.actions import add_component
from apps.events.models import Event
from apps.projects.models import Project
from apps.scope.actions import freeze, waive
from apps.scope.draft import Draft
from apps.scope.guidance import GUIDANCE
from apps.scope.models import Waiver
from apps.scope.queries import readiness
from apps.tables.actions import add_row
from tests.pages import soup, text
from tests.scope.test_rules import TODAY

ALONE = "#advice-person"


def page(client, name, project, *args):
    return soup(client.get(reverse(name, args=[project.pk, *args])))


def overrule(client, project, slug="person", reason="The mails are test mails.", back=""):
    url = reverse("scope:overrule", args=[project.pk, slug]) + (f"?back={back}" if back else "")
    return client.post(url, {"reason": reason})


@pytest.fixture
def alone(project):
    Project.objects.filter(pk=project.pk).update(autonomy="alone", pain="Nobody sorts the mail.")
    return Project.objects.get(pk=project.pk)


def test_it_stands_beside_the_use_case_and_in_the_margin_of_the_document(host, alone):
    for name in ("projects:frame", "projects:frame_edit", "dprd:document"):
        note = page(host, name, alone).select_one(ALONE)
        assert "Keep a person in the loop." in text(note)
        assert "somebody should look before it counts" in text(note)
    assert page(host, "dprd:document", alone).select_one(f"#purpose {ALONE}")


@pytest.mark.parametrize(
    ("key", "values", "slug"),
    [
        ("model_options", {"name": "Open-weight model, self-hosted"}, "no_gpus"),
        ("model_options", {"name": "Fine-tuned model (closed or open)", "verdict": "recommended"}, "prompt_first"),
        ("model_options", {"name": "Train from scratch"}, "tune_first"),
        ("deliverables", {"name": "First version"}, "evaluation_first"),
        ("dependencies", {"name": "We build our own ticket editor"}, "buy"),
    ],
)
def test_it_stands_above_the_table_in_which_the_choice_is_made(host, project, key, values, slug):
    add_row(project, key, values=values, by=host.user)

    assert page(host, "registers:list", project, key).select_one(f"#rows-summary #advice-{slug}")


def test_it_stands_beside_the_diagram(host, project):

    add_component(
        project, key=uuid4(), lane="serving", name="Chat", detail="", zone="ours", personal=False, by=host.user
    )

    assert page(host, "architecture:show", project).select_one(ALONE)


@pytest.mark.parametrize("verdict", ["in reserve", "ruled out"])
def test_what_was_put_away_is_no_choice(verdict):
    rows = [{"id": "1", "name": "Fine-tuned model", "verdict": verdict}]

    assert _slugs({"model": {"model_options": rows}}) == []


@pytest.mark.parametrize(
    ("text", "slugs"),
    [
        ("We fine-tune a model.", ["prompt_first"]),
        ("We do not fine-tune. It stays a prompt.", []),
        ("Fine-tuning later, only if the evaluation shows the need.", []),
        ("We don’t train a model from scratch.", []),
        ("No GPU of our own. Then we rent one GPU.", ["no_gpus"]),
    ],
)
def test_a_sentence_that_puts_it_off_follows_the_advice(text, slugs):
    assert _slugs({"architecture": {"text": text}}) == slugs


def test_it_is_said_once_where_the_choice_is_likeliest_made():
    sections = {
        "architecture": {"text": "We fine-tune a model."},
        "model": {"model_options": [{"id": "1", "name": "Fine-tuned model"}]},
    }

    (hit,) = next(rule for rule in GUIDANCE if rule.id == "guidance.prompt_first").applies(Draft(sections, TODAY))
    assert (hit.section, hit.kind, hit.field) == ("model", "model_options", "name")


def test_an_editor_overrules_it_and_the_reason_stands_beside_it(editor, alone):
    back = reverse("projects:frame", args=[alone.pk])

    answer = overrule(editor, alone, back=back)

    assert (answer.status_code, answer["Location"]) == (302, back)
    for name in ("projects:frame", "dprd:document", "scope:readiness"):
        words = text(page(editor, name, alone))
        assert "The mails are test mails." in words
        assert str(editor.user) in words
    (event,) = Event.objects.filter(kind="advice.overruled")
    assert event.payload["words"] == "Keep a person in the loop."


def test_it_needs_a_reason_and_leads_to_no_other_site(editor, alone):
    refused = overrule(editor, alone, reason=" ")
    answer = overrule(editor, alone, back="https://example.com/")

    assert (refused.status_code, answer["Location"]) == (422, reverse("scope:readiness", args=[alone.pk]))


def test_the_same_reason_sent_twice_is_refused_once(editor, alone):
    assert [overrule(editor, alone).status_code for _ in range(2)] == [302, 409]


def test_what_is_overruled_already_leads_back_to_the_reason(editor, alone):
    overrule(editor, alone)

    answer = editor.get(reverse("scope:overrule", args=[alone.pk, "person"]))

    assert (answer.status_code, answer["Location"]) == (302, reverse("scope:readiness", args=[alone.pk]))


def test_it_counts_again_when_the_reason_is_taken_back(editor, alone):
    overrule(editor, alone)

    note = page(editor, "projects:frame", alone).select_one(ALONE)
    editor.post(note.select_one("form")["action"])

    assert "Overrule it" in text(page(editor, "projects:frame", alone).select_one(ALONE))
    assert Event.objects.filter(kind="finding.asked_again").count() == 1


def test_a_reader_sees_it_and_overrules_nothing(viewer, alone):
    note = page(viewer, "projects:frame", alone).select_one(ALONE)

    assert note
    assert not note.select("a, form")


def test_what_is_signed_says_who_overruled_it_and_why(host, alone, client):
    overrule(host, alone)

    baseline = freeze(alone, decision="A pilot.", by=host.user)

    (kept,) = baseline.waived
    assert (kept["rule"], kept["level"], kept["waiver"]["reason"]) == (
        "guidance.person",
        "hint",
        "The mails are test mails.",
    )
    assert "Overruled: Keep a person in the loop." in text(page(host, "signoffs:show", alone, 1))


def test_a_waiver_is_taken_back_by_a_host(host, project):
    seen = next(one for one in readiness(project) if one.blocks)
    host.post(reverse("scope:waive", args=[project.pk, seen.key]), {"reason": "Later."})

    host.post(reverse("scope:ask_again", args=[project.pk, seen.key]))

    assert next(one for one in readiness(project) if one.key == seen.key).blocks


def test_notes_on_the_use_case_lead_to_their_fields(host, alone):
    notes = page(host, "projects:frame", alone).select(".frame-notes .note[data-kind=warning] footer a")

    assert reverse("projects:frame_edit", args=[alone.pk]) + "#id_out_of_scope" in [note["href"] for note in notes]


def test_an_empty_use_case_is_not_criticised(host, project):
    assert Project.objects.filter(pk=project.pk).update(pain="")

    assert page(host, "projects:frame", project).select_one(".frame-notes") is None


def _slugs(sections):
    draft = Draft(sections, TODAY)
    return [rule.id.removeprefix("guidance.") for rule in GUIDANCE if list(rule.applies(draft))]


def test_a_finding_that_was_waived_leaves_the_margin_of_the_document_until_its_last_day(host, project):
    add_row(project, "data_sources", values={"name": "Replies", "personal": "yes"}, by=host.user)
    [seen] = [one for one in readiness(project) if "no legal basis" in one.finding.message]
    assert "no legal basis" in text(page(host, "dprd:document", project).select_one("#notes-data"))

    waiver = waive(project, seen.key, reason="Karin settles it.", by=host.user)
    assert "no legal basis" not in text(page(host, "dprd:document", project).select_one("#notes-data"))

    Waiver.objects.filter(pk=waiver.pk).update(until=timezone.localdate() - timedelta(days=1))
    assert "no legal basis" in text(page(host, "dprd:document", project).select_one("#notes-data"))
