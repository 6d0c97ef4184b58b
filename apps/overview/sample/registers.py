"""The rows of the registers, as the notes of the case have them."""

from datetime import timedelta
from typing import Any

from apps.accounts.models import User
from apps.overview.sample.days import Days
from apps.overview.sample.people import People
from apps.overview.sample.workshop import card
from apps.projects.models import Project
from apps.registers.catalog import criteria, questions
from apps.registers.models import Row
from apps.tables.actions import add_row, change_row
from apps.workshops.models import Workshop

COST = "Cost"
SOURCES: list[dict[str, Any]] = [
    {
        "name": "Handbook", "party": "first party", "owner": "Fatima Nouri", "contents": "140 pages in Confluence, Swedish, partly translated",
        "volume": "140 pages", "freshness": "As often as somebody thinks of it", "used": "from the start", "personal": False,
        "legal_basis": "not personal", "quality": "Four stale chapters; no chapter has a review date", "access": "granted",
        "secret": False,
        "motivation": "Written by agents for agents, to answer the same way whoever is on duty.",
        "composition": "Eleven topics, one chapter each, with replies to copy. Drought and lead pipes are thin.",
        "preparation": "Each chapter gets an owner and a review date. Pages past it are not retrieved.",
        "maintenance": "Fatima, with one owner for each chapter.",
    },
    {
        "name": "Sent replies", "party": "first party", "owner": "Tomas Ek", "contents": "Replies to customers since 2023, with topic and ticket number",
        "volume": "210,000", "freshness": "Daily", "used": "from the start", "personal": True, "special": True, "special_basis": "none needed", "secret": False,
        "legal_basis": "legitimate interests", "consent": "Balancing test under way; Karin settles it before any reply leaves the ticket system",
        "quality": "Some answer a question that nobody asked; one in five rests on a stale page", "access": "asked",
        "collection": "By agents in the ticket system, as part of answering.",
        "preparation": "Pseudonymised before use. Only replies that no customer answered with a complaint. Fatima and one more agent label 300 of them, about 40 hours.",
        "uses": "As examples for the draft. Not for judging agents, and not for anything about vulnerable customers.",
        "maintenance": "Kept twelve months. A customer’s request for deletion reaches them through the ticket number.",
    },
    {
        "name": "Water-quality tables", "party": "third party", "owner": "Jonas Weber", "contents": "Hardness and quality by district",
        "volume": "One CSV a day", "freshness": "Daily", "used": "from the start", "personal": False, "legal_basis": "not personal",
        "licence": "Open data, CC BY 4.0", "quality": "Two districts report weekly only", "access": "granted",
    },
    {
        "name": "Customer record", "party": "first party", "owner": "Erik Sandberg", "contents": "Name, address, contracts", "used": "not used",
        "personal": True, "access": "not asked", "uses": "Not in the first step: the draft does not need to know who asks.",
    },
]  # fmt: skip
CONSTRAINTS: list[tuple[str, dict[str, Any]]] = [
    ("Ticket system is version 9, on premises, 60 API calls a minute", {"name": "Ticket system version 9, on premises, 60 API calls a minute", "kind": "technical", "source": "Tomas Ek", "firm": "fixed", "effect": "Nothing that reads whole threads on every keystroke"}),
    ("Personal data stay in the EU", {"name": "Personal data stay in the EU", "kind": "legal", "source": "Karin Åström", "firm": "fixed", "effect": "The ticket vendor’s add-on, which runs in the US only"}),
    ("No go-live from February to April", {"name": "No go-live from February to April", "kind": "time", "source": "Erik Sandberg", "firm": "fixed", "effect": "A pilot in the spring peak"}),
    ("The budget is decided in December", {"name": "The budget is decided in December", "kind": "money", "source": "Anders Holm", "firm": "fixed"}),
    ("No extra headcount", {"name": "No extra headcount", "kind": "people", "source": "Anders Holm", "firm": "can be negotiated"}),
]  # fmt: skip


def fill(project: Project, workshop: Workshop, people: People, days: Days, by: User) -> None:
    """Everything before the first signing."""
    for source in SOURCES:
        later = {"access_by": days.ticket_access} if source["name"] == "Sent replies" else {}
        add_row(project, "data_sources", values={**source, **later}, by=people["karin"])
    for words, values in CONSTRAINTS:
        said = card(workshop, words)
        add_row(project, "constraints", values=values, came_from=f"Card: “{words}”", came_from_url=said.workshop.get_absolute_url(), by=by)  # fmt: skip
    for key, rows in _dated(days).items():
        for values in rows:
            add_row(project, key, values=values, by=by)
    served = {objective.title: str(objective.pk) for objective in project.objectives.all()}
    for values in _test_sets(days):
        add_row(project, "test_sets", values=values, by=people["jonas"])
    for key, rows in {
        "feasibility": _feasibility(),
        "model_options": _options(),
        "model_criteria": _criteria(),
    }.items():
        for values in rows:
            add_row(project, key, values=values, by=people["priya"] if key == "model_options" else by)
    for values in _metrics():
        add_row(project, "metrics", values={**values, "objective": served.get(values.get("objective", ""), "")}, by=people["jonas"])  # fmt: skip
    for values in _signals():
        add_row(project, "monitoring", values=values, by=people["priya"])


