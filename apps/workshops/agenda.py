"""What an activity is set up to do: its prompts, phases and votes, read from and written to JSON."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from apps.core.errors import DomainError
from apps.workshops.enums import CardKind, Phase

MAX_PROMPTS = 6
MAX_DOTS = 10


@dataclass(frozen=True)
class Prompt:
    """One question. `anonymous` cards lose their author for good when they are revealed."""

    key: str
    ask: str
    kind: str
    anonymous: bool = False

    @property
    def label(self) -> str:
        return str(CardKind(self.kind).label)


@dataclass(frozen=True)
class PlannedPhase:
    key: str
    minutes: int

    @property
    def label(self) -> str:
        return str(Phase(self.key).label)


@dataclass(frozen=True)
class Plan:
    """How an activity runs. `budget` dots for each person, at most `per_item` of them on one thing."""

    prompts: tuple[Prompt, ...] = ()
    phases: tuple[PlannedPhase, ...] = (PlannedPhase(Phase.TALK, 5),)
    budget: int = 3
    per_item: int = 2
    # Open for input before the meeting, and after it.
    ahead: bool = False
    after: bool = False
    # What only this kind of step knows.
    more: dict[str, Any] = field(default_factory=dict)

    def prompt(self, key: str) -> Prompt:
        """The prompt of that key, else the first. Raises DomainError when there is none to write for."""
        if not self.prompts:
            raise DomainError(_("This step takes no cards."))
        return next((prompt for prompt in self.prompts if prompt.key == key), self.prompts[0])

    def has(self, phase: str) -> bool:
        return any(planned.key == phase for planned in self.phases)

    def minutes_of(self, phase: str) -> int:
        return next((planned.minutes for planned in self.phases if planned.key == phase), 0)

    def lasting(self, minutes: int) -> "Plan":
        """The same plan in `minutes`, the phases in the same proportion, each at least a minute if there is one."""
        keys = [planned.key for planned in self.phases]
        shares = _shares([planned.minutes for planned in self.phases], minutes)
        phases = tuple(PlannedPhase(key, share) for key, share in zip(keys, shares, strict=True))
        return replace(self, phases=phases)

    def adding(self, phase: str, minutes: int) -> "Plan":
        """The same plan with more minutes for one phase."""
        phases = tuple(
            replace(planned, minutes=planned.minutes + minutes) if planned.key == phase else planned
            for planned in self.phases
        )
        return replace(self, phases=phases)

    def with_more(self, **more: Any) -> "Plan":
        """The same plan, knowing this as well."""
        return replace(self, more={**self.more, **more})

    @property
    def shown_at_once(self) -> bool:
        """Whether cards are seen while they are written, instead of after a reveal."""
        return bool(self.more.get("open"))

    @property
    def most_cards(self) -> int:
        """How many cards one person may write; 0 for as many as they like."""
        return int(self.more.get("cards", 0))

    @property
    def becomes(self) -> str:
        """Where the outcomes of the step usually go; empty for anywhere."""
        return str(self.more.get("becomes", ""))

    @property
    def named(self) -> bool:
        """Whether dots and numbers are shown with who gave them; people are told before they give any."""
        return bool(self.more.get("named"))

    @property
    def window(self) -> int:
        """For how many days absent members may still answer a proposal, unless the host says otherwise; 0 for none."""
        return int(self.more.get("window", 0))

    def as_json(self) -> dict[str, Any]:
        return {
            "prompts": [asdict(prompt) for prompt in self.prompts],
            "phases": [asdict(phase) for phase in self.phases],
            "budget": self.budget,
            "per_item": self.per_item,
            "ahead": self.ahead,
            "after": self.after,
            "more": self.more,
        }


def read(settings: dict[str, Any]) -> Plan:
    """The plan in `settings`; raises DomainError when it is not one."""
    try:
        plan = Plan(
            prompts=tuple(Prompt(**prompt) for prompt in settings.get("prompts", [])),
            phases=tuple(PlannedPhase(**phase) for phase in settings["phases"]),
            budget=int(settings.get("budget", 3)),
            per_item=int(settings.get("per_item", 2)),
            ahead=bool(settings.get("ahead", False)),
            after=bool(settings.get("after", False)),
            more=dict(settings.get("more", {})),
        )
    except (KeyError, TypeError, ValueError):
        raise DomainError(_("These settings of the step cannot be read.")) from None
    if not _holds_together(plan):
        raise DomainError(_("These settings of the step do not fit together."))
    return plan


def _holds_together(plan: Plan) -> bool:
    keys = [prompt.key for prompt in plan.prompts]
    phases = [phase.key for phase in plan.phases]
    return (
        len(keys) == len(set(keys)) <= MAX_PROMPTS
        and 0 < len(phases) == len(set(phases))
        and all(key in Phase.values for key in phases)
        and all(prompt.kind in CardKind.values for prompt in plan.prompts)
        and (bool(keys) or Phase.WRITE not in phases)
        and 1 <= plan.per_item <= plan.budget <= MAX_DOTS
    )


def _shares(weights: Sequence[int], total: int) -> list[int]:
    """Whole numbers that add up to `total` in the proportion of `weights` (largest remainder)."""
    whole = sum(weights) or len(weights)
    exact = [(weight if sum(weights) else 1) * total / whole for weight in weights]
    shares = [int(value) for value in exact]
    rest = sorted(range(len(exact)), key=lambda place: shares[place] - exact[place])
    for place in rest[: total - sum(shares)]:
        shares[place] += 1
    while total >= len(shares) and 0 in shares:
        shares[shares.index(max(shares))] -= 1
        shares[shares.index(0)] += 1
    return shares
