"""One thing broken at a time in a project that is ready: its rule finds it, says where it is mended, and no other speaks."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urldefrag

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.assessments.models import Triage
from apps.comments.actions import open_thread
from apps.dprd.models import Section
from apps.projects.models import Project
from apps.projects.rules import all_rules
from apps.projects.sections import all_sections
from apps.registers.models import Row
from apps.reviews.actions import open_round, send_answers
from apps.reviews.models import ReviewRequest
from apps.scope.queries import readiness
from apps.tables.actions import add_row
from tests.pages import soup, text
from tests.scope.ready import build, day

Break = Callable[[Project], Any]


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker):
    """Built once for all tests of this file; each breaks it in a transaction of its own within this one."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)


@pytest.fixture
def ready(built, db) -> Project:
    return Project.objects.get(pk=built.pk)


def frame(**fields: Any) -> Break:
    return lambda project: Project.objects.filter(pk=project.pk).update(**fields)


def objective(**fields: Any) -> Break:
    return lambda project: project.objectives.update(**fields)


def section(key: str, **fields: Any) -> Break:
    return lambda project: project.sections.filter(key=key).update(**fields)


def risk(number: int, **fields: Any) -> Break:
    return lambda project: project.risks.filter(number=number).update(**fields)


def row(key: str, named: str = "", **values: Any) -> Break:
    """The first row of a register, or the one of that name, with other values; None takes a value away."""

    def change(project: Project) -> None:
        found = project.rows.filter(register=key, **({"values__name": named} if named else {})).order_by("position")[0]
        merged = {**found.values, **values}
        Row.objects.filter(pk=found.pk).update(values={k: v for k, v in merged.items() if v is not None})

    return change


def origin(key: str, came_from: str) -> Break:
    return lambda project: project.rows.filter(register=key).update(came_from=came_from)


def added(key: str, **values: Any) -> Break:
    return lambda project: add_row(project, key, values=values, by=project.memberships.first().user)


def emptied(*keys: str) -> Break:
    return lambda project: project.rows.filter(register__in=keys).update(removed_at=timezone.now())


def without(key: str, name: str) -> Break:
    """Without the row of that name."""
    return lambda project: project.rows.filter(register=key, values__name=name).update(removed_at=timezone.now())


def unseated(seat: str) -> Break:
    """Whoever sits there gets another seat."""
    return lambda project: project.stakeholders.filter(role=seat).update(role="operations")


def answers(**changes: str) -> Break:
    def change(project: Project) -> None:
        found = project.triage
        found.answers = {**found.answers, **changes}
        found.save()

    return change


def triage(**fields: Any) -> Break:
    return lambda project: Triage.objects.filter(project=project).update(**fields)


def box(named: str, **fields: Any) -> Break:
    return lambda project: project.components.filter(name=named).update(**fields)


def unboxed(name: str) -> Break:
    """Without that box, whose neighbours are joined with each other."""

    def change(project: Project) -> None:
        gone = project.components.get(name=name)
        before, after = gone.incoming.get().source, gone.outgoing.first()
        if after:
            project.flows.create(source=before, target=after.target)
        gone.delete()

    return change


def loose(project: Project) -> None:
    project.components.create(lane="storage", name="Cache", position=9)


def commented(project: Project) -> None:
    open_thread(project, target="section:purpose", body="Is that so?", by=project.memberships.first().user)


def both(*breaks: Break) -> Break:
    def change(project: Project) -> None:
        for one in breaks:
            one(project)

    return change


def unread(project: Project) -> None:
    project.sections.get(key="purpose").seen.all().delete()


def many_objectives(project: Project) -> None:
    [first] = project.objectives.all()
    served = project.rows.get(register="metrics").values
    for number in range(5):
        first.pk, first.title, first._state.adding = None, f"Response {number} of the desk", True
        first.save(force_insert=True)
        add_row(project, "metrics", values={**served, "name": f"M{number}", "objective": str(first.pk)}, by=project.memberships.first().user)  # fmt: skip


