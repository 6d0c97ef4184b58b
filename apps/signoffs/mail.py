"""What signers and hosts are told."""

from django.urls import reverse
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.notifications import outbox
from apps.signoffs import queries
from apps.signoffs.models import SignRequest


def asked(request: SignRequest) -> None:
    """The request itself, once, when it is the signer's turn."""
    baseline = request.baseline
    before = queries.last_signed(baseline.project, request.signer, before=baseline.number)
    outbox.send(
        to=request.signer,
        subject=_("Your signature: %(title)s, baseline %(number)s")
        % {"title": baseline.project.title, "number": baseline.number},
        template="mail/sign_request",
        context={"request": request, "baseline": baseline, "before": before, "path": _path(request)},
        effect_key=f"sign-request:{request.pk}",
        about=f"sign-request:{request.pk}",
    )


def code(request: SignRequest, digits: str, *, key: str) -> None:
    outbox.send(
        to=request.signer,
        subject=_("Your code to sign baseline %(number)s") % {"number": request.baseline.number},
        template="mail/sign_code",
        context={"code": digits, "baseline": request.baseline, "project_title": request.baseline.project.title},
        effect_key=f"sign-code:{key}",
        secret=True,
        about=f"sign-request:{request.pk}",
    )


def declined(request: SignRequest, *, host: User) -> None:
    outbox.send(
        to=host,
        subject=_("%(name)s declined to sign baseline %(number)s")
        % {"name": request.signer, "number": request.baseline.number},
        template="mail/sign_declined",
        context={"request": request, "baseline": request.baseline, "path": _path(request)},
        effect_key=f"sign-declined:{request.pk}:{host.pk}",
        about=f"sign-declined:{request.pk}",
    )


def _path(request: SignRequest) -> str:
    baseline = request.baseline
    return reverse("signoffs:show", args=[baseline.project_id, baseline.number])
