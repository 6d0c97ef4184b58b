"""How ties that people drew are taken along into a new project."""

from django.utils.translation import gettext_lazy as _

from apps.projects.copying import Arrival, Piece
from apps.projects.models import Project
from apps.tracing import actions


def pack(project: Project, *, names: bool) -> list[list[str]]:
    return [list(tie) for tie in project.ties.order_by("created_at").values_list("one", "other")]


def unpack(packed: list[list[str]], arrival: Arrival) -> None:
    pairs = [(_here(one, arrival), _here(other, arrival)) for one, other in packed]
    actions.take_ties(arrival.project, pairs, origin=arrival.origin, by=arrival.by)


def _here(key: str, arrival: Arrival) -> str:
    """`risk:<id there>` as `risk:<id here>`; of what did not come along, a key that nothing has."""
    kind, _colon, ident = key.partition(":")
    return f"{kind}:{arrival.keys.get(ident, '')}"


PIECE = Piece(
    "ties", _("What hangs on what"), 900, pack, unpack,
    about=_("The ties that people drew, where both ends come along."),
)  # fmt: skip
