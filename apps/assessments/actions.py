from collections.abc import Sequence
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.assessments import queries, triage
from apps.assessments.models import Triage
from apps.assessments.triage import Duty
from apps.core.errors import DomainError
from apps.core.ids import uuid7
from apps.core.writes import save_version
from apps.events.log import record
from apps.projects.models import Project
from apps.tables import actions as registers
from apps.tables.columns import Values
from apps.tables.models import OwnEntry
from apps.tables.queries import Batch

CHANGED = "triages:changed"
ANSWERED = ["answers", "edition", "asked", "outcome", "answered_by", "answered_at"]
DECIDED = ["verdict", "words", "decided_by", "decided_at"]


@transaction.atomic
def answer_triage(project: Project, *, answers: dict[str, str], version: int, by: User) -> Triage:
    """Keep the answers. Whoever decided on other answers has to decide again, so their outcome is taken off."""
    Project.objects.select_for_update(no_key=True).get(pk=project.pk)
    found, _made = Triage.objects.get_or_create(project=project, defaults={"edition": triage.catalog().edition})
    changed = found.answers != answers
    _keep(found, answers)
    found.answered_by, found.answered_at = by, timezone.now()
    if changed:
        _take_off_decision(found)
    save_version(found, expected=version, fields=[*ANSWERED, *DECIDED])
    record("triage.answered", subject=found, by=by, stream=project.stream, edition=found.edition)
    return found


@transaction.atomic
def take_edition(project: Project, *, version: int, by: User) -> Triage:
    """Let the answers count on today's edition. What was decided falls if they lead somewhere else there."""
    found = Triage.objects.select_for_update(of=("self",)).filter(project=project).first()
    if found is None or not queries.is_older(found):
        raise DomainError(_("The answers are on the newest edition already."))
    news = queries.newer(project)
    if news is None or not news.is_same:
        _take_off_decision(found)
    _keep(found, found.answers)
    save_version(found, expected=version, fields=[*ANSWERED, *DECIDED])
    record("triage.renewed", subject=found, by=by, stream=project.stream, edition=found.edition)
    return found


@transaction.atomic
def decide_triage(project: Project, *, verdict: str, words: str, version: int, by: User) -> Triage:
    """Say what follows, with a name. Needs every question answered."""
    found = Triage.objects.select_for_update(of=("self",)).filter(project=project).first()
    if found is None or not triage.assess(found.answers, queries.asked(project)).complete:
        raise DomainError(_("Answer every question first; “not sure” is an answer."))
    found.verdict, found.words, found.decided_by, found.decided_at = verdict, words, by, timezone.now()
    save_version(found, expected=version, fields=DECIDED)
    record("triage.decided", subject=found, by=by, stream=project.stream, verdict=verdict)
    return found


@transaction.atomic
def take_duty(project: Project, *, key: str, by: User) -> Batch:
    """Put something that follows into its register, once."""
    duty = next((one for one in queries.result(project).duties if one.key == key), None)
    if duty is None or duty.lands == queries.SEAT:
        raise DomainError(_("This does not follow from the answers any more."))
    return _take(project, duty.lands, [duty], by)


@transaction.atomic
def take_duties(project: Project, *, lands: str, by: User) -> Batch:
    """Put everything that follows and belongs into this register there; what stands there stays once."""
    duties = [duty for duty in queries.result(project).duties if duty.lands == lands]
    if not duties or lands == queries.SEAT:
        raise DomainError(_("This does not follow from the answers any more."))
    return _take(project, lands, duties, by)


@transaction.atomic
def undo_duties(project: Project, register: str, batch: UUID, *, again: bool = False, by: User) -> Batch:
    """Take out again what was taken in one go, as long as nobody has written in it."""
    undone: Batch = registers.undo(project, register, batch, again=again, by=by)
    return undone


def _take(project: Project, register: str, duties: Sequence[Duty], by: User) -> Batch:
    """Those that are not there yet, in one go; nothing in it when all are."""
    registers.lock(project)
    there = queries.taken(project)
    new = [duty for duty in duties if not queries.is_taken(duty, there)]
    if not new:
        return Batch(uuid7(), [])
    values: list[Values] = [{"name": duty.name} for duty in new]
    origins = [queries.origin(duty) for duty in new]
    return registers.take_rows(project, register, new=values, changed=[], came_from=origins, by=by)


@transaction.atomic
def add_question(project: Project, *, ask: str, help: str, follows: str, lands: str, by: User) -> OwnEntry:
    """Something that the company asks of every project besides the law, and what a yes asks for."""
    entry = OwnEntry(register=queries.OWN, name=ask, author=by)
    entry.values = {"help": help, "follows": follows, "lands": lands}
    try:
        with transaction.atomic():
            entry.save(force_insert=True)
    except IntegrityError as twice:
        raise DomainError(_("The company asks this already.")) from twice
    record("entry.kept", subject=entry, by=by, stream=project.stream, changed=CHANGED, register=queries.OWN)
    return entry


@transaction.atomic
def drop_question(project: Project, entry: OwnEntry, *, by: User) -> None:
    """Asked no more; what projects took because of it stays."""
    record("entry.dropped", subject=entry, by=by, stream=project.stream, changed=CHANGED, register=queries.OWN)
    entry.delete()


def _keep(found: Triage, answers: dict[str, str]) -> None:
    """The answers, with how the questions are asked today and what follows from them."""
    asked = triage.catalog().and_own(queries.own_questions())
    found.answers, found.edition = answers, asked.edition
    found.asked = {key: question.ask for key, question in triage.catalog().asked.items()}
    found.outcome = triage.as_data(triage.assess(answers, asked), asked)


def _take_off_decision(found: Triage) -> None:
    found.verdict, found.words, found.decided_by, found.decided_at = "", "", None, None
