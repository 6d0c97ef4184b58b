"""A small project that nothing can be said against: every rule of readiness looks at it and finds nothing."""

from datetime import timedelta
from itertools import pairwise
from uuid import uuid4

from django.utils import timezone

from apps.architecture.actions import add_component, add_flow
from apps.assessments import triage
from apps.assessments.actions import answer_triage
from apps.dprd import queries as prose
from apps.dprd.actions import mark_seen, save_prose, set_owner, set_state
from apps.dprd.enums import Key
from apps.projects.actions import add_member, add_objective, create_project
from apps.projects.models import Project
from apps.results.actions import add_benefit
from apps.risks.actions import raise_risk
from apps.stakeholders.actions import add_stakeholder, answer_call, take_proposals
from apps.stakeholders.roles import seats
from apps.tables.actions import add_row
from apps.tracing.actions import tie
from tests.factories.accounts import UserFactory

TEXTS = {
    Key.PURPOSE: "Agents copy the same eleven answers by hand. They get a draft with the passages it rests on.",
    Key.DATA: "The handbook and replies that were sent.",
    Key.ARCHITECTURE: "Retrieval over the handbook, a model, checks, and an agent who edits and sends.",
    Key.DEPENDENCIES: "The contract and the legal basis come first.",
    Key.METRICS: "Nothing ships below its threshold.",
    Key.MONITORING: "Two agents read a sample every week.",
}
PEOPLE = ("Anders", "Maja", "Erik", "Fatima", "Lars-Göran", "Jonas", "Priya", "Tomas", "Eva", "Sven", "Karin")


def day(days: int) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def build() -> Project:
    """Made by the actions that people use."""
    maja, karin = UserFactory(name="Maja"), UserFactory(name="Karin")
    project = create_project(
        by=maja, title="Reply drafts", pain="The wait is long.", users="Agents", in_scope="Eleven topics",
        out_of_scope="Disputes", must_not="Send by itself", autonomy="draft", signs=["reading", "checked"],
        alternatives="Mend the handbook: slower, and cheaper.", ranking=["quality", "cost", "latency", "time"],
    )  # fmt: skip
    add_member(project, karin, role="editor", by=maja)
    needed = [seat for seat in seats() if seat.is_needed]
    for name, seat in zip(PEOPLE, needed, strict=True):
        user = {"Maja": maja, "Karin": karin}.get(name) or add_member(
            project, UserFactory(name=name), role="viewer", by=maja
        ).user
        add_stakeholder(project, name=name, email=user.email, role=seat.key, by=maja)
    objective = add_objective(
        project, title="Median first response of the desk", metric="median first response", unit="h", baseline=11, target=4,
        baseline_source="ticket report", direction="at_most", due=day(300), method="ticket report, monthly",
        owner="Maja", by=maja,
    )  # fmt: skip
    add_benefit(
        project, title="Time saved", formula="100 h a year × 46 €", owner="Erik", assumptions="It is used", by=maja
    )
    for key, text in TEXTS.items():
        _write(project, key, text, owner=maja, reader=karin)
    for key, rows in _rows(str(objective.pk)).items():
        for values in rows:
            add_row(project, key, values=values, by=maja)
    _draw(project, maja)
    risks = [
        raise_risk(project, title="Sounds sure, is wrong", likelihood=4, impact=4, residual_likelihood=2, residual_impact=4, owner="Priya", mitigation="Show the passages", mitigation_due=day(60), by=maja),
        raise_risk(project, title="Slower than typing", likelihood=2, impact=2, owner="Erik", by=maja),
    ]  # fmt: skip
    for risk in risks:
        tie(project, one=f"risk:{risk.pk}", other=f"objective:{objective.pk}", by=maja)
    take_proposals(project, section="", by=maja)
    for key in ("spend", "public", "supervised"):
        answer_call(project, key, answer="waived", reason="They were asked beforehand.", by=maja)
    answers = dict.fromkeys(triage.catalog().keys, "no") | {"personal": "yes"}
    answer_triage(project, answers=answers, version=1, by=karin)
    return project


def _write(project, key, text, *, owner, reader):
    save_prose(prose.section(project, key), base_version=1, text=text, client_key=f"ready-{key}", by=owner)
    set_owner(prose.section(project, key), owner=owner, was=None, by=owner)
    set_state(prose.section(project, key), state="ready", was="draft", by=owner)
    written = prose.section(project, key)
    mark_seen(written, version=written.version, by=reader)


