"""The next meeting: planned, people invited, the first of them has sent something ahead."""

from datetime import date, datetime, time, timedelta
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from apps.accounts.models import User
from apps.overview.sample.days import Days
from apps.overview.sample.people import STOCKHOLM, People
from apps.projects.models import Project
from apps.workshops import actions
from apps.workshops.actions import Asked
from apps.workshops.enums import Template
from apps.workshops.models import Workshop

TITLE = "Sign-off meeting"
PURPOSE = "Everybody has read what changed since the first version, and says whether they sign it."
DAYS_AHEAD = 11
SATURDAY = 5
ASKED = ["anders", "erik", "karin", "tomas", "priya"]
SENT = {"karin": "The impact assessment must stand before the pilot, not after it"}


def plan_the_next(project: Project, people: People, days: Days, by: User) -> Workshop:
    """A sign-off meeting with one step that takes cards ahead."""
    starts = datetime.combine(
        _working_day(days.today + timedelta(days=DAYS_AHEAD)), time(13), tzinfo=ZoneInfo(STOCKHOLM)
    )
    room = actions.create_workshop(
        project, title=TITLE, purpose=PURPOSE, template=Template.SIGNOFF, scheduled_at=starts, by=by
    )
    step = next(row for row in room.activities.all() if row.takes_cards)
    step.settings = {**step.settings, "ahead": True}
    step.save(update_fields=["settings"])
    asked = [Asked(people[key].name, people[key].email, people[key].pk, people[key].time_zone) for key in ASKED]
    invites = actions.invite_people(room, people=asked, ahead=True, by=by)
    for invite, key in zip(invites, ASKED, strict=True):
        if key in SENT:
            seat, _secret = actions.join_as_invited(invite)
            seat.workshop = Workshop.objects.get(pk=room.pk)
            words, prompt = SENT[key], step.plan.prompts[0].key
            key_of_card = uuid5(NAMESPACE_URL, f"ahead:{words}")
            actions.add_card(seat, activity=step.pk, prompt=prompt, text=words, key=key_of_card)
    return room


def _working_day(day: date) -> date:
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() >= SATURDAY else 0)
