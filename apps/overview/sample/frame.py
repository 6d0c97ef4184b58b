"""The pain, and what will be different."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from apps.accounts.models import User
from apps.overview.sample.days import Days
from apps.projects.actions import add_objective, change_objective, create_project
from apps.projects.enums import Direction
from apps.projects.models import Objective, Project
from apps.scope.actions import waive
from apps.scope.queries import readiness

TITLE = "Reply drafts for support"
FRAME: dict[str, Any] = {
    "summary": (
        "A draft reply in the agent’s own tool, with the handbook passages it rests on. The agent edits and sends. "
        "3,350 e-mails a month, fourteen agents, one pain: eleven questions answered by copy and paste."
    ),
    "organisation": "Norrwater AB",
    "start": "pain",
    "pain": (
        "Six in ten of the 5,400 e-mails that reach support each month ask one of the same eleven things: moving house, "
        "meter reading, invoice dates, direct debit, leaks, water hardness. Agents copy the answer from a 140-page handbook "
        "and from old replies. Customers wait a median of 11 hours, 31 in the spring peak."
    ),
    "whose": "Customer operations: fourteen agents. Two left this year and said it was the copy-paste.",
    "frequency_and_cost": (
        "3,350 of these mails a month at 12.8 minutes each, and the looking up around them: about 1,150 hours a month. "
        "An agent costs 46 € an hour, all in."
    ),
    "process": "The mail arrives, the ticket system opens a ticket, an agent looks up the handbook, writes, sends, closes.",
    "users": "Agents of customer operations, in Swedish and English, in the ticket system they have open all day.",
    "expectations": (
        "“I get my evenings back in March.” “I can see where it comes from.” "
        "“New agents productive in two weeks instead of six.”"
    ),
    "in_scope": (
        "Drafts for the eleven topics, in Swedish and English\n"
        "Passages of the handbook shown beside every draft\n"
        "The handbook cleaned, with an owner for each chapter"
    ),
    "out_of_scope": (
        "Sending anything without an agent\nA chatbot for customers\n"
        "Billing disputes and vulnerable customers\nReading attachments, voice calls"
    ),
    "later": "More topics, when the eleven hold\nThe field crews’ reports",
    "must_not": (
        "Send anything by itself\nAdvise on drought or health without a passage it rests on\n"
        "Put a vulnerable customer’s words into a prompt"
    ),
    "autonomy": "draft",
    "signs": ["reading", "vocabulary", "scattered", "checked", "bought"],
    "alternatives": (
        "Doing nothing but mending the handbook: two people, two months, and agents still copy.\n"
        "The ticket vendor’s add-on: 24 € an agent and month, in a US region only."
    ),
    "ranking": ["quality", "latency", "cost", "time"],
}


def create(by: User) -> Project:
    return create_project(title=TITLE, is_sample=True, by=by, **FRAME)


def set_objectives(project: Project, days: Days, by: User) -> None:
    """Five that can be measured. What was said first, “improve customer experience”, was left out."""
    for fields in _objectives(days):
        add_objective(project, by=by, **fields)


def say_why_not_bought(project: Project, by: User) -> None:
    """There is a product; Maja says why the team builds its own all the same."""
    found = next(one for one in readiness(project) if one.advises and one.slug == "buy")
    reason = "The ticket vendor’s add-on runs in a US region only, and personal data stay in the EU."
    waive(project, found.key, reason=reason, by=by)


def drop_baseline_of_edits(project: Project, by: User) -> None:
    """After the signing Lars-Göran asked: from what? The templates that agents keep were never measured."""
    edits = Objective.objects.get(project=project, metric__startswith="drafts sent")
    change_objective(edits, baseline=None, baseline_source="", version=edits.version, by=by)


def _objectives(days: Days) -> list[dict[str, object]]:
    most, least = Direction.AT_MOST, Direction.AT_LEAST
    return [
        {
            "title": "Customers wait a third of the time", "metric": "median first response, all e-mails",
            "unit": "h", "baseline": Decimal(11), "baseline_source": "ticket system report, last twelve months", "baseline_on": days.today - timedelta(days=21),
            "direction": most, "target": Decimal(4), "due": days.target,
            "method": "Ticket system report, monthly", "owner": "Maja Lindqvist",
        },
        {
            "title": "An agent needs less time for a reply", "metric": "handling time, eleven topics",
            "unit": "min", "baseline": Decimal("12.8"), "baseline_source": "time study of 200 tickets", "baseline_on": days.today - timedelta(days=35),
            "direction": most, "target": Decimal(8), "due": days.target,
            "method": "Time study of 200 tickets", "owner": "Erik Sandberg",
        },
        {
            "title": "What is sent is right", "metric": "sent replies with a factual error",
            "unit": "%", "baseline": Decimal("2.4"), "baseline_source": "sample of 150 replies, read by two agents",
            "direction": most, "target": Decimal(1), "due": days.target,
            "method": "Weekly sample of 150, read by two agents", "owner": "Fatima Nouri",
        },
        {
            "title": "Satisfaction not below 4.1", "metric": "customer satisfaction, of 5",
            "unit": "", "baseline": Decimal("4.2"), "baseline_source": "survey after each reply",
            "direction": least, "target": Decimal("4.1"), "due": days.target,
            "method": "Survey after each reply", "owner": "Maja Lindqvist",
        },
        {
            "title": "Drafts are used, not rewritten", "metric": "drafts sent with at most 20 % changed",
            "unit": "%", "baseline": Decimal(0), "baseline_source": "there are no drafts today",
            "direction": least, "target": Decimal(55), "due": days.target,
            "method": "Edit distance in the ticket system", "owner": "Jonas Weber",
        },
    ]  # fmt: skip
