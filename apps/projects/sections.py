"""The section registry. Content apps register what they own; `scope` and the document page read it."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from apps.projects.models import Project

Snapshot = dict[str, Any]
Loaded = TypeVar("Loaded")


@dataclass(frozen=True)
class Finding:
    """Something a careful reviewer would say. `level` is one of `enums.Level`."""

    rule: str
    level: str
    message: str
    why: str
    url: str
    section: str


@dataclass(frozen=True)
class Part:
    """What another app puts under a section: a key of its own in the section's snapshot.

    `template` draws it (`drawn` is the value under that key, `part`, `medium`) where the section's own template
    says `{% attached snapshot medium %}`; in a snapshot made before the part was there it draws nothing.
    `live` are the names of the changes that it hears of, `page_url` what the document asks when it does.
    `edit_words` stand on the link to `edit_url`, `fill_words` while there is nothing to edit.
    """

    section: str
    key: str
    snapshot: Callable[["Project"], Any]
    template: str
    findings: Callable[["Project"], list[Finding]]
    edit_url: Callable[["Project"], str]
    page_url: Callable[["Project"], str]
    live: str
    edit_words: Any
    fill_words: Any = ""


@dataclass(frozen=True)
class Section:
    """A part of the scope document.

    `snapshot` returns plain JSON (no floats where a decimal matters: strings), the same for the same
    rows. `template` draws a snapshot and nothing else (`snapshot`, `medium` = "page" or "pdf").
    `parts` are what other apps attached; snapshot and findings have theirs in them.
    """

    key: str
    title: Any
    order: int
    snapshot: Callable[["Project"], Snapshot]
    template: str
    findings: Callable[["Project"], list[Finding]]
    edit_url: Callable[["Project"], str]
    parts: tuple[Part, ...] = ()


_sections: dict[str, Section] = {}
_parts: list[Part] = []
_LOADED = "_read_once"


def register(section: Section) -> None:
    _sections[section.key] = section


def attach(part: Part) -> None:
    """Put a part under a section, in the order of calls; the section may be registered later."""
    _parts.append(part)


def attached(snapshot: Snapshot) -> list[Part]:
    """The parts that have something in a section's snapshot."""
    return [part for part in _parts if part.key in snapshot]


def stands_in(content: Any, words: str) -> bool:
    """Whether a snapshot, or anything in it, says these words in a row; capitals and line ends do not matter."""
    if isinstance(content, dict):
        return any(stands_in(value, words) for value in content.values())
    if isinstance(content, list):
        return any(stands_in(value, words) for value in content)
    return isinstance(content, str) and _plain(words) in _plain(content)


def _plain(words: str) -> str:
    return " ".join(words.split()).casefold()


def is_empty(snapshot: Snapshot) -> bool:
    """Whether a section has nothing to read yet: a text says so itself, other sections have no rows."""
    if snapshot.get("state") == "empty":
        return not any(_has_any(snapshot[part.key]) for part in attached(snapshot))
    return "state" not in snapshot and not _has_any(snapshot)


def said(snapshot: Snapshot) -> Snapshot:
    """What a section says, as JSON gives it back: a text without its state and without who keeps it."""
    kept = {key: value for key, value in snapshot.items() if key not in ("state", "owner") or "text" not in snapshot}
    return dict(json.loads(json.dumps(kept)))


@contextmanager
def reading(project: "Project") -> Iterator[None]:
    """Whoever reads every section of a project does so in here: what several sections share is loaded once."""
    if reads_all(project):
        yield
        return
    setattr(project, _LOADED, {})
    try:
        yield
    finally:
        delattr(project, _LOADED)


def reads_all(project: "Project") -> bool:
    """Whether all sections of this project are being read."""
    return hasattr(project, _LOADED)


def once(project: "Project", key: str, load: Callable[["Project"], Loaded]) -> Loaded:
    """`load(project)`, remembered under `key` for as long as all sections are read and no longer."""
    loaded: dict[str, Any] = getattr(project, _LOADED, {})
    if key not in loaded:
        loaded[key] = load(project)
    return loaded[key]


def all_sections() -> list[Section]:
    """Every section in the order of the document; its place in the list is its number."""
    return [_whole(found) for found in sorted(_sections.values(), key=lambda section: (section.order, section.key))]


def section(key: str) -> Section:
    """Raises KeyError when nobody registered it."""
    return _whole(_sections[key])


def number_of(key: str) -> int:
    """The clay numeral of a section, from 1."""
    return [found.key for found in all_sections()].index(key) + 1


def _has_any(value: Any) -> bool:
    return any(map(_has_any, value.values())) if isinstance(value, dict) else bool(value)


def _whole(own: Section) -> Section:
    """The section with what is attached to it."""
    parts = tuple(part for part in _parts if part.section == own.key)
    if not parts:
        return own

    def snapshot(project: "Project") -> Snapshot:
        return own.snapshot(project) | {part.key: part.snapshot(project) for part in parts}

    def findings(project: "Project") -> list[Finding]:
        return own.findings(project) + [found for part in parts for found in part.findings(project)]

    return replace(own, snapshot=snapshot, findings=findings, parts=parts)
