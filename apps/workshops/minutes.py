"""The record of a workshop as data, and as Markdown and CSV: the same words in every form."""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from io import StringIO

from django.utils import timezone
from django.utils.translation import gettext as _

from apps.core.files import guarded
from apps.workshops import kinds, lot, queries
from apps.workshops.kinds.base import Line
from apps.workshops.lot import Parked
from apps.workshops.models import ActionItem, Activity, Card, Outcome, Participant, Workshop
from apps.workshops.queries import Board, Cluster, Thing

# What Markdown would take for more than a letter.
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#+!|~&])")
_LIST = re.compile(r"^(\d*)([-=.)])")


@dataclass(frozen=True)
class Said:
    """A card in the record."""

    text: str
    kind: str
    author: str = ""
    group: str = ""
    dots: int = 0
    became: str = ""
    # Who gave the dots, where the step gives them with names.
    givers: str = ""


@dataclass(frozen=True)
class Part:
    """One step of the agenda: what was settled in it, line by line, and the cards."""

    number: int
    title: str
    minutes: int
    lines: Sequence[Line] = ()
    said: Sequence[Said] = ()


@dataclass(frozen=True)
class Minutes:
    title: str
    project: str
    began: datetime | None
    ended: datetime | None
    people: Sequence[Participant] = ()
    parts: Sequence[Part] = ()
    parked: Sequence[Parked] = ()
    actions: Sequence[ActionItem] = ()
    unplaced: Sequence[Card] = ()
    outcomes: Sequence[Outcome] = field(default_factory=list)


def minutes(workshop: Workshop) -> Minutes:
    """Everything that everybody may see: hidden cards and answers are not in here."""
    rows = queries.activities(workshop)
    boards = {activity.pk: board for activity, board in queries.boards(workshop, rows)}
    parts = [_part(workshop, number, activity, boards.get(activity.pk)) for number, activity in enumerate(rows, 1)]
    return Minutes(
        title=workshop.title,
        project=workshop.project.title,
        began=workshop.started_at,
        ended=workshop.ended_at,
        people=queries.attendance(workshop),
        parts=[part for part in parts if part.lines or part.said],
        parked=lot.parked(workshop),
        actions=lot.actions(workshop),
        unplaced=queries.unplaced(workshop),
        outcomes=queries.outcomes(workshop),
    )


def as_markdown(record: Minutes) -> str:
    """The record as CommonMark; what people wrote is escaped."""
    return "\n".join(_markdown(record)).strip() + "\n"


def as_csv(record: Minutes) -> str:
    """One line a thing that was said, for a spreadsheet; no cell is taken for a formula."""
    out = StringIO()
    writer = csv.writer(out)
    heads = [_("Step"), _("What"), _("Words"), _("Who"), _("By when"), _("Group"), _("Dots")]
    writer.writerow([*heads, _("Became"), _("Dots from")])
    for part in record.parts:
        for line in part.lines:
            writer.writerow(_cells(part.title, line.kind, line.text, line.who, line.due))
        for said in part.said:
            cells = _cells(part.title, said.kind, said.text, said.author, "", said.group)
            writer.writerow([*cells, said.dots or "", guarded(said.became), guarded(said.givers)])
    for action in record.actions:
        writer.writerow(_cells(_("Actions"), _("Action"), action.text, action.owner, f"{action.due:%Y-%m-%d}"))
    for parked in record.parked:
        writer.writerow(_cells(_("Parking lot"), parked.words, parked.card.text))
    for person in record.people:
        writer.writerow(_cells(_("Who was there"), _("Person"), person.name, person.title))
    return out.getvalue()


def _part(workshop: Workshop, number: int, activity: Activity, board: Board | None) -> Part:
    known = kinds.behaviour(activity.kind)
    lines = (known.lines or known.recap)(workshop, activity) if activity.visited_at else ()
    return Part(number, activity.title, activity.used_minutes, list(lines), list(_said(board)) if board else [])


def _said(board: Board) -> Iterator[Said]:
    for cluster in board.groups:
        for thing in cluster.cards:
            yield _one(thing, cluster.group.name, cluster)
    for column in board.columns:
        for thing in column.cards:
            yield _one(thing, "", thing)


def _one(thing: Thing, group: str, voted: Thing | Cluster) -> Said:
    became = ", ".join(outcome.label for outcome in thing.outcomes)
    givers = ", ".join(map(str, voted.givers))
    kind = str(thing.card.get_kind_display())
    return Said(thing.card.text, kind, thing.author, group, voted.dots or 0, became, givers)


def _markdown(record: Minutes) -> Iterator[str]:
    yield f"# {_plain(record.title)}"
    yield ""
    yield f"{_plain(record.project)}{', ' + _day(record.began) if record.began else ''}"
    yield ""
    yield from _heading(_("Who was there"))
    for person in record.people:
        yield f"- {_plain(person.name)}{', ' + _plain(person.title) if person.title else ''}"
    for part in record.parts:
        yield from _heading(f"{part.number}. {part.title}")
        for line in part.lines:
            after = "; ".join(_plain(words) for words in (line.who, line.due) if words)
            yield f"- {_plain(line.text)}{f' ({after})' if after else ''}"
        yield from _cards(part)
    if record.actions:
        yield from _heading(_("Actions"))
        for action in record.actions:
            yield f"- {_plain(action.text)} ({_plain(action.owner)}; {action.due:%Y-%m-%d})"
    if record.parked:
        yield from _heading(_("Parking lot"))
        yield from (f"- {_plain(parked.card.text)} ({_plain(parked.words)})" for parked in record.parked)
    if record.unplaced:
        yield from _heading(_("Not placed yet"))
        yield from (f"- {_plain(card.text)}" for card in record.unplaced)


def _cards(part: Part) -> Iterator[str]:
    group = None
    for said in part.said:
        if said.group != group:
            group = said.group
            dots = f", {_dots(said)}" if group and said.dots else ""
            yield ""
            yield f"**{_plain(group)}**{_plain(dots)}" if group else f"**{_('Not in a group')}**"
            yield ""
        facts = [
            said.author or _("no name"),
            *([_dots(said)] if said.dots and not group else []),
        ]
        became = f" → {_plain(said.became)}" if said.became else ""
        yield f"- {_plain(said.text)} ({', '.join(_plain(fact) for fact in facts)}){became}"


def _dots(said: Said) -> str:
    words = _("%(n)s dots") % {"n": said.dots}
    return f"{words}: {said.givers}" if said.givers else words


def _heading(words: str) -> Iterator[str]:
    yield ""
    yield f"## {_plain(words)}"
    yield ""


def _plain(text: str) -> str:
    """What a person wrote, as one paragraph that Markdown shows letter by letter."""
    return _LIST.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", " ".join(text.split())))


def _day(moment: datetime) -> str:
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M %Z")


def _cells(*cells: str) -> list[str]:
    return [guarded(str(cell)) for cell in cells]
