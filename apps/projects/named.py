"""Who can be meant where a person is asked for by name. Upper apps register whom they know beside the members."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from apps.projects.queries import member_users

if TYPE_CHECKING:
    from apps.projects.models import Project

Knows = Callable[["Project"], Iterable[tuple[str, str]]]
_known: list[Knows] = []


def register(fn: Knows) -> None:
    """`fn(project)` gives names, each with the address of the person's page."""
    _known.append(fn)


def names(project: "Project") -> list[str]:
    """To choose from while typing, each once; any other name may be typed as well."""
    known = {name for fn in _known for name, _url in fn(project)}
    return sorted(name for name in known | set(member_users(project).values_list("name", flat=True)) if name)


def page_of(project: "Project", name: str) -> str:
    """The page of the person of that name, or of the only one with that first name; empty when there is none."""
    wanted = name.strip().casefold()
    pages = [(each.strip().casefold(), url) for fn in _known for each, url in fn(project)] if wanted else []
    exact = [url for each, url in pages if each == wanted]
    first = {url for each, url in pages if each.partition(" ")[0] == wanted}
    return exact[0] if exact else first.pop() if len(first) == 1 else ""
