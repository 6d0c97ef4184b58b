"""How the answers of the legal triage are taken along into a new project."""

from django.utils.translation import gettext_lazy as _

from apps.assessments import actions, queries
from apps.projects.copying import Arrival, Piece
from apps.projects.models import Project


def pack(project: Project, *, names: bool) -> dict[str, str]:
    return dict(queries.of(project).answers)


def unpack(packed: dict[str, str], arrival: Arrival) -> None:
    """The answers to questions that are still asked; what follows is decided anew."""
    answers = {key: packed[key] for key in queries.asked(arrival.project).keys if key in packed}
    actions.answer_triage(arrival.project, answers=answers, version=1, by=arrival.by)


PIECE = Piece(
    "triage", _("Legal triage"), 220, pack, unpack, usual=False, counted=False,
    about=_("The answers alone: another use may fall under other law, so somebody decides again."),
)  # fmt: skip
