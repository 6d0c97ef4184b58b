"""What the verify page says of a file."""

from dataclasses import dataclass
from datetime import datetime
from threading import BoundedSemaphore

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Max
from django.utils.translation import gettext as _

from apps.core.errors import DomainError
from apps.exports import seal
from apps.scope.models import Baseline

# Anyone may ask: at most this many children at once in one web process.
_slots = BoundedSemaphore(2)
PATIENCE_SECONDS = 10


@dataclass(frozen=True)
class Finding:
    """The answer for a person: one headline, why, and what the file says of itself when it is ours."""

    genuine: bool
    headline: str
    why: str
    project: str = ""
    number: int = 0
    fingerprint: str = ""
    certificate: str = ""
    sealed_at: datetime | None = None
    known: bool = False
    superseded_by: int | None = None


def look_at(file: UploadedFile) -> Finding:
    """Check a file that anyone dropped; nothing of it is kept."""
    if not _slots.acquire(timeout=PATIENCE_SECONDS):
        raise DomainError(_("Several files are being checked right now. Try again in a minute."))
    try:
        verdict = seal.verify(file.read(), folder=settings.VAR / "seal")
    finally:
        _slots.release()
    if not verdict.genuine:
        headline, why = _refusals()[verdict.state]
        return Finding(False, headline, why % {"by": verdict.sealed_by})
    return _genuine(verdict)


def _genuine(verdict: seal.Verdict) -> Finding:
    baseline = Baseline.objects.filter(fingerprint=verdict.fingerprint).select_related("project").first()
    newest = baseline.project.baselines.aggregate(number=Max("number"))["number"] if baseline else None
    told = verdict.snapshot or {}
    return Finding(
        genuine=True,
        headline=_("Genuine and unchanged"),
        why=_("This installation made and sealed the file, and no byte of it has changed since."),
        project=told.get("project", ""),
        number=told.get("number", 0),
        fingerprint=verdict.fingerprint,
        certificate=verdict.certificate,
        sealed_at=datetime.fromisoformat(verdict.sealed_at),
        known=baseline is not None,
        superseded_by=newest if baseline and newest and newest > baseline.number else None,
    )


def _refusals() -> dict[str, tuple[str, str]]:
    return {
        seal.CHANGED: (
            _("Changed after it was sealed"),
            _("The file carries our seal, but something in it was altered or added afterwards. Do not rely on it."),
        ),
        seal.FOREIGN: (
            _("Not sealed by us"),
            _("The file carries a seal of somebody else (%(by)s). This installation cannot vouch for it."),
        ),
        seal.UNSEALED: (_("No seal"), _("This PDF carries no seal. Files that come from here always do.")),
        seal.NOT_A_PDF: (_("Not a PDF"), _("This file is not a PDF. Drop the file exactly as you received it.")),
        seal.TOO_LARGE: (_("Too large"), _("This file is larger than any that is made here.")),
        seal.TOO_COSTLY: (
            _("Not checked"),
            _(
                "Reading this PDF takes more time or memory than any file that is made here, so it was stopped. "
                "It is not one of ours, or it was altered."
            ),
        ),
        seal.ENCRYPTED: (_("Encrypted"), _("This PDF is encrypted. Files that come from here never are.")),
        seal.BROKEN: (_("Damaged"), _("This PDF cannot be read to its end; it was cut off on its way, or altered.")),
    }
