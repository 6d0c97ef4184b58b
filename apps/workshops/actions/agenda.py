"""The agenda: what the host changes in it, before the workshop and while it runs. Nothing said is ever lost."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.core.errors import DomainError
from apps.core.writes import save_version
from apps.events.log import record
from apps.workshops import agenda, blueprints, kinds
from apps.workshops.actions.locks import taken
from apps.workshops.agenda import Plan
from apps.workshops.around import open_phase
from apps.workshops.blueprints import Block
from apps.workshops.enums import Phase, Template
from apps.workshops.models import Activity, AgendaTemplate, Workshop

AGENDA = "agenda:changed"
MOST_STEPS = 40


@transaction.atomic
def add_activity(workshop: Workshop, *, block: str, by: User) -> Activity:
    """Put a block at the end of the agenda; while the workshop runs, right behind where the room is."""
    room = taken(workshop)
    _must_not_be_over(room)
    rows = _rows(room)
    at = _place_now(room, rows)
    activity = _insert(room, rows, blueprints.block(block), at)
    record("activity.added", subject=activity, by=by, stream=room.stream, changed=AGENDA)
    return activity


@transaction.atomic
def repeat_activity(activity: Activity, *, by: User) -> Activity:
    """The same step once more, empty; behind it, or behind where the room is when it is past."""
    room = taken(activity.workshop)
    _must_not_be_over(room)
    rows = _rows(room)
    own = next(place for place, row in enumerate(rows) if row.pk == activity.pk)
    at = max(own + 1, _place_now(room, rows)) if room.is_live and activity.visited_at else own + 1
    title = _("%(title)s, again") % {"title": activity.title}
    block = Block(activity.kind, title[:120], activity.note, activity.minutes, activity.plan)
    again = _insert(room, rows, block, at)
    record("activity.repeated", subject=again, by=by, stream=room.stream, changed=AGENDA)
    return again


@transaction.atomic
def change_activity(
    activity: Activity, *, title: str, note: str, minutes: int, version: int, by: User, plan: Plan | None = None
) -> Activity:
    """Other words, another length, other settings. Without a `plan` the phases keep their proportions."""
    room = taken(activity.workshop)
    _must_not_be_over(room)
    if plan is not None:
        _must_keep_the_phase(room, activity, plan)
        _must_keep_the_promise(room, activity, plan)
        minutes = sum(phase.minutes for phase in plan.phases) or minutes
    activity.title, activity.note, activity.minutes = title, note, minutes
    activity.settings = (plan or activity.plan.lasting(minutes)).as_json()
    save_version(activity, expected=version, fields=["title", "note", "minutes", "settings"])
    record("activity.changed", subject=activity, by=by, stream=room.stream, changed=AGENDA, minutes=minutes)
    return activity


@transaction.atomic
def shift_activity(activity: Activity, *, up: bool | None = None, to: int | None = None, by: User) -> None:
    """One place up or down, or to the place counted from 1; past the ends nothing happens."""
    room = taken(activity.workshop)
    _must_not_be_over(room)
    rows = _rows(room)
    at = next(place for place, row in enumerate(rows) if row.pk == activity.pk)
    goal = to - 1 if to is not None else at - 1 if up else at + 1
    if not 0 <= goal < len(rows) or goal == at:
        return
    rows.insert(goal, rows.pop(at))
    _number(rows)
    record("activity.shifted", subject=activity, by=by, stream=room.stream, changed=AGENDA, to=goal + 1)


@transaction.atomic
def skip_activity(activity: Activity, *, skipped: bool, by: User) -> Activity:
    """The room goes past it and it takes no time; it stays on the agenda, and can be taken back in."""
    room = taken(activity.workshop)
    _must_not_be_over(room)
    if skipped and room.activity_id == activity.pk:
        raise DomainError(_("The room is in this step now. Move on, then it is done."))
    activity.skipped = skipped
    activity.save(update_fields=["skipped", "updated_at"])
    kind = "activity.skipped" if skipped else "activity.taken_in"
    record(kind, subject=activity, by=by, stream=room.stream, changed=AGENDA)
    return activity


@transaction.atomic
def remove_activity(activity: Activity, *, by: User) -> None:
    """Take a block out, as long as nothing was said in it."""
    room = taken(activity.workshop)
    _must_not_be_over(room)
    if room.activity_id == activity.pk or _was_used(activity):
        raise DomainError(_("This step has been used. Skip it instead: what was said stays."))
    record("activity.removed", subject=activity, by=by, stream=room.stream, changed=AGENDA, title=activity.title)
    activity.delete()


@transaction.atomic
def shorten_agenda(workshop: Workshop, *, cut: dict[UUID, int], by: User) -> int:
    """Give these steps fewer minutes; returns how many that saves. A step that is shorter already stays."""
    room = taken(workshop)
    _must_not_be_over(room)
    saved = 0
    for row in room.activities.filter(pk__in=cut):
        to = max(1, cut[row.pk])
        if to >= row.minutes:
            continue
        saved += row.minutes - to
        row.minutes, row.settings = to, row.plan.lasting(to).as_json()
        save_version(row, expected=row.version, fields=["minutes", "settings"])
    record("agenda.shortened", subject=room, by=by, stream=room.stream, changed=AGENDA, minutes=saved)
    return saved


@transaction.atomic
def keep_overrun(workshop: Workshop, *, over: int, by: User) -> Workshop:
    """The host has seen it and watches the clock: nothing is proposed until it grows."""
    room = taken(workshop)
    room.overrun_kept = over
    room.save(update_fields=["overrun_kept", "updated_at"])
    record("agenda.kept", subject=room, by=by, stream=room.stream, changed=AGENDA, over=over)
    return room


@transaction.atomic
def use_agenda(workshop: Workshop, *, template: str, by: User) -> Workshop:
    """Start again from a template of the product or of the company, as long as nothing was said."""
    room = taken(workshop)
    _must_not_be_over(room)
    if room.is_live or any(_was_used(row) for row in _rows(room)):
        raise DomainError(_("Something has been said in this agenda, so it stays. Add steps to it instead."))
    blocks, minutes = blocks_from(template)
    room.activities.all().delete()
    place(room, blocks)
    room.template = template if template in Template.values else Template.EMPTY
    room.minutes = minutes
    room.save(update_fields=["template", "minutes", "updated_at"])
    record("agenda.replaced", subject=room, by=by, stream=room.stream, changed=AGENDA, template=template)
    return room


@transaction.atomic
def save_agenda(workshop: Workshop, *, name: str, by: User) -> AgendaTemplate:
    """Keep this agenda under a name for everybody in the company; the same name again replaces one's own."""
    rows = _rows(workshop)
    if not rows:
        raise DomainError(_("The agenda is empty. Add a step first."))
    blocks = [
        {"kind": row.kind, "title": row.title, "note": row.note, "minutes": row.minutes, "settings": row.settings}
        for row in rows
    ]
    there = AgendaTemplate.objects.filter(name=name).first()
    if there and there.author_id != by.pk:
        raise DomainError(_("There is an agenda of this name already. Choose another one."))
    fields = {"minutes": workshop.minutes, "blocks": blocks, "author": by}
    kept, _made = AgendaTemplate.objects.update_or_create(name=name, defaults=fields)
    record("template.saved", subject=workshop, by=by, stream=workshop.stream, changed=AGENDA, name=name)
    return kept


