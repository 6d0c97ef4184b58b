from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.core.errors import DomainError
from apps.events.log import record
from apps.projects.models import Project
from apps.projects.sections import reading
from apps.scope import queries
from apps.scope.models import Baseline, Reading, Waiver
from apps.scope.queries import Seen
from apps.scope.snapshot import canonical, fingerprint, snapshot

CHANGED = "findings:changed"


@transaction.atomic
def freeze(project: Project, *, decision: str, by: User) -> Baseline:
    """Freeze the scope as the next baseline. What was frozen before stays as it is."""
    # Two who freeze at once: the second waits here and gets the next number.
    Project.objects.select_for_update().get(pk=project.pk)
    before = queries.latest(project)
    number = before.number + 1 if before else 1
    now = timezone.now()
    content = snapshot(
        project,
        number=number,
        frozen_at=now,
        frozen_by=str(by),
        decision=decision,
        findings=queries.for_snapshot(queries.readiness(project)),
    )
    if before and _says(before.snapshot) == _says(content):
        raise DomainError(
            _("Nothing changed since baseline %(number)s. It is the one to sign.") % {"number": before.number}
        )
    text = canonical(content)
    baseline = Baseline.objects.create(
        project=project, number=number, canonical=text, fingerprint=fingerprint(text), frozen_by=by, frozen_at=now
    )
    record(
        "baseline.frozen",
        subject=baseline,
        by=by,
        stream=project.stream,
        number=number,
        fingerprint=baseline.fingerprint,
    )
    return baseline


def _says(content: dict[str, Any]) -> tuple[Any, ...]:
    """What a baseline says: the same twice is not frozen twice. An approval that came since is worth another one."""
    found = {(one["section"], one["message"], *_words(one["waiver"] or {})) for one in content["findings"]}
    beside = {key: said for key, said in content.get("beside", {}).items() if said}
    return content["sections"], content["decision"], found, beside


def _words(waiver: dict[str, str]) -> tuple[str, str, str]:
    return waiver.get("name", ""), waiver.get("reason", ""), waiver.get("until", "")


@transaction.atomic
def waive(
    project: Project, finding: str, *, reason: str, until: date | None = None, also: Sequence[str] = (), by: User
) -> Waiver:
    """Go on in spite of a finding, with a name and a reason that the scope will show; `also` of others about the same."""
    seen = queries.readiness(project)
    found = next((each for each in seen if each.key == finding), None)
    if found is None:
        raise DomainError(_("This finding is gone: somebody mended it."))
    if not found.can_be_waived:
        raise DomainError(_("This finding is waived already."))
    if until and until < timezone.localdate():
        raise DomainError(_("That day is over. Give one to come, or none."))
    others = [each for each in queries.alike(seen, found) if each.key in also]
    for each in others:
        _waive(project, each, reason, until, by)
    return _waive(project, found, reason, until, by)


def _waive(project: Project, found: Seen, reason: str, until: date | None, by: User) -> Waiver:
    try:
        with transaction.atomic():
            # One that has run out makes room.
            Waiver.objects.filter(project=project, finding=found.key, until__lt=timezone.localdate()).delete()
            waiver = Waiver.objects.create(
                project=project,
                finding=found.key,
                message=str(found.finding.message)[:400],
                reason=reason,
                by=by,
                at=timezone.now(),
                until=until,
            )
    except IntegrityError as error:
        raise DomainError(_("This finding is waived already.")) from error
    kind = "advice.overruled" if found.advises else "finding.waived"
    record(
        kind,
        subject=waiver,
        by=by,
        stream=project.stream,
        changed=CHANGED,
        rule=found.finding.rule,
        words=waiver.message,
    )
    return waiver


@transaction.atomic
def take_back(waiver: Waiver, *, by: User) -> None:
    """Let a finding ask again, or advice count again. That it was waived stays in the history and in what was frozen."""
    record(
        "finding.asked_again",
        subject=waiver,
        by=by,
        stream=waiver.project.stream,
        changed=CHANGED,
        words=waiver.message,
    )
    waiver.delete()


def remember_readiness(project: Project) -> Reading:
    """Keep what readiness says today; the first one of the day counts."""
    with reading(project):
        seen = queries.readiness(project)
        standing = queries.standing(project, seen)
    open_ones = {one.key: str(one.finding.message) for one in seen if one.waiver is None}
    fields = {"findings": open_ones, "score": standing.score}
    return project.readings.get_or_create(day=timezone.localdate(), defaults=fields)[0]