def letters(section: str, was: str, now: str) -> Break:
    return lambda project: project.duties.filter(section=section, letter=was).update(letter=now)


def handed(section: str, seat: str, letter: str = "A") -> Break:
    """Whoever sits there answers for that section."""

    def change(project: Project) -> None:
        [person] = project.stakeholders.filter(role=seat)
        project.duties.update_or_create(section=section, person=person, defaults={"letter": letter})

    return change


def unapproved(project: Project) -> None:
    karin, maja = (project.memberships.get(user__name=name).user for name in ("Karin", "Maja"))
    open_round(
        project, sections=["data"], people=[(karin, "approve")], due=timezone.localdate() + timedelta(days=9), by=maja
    )


def objected(project: Project) -> None:
    """Karin has to approve the data, and says no."""
    unapproved(project)
    request = ReviewRequest.objects.get(round__project=project)
    send_answers(request, answers={"data": ("object", "No legal basis.", 1)}, by=request.user)


def approved_earlier(project: Project) -> None:
    """Karin has approved the data, and then somebody wrote on."""
    unapproved(project)
    request = ReviewRequest.objects.get(round__project=project)
    send_answers(request, answers={"data": ("agree", "", 1)}, by=request.user)
    section("data", text="The handbook, sent replies, and the customer record.")(project)


def one_for_all(project: Project) -> None:
    project.duties.filter(letter__in=["A", "AR"]).update(letter="R")
    for found in all_sections():
        handed(found.key, "product_manager", "AR")(project)


def one_owner(project: Project) -> None:
    project.objectives.update(owner="Maja")
    project.risks.update(owner="Maja")
    row("dependencies", owner="Maja")(project)
    for number in range(2):
        values = {**project.rows.get(register="dependencies", number=1).values, "name": f"Contract {number}"}
        add_row(project, "dependencies", values=values, by=project.memberships.first().user)