def _rows(objective):
    return {
        "constraints": [{"name": "Personal data stay in the EU", "source": "Karin"}],
        "decisions": [{"name": "Agents send", "decided_by": "Everyone, by consent", "revisit_on": day(200)}],
        "deliverables": [
            {"name": "Evaluation set", "due": day(20), "acceptance": "Two agents agree", "owner": "Fatima"},
            {"name": "Pilot", "due": day(120), "acceptance": "All thresholds hold", "owner": "Erik"},
        ],
        "data_sources": [
            {"name": "Handbook", "party": "first party", "owner": "Fatima", "contents": "Eleven chapters", "used": "from the start", "personal": "no", "legal_basis": "not personal", "quality": "Four stale chapters", "access": "granted"},
            {"name": "Sent replies", "party": "first party", "owner": "Tomas", "contents": "Three years", "used": "from the start", "personal": "yes", "legal_basis": "legitimate interests", "quality": "One in five is stale", "access": "asked", "access_by": day(10)},
            {"name": "Quality tables", "party": "third party", "owner": "Jonas", "contents": "By district", "used": "later", "personal": "no", "licence": "CC BY", "access": "granted"},
        ],
        "dependencies": [{"name": "Contract", "kind": "vendor", "owner": "Anders", "needed_by": day(30), "state": "asked", "effect": "The pilot waits", "told": "Maja"}],
        "metrics": [{"name": "Faithfulness", "definition": "Supported statements", "direction": "at least", "threshold": "0.95", "unit": "share", "data_set": "300 tickets", "sample": "300", "objective": objective, "owner": "Jonas"}],
        "test_sets": [{"name": "300 tickets", "owner": "Jonas", "size": "300", "labels": "Fatima and Lars-Göran", "apart": "In a folder of its own", "ready": day(20), "state": "planned", "renewal": "Ten a month"}],
        "monitoring": [
            {"name": name, "kind": kind, "cadence": "weekly", "alarm": "2 in a sample", "owner": "Erik", "response": "Stop the topic", **more}
            for name, kind, more in (
                ("Errors", "quality", {"change_when": "Twice in a month"}),
                ("Bill", "cost", {}),
                ("New model", "change", {"pinned": "Of 1 May", "before_change": "300 tickets"}),
                ("Thumbs", "feedback", {"change_when": "Half are down"}),
            )
        ],
        "feasibility": [{"name": "Can it be read?", "rating": "yes", "evidence": "A test", "decides": "yes", "owner": "Priya"}],
        "model_options": [{"name": "Open model, hosted", "verdict": "recommended", "reason": "In the EU"}],
        "model_criteria": [{"name": "Quality", "weight": "100"}],
        "safeguards": [{"name": "An agent sends", "area": "oversight", "owner": "Erik", "time": "14", "evidence": "Share of edits"}],
        "delivery": [{"name": "Pilot with four agents", "kind": "pilot", "best": "1", "sprints": "2", "worst": "3", "start": day(15), "owner": "Erik", "check_in": "Weekly", "stop": "Two errors"}],
    }  # fmt: skip


def _draw(project, by):
    boxes = {}
    for lane, name, detail, zone, personal in (
        ("sources", "Handbook", "", "ours", False),
        ("sources", "Sent replies", "", "ours", True),
        ("sources", "Quality tables", "", "ours", False),
        ("storage", "Index", "", "ours", False),
        ("model", "Language model", "", "vendor", False),
        ("checks", "Checks", "", "ours", False),
        ("serving", "Draft in the ticket", "an agent edits it", "ours", False),
        ("monitoring", "Weekly sample", "", "ours", False),
    ):
        more = {"lane": lane, "name": name, "detail": detail, "zone": zone, "personal": personal}
        boxes[name] = add_component(project, key=uuid4(), by=by, **more)
    way = ["Index", "Language model", "Checks", "Draft in the ticket", "Weekly sample"]
    pairs = [(name, "Index") for name in ("Handbook", "Sent replies", "Quality tables")]
    for source, target in [*pairs, *pairwise(way)]:
        personal = source == "Sent replies"
        add_flow(project, source=boxes[source], target=boxes[target], carries="", personal=personal, by=by)
