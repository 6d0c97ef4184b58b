"""The legal triage, what is done so that nobody is harmed, and the way after scoping."""

from datetime import timedelta
from typing import Any

from apps.assessments import triage
from apps.assessments.actions import answer_triage, decide_triage, take_duty
from apps.overview.sample.days import Days
from apps.overview.sample.people import People
from apps.projects.models import Project
from apps.tables.actions import add_row, change_row

YES = ("personal", "staff", "vulnerable", "large")
CONDITIONS = "Only pseudonymised replies, an EU region by contract, and the works council heard before the pilot."
SAFEGUARDS: list[dict[str, Any]] = [
    {"name": "An agent reads, edits and sends every draft", "area": "oversight", "risk": "Agents click send without reading", "for_whom": "Customers", "owner": "Erik Sandberg", "time": "14", "evidence": "Share of drafts sent without an edit, watched weekly: alarm above 60 %"},
    {"name": "Two agents read a sample of 150 sent replies", "area": "bias", "risk": "Wrong advice reaches a customer", "for_whom": "Customers writing in Swedish or English", "owner": "Fatima Nouri", "time": "4", "evidence": "Errors by topic and by language, side by side"},
    {"name": "The topic filter keeps out vulnerable customers and disputes", "area": "privacy", "risk": "Customers’ mail leaks into prompts or logs", "for_whom": "Customers in difficulty", "owner": "Karin Åström", "evidence": "False passes at most 0.5 % on 300 tickets"},
    {"name": "Every draft shows the passages it rests on", "area": "transparency", "risk": "Wrong advice reaches a customer", "for_whom": "Agents", "owner": "Priya Raman", "evidence": "Citation accuracy at least 0.97"},
    {"name": "Nobody is rated by how many drafts they send", "area": "accountability", "risk": "The works council was not asked", "for_whom": "Agents", "owner": "Erik Sandberg", "evidence": "No report by person; agreed with the works council"},
    {"name": "A customer who complains gets an answer from a person within a day", "area": "appeal", "risk": "Wrong advice reaches a customer", "for_whom": "Customers", "owner": "Erik Sandberg", "evidence": "Ticket report, weekly"},
]  # fmt: skip


def screen(project: Project, people: People, days: Days) -> None:
    """Karin answers the questions, decides, and takes over what follows for her."""
    karin = people["karin"]
    answers = dict.fromkeys(triage.catalog().keys, "no") | dict.fromkeys(YES, "yes")
    found = answer_triage(project, answers=answers, version=1, by=karin)
    decide_triage(project, verdict="conditions", words=CONDITIONS, version=found.version, by=karin)
    row = take_duty(project, key="dpia", by=karin).rows[0]
    about = {
        "owner": "Karin Åström",
        "due": days.ticket_access,
        "acceptance": "Karin signs it; the works council has read it",
    }
    change_row(row, version=row.version, values=about, by=karin)


def plan(project: Project, people: People, days: Days) -> None:
    for values in SAFEGUARDS:
        add_row(project, "safeguards", values=values, by=people["karin"])
    for values in _steps(days):
        add_row(project, "delivery", values=values, by=people["maja"])


def _steps(days: Days) -> list[dict[str, Any]]:
    first = days.ticket_access
    return [
        {"name": "Impact assessment signed", "kind": "data", "sprints": "1/1/3", "start": days.signing, "owner": "Karin Åström", "check_in": "Karin and Anders: may replies leave the ticket system?"},
        {"name": "Works council heard", "kind": "data", "sprints": "1/2/3", "start": days.signing, "owner": "Maja Lindqvist", "check_in": "Maja and Erik: what must be in the agreement?"},
        {"name": "Handbook cleaned", "kind": "data", "sprints": "1/2/4", "start": first, "owner": "Fatima Nouri", "check_in": "Fatima and Erik: do the four stale chapters hold?"},
        {"name": "Replies there, pseudonymised", "kind": "data", "sprints": "1/2/5", "start": first, "owner": "Jonas Weber", "check_in": "Karin and Fatima: is anything in there that must not be?"},
        {"name": "300 tickets labelled", "kind": "evaluate", "sprints": "1/1/2", "start": first, "owner": "Jonas Weber", "check_in": "Jonas: do two agents agree on nine of ten?"},
        {"name": "Retrieval and prompt, measured", "kind": "adapt", "sprints": "1/2/3", "start": first + timedelta(days=28), "owner": "Priya Raman", "check_in": "Everyone: which thresholds hold, which do not, go on or mend the handbook?"},
        {"name": "In the ticket system", "kind": "integrate", "sprints": "1/2/4", "start": first + timedelta(days=42), "owner": "Tomas Ek", "check_in": "Tomas and two agents: is a draft there before one would have typed it?"},
        {"name": "Checks and logs", "kind": "integrate", "sprints": "1/1/2", "start": first + timedelta(days=42), "owner": "Priya Raman", "check_in": "Tomas and Karin: what is logged, and for how long?"},
        {"name": "Pilot with four agents", "kind": "pilot", "sprints": "1/2/3", "start": days.pilot, "owner": "Erik Sandberg", "check_in": "Erik and the four, weekly: would you give it back?", "share": "4 of 14 agents, two topics first", "stop": "More than 2 errors in a weekly sample, or drafts slower than typing"},
        {"name": "Signals and alarms", "kind": "monitor", "sprints": "0.5/1/2", "start": days.pilot, "owner": "Priya Raman", "check_in": "Erik and Priya: did each alarm ring once, on purpose?"},
        {"name": "All agents, topic by topic", "kind": "roll_out", "sprints": "1/2/4", "start": days.pilot + timedelta(days=42), "owner": "Maja Lindqvist", "check_in": "Anders: is it worth what it costs?", "share": "Two more topics a week", "stop": "An alarm that was real twice in a month"},
    ]  # fmt: skip