def raise_the_alarm(project: Project, people: People) -> None:
    """What Priya changed after the signing: 20 € a day were too tight for March."""
    row = Row.objects.get(project=project, register="monitoring", values__name=COST)
    change_row(row, version=row.version, values={"alarm": "25 € a day"}, by=people["priya"])


def _dated(days: Days) -> dict[str, list[dict[str, Any]]]:
    return {
        "decisions": [
            {"name": "The customer record stays out of the first step", "decided_on": days.workshop, "decided_by": "Karin Åström", "reason": "The draft does not need to know who asks", "revisit": "A topic cannot be answered without it"},
        ],
        "deliverables": [
            {"name": "Clean handbook", "objective": "What is sent is right", "due": days.ticket_access, "acceptance": "Every chapter has an owner and a review date; Fatima signs each off", "accepted_by": "Erik Sandberg", "owner": "Fatima Nouri", "state": "in work"},
            {"name": "Evaluation set of 300 tickets", "objective": "What is sent is right", "due": days.ticket_access + timedelta(days=14), "acceptance": "Two agents agree on nine of ten of the 300 labelled tickets", "accepted_by": "Jonas Weber", "owner": "Fatima Nouri", "state": "planned"},
            {"name": "Drafts in the ticket, four agents", "objective": "Drafts are used, not rewritten", "due": days.pilot, "acceptance": "All six thresholds hold in one run", "accepted_by": "Erik Sandberg", "owner": "Priya Raman", "state": "planned"},
            {"name": "Drafts for all fourteen agents", "objective": "Customers wait a third of the time", "due": days.target - timedelta(days=60), "acceptance": "Two weeks of the pilot without an alarm", "accepted_by": "Anders Holm", "owner": "Maja Lindqvist", "state": "planned"},
        ],
        "dependencies": [
            {"name": "Legal basis for sent replies", "kind": "decision", "owner": "Karin Åström", "needed_by": days.ticket_access, "state": "asked", "lead_time": "4 weeks", "effect": "Retrieval over the handbook alone; fewer topics", "told": "Maja Lindqvist"},
            {"name": "Ticket API, read and write", "kind": "team", "owner": "Tomas Ek", "needed_by": days.ticket_access, "state": "promised", "lead_time": "4 weeks", "effect": "The pilot moves week by week", "told": "Priya Raman"},
            {"name": "Works council consultation", "kind": "people", "owner": "Maja Lindqvist", "needed_by": days.pilot, "state": "not asked", "lead_time": "6 weeks", "effect": "The pilot waits", "told": "Erik Sandberg"},
            {"name": "Confluence export with owners for each chapter", "kind": "tool", "owner": "Fatima Nouri", "needed_by": days.ticket_access, "state": "there", "effect": "Stale chapters stay out"},
            {"name": "Vendor contract, EU region, no training on our data", "kind": "vendor", "owner": "Anders Holm", "needed_by": days.ticket_access + timedelta(days=14), "state": "asked", "effect": "Self-hosted stays the way out", "told": "Priya Raman"},
        ],
    }  # fmt: skip


def _metrics() -> list[dict[str, Any]]:
    labelled, least, most = "300 labelled tickets", "at least", "at most"
    right, used, time = (
        "What is sent is right",
        "Drafts are used, not rewritten",
        "An agent needs less time for a reply",
    )
    return [
        {"name": "Faithfulness", "task": "RAG", "definition": "Statements that the cited passages support", "direction": least, "threshold": "0.95", "unit": "share", "data_set": labelled, "sample": 300, "objective": right, "owner": "Jonas Weber"},
        {"name": "Citation accuracy", "task": "RAG", "definition": "Citations that point to the right passage", "direction": least, "threshold": "0.97", "unit": "share", "data_set": labelled, "sample": 300, "objective": right, "owner": "Jonas Weber"},
        {"name": "Light edits", "task": "Business", "definition": "Drafts sent with at most 20 % changed", "direction": least, "threshold": 55, "unit": "%", "data_set": "Pilot, four agents", "objective": used, "owner": "Jonas Weber"},
        {"name": "Latency, 95th percentile", "task": "Operations", "definition": "Time from opening the ticket to the draft", "direction": most, "threshold": 8, "unit": "s", "data_set": "Pilot, four agents", "objective": time, "owner": "Priya Raman"},
        {"name": "Cost of a draft", "task": "Cost", "definition": "Tokens and retrieval", "direction": most, "threshold": "0.03", "unit": "€", "data_set": "Pilot, four agents", "owner": "Priya Raman"},
        {"name": "False passes of the topic filter", "task": "Classification", "definition": "Tickets that should have been stopped", "direction": most, "threshold": "0.5", "unit": "%", "data_set": "1,000 tickets for the topic filter", "sample": 1000, "objective": right, "owner": "Karin Åström"},
    ]  # fmt: skip


