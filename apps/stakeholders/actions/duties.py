from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.core.errors import DomainError, Stale
from apps.events.log import record
from apps.projects.models import Project
from apps.stakeholders import raci
from apps.stakeholders.enums import ANSWERS, DOES, Letter
from apps.stakeholders.matrix import Cell, Line, matrix
from apps.stakeholders.models import Duty

CHANGED = "duties:changed"


@transaction.atomic
def set_duties(project: Project, section: str, *, letters: Mapping[UUID, str], was: Mapping[UUID, str], by: User) -> Line:  # fmt: skip
    """Give people their letters in a section; `was` is what this person saw, and only what they changed is written."""
    _lock(project)
    line = matrix(project).line(section)
    cells = {cell.person.pk: cell for cell in line.cells}
    changed = {pk: letter for pk, letter in letters.items() if pk in cells and letter != was.get(pk, cells[pk].letter)}
    for pk in changed:
        _refuse(line, cells[pk], changed[pk], was.get(pk, cells[pk].letter))
    heads = [cell.person for pk, cell in cells.items() if changed.get(pk, cell.letter) in ANSWERS]
    if len(heads) > 1:
        raise DomainError(
            _("%(names)s are both accountable. One person answers for a section: choose who.")
            % {"names": _(" and ").join(map(str, heads))}
        )
    _write(project, line, {cells[pk]: letter for pk, letter in changed.items()}, by)
    return matrix(project).line(section)


@transaction.atomic
def take_proposals(project: Project, *, section: str, by: User) -> int:
    """Fill with the catalog's letters what has none: one section, or all of them. Returns how many."""
    _lock(project)
    found = matrix(project)
    lines = [line for line in found.lines if section in ("", line.key)]
    for line in lines:
        _write(project, line, {cell: cell.proposed for cell in line.proposed}, by)
    return sum(len(line.proposed) for line in lines)


def _refuse(line: Line, cell: Cell, letter: str, was: str) -> None:
    if cell.letter not in (was, letter):
        raise Stale(
            _("In the meantime somebody made %(name)s “%(letter)s”. Look again, then save once more.")
            % {"name": cell.person, "letter": cell.word or _("nothing")}
        )
    if cell.keeps and letter not in (*DOES, Letter.APPROVES):
        raise DomainError(
            _("%(name)s keeps the text of %(section)s and so is responsible. Give it another owner in the document first.")
            % {"name": cell.person, "section": line.title}
        )  # fmt: skip


def _write(project: Project, line: Line, letters: Mapping[Cell, str], by: User) -> None:
    if not letters:
        return
    # All that change go first: the letter of whoever answers for it may move from one to another.
    Duty.objects.filter(project=project, section=line.key, person__in=[cell.person for cell in letters]).delete()
    kept = [(cell.person, raci.to_store(letter, keeps=cell.keeps)) for cell, letter in letters.items()]
    Duty.objects.bulk_create(
        Duty(project=project, section=line.key, person=person, letter=Letter(letter))
        for person, letter in kept
        if letter
    )
    record(
        "duty.changed",
        subject=f"section:{line.key}",
        by=by,
        stream=project.stream,
        changed=CHANGED,
        facts={"key": line.key},
        letters={str(cell.person.pk): letter for cell, letter in letters.items()},
    )


def _lock(project: Project) -> None:
    """Two people may give the same letter at once: the project's row decides who comes first."""
    Project.objects.select_for_update(no_key=True).get(pk=project.pk)
