"""The whole sample, in the order in which it happened."""

from django.db import transaction
from django.utils import timezone

from apps.overview.sample import (
    ahead,
    drawing,
    frame,
    people,
    prose,
    registers,
    responsible,
    review,
    risks,
    signing,
    talk,
    workshop,
    worth,
)
from apps.overview.sample.days import Days
from apps.projects.models import Project


@transaction.atomic
def load() -> tuple[Project, bool]:
    """The sample and whether it was made now; one that is there is left as people have made it."""
    there = Project.objects.filter(is_sample=True, title=frame.TITLE).first()
    if there:
        return there, False
    days = Days(timezone.localdate())
    host = people.host()
    project = frame.create(host)
    everybody = people.seat_everybody(project, host)
    frame.set_objectives(project, days, host)
    held = workshop.hold(project, everybody, days, host)
    risks.fill(project, held, everybody, days, host)
    prose.write(project, everybody, days)
    people.say_who_does_what(project, host)
    registers.fill(project, held, everybody, days, host)
    drawing.draw(project, everybody["priya"])
    responsible.screen(project, everybody, days)
    responsible.plan(project, everybody, days)
    worth.add_up(project, everybody)
    people.waive_procurement(project, host)
    people.note_the_empty_seats(project, host)
    frame.say_why_not_bought(project, host)
    talk.before_the_signing(project, everybody)
    review.approve_the_first(project, everybody, days, host)
    signing.sign_first_baseline(project, everybody, days, host)
    risks.hand_back(project, everybody["erik"])
    frame.drop_baseline_of_edits(project, everybody["jonas"])
    registers.raise_the_alarm(project, everybody)
    worth.measure(project, everybody, days)
    talk.since_the_signing(project, everybody)
    prose.suggest_words(project, everybody)
    review.open_review(project, everybody, days, host)
    ahead.plan_the_next(project, everybody, days, host)
    return project, True
