"""What the drafts are worth in a year, and what was measured since the handbook is being mended."""

from datetime import timedelta
from decimal import Decimal

from apps.overview.sample.days import Days
from apps.overview.sample.people import People
from apps.projects.models import Project
from apps.results.actions import add_benefit, enter_value

TIME = "An agent needs less time for a reply"
# objective, days ago, value, source, remark, by whom
MEASURED = [
    ("Customers wait a third of the time", 6, "10.6", "Ticket system report, last 30 days", "Two of four stale chapters are mended", "maja"),
    ("Customers wait a third of the time", 1, "9.8", "Ticket system report, last 30 days", "All four chapters are mended", "maja"),
    (TIME, 2, "12.9", "50 tickets, timed by hand", "A small sample", "erik"),
    ("What is sent is right", 1, "2", "Weekly sample of 150, read by two agents", "Three errors, none of them from the handbook", "fatima"),
    ("Satisfaction not below 4.1", 1, "4.2", "Survey after each reply, 212 answers", "", "maja"),
]  # fmt: skip


def add_up(project: Project, people: People) -> None:
    """Time saved, as often as a draft is used; and new agents who are productive sooner."""
    served = {objective.title: objective for objective in project.objectives.all()}
    add_benefit(
        project,
        title="Agents spend less time on the eleven topics",
        formula=(
            "4.8 min less for a reply\n× 3,350 replies a month\n× 12 months\n÷ 60 min in an hour\n"
            "× 55 % of drafts are used\n× 46 € an hour"
        ),
        unit="€",
        objective=served[TIME],
        owner="Erik Sandberg",
        assumptions="The mails stay as many as today, and an agent’s hour costs 46 € all in.",
        by=people["maja"],
    )
    add_benefit(
        project,
        title="New agents are productive in two weeks instead of six",
        formula="2 new agents a year\n× 4 weeks sooner\n× 38 hours a week\n× 50 % of what an agent does\n× 46 € an hour",
        unit="€",
        objective=None,
        owner="Maja Lindqvist",
        assumptions="As many leave as this year.",
        by=people["maja"],
    )


def measure(project: Project, people: People, days: Days) -> None:
    """Before there is any draft: what a mended handbook alone has changed."""
    kept = {objective.title: objective.pk for objective in project.objectives.all()}
    for title, ago, value, source, remark, who in MEASURED:
        day = days.today - timedelta(days=ago)
        enter_value(
            project, objective=kept[title], day=day, value=Decimal(value), source=source, remark=remark, by=people[who]
        )  # fmt: skip
