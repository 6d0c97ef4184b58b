"""What can be talked about. A target is a key such as "section:purpose", "risk:<uuid>" or "row:<uuid>/legal_basis":
upper apps say what theirs are called, where they stand and who answers for them."""

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.urls import reverse

from apps.core.text.markdown import render
from apps.core.text.passages import Quoted, mark
from apps.projects import section_objectives, sections

if TYPE_CHECKING:
    from apps.accounts.models import User
    from apps.projects.models import Project


@dataclass(frozen=True)
class Place:
    """Where a target stands: its name, its page, the section of the document, and whoever answers for it."""

    title: str
    url: str
    section: str
    owners: Sequence["User"] = ()


Resolver = Callable[["Project", Collection[str]], dict[str, Place]]
Text = Callable[["Project", str], str]
Owners = Callable[["Project", str], Sequence["User"]]
_resolvers: dict[str, Resolver] = {}
_owners: list[Owners] = []
_texts: list[Text] = []


def register(kind: str, resolver: Resolver) -> None:
    """`resolver(project, idents)` is the place of each ident that is there; an ident may end in `/field`."""
    _resolvers[kind] = resolver


def register_owners(owners: Owners) -> None:
    """`owners(project, section)` are those who answer for a section."""
    _owners.append(owners)


def register_text(text: Text) -> None:
    """`text(project, section)` is the Markdown in which quoted words of a section stand; empty when there is none."""
    _texts.append(text)


def places(project: "Project", targets: Collection[str]) -> dict[str, Place]:
    """The place of every target that is there; what is gone, or never was, is left out."""
    by_kind: dict[str, set[str]] = defaultdict(set)
    for target in targets:
        kind, _, ident = target.partition(":")
        by_kind[kind].add(ident)
    return {
        f"{kind}:{ident}": place
        for kind, idents in by_kind.items()
        if kind in _resolvers
        for ident, place in _resolvers[kind](project, idents).items()
    }


def place(project: "Project", target: str) -> Place | None:
    return places(project, [target]).get(target)


def owners(project: "Project", section: str) -> list["User"]:
    return [user for found in _owners for user in found(project, section)]


def lost_quotes(project: "Project", section: str, quotes: Collection[Quoted]) -> frozenset[str]:
    """Those of the quoted words that no longer stand in the section, neither in its text nor in its tables."""
    source = "\n\n".join(text(project, section) for text in _texts) if quotes else ""
    lost = mark(render(source), quotes)[1]
    said = [found.snapshot(project) for found in sections.all_sections() if found.key == section] if lost else []
    return frozenset(words for words in lost if not sections.stands_in(said, words))


def split(ident: str) -> tuple[str, str]:
    """The key of a row, and the field that is meant; empty when it is the whole."""
    pk, _, field = ident.partition("/")
    return pk, field


def rows(found: QuerySet[Any], idents: Collection[str]) -> dict[str, Any]:
    """The row of each ident, by ident; what names no row is left out."""
    keys = {}
    for ident in idents:
        try:
            keys[ident] = found.model._meta.pk.to_python(split(ident)[0])
        except ValidationError:
            continue
    by_key = found.in_bulk(set(keys.values()))
    return {ident: by_key[key] for ident, key in keys.items() if key in by_key}


def sections_of(project: "Project", idents: Collection[str]) -> dict[str, Place]:
    document = reverse("dprd:document", args=[project.pk])
    titles = {found.key: str(found.title) for found in sections.all_sections()}
    return {key: Place(titles[key], f"{document}#{key}", key) for key in idents if key in titles}


def objectives_of(project: "Project", idents: Collection[str]) -> dict[str, Place]:
    found = rows(project.objectives.all(), idents)
    url = section_objectives.SECTION.edit_url(project)
    return {ident: Place(str(row), url, section_objectives.KEY) for ident, row in found.items()}


register("section", sections_of)
register("objective", objectives_of)
