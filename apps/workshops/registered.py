"""What workshops add to the registries of the apps below."""

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.core import due
from apps.events import pushes as live_pushes
from apps.events import rights
from apps.projects import leaving, needs, road
from apps.projects.needs import Need
from apps.workshops import letters, live_rights, pushes, queries
from apps.workshops.actions.seats import give_up_seats
from apps.workshops.enums import State
from apps.workshops.models import Errand, Workshop


def register() -> None:
    rights.register("workshop", live_rights.may_listen)
    live_pushes.register("workshop", pushes.draw)
    road.register("workshop", done=Exists(queries.ended(OuterRef("pk"))), url_name="workshops:list")
    needs.register(waiting)
    leaving.register(give_up_seats)
    due.register(Errand, letters.run_errand)


def waiting(user: User) -> list[Need]:
    """Workshops soon or running."""
    return [_need(workshop) for workshop in queries.waiting_for(user)]


def _need(workshop: Workshop) -> Need:
    running = workshop.state == State.LIVE
    label = _("Workshop") if workshop.state == State.DRAFT else _("Workshop now")
    url = reverse("workshops:join_code", args=[workshop.code])
    if workshop.state == State.DRAFT:
        url = reverse("workshops:list", args=[workshop.project_id])
    button = _("See the agenda") if workshop.state == State.DRAFT else _("Join")
    detail = _("It is running.") if running else workshop.project.title
    return Need(label, workshop.title, detail, url, button, due=workshop.scheduled_at)
