from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.accounts.models import User
from apps.core.errors import DomainError
from apps.events.log import record
from apps.events.origin import here
from apps.notifications import outbox
from apps.projects.enums import Role
from apps.projects.queries import members
from apps.scope.models import Baseline
from apps.signoffs import approvals, codes, complete, mail, queries
from apps.signoffs.enums import Answer
from apps.signoffs.models import Signature, SignRequest
from apps.signoffs.statement import MEANING, METHOD, statement, statement_hash
from apps.stakeholders.queries import seats_of


@transaction.atomic
def ask_to_sign(
    baseline: Baseline, *, signers: Sequence[User], role: str, step: int, due: date | None, by: User
) -> list[SignRequest]:
    """Ask people for their signatures, each as what the register calls them unless `role` says otherwise.

    Those whose turn it is get a mail now, the others when it is.
    """
    _lock(baseline)
    _check_open(baseline)
    if blockers := baseline.blockers:
        raise DomainError(
            ngettext(
                "Baseline %(number)s was frozen with a finding that blocks sign-off. Mend or waive it, then freeze again.",
                "Baseline %(number)s was frozen with %(count)s findings that block sign-off. "
                "Mend or waive them, then freeze again.",
                len(blockers),
            )
            % {"number": baseline.number, "count": len(blockers)}
        )
    if why := approvals.why_not_to_ask(baseline):
        raise DomainError(why)
    asked = []
    seats = {} if role else seats_of(baseline.project, signers)
    for signer in signers:
        if SignRequest.objects.filter(baseline=baseline, signer=signer).exists():
            raise DomainError(_("%(name)s is asked already.") % {"name": signer})
        name = role or seats.get(signer.pk) or str(_("signer"))
        request = SignRequest.objects.create(
            baseline=baseline, signer=signer, role=name[:120], step=step, due=due, asked_by=by
        )
        asked.append(request)
    record(
        "signature.asked",
        subject=baseline,
        by=by,
        stream=baseline.project.stream,
        people=len(asked),
        number=baseline.number,
    )
    _mail_whose_turn_it_is(baseline)
    return asked


@transaction.atomic
def send_code(request: SignRequest, *, by: User) -> SignRequest:
    """Send six digits to the signer's own address, whatever session they are in."""
    request = _locked(request)
    _check_can_answer(request, by)
    code, digits = codes.make(request)
    mail.code(request, digits, key=str(code.pk))
    record("signature.code_sent", subject=request, by=by, stream=request.baseline.project.stream)
    return request


def sign(request: SignRequest, *, code: str, name: str, agreed: bool, by: User) -> Signature:
    """Sign the baseline. A second click finds the signature of the first."""
    signed = Signature.objects.filter(request=request, request__signer=by).first()
    if signed:
        return signed
    _check_can_answer(request, by)
    if not agreed:
        raise DomainError(_("Tick that you have read the baseline."))
    if request.signer.name and _plain(name) != _plain(request.signer.name):
        raise DomainError(_("Type your name as it stands above: %(name)s.") % {"name": request.signer.name})
    codes.use(request, code)
    return _sign(request, name=" ".join(name.split()), by=by)


@transaction.atomic
def _sign(request: SignRequest, *, name: str, by: User) -> Signature:
    baseline = _lock(request.baseline)
    request = _locked(request)
    _check_can_answer(request, by)
    words = statement(baseline, name=name, role=request.role)
    origin, now = here(), timezone.now()
    signature = Signature.objects.create(
        request=request,
        baseline=baseline,
        fingerprint=baseline.fingerprint,
        name=name,
        email=by.email,
        role=request.role,
        meaning=MEANING,
        statement=words,
        statement_hash=statement_hash(words),
        method=METHOD,
        signed_at=now,
        ip=origin.ip,
        agent=origin.agent[:300],
    )
    _answer(request, Answer.SIGNED)
    record(
        "signature.given",
        subject=signature,
        by=by,
        stream=baseline.project.stream,
        number=baseline.number,
        fingerprint=baseline.fingerprint,
        statement=signature.statement_hash,
    )
    _mail_whose_turn_it_is(baseline)
    _complete_if_signed(baseline)
    return signature


