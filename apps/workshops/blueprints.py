"""The agendas that come with the product, in the reader's language at the moment they are used."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from apps.workshops.agenda import Plan, PlannedPhase, Prompt
from apps.workshops.enums import CardKind, Kind, Phase, Template


@dataclass(frozen=True)
class Block:
    """An activity before it belongs to a workshop."""

    kind: str
    title: str
    note: str
    minutes: int
    plan: Plan = field(default_factory=Plan)


def agenda_of(template: str) -> list[Block]:
    """The blocks of a template in order; none for an empty start."""
    makers: dict[str, Callable[[], list[Block]]] = {
        Template.FRAMING: _framing,
        Template.SCOPING: _scoping,
        Template.PREMORTEM: _premortem_only,
        Template.SIGNOFF: _signoff,
        Template.WEEK: _week,
    }
    maker = makers.get(Template(template))
    return maker() if maker else []


def minutes_of(template: str) -> int:
    """The slot that a template is made for; of a week without a meeting, what it takes of each person's time."""
    slots: dict[str, int] = {Template.FRAMING: 60, Template.SCOPING: 90, Template.PREMORTEM: 45, Template.WEEK: 50}
    return slots.get(Template(template), 60)


def block(kind: str) -> Block:
    """A single block to add to an agenda. Raises KeyError for a kind that is none."""
    makers: dict[str, Callable[[], Block]] = {
        Kind.CHECKIN: lambda: _arrive(5),
        Kind.FRAMING: lambda: _problem(10),
        Kind.MAP: lambda: _people(8),
        Kind.BRAINSTORM: lambda: expectations(14),
        Kind.PREMORTEM: lambda: premortem(12),
        Kind.METRIC: lambda: _metric(14),
        Kind.VOTE: lambda: _scope_vote(8),
        Kind.ESTIMATE: lambda: _estimate(12),
        Kind.DECIDE: lambda: _decide(10),
        Kind.PARKING: lambda: _parking(5),
        Kind.WRAP: lambda: _wrap(6),
        Kind.TALK: lambda: _talk(_("Talk"), "", 10),
        Kind.BREAK: lambda: _break(3),
    }
    return makers[kind]()


def purposes() -> dict[str, str]:
    """What each kind of block is for, in the order in which they are offered."""
    return {
        Kind.CHECKIN: _("Everybody says one word, and who they are."),
        Kind.FRAMING: _("Is the problem clear, and is it one for a language model?"),
        Kind.MAP: _("Who decides, who is affected, who is missing."),
        Kind.BRAINSTORM: _("Cards to your questions: written hidden, grouped, voted on."),
        Kind.PREMORTEM: _("A year later it was switched off. Why?"),
        Kind.METRIC: _("One number that tells whether it works."),
        Kind.VOTE: _("In, later or out: what the first version does."),
        Kind.ESTIMATE: _("Best, likely and worst case, shown together."),
        Kind.DECIDE: _("Agree, agree with a concern, or object."),
        Kind.PARKING: _("Each open question gets an owner and a date, or goes."),
        Kind.WRAP: _("Read back what was decided. Was it worth it?"),
        Kind.TALK: _("Nothing to fill in."),
        Kind.BREAK: _("The board stays readable."),
    }


ADDABLE = tuple(str(kind) for kind in Kind)


def _framing() -> list[Block]:
    return [
        _arrive(4),
        _problem(8),
        _people(5),
        expectations(13),
        premortem(10),
        _metric(10),
        _scope_vote(5),
        _decide(4),
        _wrap(1),
    ]


def _scoping() -> list[Block]:
    return [
        _arrive(5),
        _problem(10),
        _people(8),
        expectations(14),
        premortem(12),
        _break(3),
        _metric(14),
        _scope_vote(8),
        _decide(10),
        _wrap(6),
    ]


def _premortem_only() -> list[Block]:
    return [
        _arrive(3),
        premortem(30),
        _talk(_("First answers"), _("an owner and a first step for the top five"), 8),
        _wrap(4),
    ]


def _signoff() -> list[Block]:
    """What changed is read, what worries is heard, and each proposal is answered."""
    return [
        _arrive(4),
        _talk(_("What changed"), _("read the changes out, questions only"), 14),
        _worries(14),
        _decide(18),
        _parking(4),
        _wrap(6),
    ]


def _week() -> list[Block]:
    """Everybody writes in their own time; the host opens, reveals and closes over the days."""
    ahead = [_open(block, ahead=True) for block in (_problem(8), expectations(14), premortem(10))]
    return [*ahead, _open(_scope_vote(6), after=True), _open(_decide(8), after=True), _wrap(4)]


def expectations(minutes: int) -> Block:
    """Hopes and limits with names, worries without."""
    prompts = (
        Prompt("expectations", _("What do you hope for?"), CardKind.EXPECTATION),
        Prompt("concerns", _("What worries you about this?"), CardKind.CONCERN, anonymous=True),
        Prompt("constraints", _("What can we not change?"), CardKind.CONSTRAINT),
    )
    note = _("3 prompts, group, 3 dots each")
    return _brainstorm(_("Expectations, concerns, constraints"), note, minutes, prompts, (5, 4, 1, 4))