@transaction.atomic
def rename_agenda(template: AgendaTemplate, *, name: str, by: User) -> AgendaTemplate:
    if AgendaTemplate.objects.filter(name=name).exclude(pk=template.pk).exists():
        raise DomainError(_("There is an agenda of this name already. Choose another one."))
    template.name = name
    template.save(update_fields=["name", "updated_at"])
    return template


@transaction.atomic
def delete_agenda(template: AgendaTemplate, *, by: User) -> None:
    """The template goes; workshops that were made from it keep their agendas."""
    template.delete()


@transaction.atomic
def add_live_writing(workshop: Workshop, *, minutes: int, by: User) -> Activity:
    """Few have sent anything ahead: more minutes to write in the room, in the first step that asked for it."""
    room = taken(workshop)
    _must_not_be_over(room)
    step = next((row for row in _rows(room) if row.plan.ahead and row.plan.has("write") and not row.visited_at), None)
    if step is None:
        raise DomainError(_("No step with cards ahead is still to come."))
    plan = step.plan.adding("write", minutes)
    step.minutes, step.settings = step.minutes + minutes, plan.with_more(live_writing=True).as_json()
    save_version(step, expected=step.version, fields=["minutes", "settings"])
    record("activity.changed", subject=step, by=by, stream=room.stream, changed=AGENDA, minutes=step.minutes)
    return step


