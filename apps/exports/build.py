"""Making the file: draw, seal, store, say so."""

from hashlib import sha256

import structlog
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from apps.core.due import State, claim, finish, try_later
from apps.core.errors import DomainError
from apps.events import live
from apps.events.log import record
from apps.exports import lease, letters, queries, seal, store
from apps.exports.document import document
from apps.exports.models import Export, Stage
from apps.exports.pdf import render_in_child

CHANGED = "exports:changed"
log = structlog.get_logger("exports")


def build_export(export_id: str) -> None:
    """Render, seal and store an export. Safe to run twice, and again after a crash: one row, one file."""
    export = claim(Export, export_id, lease_seconds=lease.SECONDS)
    if export is None:
        return
    try:
        with lease.held(export):
            pdf = _sealed(export)
            name = store.put(export.pk, pdf)
    except DomainError as refusal:
        log.warning(
            "export failed", export=export_id, error=str(refusal), report=getattr(refusal, "report", "")[-2000:]
        )
        finish(export, State.FAILED, str(refusal))
        live.ring(export.baseline.project.stream, CHANGED)
    except OSError as error:
        log.warning("export will be tried again", export=export_id, error=str(error))
        try_later(export, str(error))
        live.ring(export.baseline.project.stream, CHANGED)
    else:
        _finish(export, name, pdf)


def _sealed(export: Export) -> bytes:
    baseline = export.baseline
    _at(export, Stage.DRAWING)
    paper = document(baseline.snapshot, baseline.canonical, queries.record_of(baseline))
    pdf = render_in_child(paper.html, assets=paper.assets, attachments=paper.attachments, identifier=paper.identifier)
    _at(export, Stage.SEALING)
    organisation = baseline.snapshot["project"]["organisation"] or "Scoperoom"
    return seal.seal(pdf, folder=settings.VAR / "seal", organisation=organisation)


def _at(export: Export, stage: Stage) -> None:
    lease.mine(export).update(stage=stage)
    live.ring(export.baseline.project.stream, CHANGED)


@transaction.atomic
def _finish(export: Export, name: str, pdf: bytes) -> None:
    row = lease.mine(export).select_for_update(of=("self",)).select_related("baseline__project").first()
    if row is None:
        # This attempt lost its lease and another one took over; its file is the one that counts.
        store.drop(name)
        return
    row.file, row.sha256, row.size = name, sha256(pdf).hexdigest(), len(pdf)
    row.stage, row.done_at = Stage.READY, timezone.now()
    row.save(update_fields=["file", "sha256", "size", "stage", "done_at"])
    finish(row, State.DONE)
    baseline = row.baseline
    record(
        "export.made", subject=row, by=None, stream=baseline.project.stream, number=baseline.number, sha256=row.sha256
    )
    if row.tell_signers:
        letters.sealed(row)
