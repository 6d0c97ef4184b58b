"""The project page: where we are, what is missing, what is decided, what next."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Count, Prefetch, Q, prefetch_related_objects
from django.urls import NoReverseMatch, reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.accounts.models import User
from apps.core.health import silent_processes
from apps.core.words import count_word, sentence
from apps.dprd import queries as prose
from apps.overview.queries import day_of, need_words
from apps.overview.steps import AHEAD
from apps.projects import needs
from apps.projects.enums import Level, Role
from apps.projects.models import Objective, Project
from apps.projects.permissions import granted
from apps.projects.road import Step
from apps.projects.sections import reading
from apps.registers import queries as registers
from apps.registers.models import Row
from apps.registers.queries import Standing
from apps.results.queries import Results, results
from apps.reviews import queries as reviews
from apps.reviews.enums import Answer
from apps.reviews.models import ReviewRequest, Round
from apps.risks import queries as risks
from apps.risks.enums import State as RiskState
from apps.risks.models import Risk
from apps.scope import queries as scope
from apps.scope.models import Baseline, Waiver
from apps.scope.queries import Seen
from apps.signoffs.enums import Answer as Signed
from apps.stakeholders import queries as people
from apps.stakeholders.models import Stakeholder
from apps.stakeholders.roles import Seat
from apps.starts.queries import CameFrom, came_from
from apps.workshops.models import Workshop

MOST = 8
"""Decisions shown on the page."""


@dataclass(frozen=True)
class Fact:
    """A step of the road with its one fact."""

    step: Step
    fact: str

    key = property(lambda self: self.step.key)
    label = property(lambda self: self.step.label)
    state = property(lambda self: self.step.state)
    url_name = property(lambda self: self.step.url_name)


@dataclass(frozen=True)
class Next:
    """The one next useful thing."""

    title: str
    text: str
    button: str
    url: str
    more: str = ""
    more_url: str = ""


@dataclass(frozen=True)
class Decision:
    """Something that is settled, on a day, by somebody."""

    day: date
    title: str
    who: str
    url: str


@dataclass(frozen=True)
class Person:
    name: str
    seat: str
    sign: str
    word: str


@dataclass(frozen=True)
class ProjectPage:
    road: Sequence[Fact]
    next: Next
    missing: Sequence[Seen]
    decided: Sequence[Decision]
    risks: Sequence[Risk]
    risk_count: int
    unrated_count: int
    people: Sequence[Person]
    empty_seats: Sequence[Seat]
    answered: str
    silent: Sequence[str]
    registers: Sequence[Standing]
    came_from: CameFrom | None
    results: Results

    @cached_property
    def blocking(self) -> int:
        return sum(1 for seen in self.missing if seen.blocks)

    @property
    def missing_words(self) -> str:
        """`2 block sign-off, 4 to look at`."""
        rest = len(self.missing) - self.blocking
        blocks = ngettext("%(n)d blocks sign-off", "%(n)d block sign-off", self.blocking) % {"n": self.blocking}
        look = _("%(n)d to look at") % {"n": rest}
        return ", ".join(part for part, count in ((blocks, self.blocking), (look, rest)) if count)


@dataclass(frozen=True)
class Known:
    """What the page has read, once each."""

    register: people.Register
    sections: dict[str, Any]
    registers: list[Standing]
    workshops: list[Workshop]
    baselines: list[Baseline]
    objectives: int
    round: Round | None
    answers: dict[Any, ReviewRequest]


def project_page(project: Project, *, role: str, user: User) -> ProjectPage:
    with reading(project):
        known = _known(project)
        missing = [
            seen for seen in scope.readiness(project) if seen.waiver is None and seen.finding.level != Level.HINT
        ]
    return ProjectPage(
        road=[Fact(step, _fact(step.key, known)) for step in project.road],
        next=_next(project, role, user, sum(1 for seen in missing if seen.blocks)),
        missing=spread(missing),
        decided=_decided(project, known),
        risks=risks.top(project),
        risk_count=len(risks.open_risks(project)),
        unrated_count=sum(risk.rating is None for risk in risks.open_risks(project)),
        people=[_person(person, known.answers) for person in known.register.people],
        answered=_reviewed(known) if known.round else "",
        empty_seats=known.register.empty,
        silent=silent_processes() if role == Role.HOST else [],
        registers=known.registers,
        came_from=came_from(project, user),
        results=results(project),
    )


def _known(project: Project) -> Known:
    # Findings, facts and lists of the page need the same rows: each is read once.
    prefetch_related_objects(
        [project],
        Prefetch("risks", Risk.objects.by_score()),
        Prefetch("objectives", Objective.objects.order_by("position", "created_at")),
        Prefetch("stakeholders", people.in_order()),
        Prefetch("waivers", Waiver.objects.select_related("by")),
    )
    workshops = project.workshops.filter(rehearsal=False).annotate(
        card_count=Count("cards", distinct=True, filter=Q(cards__revealed_at__isnull=False)),
        placed_count=Count("cards", distinct=True, filter=Q(cards__outcomes__isnull=False)),
    )
    signed = Count("sign_requests", distinct=True, filter=Q(sign_requests__answer=Signed.SIGNED))
    baselines = scope.baselines(project).annotate(asked=Count("sign_requests", distinct=True), signed=signed)
    newest = reviews.rounds(project).first()
    asked = newest.requests.prefetch_related("responses") if newest else []
    return Known(
        register=people.register(project),
        sections=prose.sections(project),
        registers=registers.standings(project),
        workshops=list(workshops),
        baselines=list(baselines[:5]),
        objectives=len(project.objectives.all()),
        round=newest,
        answers={request.user_id: request for request in asked},
    )


def _fact(key: str, known: Known) -> str:
    made = {
        "frame": _framed,
        "review": _reviewed,
        "invite": _invited,
        "workshop": _met,
        "draft": _written,
        "sign": _signed,
        "change": _changed,
    }
    return made[key](known) if key in made else ""


def _framed(known: Known) -> str:
    count = known.objectives
    return ngettext("1 use case, %(n)d objective", "1 use case, %(n)d objectives", count) % {"n": count}


def _invited(known: Known) -> str:
    here, empty = len(known.register.people), len(known.register.empty)
    said = ngettext("%(n)d person", "%(n)d people", here) % {"n": here}
    seats = ngettext("%(n)d seat empty", "%(n)d seats empty", empty) % {"n": empty}
    return f"{said}, {seats}" if empty else said


def _met(known: Known) -> str:
    held = next((workshop for workshop in known.workshops if workshop.ended_at), None)
    if held and held.ended_at:
        cards = held.card_count  # type: ignore[attr-defined]
        said = ngettext("%(n)d card", "%(n)d cards", cards) % {"n": cards}
        return f"{day_of(held.ended_at):%-d %b}, {said}"
    return _("planned") if known.workshops else _("not planned yet")


def _written(known: Known) -> str:
    ready = sum(1 for section in known.sections.values() if section.state == "ready")
    return _("%(n)d sections, %(ready)d ready") % {"n": len(known.sections), "ready": ready}


def _reviewed(known: Known) -> str:
    if known.round is None:
        return _("not started")
    answered = sum(1 for request in known.answers.values() if request.answered_at)
    return _("%(n)d of %(all)d have answered") % {"n": answered, "all": len(known.answers)}


def _signed(known: Known) -> str:
    newest = next(iter(known.baselines), None)
    if newest is None:
        return _("nothing frozen yet")
    asked, signed = newest.asked, newest.signed  # type: ignore[attr-defined]
    if not asked:
        return _("baseline %(n)d, nobody asked") % {"n": newest.number}
    return _("baseline %(n)d: %(signed)d of %(asked)d") % {"n": newest.number, "signed": signed, "asked": asked}


def _changed(known: Known) -> str:
    if len(known.baselines) < 2:
        return _("after the first baseline")
    later = known.baselines[0].number - 1
    return ngettext("%(n)d change frozen", "%(n)d changes frozen", later) % {"n": later}


def _next(project: Project, role: str, user: User, blocking: int) -> Next:
    """What waits for this person here; else what the road asks for, if they may do it."""
    mine = next((need for need in needs.of(user) if str(project.pk) in need.url), None)
    if mine:
        due = _("Due %(day)s.") % {"day": f"{day_of(mine.due):%A %-d %B}"} if mine.due else ""
        detail = "" if mine.title == project.title else mine.detail.removeprefix(f"{project.title}: ")
        said = f"{detail.removesuffix('.')}. {due}".strip() if detail and due else detail or due
        return Next(need_words(mine, project), said, mine.button, mine.url)
    # The last step has no end: a road that is done goes on with keeping the scope true.
    ahead = AHEAD[next((step.key for step in project.road if step.state == "now"), "change")]
    readiness = reverse("scope:readiness", args=[project.pk])
    more = ngettext("Look at %(n)d finding", "Look at %(n)d findings", blocking) % {"n": blocking} if blocking else ""
    shown = Next(str(ahead.title), str(ahead.text), str(ahead.button), _url(ahead.url_name, project), more, readiness)
    return shown if granted(role, ahead.perm) else replace(shown, button="", url="")


def spread(missing: Iterable[Seen]) -> list[Seen]:
    """What blocks first; in it, one of each section before the second of any: a list is read from the top."""
    turns: Counter[tuple[bool, str]] = Counter()
    found = []
    for seen in missing:
        turns[seen.blocks, seen.section] += 1
        found.append((not seen.blocks, turns[seen.blocks, seen.section], seen))
    return [seen for *_order, seen in sorted(found, key=lambda one: one[:2])]


def _url(name: str, project: Project) -> str:
    try:
        return reverse(name, args=[project.pk])
    except NoReverseMatch:
        return ""


def _decided(project: Project, known: Known) -> list[Decision]:
    """What was frozen, accepted, waived and held; the last first."""
    accepted = [risk for risk in project.risks.all() if risk.state == RiskState.ACCEPTED]
    waived = project.waivers.all()
    found = [
        *[_frozen(baseline) for baseline in known.baselines],
        *[_accepted(risk) for risk in accepted],
        *[_waived(waiver, project) for waiver in waived],
        *[_held(workshop, project) for workshop in known.workshops if workshop.ended_at],
        *[_taken(row) for standing in known.registers if standing.register.key == "decisions" for row in standing.rows],
    ]
    return sorted(found, key=lambda decision: decision.day, reverse=True)[:MOST]


def _frozen(baseline: Baseline) -> Decision:
    signed, asked = baseline.signed, baseline.asked  # type: ignore[attr-defined]
    who = _("%(signed)d of %(asked)d signed") % {"signed": signed, "asked": asked} if asked else _("not signed")
    title = _("Baseline %(number)d: %(decision)s") % {"number": baseline.number, "decision": baseline.decision}
    return Decision(day_of(baseline.frozen_at), title, who, baseline.get_absolute_url())


def _accepted(risk: Risk) -> Decision:
    title = _("We live with %(ref)s: %(title)s") % {"ref": risk.ref, "title": risk.title}
    return Decision(day_of(risk.updated_at), title, risk.owner, risk.get_absolute_url())


def _waived(waiver: Waiver, project: Project) -> Decision:
    words = _("Overruled: %(finding)s") if scope.is_advice(waiver) else _("Waived: %(finding)s")
    title = words % {"finding": waiver.message}
    return Decision(
        day_of(waiver.at), title, f"{waiver.by}: {waiver.reason}", reverse("scope:readiness", args=[project.pk])
    )


def _held(workshop: Workshop, project: Project) -> Decision:
    """What a workshop came to; its recap has the votes and what was parked."""
    assert workshop.ended_at
    count = workshop.placed_count  # type: ignore[attr-defined]
    title = ngettext("%(n)s card went into the scope", "%(n)s cards went into the scope", count)
    url = reverse("workshops:recap", args=[project.pk, workshop.pk])
    return Decision(day_of(workshop.ended_at), sentence(title % {"n": count_word(count)}), workshop.title, url)


def _taken(row: Row) -> Decision:
    """A row of the decision register; one without a day counts from when it was written down."""
    day = parse_date(row.values.get("decided_on", "")) or day_of(row.created_at)
    return Decision(day, str(row), str(row.values.get("decided_by", "")), row.get_absolute_url())


def _person(person: Stakeholder, answers: dict[Any, ReviewRequest]) -> Person:
    asked = answers.get(person.user_id)
    if asked:
        sign, word = _answer(asked)
    else:
        sign, word = ("none", _("not asked")) if answers and person.is_member else _access(person)  # type: ignore[attr-defined]
    return Person(person.name, person.seat_title, sign, word)


def _answer(asked: ReviewRequest) -> tuple[str, str]:
    """The most doubtful of what a person said, or how far they are."""
    said = {response.sent_answer for response in asked.responses.all()}
    for answer, word in (
        (Answer.OBJECT, _("objects")),
        (Answer.RESERVATIONS, _("reservations")),
        (Answer.AGREE, _("agrees")),
    ):
        if asked.answered_at and answer in said:
            return answer.value, word
    if asked.answered_at:
        return Answer.NONE.value, _("no comment")
    return "waiting", _("reading") if asked.opened_at else _("not opened")


def _access(person: Stakeholder) -> tuple[str, str]:
    if person.is_member:  # type: ignore[attr-defined]
        return "ready", _("member")
    if person.invitation_id:  # type: ignore[attr-defined]
        return "waiting", _("invited")
    return "none", _("not invited")