def _signals() -> list[dict[str, Any]]:
    return [
        {"name": "Factual errors", "metric": "Faithfulness", "kind": "quality", "source": "Sample of 150 sent replies, read by two agents", "cadence": "weekly", "alarm": "More than 2 in a sample", "owner": "Erik Sandberg", "response": "Stop the topic, mend the page, run the regression set", "change_when": "The alarm was real twice in a month: the prompt first, then another model"},
        {"name": "Topics", "kind": "drift", "source": "Share of tickets for each topic", "cadence": "weekly", "alarm": "One doubles or vanishes", "owner": "Jonas Weber", "response": "Look at twenty tickets of that topic"},
        {"name": COST, "metric": "Cost of a draft", "kind": "cost", "source": "Tokens of the day", "cadence": "daily", "alarm": "20 € a day", "owner": "Priya Raman", "response": "Find the longest prompts of the day; cap a draft at 6,000 tokens"},
        {"name": "Latency", "metric": "Latency, 95th percentile", "kind": "latency", "source": "95th percentile of the hour", "cadence": "all the time", "alarm": "Over 8 s for an hour", "owner": "Priya Raman", "response": "Drafts off, agents are told in the ticket"},
        {"name": "Use", "metric": "Light edits", "kind": "feedback", "source": "Drafts sent, edited, thrown away; thumb and one line", "cadence": "weekly", "alarm": "Under 40 % used for a week", "owner": "Erik Sandberg", "response": "Sit beside two agents for an hour; what they changed goes to the evaluation set", "change_when": "Light edits under 55 % four weeks in a row"},
        {"name": "Model or prompt changes", "kind": "change", "source": "Runs of the regression set", "cadence": "at every change", "alarm": "Any threshold missed", "owner": "Priya Raman", "response": "The pinned version stays", "change_when": "The vendor gives notice for the pinned version", "pinned": "The model by the date of its version, the prompt by its number", "before_change": "The 300 labelled tickets: every threshold holds, and Erik says go"},
    ]  # fmt: skip


def _test_sets(days: Days) -> list[dict[str, Any]]:
    return [
        {"name": "300 labelled tickets", "owner": "Jonas Weber", "size": 300, "source": "Drawn from the sent replies of the last year, 25 from each of the eleven topics and 25 that must be stopped", "slices": "Both languages; the spring peak; the four stale chapters; vulnerable customers and disputes, which must not pass", "labels": "Fatima Nouri and one more agent", "apart": "In a folder of the data team; no prompt and no vendor sees it", "ready": days.ticket_access + timedelta(days=14), "state": "planned", "renewal": "Ten of the weekly 150 join it every month"},
        {"name": "1,000 tickets for the topic filter", "owner": "Karin Åström", "size": 1000, "source": "Every ticket of two weeks, as it came", "labels": "Karin Åström and Erik Sandberg", "apart": "Topic and yes or no only; the words stay in the ticket system", "ready": days.pilot - timedelta(days=14), "state": "planned", "renewal": "Before every change of the filter"},
    ]  # fmt: skip


def _feasibility() -> list[dict[str, Any]]:
    """Questions of the catalog, as the table answered them."""
    found = {
        "F01": {"rating": "yes", "evidence": "30 tickets answered with three pages of the handbook: 26 could be sent after light edits", "owner": "Priya Raman"},
        "F02": {"rating": "no", "evidence": "Search alone was tried last year: agents still wrote every reply", "owner": "Jonas Weber"},
        "F03": {"rating": "with conditions", "evidence": "API of version 9, read and write, 60 calls a minute", "condition": "Tomas has four weeks from 10 January", "owner": "Tomas Ek"},
    }  # fmt: skip
    known = {one.id: one.values for one in questions()}
    return [{**known[ident], **answer} for ident, answer in found.items()]


def _options() -> list[dict[str, Any]]:
    return [
        {"name": "Do nothing but mend the handbook", "verdict": "in reserve", "reason": "Two people, two months, and needed in any case; it does not shorten the wait by itself", "cost": "2 people × 2 months", "revisit": "The pilot misses its thresholds"},
        {"name": "The ticket vendor’s add-on", "verdict": "ruled out", "reason": "Runs in the US only; personal data stay in the EU", "good": "Ready at once, nothing to run", "cost": "24 € for each agent and month", "revisit": "It comes to an EU region"},
        {"name": "Model by API in an EU region, with retrieval", "verdict": "recommended", "reason": "Enough by the first test, cheapest to leave again, and the contract can keep the data in the EU", "bad": "Price and life of the model are the vendor’s", "revisit": "Cost passes 0.03 € a draft"},
        {"name": "Open-weight model on our own GPU server", "verdict": "in reserve", "reason": "Stays the way out if the contract fails; idle at night it costs more", "good": "No text leaves the house", "revisit": "The contract is not there in time"},
        {"name": "A model fine-tuned on our replies", "verdict": "in reserve", "reason": "Later, and only if the evaluation shows the need", "revisit": "Faithfulness stays below 0.95"},
    ]  # fmt: skip


def _criteria() -> list[dict[str, Any]]:
    return [dict(one.values) for one in criteria()]
