"""What readiness looks for. Every rule of every app is declared here once: so it can be listed, explained and tested."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any, TypeVar

from apps.projects.sections import Finding

EVERY = "*"
"""The section of rules that hold for every section of prose."""
OPEN = "…"
"""What stands in a message where its rule names the thing that it applies to."""


@dataclass(frozen=True)
class Rule:
    """Something that a careful reviewer would say of a section. `id` is kept for ever: baselines and waivers speak of it.

    `message` may have places for names, as `%(name)s`.
    """

    id: str
    level: str
    section: str
    message: Any
    why: Any

    def found(self, url: str, *, message: Any = None, why: Any = None, **names: object) -> Finding:
        """This rule as it applies to one thing; `message` and `why` say it more exactly than the rule does."""
        words = str(message or self.message)
        words = words % names if "%(" in words else words
        return Finding(self.id, self.level, words, str(why or self.why), url, self.section)

    @property
    def pattern(self) -> str:
        """The message without names, as a list of rules shows it."""
        return str(self.message) % defaultdict(lambda: OPEN) if "%(" in str(self.message) else str(self.message)


AnyRule = TypeVar("AnyRule", bound=Rule)
_rules: dict[str, Rule] = {}


def declare(*rules: AnyRule) -> tuple[AnyRule, ...]:
    """Put rules into the list, and give them back."""
    for rule in rules:
        assert rule.id not in _rules, f"two rules are called {rule.id}"
        _rules[rule.id] = rule
    return rules


def all_rules() -> list[Rule]:
    """Every rule, in the order in which they were declared."""
    return list(_rules.values())
