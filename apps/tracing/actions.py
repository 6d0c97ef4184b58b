from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.core.errors import DomainError
from apps.events.log import record
from apps.projects.models import Project
from apps.tracing import queries
from apps.tracing.models import Tie
from apps.tracing.web import pair

CHANGED = "ties:changed"


@transaction.atomic
def tie(project: Project, *, one: str, other: str, by: User) -> Tie:
    """Say that two things hang together; saying it twice says it once."""
    known = queries.of(project).things
    if one == other or one not in known or other not in known:
        raise DomainError(_("Choose two different things of this project."))
    first, second = pair(one, other)
    made, new = project.ties.get_or_create(one=first, other=second)
    if new:
        record("tie.drawn", subject=made, by=by, stream=project.stream, one=first, other=second)
    return made


@transaction.atomic
def take_ties(project: Project, pairs: Iterable[tuple[str, str]], *, origin: str, by: User) -> int:
    """Draw several at once, as they came from elsewhere; what is not here is left out. Returns how many are new."""
    known = queries.of(project).things
    wanted = {pair(one, other) for one, other in pairs if one != other and one in known and other in known}
    wanted -= set(project.ties.values_list("one", "other"))
    Tie.objects.bulk_create([Tie(project=project, one=one, other=other) for one, other in sorted(wanted)])
    if wanted:
        record("tie.taken", subject=project, by=by, stream=project.stream, count=len(wanted), origin=origin)
    return len(wanted)


@transaction.atomic
def untie(project: Project, *, one: str, other: str, by: User) -> None:
    """Take back a tie that somebody drew. Those that follow from the scope stay."""
    first, second = pair(one, other)
    found = project.ties.filter(one=first, other=second).first()
    if found:
        record("tie.cut", subject=found, by=by, stream=project.stream, one=first, other=second)
        found.delete()
