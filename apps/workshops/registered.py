"""What workshops add to the registries of the apps below."""

from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.core import due
from apps.events import pushes as live_pushes
from apps.events import rights
from apps.projects import copying, leaving, needs, road
from apps.projects.needs import Need
from apps.workshops import build, decisions, letters, live_rights, lot, pieces, pushes, queries
from apps.workshops.actions.seats import give_up_seats
from apps.workshops.enums import State
from apps.workshops.models import Errand, Voice, Workshop


def register() -> None:
    rights.register("workshop", live_rights.may_listen)
    live_pushes.register("workshop", pushes.draw)
    road.register("workshop", done=Exists(queries.ended(OuterRef("pk"))), url_name="workshops:list")
    needs.register(waiting)
    needs.register(words_asked)
    needs.register(actions_due)
    due.register(Voice, build.hear)
    leaving.register(give_up_seats)
    due.register(Errand, letters.run_errand)
    copying.register(pieces.PIECE)


def waiting(user: User) -> list[Need]:
    """Workshops soon or running."""
    return [_need(workshop) for workshop in queries.waiting_for(user)]


def words_asked(user: User) -> list[Need]:
    """Decisions of a meeting that this person missed."""
    return [
        Need(
            label=_("Decision"),
            title=voice.item.text[:120],
            detail=_("%(workshop)s. You were not there: what do you say?")
            % {"workshop": voice.item.activity.workshop.title},
            url=reverse("workshops:decision", args=[workshop.project_id, workshop.pk, voice.item_id]),
            button=_("Give my answer"),
            due=voice.until,
            since=voice.created_at,
        )
        for voice in decisions.waiting_voices(user)
        if (workshop := voice.item.activity.workshop)
    ]


def actions_due(user: User) -> list[Need]:
    """What somebody took on in a workshop."""
    return [
        Need(
            label=_("Action"),
            title=action.text,
            detail=f"{action.workshop.project.title}: {action.workshop.title}",
            url=reverse("workshops:decisions", args=[action.workshop.project_id]) + f"#action-{action.pk}",
            button=_("Done"),
            due=decisions.until_of(action.due, ZoneInfo(action.workshop.project.time_zone)),
            since=action.created_at,
            post=reverse("workshops:tick_action", args=[action.workshop.project_id, action.pk]),
        )
        for action in lot.waiting_actions(user)
    ]


def _need(workshop: Workshop) -> Need:
    running = workshop.state == State.LIVE
    label = _("Workshop") if workshop.state == State.DRAFT else _("Workshop now")
    url = reverse("workshops:join_code", args=[workshop.code])
    if workshop.state == State.DRAFT:
        url = reverse("workshops:list", args=[workshop.project_id])
    button = _("See the agenda") if workshop.state == State.DRAFT else _("Join")
    detail = _("It is running.") if running else workshop.project.title
    return Need(label, workshop.title, detail, url, button, due=workshop.scheduled_at)
