from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.core.due import State
from apps.core.errors import DomainError
from apps.core.wake import wake
from apps.events.log import record
from apps.exports import queries, tasks
from apps.exports.models import Export, Stage
from apps.scope.models import Baseline
from apps.signoffs.queries import standing


@transaction.atomic
def make_pdf(baseline: Baseline, *, by: User | None, tell_signers: bool = False) -> Export:
    """Have the sealed PDF made of a baseline and the signatures it has now; the same one is made once."""
    if not baseline.is_whole:
        raise DomainError(_("The stored text of this baseline does not match its fingerprint. Nothing was made."))
    now = standing(baseline)
    export, new = Export.objects.select_for_update(of=("self",)).get_or_create(
        effect_key=queries.effect_key(baseline, now),
        defaults={"baseline": baseline, "asked_by": by, "signed": len(now.signed), "tell_signers": tell_signers},
    )
    if not new and export.state == State.FAILED:
        export.state, export.stage, export.attempts = State.QUEUED, Stage.QUEUED, 0
        export.due_at, export.last_error = timezone.now(), ""
        export.save(update_fields=["state", "stage", "attempts", "due_at", "last_error", "updated_at"])
        new = True
    if new:
        record("export.queued", subject=export, by=by, stream=baseline.project.stream, number=baseline.number)
        transaction.on_commit(partial(wake, tasks.build, str(export.pk)))
    return export


def make_signed_pdf(baseline: Baseline) -> None:
    """The last signature is there: make the file and tell everyone who signed."""
    make_pdf(baseline, by=None, tell_signers=True)
