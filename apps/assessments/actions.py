from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.assessments import triage
from apps.assessments.models import Triage
from apps.assessments.triage import Duty
from apps.core.errors import DomainError
from apps.core.writes import save_version
from apps.events.log import record
from apps.projects.models import Project
from apps.registers.models import Row
from apps.tables import actions as registers

CHANGED = "triages:changed"


@transaction.atomic
def answer_triage(project: Project, *, answers: dict[str, str], version: int, by: User) -> Triage:
    """Keep the answers. Whoever decided on other answers has to decide again, so their outcome is taken off."""
    Project.objects.select_for_update(no_key=True).get(pk=project.pk)
    found, _made = Triage.objects.get_or_create(project=project, defaults={"edition": triage.catalog().edition})
    changed = found.answers != answers
    found.answers, found.edition = answers, triage.catalog().edition
    found.answered_by, found.answered_at = by, timezone.now()
    if changed:
        found.verdict, found.words, found.decided_by, found.decided_at = "", "", None, None
    save_version(
        found, expected=version,
        fields=["answers", "edition", "answered_by", "answered_at", "verdict", "words", "decided_by", "decided_at"],
    )  # fmt: skip
    record("triage.answered", subject=found, by=by, stream=project.stream, edition=found.edition)
    return found


@transaction.atomic
def decide_triage(project: Project, *, verdict: str, words: str, version: int, by: User) -> Triage:
    """Say what follows, with a name. Needs every question answered."""
    found = Triage.objects.select_for_update(of=("self",)).filter(project=project).first()
    if found is None or not triage.assess(found.answers).complete:
        raise DomainError(_("Answer every question first; “not sure” is an answer."))
    found.verdict, found.words, found.decided_by, found.decided_at = verdict, words, by, timezone.now()
    save_version(found, expected=version, fields=["verdict", "words", "decided_by", "decided_at"])
    record("triage.decided", subject=found, by=by, stream=project.stream, verdict=verdict)
    return found


@transaction.atomic
def take_duty(project: Project, *, key: str, by: User) -> Row:
    """Put something that follows into its register, once."""
    found = Triage.objects.filter(project=project).first()
    duty = next((one for one in triage.assess(found.answers).duties if one.key == key), None) if found else None
    if duty is None or duty.lands == "seat":
        raise DomainError(_("This does not follow from the answers any more."))
    return registers.add_row(
        project,
        duty.lands,
        values={"name": duty.what[:200]},
        came_from=origin(duty),
        client_key=f"triage:{project.pk}:{key}",
        by=by,
    )


def origin(duty: Duty) -> str:
    return _("Triage, %(article)s") % {"article": duty.article}
