"""The architecture diagram, as the notes of the case tell the way of a mail."""

from uuid import NAMESPACE_URL, uuid5

from apps.accounts.models import User
from apps.architecture.actions import add_component, add_flow
from apps.architecture.enums import Lane, Zone
from apps.projects.models import Project

# name, lane, what it does, keeps personal data, where it stands
COMPONENTS = [
    ("Customer mail", Lane.SOURCES, "5,400 a month", True, Zone.PUBLIC),
    ("Handbook", Lane.SOURCES, "140 pages", False, Zone.OURS),
    ("Sent replies", Lane.SOURCES, "210,000 since 2023", True, Zone.OURS),
    ("Ticket system", Lane.INGESTION, "on premises, 60 calls a minute", True, Zone.OURS),
    ("Topic filter", Lane.INGESTION, "eleven topics, no disputes", True, Zone.OURS),
    ("Pseudonymisation", Lane.INGESTION, "names, addresses, numbers", True, Zone.OURS),
    ("Passage index", Lane.STORAGE, "chapters with a review date", False, Zone.OURS),
    ("Retrieval", Lane.STORAGE, "passages for one question", False, Zone.OURS),
    ("Language model", Lane.MODEL, "through an API in an EU region", False, Zone.VENDOR),
    ("Checks", Lane.CHECKS, "citation, personal data, language", False, Zone.OURS),
    ("Evaluation set", Lane.CHECKS, "300 real tickets", False, Zone.OURS),
    ("Draft in the ticket", Lane.SERVING, "with the passages it rests on", True, Zone.OURS),
    ("Agent edits and sends", Lane.SERVING, "nothing goes out by itself", True, Zone.OURS),
    ("Monitoring", Lane.MONITORING, "quality, cost, latency, topics", False, Zone.OURS),
    ("Feedback", Lane.MONITORING, "edit distance and thumbs", False, Zone.OURS),
]
# from, to, what travels, personal
FLOWS = [
    ("Customer mail", "Ticket system", "mail", True),
    ("Ticket system", "Topic filter", "tickets", True),
    ("Handbook", "Passage index", "chapters", False),
    ("Sent replies", "Pseudonymisation", "replies", True),
    ("Pseudonymisation", "Passage index", "clean replies", False),
    ("Topic filter", "Retrieval", "question, no names", False),
    ("Passage index", "Retrieval", "passages", False),
    ("Retrieval", "Language model", "prompt", False),
    ("Language model", "Checks", "draft", False),
    ("Checks", "Draft in the ticket", "checked draft", False),
    ("Draft in the ticket", "Agent edits and sends", "draft", True),
    ("Agent edits and sends", "Feedback", "edits, thumbs", False),
    ("Agent edits and sends", "Monitoring", "sample of 150", False),
    ("Feedback", "Evaluation set", "new cases", False),
    ("Evaluation set", "Language model", "tests before a change", False),
]


def draw(project: Project, by: User) -> None:
    made = {}
    for name, lane, detail, personal, zone in COMPONENTS:
        key = uuid5(NAMESPACE_URL, f"{project.pk}:{name}")
        made[name] = add_component(
            project, name=name, lane=lane, detail=detail, personal=personal, zone=zone, key=key, by=by
        )
    for source, target, carries, personal in FLOWS:
        add_flow(project, source=made[source], target=made[target], carries=carries, personal=personal, by=by)