YESTERDAY = timezone.localdate() - timedelta(days=1)
# Rule, what is broken, the address that it leads to; and rules that say the same thing from another side.
BREAKAGES: list[tuple[str, Break, str] | tuple[str, Break, str, set[str]]] = [
    # the frame
    ("frame.use_cases", frame(other_use_cases="Calls\nField reports"), "frame/edit/#id_other_use_cases"),
    ("frame.out", frame(out_of_scope=""), "#id_out_of_scope"),
    ("frame.must_not", frame(must_not=" "), "#id_must_not"),
    ("frame.autonomy", frame(autonomy=""), "#id_autonomy"),
    ("frame.ranking", frame(ranking=[]), "#id_first"),
    ("frame.alternatives", frame(alternatives=""), "#id_alternatives"),
    ("frame.against", frame(signs=["reading", "checked", "rare"], alternatives=""), "#id_signs", {"frame.alternatives"}),
    ("frame.alone", frame(autonomy="alone", signs=["reading"]), "#id_autonomy", {"guidance.person"}),
    ("guidance.person", frame(autonomy="alone", signs=["reading", "checked"]), "frame/edit/#id_autonomy"),
    ("guidance.buy", frame(signs=["reading", "checked", "bought"]), "frame/edit/#id_signs"),
    # objectives, and what they are worth
    ("benefit.none", lambda project: project.benefits.all().delete(), "#benefits"),
    ("benefit.owner", lambda project: project.benefits.update(owner=""), "#id_owner"),
    ("benefit.assumptions", lambda project: project.benefits.update(assumptions=" "), "#id_assumptions"),
    ("O0", lambda project: project.objectives.all().delete(), "#objectives", {"across.orphan_risks"}),
    ("O1", objective(target=None), "#id_target"),
    ("O2", objective(baseline=None), "#id_baseline"),
    ("O3", objective(due=None), "#id_due"),
    ("O4", both(objective(title="Improve the first response of the desk", target=None)), "#id_title", {"O1"}),
    ("O5", objective(title="A significant drop of the first response"), "#id_title"),
    ("O6", objective(title="Every first response of the desk"), "#id_title"),
    ("O7", objective(title="Deploy an assistant for the desk", target=None), "#id_title", {"O1"}),
    ("O8", objective(title="Response and handling and mood"), "#id_title"),
    ("O9", objective(title="Answers sooner", target=None), "#id_title", {"O1"}),
    ("O10", objective(title="so " * 46), "#id_title"),
    ("O11", objective(direction=""), "#id_direction"),
    ("O12", objective(metric=""), "#id_metric"),
    ("O13", objective(owner=""), "#id_owner"),
    ("O13", objective(method=""), "#id_method"),
    ("O14", objective(target=12), "#id_target"),
    ("O14", objective(target=11), "#id_target"),
    ("O15", objective(due=YESTERDAY), "#id_due", {"across.objective_too_early"}),
    ("O17", objective(method="TBD"), "#id_method"),
    ("across.objective_too_early", objective(due=day(5)), "#id_due"),
    ("guidance.narrow", many_objectives, "#objectives"),
    # deliverables, constraints, decisions
    ("L0", emptied("deliverables"), "registers/deliverables/"),
    ("L1", row("deliverables", acceptance=None), "#id_acceptance"),
    ("L2", row("deliverables", "Pilot", due=None), "#id_due", {"across.dependency_too_late"}),
    ("L3", row("deliverables", due=day(-1)), "#id_due"),
    ("L4", row("deliverables", owner=None), "#id_owner"),
    ("C1", row("constraints", source=None), "#id_source"),
    ("C2", row("constraints", until=day(-1)), "#id_until"),
    ("E1", row("decisions", revisit_on=day(-1)), "#id_revisit_on"),
    ("E2", row("decisions", decided_by=None), "#id_decided_by"),
    ("across.assessment_missing", both(answers(sensitive="yes", large="yes"), triage(verdict="approve")), "registers/deliverables/"),
    ("across.assessment_likely", both(answers(matching="yes"), triage(verdict="approve")), "registers/deliverables/"),
    ("guidance.evaluation_first", row("deliverables", name="First version"), "registers/deliverables/"),
    # people
    ("people.no_sponsor", unseated("sponsor"), "people/add/?role=sponsor#id_name"),
    ("people.no_legal", both(unseated("legal"), without("data_sources", "Sent replies"), box("Sent replies", personal=False), lambda project: project.flows.update(personal=False)), "people/add/?role=legal#id_name"),
    ("across.no_officer", unseated("legal"), "people/add/?role=legal#id_name"),
    ("people.no_end_user", unseated("end_user"), "people/add/?role=end_user#id_name"),
    ("people.empty_seats", unseated("security"), "people/#seats-title"),
    ("people.called", lambda project: project.calls.filter(key="spend").delete(), "people/#called"),
    ("duties.none", lambda project: project.duties.all().delete(), "people/duties/"),
    ("duties.no_accountable", letters("risks", "AR", "R"), "people/duties/#duty-risks"),
    ("duties.nobody_responsible", letters("deliverables", "R", "C"), "people/duties/#duty-deliverables"),
    ("duties.one_for_all", one_for_all, "people/duties/"),
    ("duties.officer_decides", both(letters("data", "A", "C"), handed("data", "legal")), "people/duties/"),
    ("duties.outside", lambda project: project.memberships.filter(user__name="Tomas").delete(), "people/duties/"),
    ("duties.unapproved", unapproved, "reviews/"),
    ("duties.objected", both(handed("data", "legal", "S"), objected), "reviews/", {"duties.unapproved"}),
    ("across.approved_earlier", both(handed("data", "legal", "S"), approved_earlier), "reviews/", {"duties.unapproved"}),
    ("duties.idle", lambda project: project.duties.filter(person__role="domain_expert").delete(), "people/duties/"),
    ("across.one_owner", one_owner, "people/"),
    ("across.owner_unknown", row("metrics", owner="Olof"), "people/"),
    # data
    ("D0", emptied("data_sources"), "registers/data_sources/"),
    ("D1", row("data_sources", "Sent replies", legal_basis=None), "#id_legal_basis"),
    ("D1", row("data_sources", "Sent replies", legal_basis="not personal"), "#id_legal_basis"),
    ("D1", row("data_sources", "Sent replies", legal_basis="open"), "#id_legal_basis"),
    ("D2", row("data_sources", owner=None), "#id_owner"),
    ("D3", row("data_sources", "Sent replies", access_by=day(-1)), "#id_access_by"),
    ("D4", row("data_sources", "Sent replies", access_by=None), "#id_access_by"),
    ("D5", row("data_sources", "Sent replies", access="refused", access_by=None), "#id_access"),
    ("D6", row("data_sources", personal=None), "#id_personal"),
    ("D7", row("data_sources", special=True, legal_basis="consent", special_basis="care"), "#id_personal"),
    ("D10", row("data_sources", "Sent replies", special=True), "#id_special_basis"),
    ("D8", row("data_sources", "Quality tables", licence=None), "#id_licence"),
    ("D9", row("data_sources", quality=None), "#id_quality"),
    ("across.access_too_late", row("data_sources", "Sent replies", access_by=day(16)), "#id_access_by"),
    ("across.flow_without_source", row("data_sources", "Sent replies", personal=False), "registers/data_sources/"),
    # architecture
    ("architecture.none", lambda project: project.components.all().delete(), "architecture/#add_name"),
    ("architecture.loose", loose, "/change/"),
    ("architecture.personal_leaves", lambda project: project.flows.filter(source__name="Index").update(personal=True), "architecture/#flow-"),
    ("architecture.no_checks", unboxed("Checks"), "architecture/#add_name"),
    ("architecture.no_monitoring", unboxed("Weekly sample"), "architecture/#add_name"),
    ("architecture.product", box("Index", name="FancyBase"), "/change/"),
    ("across.source_not_drawn", box("Handbook", name="Wiki"), "architecture/#add_name"),
    ("guidance.prompt_first", section("architecture", text="We fine-tune a model."), "sections/architecture/edit/#id_text"),
    ("guidance.tune_first", section("architecture", text="We train our own model from scratch."), "sections/architecture/edit/#id_text"),
    ("guidance.no_gpus", section("architecture", text="It runs on one GPU server."), "sections/architecture/edit/#id_text"),
    ("guidance.person", box("Draft in the ticket", name="Chat", detail=""), "architecture/"),
    # dependencies
    ("P0", emptied("dependencies"), "registers/dependencies/", {"across.vendor_without_contract"}),
    ("P1", row("dependencies", needed_by=day(-1)), "#id_needed_by"),
    ("P2", row("dependencies", owner=None), "#id_owner"),
    ("P3", row("dependencies", needed_by=None), "#id_needed_by"),
    ("P4", row("dependencies", effect=None), "#id_effect"),
    ("P5", row("dependencies", told=None), "#id_told"),
    ("across.vendor_without_contract", row("dependencies", kind="team"), "registers/dependencies/"),
    ("across.dependency_too_late", row("dependencies", needed_by=day(130)), "#id_needed_by"),
    ("guidance.buy", section("dependencies", text="We build our own ticket editor."), "sections/dependencies/edit/#id_text"),
    # metrics
    ("M0", emptied("metrics"), "registers/metrics/"),
    ("M1", row("metrics", threshold=None), "#id_threshold"),
    ("M2", row("metrics", data_set=None), "#id_data_set"),
    ("M3", row("metrics", owner=None), "#id_owner"),
    ("M4", added("metrics", name="Cost of a draft", direction="at most", threshold="0.03", unit="€", data_set="Pilot", owner="Priya"), "#id_objective"),
    ("M5", row("metrics", direction=None), "#id_direction"),
    ("M6", row("metrics", sample="49"), "#id_sample"),
    ("M7", row("metrics", sample="59"), "#id_sample"),
    ("G0", emptied("test_sets"), "registers/test_sets/"),
    ("G1", row("test_sets", owner=None), "#id_owner"),
    ("G2", row("test_sets", ready=None), "#id_ready"),
    ("G3", row("test_sets", ready=day(-1)), "#id_ready"),
    ("G4", row("test_sets", labels=None), "#id_labels"),
    ("G5", row("test_sets", apart=None), "#id_apart"),
    ("G6", row("test_sets", renewal=None), "#id_renewal"),
    ("across.objective_unmeasured", row("metrics", objective=None), "registers/metrics/", {"M4"}),
    # monitoring
    ("F0", emptied("monitoring"), "registers/monitoring/"),
    ("F1", row("monitoring", owner=None), "#id_owner"),
    ("F2", row("monitoring", alarm=None), "#id_alarm"),
    ("F3", row("monitoring", response=None), "#id_response"),
    ("F4", row("monitoring", cadence=None), "#id_cadence"),
    ("F5", row("monitoring", "New model", pinned=None), "#id_pinned"),
    ("across.quality_unwatched", without("monitoring", "Errors"), "registers/monitoring/"),
    ("across.cost_unwatched", without("monitoring", "Bill"), "registers/monitoring/"),
    ("across.change_unwatched", without("monitoring", "New model"), "registers/monitoring/"),
    ("across.change_untriggered", both(row("monitoring", "Errors", change_when=None), row("monitoring", "Thumbs", change_when=None)), "#id_change_when"),
    ("across.feedback_unheard", without("monitoring", "Thumbs"), "registers/monitoring/"),
    # feasibility and model
    ("Q0", emptied("feasibility"), "registers/feasibility/"),
    ("Q1", row("feasibility", rating="no"), "#id_rating"),
    ("Q2", row("feasibility", rating="not known"), "#id_rating"),
    ("Q3", row("feasibility", evidence=None), "#id_evidence"),
    ("Q4", row("feasibility", rating="with conditions"), "#id_condition"),
    ("V0", emptied("model_options"), "registers/model_options/"),
    ("V1", row("model_options", reason=None), "#id_reason"),
    ("V2", row("model_options", verdict=None), "#id_verdict"),
    ("V3", row("model_criteria", weight=None), "#id_weight"),
    # risks
    ("R0", lambda project: project.risks.update(state="closed"), "risks/"),
    ("R1", risk(1, owner=""), "#id_owner"),
    ("R2", risk(1, mitigation=""), "#id_mitigation"),
    ("R3", risk(2, owner=""), "#id_owner"),
    ("R4", risk(1, residual_likelihood=None, residual_impact=None), "#id_residual_likelihood"),
    ("R5", risk(2, residual_likelihood=5, residual_impact=2), "#id_residual_likelihood"),
    ("R6", risk(1, mitigation_due=YESTERDAY), "#id_mitigation_due"),
    ("R7", risk(1, response="accept", mitigation=""), "#id_mitigation"),
    ("R8", risk(1, likelihood=None, impact=None, residual_likelihood=None, residual_impact=None), "#id_likelihood"),
    ("across.orphan_risks", lambda project: project.ties.all().delete(), "tracing/#orphans"),
    # responsible use
    ("S0", emptied("safeguards"), "registers/safeguards/"),
    ("S1", row("safeguards", owner=None), "#id_owner"),
    ("S2", row("safeguards", time=None), "#id_time"),
    ("S3", row("safeguards", evidence=None), "#id_evidence"),
    ("S4", row("safeguards", area=None), "#id_area"),
    ("triage.none", triage(answers={}), "triage/#id_"),
    ("triage.open", answers(sector=""), "triage/#id_sector"),
    ("triage.unsure", answers(sector="unsure"), "triage/#id_sector"),
    ("triage.prohibited", both(answers(prohibited="yes"), triage(verdict="conditions")), "triage/#id_prohibited"),
    ("triage.undecided", answers(area="yes"), "triage/#id_verdict"),
    ("triage.rejected", triage(verdict="reject"), "triage/#id_verdict"),
    ("triage.referred", triage(verdict="refer"), "triage/#id_verdict"),
    ("triage.old", triage(edition="2025-01"), "triage/"),
    ("across.triage_contradicted", answers(personal="no"), "triage/#id_personal"),
    ("across.duty_without_owner", both(row("deliverables", owner=None), origin("deliverables", "Triage, GDPR 35")), "#id_owner"),
    ("across.no_oversight", both(frame(autonomy="approved"), row("safeguards", area="bias")), "registers/safeguards/"),
    ("across.machine_unsaid", both(answers(public="yes")), "registers/safeguards/"),
    # the plan
    ("W0", emptied("delivery"), "registers/delivery/"),
    ("W1", row("delivery", sprints="3"), "#id_sprints"),
    ("W2", row("delivery", stop=None), "#id_stop"),
    ("W3", row("delivery", check_in=None), "#id_check_in"),
    ("W4", row("delivery", owner=None), "#id_owner"),
    ("W5", row("delivery", worst=None), "#id_best"),
    # prose, and what stands in all of it
    ("section.empty", lambda project: Section.objects.filter(project=project, key="dependencies").update(text="", state="empty") and emptied("dependencies")(project), "sections/dependencies/edit/#id_text", {"P0", "across.vendor_without_contract"}),
    ("section.placeholder", section("data", text="The handbook, and TBD."), "sections/data/edit/#id_text"),
    ("section.owner", section("data", owner=None), "sections/data/owner/#owner-data"),
    ("section.draft", section("data", state="draft"), "sections/data/state/#state-data"),
    ("section.moved", section("data", text_version=99), "sections/data/state/#state-data"),
    ("across.comments", commented, "comments/"),
    ("across.unread", unread, "document/#purpose"),
    ("across.to_settle", row("delivery", check_in="TBD"), "#id_check_in"),
]  # fmt: skip


