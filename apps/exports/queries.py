from hashlib import sha256

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse

from apps.exports.document import Record, Signer
from apps.exports.models import Export
from apps.exports.trail import entries
from apps.projects.models import Project
from apps.scope.models import Baseline
from apps.signoffs.enums import Answer
from apps.signoffs.models import SignRequest
from apps.signoffs.queries import Standing, standing


def exports(project: Project) -> QuerySet[Export]:
    return (
        Export.objects.filter(baseline__project=project).select_related("baseline", "asked_by").order_by("-created_at")
    )


def of_baseline(baseline: Baseline) -> list[Export]:
    """Newest first."""
    return list(exports(baseline.project).filter(baseline=baseline))


def effect_key(baseline: Baseline, standing: Standing) -> str:
    """One file for a baseline and the answers it has: a new signature is a new file, asking twice is not."""
    answers = "|".join(sorted(f"{request.pk}:{request.answer}" for request in standing.requests))
    state = sha256(f"{answers}|{standing.superseded_by or ''}".encode()).hexdigest()[:16]
    return f"pdf:{baseline.pk}:{state}"


def record_of(baseline: Baseline) -> Record:
    """Who signed, what happened, and where to check, as the file tells it."""
    now = standing(baseline)
    trail, head = entries(baseline.project.stream)
    return Record(
        signers=[_signer(request) for request in now.requests],
        trail=trail,
        chain_head=head,
        verify_url=settings.PUBLIC_URL + reverse("exports:verify"),
        superseded_by=now.superseded_by,
    )


def _signer(request: SignRequest) -> Signer:
    if request.answer == Answer.SIGNED:
        signature = request.signature
        return Signer(
            name=signature.name,
            role=signature.role,
            state="signed",
            at=f"{signature.signed_at:%-d %b %Y, %H:%M} UTC",
            method=f"{signature.method[:1].upper()}{signature.method[1:]}",
            statement=signature.statement,
            statement_hash=signature.statement_hash,
        )
    answered = f"{request.answered_at:%-d %b %Y, %H:%M} UTC" if request.answered_at else ""
    return Signer(str(request.signer), request.role, request.answer, at=answered, reason=request.reason)
