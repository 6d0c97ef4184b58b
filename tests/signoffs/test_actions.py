"""Asking, signing, declining: what is refused, and what happens only once."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import Error, transaction
from django.utils import timezone

from apps.core.errors import DomainError
from apps.events.models import Event
from apps.events.queries import verified
from apps.notifications.models import Message
from apps.projects.enums import Role
from apps.projects.models import Project
from apps.projects.needs import of as needs_of
from apps.projects.queries import membership
from apps.signoffs import actions, codes, queries
from apps.signoffs.enums import Answer
from apps.signoffs.models import Signature, SignCode, SignRequest
from apps.signoffs.statement import statement_hash
from tests.factories.accounts import UserFactory
from tests.factories.projects import MembershipFactory, ProjectFactory
from tests.factories.scope import BaselineFactory
from tests.factories.signoffs import SignRequestFactory
from tests.factories.stakeholders import StakeholderFactory
from tests.together import run_together


def digits_for(request: SignRequest) -> str:
    """The code from the newest mail to the signer."""
    actions.send_code(request, by=request.signer)
    mail = Message.objects.filter(to=request.signer.email, secret=True).order_by("created_at").last()
    return re.search(r"\b\d{6}\b", mail.text).group()


def sign(request: SignRequest, **more: object) -> Signature:
    code = more.pop("code", None) or digits_for(request)
    return actions.sign(
        request, **{"code": code, "name": request.signer.name, "agreed": True, "by": request.signer, **more}
    )


@pytest.fixture
def asked(project: Project) -> SignRequest:
    return SignRequestFactory(
        baseline=BaselineFactory(project=project, number=1), signer=UserFactory(name="Anders Holm")
    )


def test_people_sign_as_what_the_register_calls_them(project: Project) -> None:
    anders, maja, olof = (UserFactory() for _ in range(3))
    StakeholderFactory(project=project, user=anders, role="sponsor")
    StakeholderFactory(project=project, user=maja, role="", own_role="host")
    more = {"role": "", "step": 1, "due": None, "by": maja}

    asked = actions.ask_to_sign(BaselineFactory(project=project, number=1), signers=[anders, maja, olof], **more)

    assert [one.role for one in asked] == ["Sponsor", "host", "signer"]


def test_a_signature_binds_name_statement_and_fingerprint(asked: SignRequest) -> None:
    signature = sign(asked)

    assert signature.fingerprint == asked.baseline.fingerprint
    assert (signature.name, signature.role, signature.meaning) == ("Anders Holm", "sponsor", "approval")
    assert asked.baseline.fingerprint in signature.statement
    assert signature.statement_hash == statement_hash(signature.statement)
    assert queries.standing(asked.baseline).state == queries.SIGNED


def test_what_was_signed_is_in_the_audit_trail_without_a_name(asked: SignRequest) -> None:
    sign(asked)

    event = Event.objects.get(kind="signature.given")
    assert event.payload["fingerprint"] == asked.baseline.fingerprint
    assert "Anders" not in str(event.payload)
    assert verified(asked.baseline.project.stream).whole


def test_signing_twice_is_one_signature(asked: SignRequest) -> None:
    first = sign(asked)

    again = actions.sign(asked, code="000000", name="Anders Holm", agreed=True, by=asked.signer)

    assert again == first
    assert Signature.objects.count() == 1


def test_a_wrong_code_is_refused_and_counted(asked: SignRequest) -> None:
    right = digits_for(asked)
    wrong = f"{(int(right) + 1) % 10**6:06d}"

    for _ in range(codes.MOST_ATTEMPTS):
        with pytest.raises(DomainError, match="not the code"):
            sign(asked, code=wrong)
    with pytest.raises(DomainError, match="Too many wrong tries"):
        sign(asked, code=right)

    assert not Signature.objects.exists()


def test_a_code_is_kept_only_as_a_keyed_hash_and_works_for_a_quarter_of_an_hour(asked: SignRequest) -> None:
    code = digits_for(asked)

    assert code not in str(SignCode.objects.values_list("digest", flat=True)[0])
    with time_machine.travel(timezone.now() + timedelta(minutes=16)), pytest.raises(DomainError, match="too old"):
        sign(asked, code=code)


def test_a_newer_code_replaces_the_older(asked: SignRequest) -> None:
    first = digits_for(asked)
    second = digits_for(asked)

    if first != second:
        with pytest.raises(DomainError, match="not the code"):
            sign(asked, code=first)
    assert sign(asked, code=second)


def test_codes_are_not_sent_without_end(asked: SignRequest) -> None:
    for _ in range(codes.MOST_CODES):
        digits_for(asked)

    with pytest.raises(DomainError, match="asked for several codes"):
        digits_for(asked)


def test_a_code_of_another_request_does_not_work(asked: SignRequest) -> None:
    other = SignRequestFactory(baseline=asked.baseline)
    digits_for(asked)
    theirs = digits_for(other)

    if codes.digest(asked, theirs) != asked.codes.first().digest:
        with pytest.raises(DomainError, match="not the code"):
            sign(asked, code=theirs)


@pytest.mark.parametrize("name", ["anders  holm ", "ANDERS HOLM"])
def test_the_typed_name_may_differ_in_case_and_spaces_only(asked: SignRequest, name: str) -> None:
    assert sign(asked, name=name).name == " ".join(name.split())


def test_another_name_is_refused_and_the_code_stays_good(asked: SignRequest) -> None:
    code = digits_for(asked)

    with pytest.raises(DomainError, match="Type your name as it stands above: Anders Holm"):
        sign(asked, code=code, name="Erik Sandberg")

    assert sign(asked, code=code)


def test_nobody_signs_for_somebody_else(asked: SignRequest) -> None:
    with pytest.raises(DomainError, match="Only Anders Holm"):
        actions.send_code(asked, by=UserFactory())
    with pytest.raises(DomainError, match="Only Anders Holm"):
        sign(asked, code="123456", by=UserFactory())


def test_a_signed_person_cannot_decline(asked: SignRequest) -> None:
    sign(asked)

    with pytest.raises(DomainError, match="You have signed"):
        actions.decline(asked, reason="No.", by=asked.signer)


def test_declining_keeps_the_reason_and_tells_the_hosts(asked: SignRequest) -> None:
    host = MembershipFactory(project=asked.baseline.project, role=Role.HOST).user

    actions.decline(asked, reason="The budget is not decided.", by=asked.signer)
    actions.decline(asked, reason="Again.", by=asked.signer)

    asked.refresh_from_db()
    assert (asked.answer, asked.reason) == (Answer.DECLINED, "The budget is not decided.")
    assert queries.standing(asked.baseline).state == queries.DECLINED
    [mail] = Message.objects.filter(to=host.email)
    assert "The budget is not decided." in mail.text


def test_freezing_again_makes_old_signatures_visibly_old_and_closes_what_waits(asked: SignRequest) -> None:
    late = SignRequestFactory(baseline=asked.baseline)
    sign(asked)
    BaselineFactory(project=asked.baseline.project, number=2)

    assert queries.standing(asked.baseline).superseded_by == 2
    with pytest.raises(DomainError, match="Baseline 2 has taken the place of baseline 1"):
        actions.send_code(late, by=late.signer)
    assert needs_of(late.signer) == []


def test_people_are_asked_in_order(project: Project) -> None:
    baseline = BaselineFactory(project=project, number=1)
    host, erik, anders = UserFactory(), UserFactory(name="Erik"), UserFactory(name="Anders")
    for person in (erik, anders):
        MembershipFactory(project=project, user=person)
    ask = {"role": "", "due": None, "by": host}

    [first] = actions.ask_to_sign(baseline, signers=[erik], step=1, **ask)
    [second] = actions.ask_to_sign(baseline, signers=[anders], step=2, **ask)

    assert [message.to for message in Message.objects.all()] == [erik.email]
    with pytest.raises(DomainError, match="not your turn yet: Erik signs first"):
        actions.send_code(second, by=anders)
    assert needs_of(anders) == []

    sign(first)

    assert Message.objects.filter(to=anders.email).count() == 1
    assert [need.button for need in needs_of(anders)] == ["Read and sign"]


def test_findings_that_block_stop_the_asking(project: Project) -> None:
    finding = {"rule": "r", "section": "people", "message": "No officer", "waiver": None}
    baseline = BaselineFactory(project=project, number=1, findings=[finding])

    with pytest.raises(DomainError, match="a finding that blocks sign-off"):
        actions.ask_to_sign(baseline, signers=[UserFactory()], role="", step=1, due=None, by=UserFactory())

    assert not SignRequest.objects.exists()


def test_a_request_can_be_withdrawn_until_it_is_answered(asked: SignRequest) -> None:
    other = SignRequestFactory(baseline=asked.baseline)
    sign(asked)

    actions.withdraw_request(other, by=asked.asked_by)
    with pytest.raises(DomainError, match="has answered already"):
        actions.withdraw_request(asked, by=asked.asked_by)

    assert list(SignRequest.objects.all()) == [asked]


def test_taking_the_last_open_request_back_completes_the_baseline(asked: SignRequest) -> None:
    other = SignRequestFactory(baseline=asked.baseline)
    sign(asked)

    actions.withdraw_request(other, by=asked.asked_by)

    assert Event.objects.filter(kind="baseline.signed").count() == 1


def test_answering_a_request_that_was_taken_back_is_refused(asked: SignRequest) -> None:
    actions.withdraw_request(SignRequest.objects.get(pk=asked.pk), by=asked.asked_by)

    with pytest.raises(DomainError, match="taken back"):
        actions.decline(asked, reason="Late", by=asked.signer)


@pytest.mark.parametrize("change", [{"name": "Somebody"}, {"fingerprint": "0" * 64}])
def test_the_table_refuses_to_change_or_delete_a_signature(asked: SignRequest, change: dict) -> None:
    sign(asked)

    with pytest.raises(Error, match="immutable"), transaction.atomic():
        Signature.objects.update(**change)
    with pytest.raises(Error, match="immutable"), transaction.atomic():
        Signature.objects.all().delete()


def test_the_road_says_signed_when_the_newest_baseline_has_all_signatures(asked: SignRequest) -> None:
    project, user = asked.baseline.project, asked.signer

    def is_signed() -> bool:
        return {step.key: step.state for step in membership(user, project.pk).project.road}["sign"] == "done"

    before = is_signed()
    sign(asked)
    after = is_signed()
    BaselineFactory(project=project, number=2)

    assert (before, after, is_signed()) == (False, True, False)


@pytest.mark.django_db(transaction=True)
def test_eight_clicks_at_once_are_one_signature() -> None:
    asked = SignRequestFactory(baseline=BaselineFactory(project=ProjectFactory(is_sample=True), number=1))
    code = digits_for(asked)

    run_together(8, lambda: sign(asked, code=code))

    assert Signature.objects.count() == 1
    assert Event.objects.filter(kind="signature.given").count() == 1