def test_nothing_can_be_said_against_a_project_that_is_ready(ready):
    assert [(one.finding.rule, one.finding.message) for one in readiness(ready)] == []


def kind_of(case: Any) -> tuple[str, str]:
    """Breakages that lead to the same form or page: a table has one of each, whatever the column."""
    rule, address = case[0], case[2]
    table = re.fullmatch(r"([A-Z])\d+", rule)
    if table and table[1] not in "OR":
        return (table[1], "form" if "#" in address else "table")
    return (table[1] if table else "", address)


ONE_OF_EACH = list({kind_of(case): case[0] for case in BREAKAGES}.values())


@pytest.mark.parametrize("case", BREAKAGES, ids=lambda case: case[0])
def test_what_was_broken_is_found_where_it_is_mended_and_nothing_else(ready, client, case):
    rule, break_it, address, *besides = case

    break_it(ready)

    found = {one.finding.rule: one for one in readiness(Project.objects.get(pk=ready.pk))}
    assert set(found) == {rule}.union(*besides)
    assert address in found[rule].finding.url
    if rule in ONE_OF_EACH:
        client.force_login(ready.memberships.get(user__name="Maja").user)
        leads_to_its_field_and_back(client, ready, found[rule])


def leads_to_its_field_and_back(client: Client, project: Project, seen: Any) -> None:
    path, place = urldefrag(seen.url)
    answer = client.get(path)
    page, at = soup(answer), "" if seen.blocks else f"#in-{seen.finding.section}"
    assert answer.status_code == 200
    assert len(page.find_all(id=place)) == 1 or not place
    back = page.select_one(".crumbs > a")
    assert (back["href"], text(back)) == (reverse("scope:readiness", args=[project.pk]) + at, "Back to readiness")


def test_every_rule_is_broken_once():
    assert {rule.id for rule in all_rules()} == {case[0] for case in BREAKAGES}


def test_every_rule_says_what_and_why():
    assert [rule.id for rule in all_rules() if not rule.pattern.strip() or not str(rule.why).strip()] == []


def test_parts_have_keys_that_no_section_uses_itself(ready):
    """A part is drawn wherever its key stands in a snapshot."""
    parts = {part.key for section in all_sections() for part in section.parts}
    own = {key for section in all_sections() for key in section.snapshot(ready)} - parts
    twice = [
        (section.key, part) for section in all_sections() for part in parts
        if part in section.snapshot(ready) and part not in {mine.key for mine in section.parts}
    ]  # fmt: skip

    assert own
    assert twice == []