@transaction.atomic
def decline(request: SignRequest, *, reason: str, by: User) -> SignRequest:
    """Say no, with a reason that the hosts read."""
    _lock(request.baseline)
    request = _locked(request)
    if request.answer == Answer.SIGNED:
        raise DomainError(_("You have signed this baseline. Talk to the host: a signature is not taken back here."))
    if request.answer == Answer.DECLINED and request.signer_id == by.pk:
        return request
    _check_can_answer(request, by)
    request.reason = reason
    _answer(request, Answer.DECLINED)
    baseline = request.baseline
    record("signature.declined", subject=request, by=by, stream=baseline.project.stream, number=baseline.number)
    for membership in members(baseline.project).filter(role=Role.HOST):
        mail.declined(request, host=membership.user)
    return request


@transaction.atomic
def ask_again(request: SignRequest, *, by: User) -> SignRequest:
    """Send the mail that did not reach the signer once more."""
    _lock(request.baseline)
    request = _locked(request)
    if not request.is_waiting:
        raise DomainError(_("%(name)s has answered already.") % {"name": request.signer})
    _check_open(request.baseline)
    outbox.send_again(f"sign-request:{request.pk}")
    record("signature.asked_again", subject=request, by=by, stream=request.baseline.project.stream)
    return request


@transaction.atomic
def withdraw_request(request: SignRequest, *, by: User) -> None:
    """The host asked the wrong person: the request goes, unless it was answered."""
    baseline = _lock(request.baseline)
    request = _locked(request)
    if not request.is_waiting:
        raise DomainError(_("%(name)s has answered already.") % {"name": request.signer})
    record("signature.withdrawn", subject=request, by=by, stream=baseline.project.stream)
    request.delete()
    _mail_whose_turn_it_is(baseline)
    _complete_if_signed(baseline)


def _check_can_answer(request: SignRequest, by: User) -> None:
    if request.signer_id != by.pk:
        raise DomainError(_("Only %(name)s can answer this request.") % {"name": request.signer})
    if not request.is_waiting:
        raise DomainError(_("This request is answered already."))
    _check_open(request.baseline)
    standing = queries.standing(request.baseline)
    if standing.current_step is not None and request.step > standing.current_step:
        first = next(one for one in standing.waiting if one.step == standing.current_step)
        raise DomainError(_("It is not your turn yet: %(name)s signs first. You get a mail.") % {"name": first.signer})
    if any(one.answer == Answer.DECLINED and one.step < request.step for one in standing.requests):
        raise DomainError(_("Somebody before you declined. The host has to freeze a new baseline first."))


def _check_open(baseline: Baseline) -> None:
    newest = queries.standing(baseline).superseded_by
    if newest:
        raise DomainError(
            _("Baseline %(newest)s has taken the place of baseline %(number)s.")
            % {"newest": newest, "number": baseline.number}
        )
    if not baseline.is_whole:
        raise DomainError(
            _("The stored text of this baseline does not match its fingerprint. Do not sign; tell the host.")
        )


def _answer(request: SignRequest, answer: Answer) -> None:
    request.answer = answer
    request.answered_at = timezone.now()
    request.save(update_fields=["answer", "answered_at", "reason", "updated_at"])


def _mail_whose_turn_it_is(baseline: Baseline) -> None:
    standing = queries.standing(baseline)
    if standing.state == queries.DECLINED:
        return
    for request in standing.waiting:
        if request.step == standing.current_step:
            mail.asked(request)


def _complete_if_signed(baseline: Baseline) -> None:
    """The last answer, or the last request that was taken back, leaves only signatures: say so."""
    if queries.standing(baseline).state == queries.SIGNED:
        record("baseline.signed", subject=baseline, by=None, stream=baseline.project.stream, number=baseline.number)
        complete.tell(baseline)


def _lock(baseline: Baseline) -> Baseline:
    """One at a time answers for a baseline: the last signature must see all others."""
    return Baseline.objects.select_for_update(of=("self",)).select_related("project").get(pk=baseline.pk)


def _locked(request: SignRequest) -> SignRequest:
    found = (
        SignRequest.objects.select_for_update(of=("self",))
        .select_related("signer", "baseline__project", "asked_by")
        .filter(pk=request.pk)
        .first()
    )
    if found is None:
        raise DomainError(_("This request was taken back a moment ago."))
    return found


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()
