"""What a careful reviewer says of who does what, and of who is missing for it."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from apps.projects.enums import Level
from apps.projects.models import Project
from apps.projects.rules import Rule, declare
from apps.projects.sections import Finding
from apps.stakeholders import queries
from apps.stakeholders.matrix import Line, Matrix, matrix
from apps.stakeholders.models import Stakeholder

SECTION = "people"
MOST_WORDS = 200
ENOUGH_TO_TELL = 3
"""Sections that somebody answers for, before one person answering for all of them means anything."""

CALLED, NONE, NO_ACCOUNTABLE, NOBODY_RESPONSIBLE, ONE_FOR_ALL, OFFICER_DECIDES, OUTSIDE, IDLE, UNAPPROVED, OBJECTED = declare(
    Rule("people.called", Level.WARNING, SECTION, _("%(seat)s: a seat is called for, %(because)s."), _("Add the seat, or say why nobody is needed.")),
    Rule("duties.none", Level.WARNING, SECTION, _("Nobody has said who does what."), _("What everybody does nobody decides. The catalog proposes a letter for each seat and section.")),
    Rule("duties.no_accountable", Level.WARNING, SECTION, _("Nobody answers for %(names)s."), _("When two disagree, one person has to be the one who decides.")),
    Rule("duties.nobody_responsible", Level.WARNING, SECTION, _("Nobody does the work in %(names)s."), _("Somebody has to write it, and keep it true afterwards.")),
    Rule("duties.one_for_all", Level.HINT, SECTION, _("%(name)s answers for everything."), _("Then the others only watch, and everything waits for one desk.")),
    Rule("duties.officer_decides", Level.WARNING, SECTION, _("%(name)s advises on data protection and answers for a section."), _("Whoever advises on data protection must not decide what they advise on (GDPR 38).")),
    Rule("duties.outside", Level.HINT, SECTION, _("%(name)s answers for a section and cannot open the project."), _("They cannot read what they answer for: invite them.")),
    Rule("duties.idle", Level.HINT, SECTION, _("Nothing to do with any section: %(names)s."), _("Give them a letter, if only I for informed, or ask why they sit there.")),
    Rule("duties.unapproved", Level.WARNING, SECTION, _("%(name)s has not approved %(sections)s."), _("Whoever has to approve says so before signatures are asked for: afterwards it is a change.")),
    Rule("duties.objected", Level.BLOCKER, SECTION, _("%(name)s does not approve %(section)s: “%(words)s”"), _("Whoever has to approve has said no. Settle it and ask them again, or go on without them: your name and your reason then stand in what is signed.")),
)  # fmt: skip


def of_calls(project: Project) -> list[Finding]:
    """Seats that something calls for, when nobody takes them and nobody has said why not."""
    url = f"{reverse('stakeholders:list', args=[project.pk])}#called"
    return [
        CALLED.found(url, why=one.trigger.why, seat=one.trigger.title, because=one.because[0].words.rstrip("."))
        for one in queries.called(project)
        if one.is_unmet
    ]


def of_duties(project: Project) -> list[Finding]:
    """What is missing in the matrix, and what stands in it that should not."""
    found = matrix(project)
    if len(found.people) < 2:
        return []
    url = reverse("stakeholders:duties", args=[project.pk])
    if not found.is_begun:
        return [NONE.found(url)]
    said = []
    if lines := [line for line in found.lines if line.accountable is None]:
        said.append(NO_ACCOUNTABLE.found(f"{url}#duty-{lines[0].key}", names=_titles(lines)))
    if lines := [line for line in found.lines if not line.is_done]:
        said.append(NOBODY_RESPONSIBLE.found(f"{url}#duty-{lines[0].key}", names=_titles(lines)))
    return said + _of_people(found, url) + _unapproved(project, found) + objections(project)


def _of_people(found: Matrix, url: str) -> list[Finding]:
    said = []
    heads = [person for person in found.people if found.counts[person.pk]]
    if len(heads) == 1 and found.counts[heads[0].pk] >= ENOUGH_TO_TELL:
        said.append(ONE_FOR_ALL.found(url, name=heads[0]))
    said += [OFFICER_DECIDES.found(url, name=person) for person in heads if person.role == "legal"]
    said += [OUTSIDE.found(url, name=person) for person in heads if not person.is_member]  # type: ignore[attr-defined]
    if idle := _idle(found):
        said.append(IDLE.found(url, names=", ".join(map(str, idle))))
    return said


def _unapproved(project: Project, found: Matrix) -> list[Finding]:
    """From the first time that approval was asked for; before, nobody could have given it."""
    url = reverse("reviews:list", args=[project.pk])
    missing = found.unapproved if found.is_asked else []
    return [UNAPPROVED.found(url, name=person, sections=_titles(lines)) for person, lines in missing]


def objections(project: Project) -> list[Finding]:
    """Each no of somebody whose approval a section needs, in their words: another objection is another finding, so a
    waiver covers the one that it was given for."""
    return [
        OBJECTED.found(word.url, name=person, section=line.title, words=Truncator(word.text).chars(MOST_WORDS))
        for person, line, word in matrix(project).objections
    ]


def _idle(found: Matrix) -> list[Stakeholder]:
    busy = {cell.person.pk for line in found.lines for cell in line.given}
    return [person for person in found.people if person.pk not in busy]


def _titles(lines: Iterable[Line]) -> str:
    return ", ".join(line.title for line in lines)