def premortem(minutes: int) -> Block:
    prompt = Prompt("reasons", _("A year later it was switched off. Why?"), CardKind.REASON, anonymous=True)
    phases = [(Phase.WRITE, 4), (Phase.GROUP, 2), (Phase.SCORE, 2), (Phase.TALK, 3), (Phase.OWN, 1)]
    plan = _planned(phases, (prompt,)).lasting(minutes)
    return Block(Kind.PREMORTEM, _("Pre-mortem"), _("write in silence, group, rate, talk"), minutes, plan)


def _problem(minutes: int) -> Block:
    """Rated and objected to in silence, mended together, rated again; then whether it wants a model at all."""
    ask = _("What is wrong or missing in the problem as it stands?")
    prompt = Prompt("objections", ask, CardKind.CONCERN, anonymous=True)
    phases = [(Phase.SCORE, 2), (Phase.TALK, 3), (Phase.AGAIN, 1), (Phase.FIT, 2), (Phase.RESULT, 2)]
    plan = _planned(phases, (prompt,)).lasting(minutes)
    return Block(Kind.FRAMING, _("Problem framing"), _("rate it, mend it, rate it again"), minutes, plan)


def _people(minutes: int) -> Block:
    note = _("who decides, who is affected, who is missing")
    plan = _planned([(Phase.PLACE, 5), (Phase.TALK, 3)]).lasting(minutes)
    return Block(Kind.MAP, _("Stakeholder map"), note, minutes, plan)


def _metric(minutes: int) -> Block:
    prompt = Prompt("metric", _("Which one number will tell us that it works?"), CardKind.EXPECTATION)
    note = _("one primary metric, up to two guardrails")
    plan = _planned([(Phase.WRITE, 4), (Phase.TALK, 10)], (prompt,)).lasting(minutes)
    return Block(Kind.METRIC, _("Success metric and guardrails"), note, minutes, plan)


def _scope_vote(minutes: int) -> Block:
    prompt = Prompt("first", _("What must the first version do?"), CardKind.IDEA)
    phases = [(Phase.WRITE, 2), (Phase.GROUP, 1), (Phase.VOTE, 2), (Phase.SORT, 3)]
    plan = replace(_planned(phases, (prompt,)), more={"dots": "third", "most": 2}).lasting(minutes)
    return Block(Kind.VOTE, _("Dot vote on scope"), _("in, later, out"), minutes, plan)


def _worries(minutes: int) -> Block:
    prompt = Prompt("worries", _("What would stop you from signing this?"), CardKind.CONCERN)
    return _short(_("What is in the way"), _("one thing each, then talk"), minutes, prompt)


def _estimate(minutes: int) -> Block:
    phases = [(Phase.SCORE, 4), (Phase.TALK, 4), (Phase.AGAIN, 2), (Phase.RESULT, 2)]
    plan = replace(_planned(phases), more={"unit": "days"}).lasting(minutes)
    return Block(Kind.ESTIMATE, _("Blind estimate"), _("best, likely, worst"), minutes, plan)


def _decide(minutes: int) -> Block:
    note = _("one proposal at a time")
    return Block(Kind.DECIDE, _("Decisions"), note, minutes, _planned([(Phase.DECIDE, minutes)]))


def _parking(minutes: int) -> Block:
    note = _("an owner and a date, or dropped")
    return Block(Kind.PARKING, _("Parking lot"), note, minutes, _planned([(Phase.TALK, minutes)]))


def _arrive(minutes: int) -> Block:
    note = _("QR, names, one word each")
    return Block(Kind.CHECKIN, _("Arrive and check in"), note, minutes, _planned([(Phase.TALK, minutes)]))


def _wrap(minutes: int) -> Block:
    note = _("read the recap back")
    return Block(Kind.WRAP, _("Wrap-up"), note, minutes, _planned([(Phase.TALK, minutes)]))


def _break(minutes: int) -> Block:
    return Block(Kind.BREAK, _("Break"), _("board stays readable"), minutes, _planned([(Phase.TALK, minutes)]))


def _talk(title: str, note: str, minutes: int) -> Block:
    return Block(Kind.TALK, title, note, minutes, _planned([(Phase.TALK, minutes)]))


def _brainstorm(
    title: str, note: str, minutes: int, prompts: tuple[Prompt, ...], weights: tuple[int, int, int, int]
) -> Block:
    phases = list(zip((Phase.WRITE, Phase.GROUP, Phase.VOTE, Phase.TALK), weights, strict=True))
    return Block(Kind.BRAINSTORM, title, note, minutes, _planned(phases, prompts).lasting(minutes))


def _short(title: str, note: str, minutes: int, prompt: Prompt) -> Block:
    phases = [(Phase.WRITE, 1), (Phase.TALK, 2)]
    return Block(Kind.BRAINSTORM, title, note, minutes, _planned(phases, (prompt,)).lasting(minutes))


def _open(block: Block, *, ahead: bool = False, after: bool = False) -> Block:
    """The same block, open for input before or after the meeting."""
    return replace(block, plan=replace(block.plan, ahead=ahead, after=after))


def _planned(phases: list[tuple[Phase, int]], prompts: tuple[Prompt, ...] = ()) -> Plan:
    return Plan(prompts=prompts, phases=tuple(PlannedPhase(str(key), minutes) for key, minutes in phases))