def place(workshop: Workshop, blocks: Sequence[Block]) -> None:
    """Lay out an agenda that has no steps yet."""
    for position, block in enumerate(blocks, 1):
        _make(workshop, block, position)


def blocks_of(template: AgendaTemplate) -> list[Block]:
    """What a company saved, as blocks. Raises DomainError when it cannot be read any more."""
    return [
        Block(each["kind"], each["title"], each["note"], each["minutes"], agenda.read(each["settings"]))
        for each in template.blocks
    ]


def blocks_from(template: str) -> tuple[list[Block], int]:
    """The blocks of a template, by its name or the key of a saved one, and the slot they are made for."""
    if template in Template.values:
        return blueprints.agenda_of(template), blueprints.minutes_of(template)
    own = AgendaTemplate.objects.filter(pk=template).first()
    if own is None:
        raise DomainError(_("This agenda is gone."))
    return blocks_of(own), own.minutes


def _rows(room: Workshop) -> list[Activity]:
    return list(room.activities.order_by("position", "created_at", "id"))


def _place_now(room: Workshop, rows: list[Activity]) -> int:
    """Where a new step goes: behind the one the room is in, else at the end."""
    if not room.is_live:
        return len(rows)
    return next((place + 1 for place, row in enumerate(rows) if row.pk == room.activity_id), len(rows))


def _insert(room: Workshop, rows: list[Activity], block: Block, at: int) -> Activity:
    if len(rows) >= MOST_STEPS:
        raise DomainError(_("That is a long agenda already. Take a step out first."))
    activity = _make(room, block, at + 1)
    rows.insert(at, activity)
    _number(rows)
    return activity


def _number(rows: list[Activity]) -> None:
    for position, row in enumerate(rows, 1):
        row.position = position
    Activity.objects.bulk_update(rows, ["position"])


def _make(workshop: Workshop, block: Block, position: int) -> Activity:
    return Activity.objects.create(
        workshop=workshop,
        kind=block.kind,
        title=block.title,
        note=block.note,
        minutes=block.minutes,
        position=position,
        settings=block.plan.as_json(),
    )


def _was_used(activity: Activity) -> bool:
    return activity.cards.exists() or activity.answers.exists() or activity.items.exists()


def _must_keep_the_promise(room: Workshop, activity: Activity, plan: Plan) -> None:
    """Raise where people write or answer, or have answered, on the word that it stays without names."""
    known, here = kinds.behaviour(activity.kind), room.activity_id == activity.pk
    ahead = open_phase(room, activity)
    before = {prompt.key for prompt in activity.plan.prompts if prompt.anonymous}
    unmasks = any(prompt.key in before and not prompt.anonymous for prompt in plan.prompts)
    names = plan.named and not activity.plan.named
    asked = ahead or (here and room.phase in (Phase.VOTE, *known.rounds))
    answered = activity.votes.exists() or activity.answers.exists()
    if (unmasks and (ahead or (here and room.phase in known.writing))) or (names and (asked or answered)):
        raise DomainError(_("People answer here without their names, and so it stays. Do the step twice to ask anew."))


def _must_keep_the_phase(room: Workshop, activity: Activity, plan: Plan) -> None:
    if room.activity_id == activity.pk and not plan.has(room.phase):
        raise DomainError(_("The room is in this part now. Move on first, then it can be left out."))


def _must_not_be_over(workshop: Workshop) -> None:
    if workshop.is_ended:
        raise DomainError(_("This workshop is over; its agenda stays as it was."))
    if workshop.is_called_off:
        raise DomainError(_("This workshop was called off. Plan a new one."))
