"""What in a project calls for one more seat at the table. The apps that know something register their facts."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from apps.stakeholders import roles
from apps.stakeholders.roles import Seat

if TYPE_CHECKING:
    from apps.projects.models import Project


@dataclass(frozen=True)
class Fact:
    """Something that stands in the project. `kind` is what triggers ask for, `words` say it, `url` shows it."""

    kind: str
    words: str
    url: str


@dataclass(frozen=True)
class Trigger:
    """A fact of one of `kinds` calls for `seat`."""

    key: str
    seat: str
    kinds: tuple[str, ...]
    why: Any
    source: Any

    @property
    def title(self) -> str:
        return self.asks_for.title

    @property
    def asks_for(self) -> Seat:
        found = roles.seat(self.seat)
        assert found is not None
        return found


TRIGGERS = (
    Trigger("personal", "legal", ("personal",), _("Whoever protects data is involved in time and properly, not told afterwards."), _("GDPR 38(1)")),
    Trigger("staff", "works_council", ("staff",), _("Technology that can watch, rate or steer people at work is theirs to discuss, and it takes weeks."), _("Directive 2002/14/EC and national law")),
    Trigger("public", "accessibility", ("public",), _("What the public uses has to work for everybody."), _("European Accessibility Act, WCAG 2.2")),
    Trigger("spend", "procurement", ("spend",), _("Price, region, sub-processors, notice and exit are settled before you depend on them."), _("Your own rules for buying")),
    Trigger("harm", "ethics", ("vulnerable", "special", "high_risk"), _("People who cannot easily say no need somebody who asks on their behalf."), _("EU AI Act, GDPR 9 and 35")),
    Trigger("supervised", "regulatory", ("supervised",), _("A supervisor has rules of its own, and dates by which it wants to hear of it."), _("DORA, NIS2 and the rules of your sector")),
)  # fmt: skip
_facts: list[Callable[["Project"], Iterable[Fact]]] = []


def register_facts(fn: Callable[["Project"], Iterable[Fact]]) -> None:
    _facts.append(fn)


def facts(project: "Project") -> list[Fact]:
    """Everything that the apps above know."""
    return [fact for fn in _facts for fact in fn(project)]


def called(found: Iterable[Fact]) -> list[tuple[Trigger, list[Fact]]]:
    """The triggers that something set off, each with what did."""
    known = list(found)
    heard = [(trigger, [fact for fact in known if fact.kind in trigger.kinds]) for trigger in TRIGGERS]
    return [(trigger, because) for trigger, because in heard if because]


def trigger(key: str) -> Trigger | None:
    return next((found for found in TRIGGERS if found.key == key), None)
