"""The six sections as the document and readiness know them."""

import pytest
from django.template.loader import render_to_string

from apps.dprd import actions
from apps.dprd.enums import Key, State
from apps.projects import road
from apps.projects.enums import Level
from apps.projects.models import Project
from apps.projects.sections import all_sections, section
from tests.factories.accounts import UserFactory
from tests.factories.dprd import written
from tests.factories.projects import MembershipFactory


def rules(project, key="purpose"):
    """What the text itself is told; other apps have their own to say about the section."""
    found = section(key).findings(project)
    return [(finding.rule, finding.level) for finding in found if finding.rule.startswith("section.")]


def test_the_six_sections_stand_in_the_order_of_the_document(db):
    assert [found.key for found in all_sections() if found.key in Key.values] == list(Key.values)


def test_an_empty_section_blocks(project):
    assert rules(project) == [("section.empty", Level.BLOCKER)]


def test_a_ready_section_with_an_owner_has_nothing_to_say(project):
    maja = MembershipFactory(project=project).user
    prose = written(project, "Fourteen agents answer 5,400 e-mails a month.")
    actions.set_owner(prose, owner=maja, was=None, by=maja)
    actions.set_state(prose, state=State.READY, was=State.DRAFT, by=maja)

    assert rules(project) == []


def test_a_text_that_changed_after_it_was_ready_is_to_be_looked_at(project):
    maja = MembershipFactory(project=project).user
    prose = written(project, "Fourteen agents.")
    actions.set_owner(prose, owner=maja, was=None, by=maja)
    actions.set_state(prose, state=State.READY, was=State.DRAFT, by=maja)

    written(project, "Fourteen agents, one of them new.")

    assert rules(project) == [("section.moved", Level.WARNING)]


@pytest.mark.parametrize("words", ["Volume: TBD.", "Owner tbc", "Cost is ???", "TODO ask Karin"])
def test_a_placeholder_is_found(project, words):
    written(project, words)

    assert ("section.placeholder", Level.WARNING) in rules(project)


@pytest.mark.parametrize("words", ["Why not? Because.", "The todos are done.", "100 % sure"])
def test_ordinary_words_are_no_placeholders(project, words):
    written(project, words)

    assert ("section.placeholder", Level.WARNING) not in rules(project)


def test_a_finding_leads_to_the_field(project):
    finding = section("data").findings(project)[0]

    assert (finding.message, finding.url) == (
        "Data sources is empty.",
        f"/projects/{project.pk}/sections/data/edit/#id_text",
    )


def test_a_snapshot_is_plain_and_repeatable(project):
    written(project, "Text.", by=UserFactory())

    own = {"text": "Text.", "state": "draft", "owner": ""}
    snapshot = section("purpose").snapshot(project)

    assert snapshot == section("purpose").snapshot(project)
    assert {key: snapshot[key] for key in own} == own


def test_a_snapshot_is_never_older_than_the_last_save(project):
    section("purpose").snapshot(project)
    written(project, "New.")

    assert section("purpose").snapshot(project)["text"] == "New."


def test_a_use_case_is_a_purpose_before_anybody_writes_prose(project):
    for key in Key.values[1:]:
        written(project, "Something.", key=key)
    assert not step(project, "draft")

    Project.objects.filter(pk=project.pk).update(pain="Agents copy replies.")

    assert step(project, "draft")
    assert rules(Project.objects.get(pk=project.pk)) == []


def step(project, key):
    found = Project.objects.annotate(**road.annotations()).get(pk=project.pk).road
    return next(one.state for one in found if one.key == key) == "done"


def test_an_empty_section_on_paper_says_that_it_is(project):
    drawn = render_to_string("dprd/_snapshot.html", {"snapshot": {"text": "", "state": "empty"}, "medium": "pdf"})
    assert "Nothing is said here." in drawn
    words = {"text": "", "state": "empty", "frame": {"pain": "Agents copy replies."}}
    assert "Nothing" not in render_to_string("dprd/_snapshot.html", {"snapshot": words, "medium": "pdf"})
