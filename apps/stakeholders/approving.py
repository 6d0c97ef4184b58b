"""What those who have to approve a section have said of it, and whether it still says what they read."""

from collections.abc import Iterable
from dataclasses import dataclass

from apps.projects.sections import Snapshot, said
from apps.stakeholders import raci
from apps.stakeholders.matrix import Cell, Line


@dataclass(frozen=True)
class Approval:
    """One person and one section: `read` is what it said when they had their word, `changed` whether it says something
    else now."""

    cell: Cell
    read: Snapshot | None = None
    changed: bool = False


def texts(lines: Iterable[Line]) -> raci.Texts:
    """The sections as those read them who had a word on them. One query, none while nobody had one."""
    return raci.texts(cell.said.id for line in lines for cell in line.given if cell.said)


def of_line(line: Line, snapshot: Snapshot, texts: raci.Texts) -> list[Approval]:
    """Everybody whose approval the section needs, and whoever else was asked for theirs; the weightiest first."""
    asked = [cell for cell in line.given if cell.must_approve or cell.said]
    now = said(snapshot) if any(cell.said for cell in asked) else {}
    return [_approval(cell, now, texts) for cell in asked]


def _approval(cell: Cell, now: Snapshot, texts: raci.Texts) -> Approval:
    if cell.said is None:
        return Approval(cell)
    read = said(dict(texts.get(cell.said.id, {})))
    return Approval(cell, read, changed=read != now)
