"""Cards and steps of the delivery plan become tasks to estimate; what the room thinks goes back into the plan."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.core.errors import DomainError
from apps.events.log import record
from apps.tables import actions as registers
from apps.workshops.actions.answers import ITEMS
from apps.workshops.actions.locks import must_be_real, taken
from apps.workshops.actions.votes import change_unit
from apps.workshops.enums import Kind
from apps.workshops.kinds.estimate import LONGEST_TASK, PLAN, SPRINTS, plan, takeable, tasks, unit_key, unit_of
from apps.workshops.models import Activity, Workshop


@transaction.atomic
def take_tasks(activity: Activity, *, cards: Sequence[UUID], by: User) -> int:
    """A task for each of these cards, at the end of the list; one that is there already stays one. Returns how many are new."""
    room = _open(activity)
    chosen = [one.card for one in takeable(room, activity) if one.card.pk in set(cards)]
    return _take(room, activity, [(card.text, {"card": str(card.pk)}) for card in chosen], by)


@transaction.atomic
def take_steps(activity: Activity, *, by: User) -> int:
    """A task for each step of the delivery plan that is none yet, in sprints as the plan is. Returns how many are new."""
    room = _open(activity)
    fresh = Activity.objects.get(pk=activity.pk)
    if unit_key(fresh) != SPRINTS and not (fresh.answers.exists() or fresh.items.exists()):
        change_unit(fresh, unit=SPRINTS, by=by)
    waiting = [step for step, is_here in plan(room, fresh) if not is_here]
    return _take(room, fresh, [(step.name, {"step": str(step.pk)}) for step in waiting], by)


@transaction.atomic
def put_into_plan(activity: Activity, *, by: User) -> int:
    """The middle of the room's numbers into the steps that were estimated, a new step for a task that is none, in
    sprints. Done again, nothing is there twice. Returns how many steps now say something else."""
    room = taken(activity.workshop)
    must_be_real(room)
    fresh = Activity.objects.get(pk=activity.pk)
    if unit_key(fresh) != SPRINTS:
        raise DomainError(
            _("The delivery plan counts in sprints, and these numbers are %(unit)s.") % {"unit": unit_of(fresh)}
        )
    found = tasks(fresh)
    if not found:
        raise DomainError(_("Nothing was estimated yet, or the numbers are still hidden."))
    steps = {str(step.pk): step for step, _is_here in plan(room, fresh)}
    by_name = {step.name.casefold(): step for step in steps.values()}
    items = {item.pk: item for item in fresh.items.select_for_update(no_key=True)}
    changed = 0
    for task in found:
        item = items[task.pk]
        step = steps.get(item.details.get("step", "")) or by_name.get(task.title.casefold())
        values = {
            key: f"{number:g}" for key, number in zip(("best", "sprints", "worst"), task.middle.points, strict=True)
        }
        if step is None:
            step = registers.add_row(
                room.project, PLAN, values={"name": task.title, **values}, by=by, **_origin(room, fresh)
            )
            changed += 1
        elif any(step.values.get(key) != value for key, value in values.items()):
            registers.change_row(step, version=step.version, values=values, by=by)
            changed += 1
        if item.details.get("step") != str(step.pk):
            item.details = {**item.details, "step": str(step.pk)}
            item.save(update_fields=["details", "updated_at"])
    if changed:
        record("tasks.planned", subject=fresh, by=by, stream=room.stream, changed=ITEMS, steps=changed)
    return changed


def _open(activity: Activity) -> Workshop:
    room = taken(activity.workshop)
    if room.is_ended:
        raise DomainError(_("This workshop is over; what was said stays as it was."))
    if activity.kind != Kind.ESTIMATE:
        raise DomainError(_("This step estimates nothing."))
    return room


def _take(room: Workshop, activity: Activity, wanted: Sequence[tuple[str, dict[str, str]]], by: User) -> int:
    last = activity.items.aggregate(last=Max("position"))["last"] or 0
    for position, (text, details) in enumerate(wanted, last + 1):
        activity.items.create(text=_short(text), details=details, position=position)
    if wanted:
        record("tasks.taken", subject=activity, by=by, stream=room.stream, changed=ITEMS, tasks=len(wanted))
    return len(wanted)


def _origin(room: Workshop, activity: Activity) -> dict[str, str]:
    return {
        "came_from": _("%(workshop)s: estimate") % {"workshop": room.title},
        "came_from_url": reverse("workshops:recap", args=[room.project_id, room.pk]) + f"#block-{activity.pk}",
    }


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= LONGEST_TASK else f"{words[: LONGEST_TASK - 1]}…"
