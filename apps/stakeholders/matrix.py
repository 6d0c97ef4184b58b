"""Sections down, people across: who answers for what, who does it, who is asked and who is told."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from apps.projects import sections
from apps.projects.models import Project
from apps.stakeholders import queries, raci, roles
from apps.stakeholders.enums import ANSWERS, APPROVERS, DOES, Letter
from apps.stakeholders.models import Duty, Stakeholder

MOST_ACROSS = 14
"""More people than that do not stand side by side, neither on a page nor on paper."""

ORDER = {letter: place for place, letter in enumerate(Letter.values)}


@dataclass(frozen=True)
class Cell:
    """One person in one section. `letter` is what counts; `keeps` when it comes from keeping the text; `said` is the
    last word of whoever was asked to approve it."""

    person: Stakeholder
    letter: str
    keeps: bool
    proposed: str
    said: raci.Word | None = None

    @property
    def approved(self) -> datetime | None:
        """When they approved it."""
        return self.said.at if self.said and self.said.approves else None

    @property
    def objection(self) -> raci.Word | None:
        """The no of somebody whose yes it needs."""
        return self.said if self.said and not self.said.approves and self.must_approve else None

    @property
    def must_approve(self) -> bool:
        """Whether the section waits for their word before it is signed; the sponsor gives it by signing."""
        return self.letter in APPROVERS and self.person.role != roles.SIGNS

    @property
    def word(self) -> str:
        return str(Letter(self.letter).label) if self.letter else ""


@dataclass(frozen=True)
class Line:
    """One section. `keeper` keeps its text, in the register or not."""

    number: int
    key: str
    title: str
    keeper: str
    cells: list[Cell]

    @cached_property
    def given(self) -> list[Cell]:
        """The weightiest letter first."""
        return sorted((cell for cell in self.cells if cell.letter), key=lambda cell: ORDER[cell.letter])

    @property
    def proposed(self) -> list[Cell]:
        return [cell for cell in self.cells if cell.proposed]

    @property
    def named(self) -> list[Cell]:
        """Those with a letter, then those for whom one is proposed."""
        return self.given + [cell for cell in self.proposed if not cell.letter]

    @property
    def accountable(self) -> Stakeholder | None:
        return next((cell.person for cell in self.cells if cell.letter in ANSWERS), None)

    @property
    def is_done(self) -> bool:
        """Whether anybody does the work."""
        return bool(self.keeper) or any(cell.letter in DOES for cell in self.cells)

    @property
    def approvers(self) -> list[Cell]:
        """Whose approval it needs, the weightiest first."""
        return [cell for cell in self.given if cell.must_approve]

    @property
    def beside(self) -> list[tuple[str, list[Cell]]]:
        """What the document says beside the text: the people of each letter, without its keeper and those who are told."""
        found: dict[str, list[Cell]] = {}
        for cell in self.given:
            if cell.letter != Letter.INFORMED and not (cell.keeps and cell.letter == Letter.RESPONSIBLE):
                found.setdefault(cell.letter, []).append(cell)
        return list(found.items())


@dataclass(frozen=True)
class Matrix:
    """`is_asked` once somebody was asked to approve anything."""

    people: list[Stakeholder]
    lines: list[Line]
    is_asked: bool = False

    @property
    def is_across(self) -> bool:
        return len(self.people) <= MOST_ACROSS

    @property
    def proposals(self) -> int:
        return sum(len(line.proposed) for line in self.lines)

    @property
    def is_begun(self) -> bool:
        """Whether anybody has given a letter; keeping a text is none."""
        return any(cell.letter and not (cell.keeps and cell.letter == Letter.RESPONSIBLE) for line in self.lines for cell in line.cells)  # fmt: skip

    def line(self, key: str) -> Line:
        """Raises KeyError when there is no such section."""
        return {line.key: line for line in self.lines}[key]

    @property
    def unapproved(self) -> list[tuple[Stakeholder, list[Line]]]:
        """Who has not said whether they approve, and of what."""
        missing = [(cell.person, line) for line in self.lines for cell in line.approvers if not cell.said]
        return [
            (person, lines) for person in self.people if (lines := [line for other, line in missing if other is person])
        ]

    @property
    def objections(self) -> list[tuple[Stakeholder, Line, raci.Word]]:
        """Who has to approve and said no, and of what."""
        return [(cell.person, line, cell.objection) for line in self.lines for cell in line.approvers if cell.objection]

    @cached_property
    def counts(self) -> Counter[Any]:
        """How many sections each person answers for."""
        return Counter(line.accountable.pk for line in self.lines if line.accountable)


def matrix(project: Project) -> Matrix:
    return sections.once(project, "matrix", _matrix)


def _matrix(project: Project) -> Matrix:
    people = queries.at_the_table(project)
    keepers = raci.keepers(project)
    stored: dict[str, dict[Any, str]] = defaultdict(dict)
    for duty in Duty.objects.filter(project=project):
        stored[duty.section][duty.person_id] = duty.letter
    approvals = raci.approvals(project)
    lines = [
        _line(number, section, people, stored[section.key], keepers.get(section.key), approvals or {})
        for number, section in enumerate(sections.all_sections(), 1)
    ]
    return Matrix(people, lines, is_asked=approvals is not None)


def _line(
    number: int,
    section: sections.Section,
    people: list[Stakeholder],
    stored: dict[Any, str],
    keeper: Any,
    approvals: raci.Approvals,
) -> Line:
    now = {}
    for person in people:
        keeps = keeper is not None and person.user_id == keeper.pk
        now[person.pk] = (raci.shown(stored.get(person.pk, ""), keeps=keeps), keeps)
    asked = [(str(person.pk), person.role, now[person.pk][0]) for person in people]
    proposed = raci.proposed(section.key, asked)
    cells = [
        Cell(
            person, *now[person.pk], proposed.get(str(person.pk), ""), approvals.get((section.key, person.user_id))
        )
        for person in people
    ]  # fmt: skip
    return Line(number, section.key, str(section.title), str(keeper or ""), cells)
