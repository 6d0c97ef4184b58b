"""The whole draft at one moment, as the rules that look across sections read it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from apps.projects.sections import is_empty

Row = dict[str, Any]
Rows = list[Row]


@dataclass(frozen=True)
class Hit:
    """One thing that a rule applies to: its name for the message, and the row and field where it is mended.

    `section` is said by rules that may apply in several.

    `kind` is "objective", "risk", the key of a register, or another place that `links` knows (there `field` is a place of
    its page); without one it is mended on the page of the rule's section.
    """

    name: str = ""
    kind: str = ""
    row: str = ""
    field: str = ""
    section: str = ""

    @classmethod
    def at(cls, kind: str, row: Row, field: str, section: str = "") -> "Hit":
        return cls(str(row.get("title") or row.get("name") or ""), kind, str(row.get("id", "")), field, section)


@dataclass(frozen=True)
class Draft:
    """Snapshots of the sections by key; how many threads are open on each target; who has read which section.

    `readers` counts the people beside the owner who have seen the text as it is; `loose_risks` are the risks that
    hang on nothing; `outdated` names, by person, the sections that read differently when they approved them.
    """

    sections: dict[str, dict[str, Any]]
    today: date
    open_threads: dict[str, int] = field(default_factory=dict)
    readers: dict[str, int] = field(default_factory=dict)
    loose_risks: list[str] = field(default_factory=list)
    outdated: dict[str, list[str]] = field(default_factory=dict)

    @property
    def empty(self) -> frozenset[str]:
        """Sections in which there is nothing to read."""
        read = {
            key: {name: said for name, said in one.items() if name != "title"} for key, one in self.sections.items()
        }
        return frozenset(key for key, content in read.items() if is_empty(content))

    def rows(self, section: str, key: str) -> Rows:
        """The rows of a register, or nothing."""
        return self.sections.get(section, {}).get(key) or []

    def text(self, section: str) -> str:
        return str(self.sections.get(section, {}).get("text") or "")

    @property
    def objectives(self) -> Rows:
        return self.rows("objectives", "objectives")

    @property
    def sources(self) -> Rows:
        return [row for row in self.rows("data", "data_sources") if row.get("used") != "not used"]

    @property
    def metrics(self) -> Rows:
        return self.rows("metrics", "metrics")

    @property
    def signals(self) -> Rows:
        return self.rows("monitoring", "monitoring")

    @property
    def options(self) -> Rows:
        """The ways to get there that nobody has put away."""
        rows = self.rows("model", "model_options")
        return [row for row in rows if row.get("verdict") not in ("in reserve", "ruled out")]

    @property
    def deliverables(self) -> Rows:
        return [row for row in self.rows("deliverables", "deliverables") if row.get("state") != "dropped"]

    @property
    def dependencies(self) -> Rows:
        return self.rows("dependencies", "dependencies")

    @property
    def safeguards(self) -> Rows:
        return self.rows("responsible", "safeguards")

    @property
    def steps(self) -> Rows:
        return self.rows("delivery", "delivery")

    @property
    def test_sets(self) -> Rows:
        return self.rows("metrics", "test_sets")

    @property
    def people(self) -> Rows:
        return self.rows("people", "people")

    @property
    def empty_seats(self) -> set[str]:
        return {seat["key"] for seat in self.rows("people", "empty_seats")}

    @property
    def triage(self) -> dict[str, Any]:
        return self.sections.get("responsible", {})

    @property
    def components(self) -> Rows:
        return (self.sections.get("architecture", {}).get("diagram") or {}).get("components", [])

    @property
    def flows(self) -> Rows:
        return (self.sections.get("architecture", {}).get("diagram") or {}).get("flows", [])

    @property
    def risks(self) -> Rows:
        return [row for row in self.rows("risks", "risks") if row.get("state") != "closed"]

    @property
    def frame(self) -> dict[str, Any]:
        return self.sections.get("purpose", {}).get("frame") or {}

    def things(self) -> Iterator[tuple[str, Row]]:
        """Every row of the scope that people wrote, each with its kind."""
        named = {
            "objective": self.objectives, "risk": self.risks, "data_sources": self.sources, "metrics": self.metrics,
            "test_sets": self.test_sets, "monitoring": self.signals, "deliverables": self.deliverables,
            "dependencies": self.dependencies, "safeguards": self.safeguards, "delivery": self.steps,
        }  # fmt: skip
        yield from ((kind, row) for kind, rows in named.items() for row in rows)
