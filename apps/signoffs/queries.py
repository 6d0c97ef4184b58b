from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any

from django.db.models import Exists, F, Max, OuterRef, QuerySet
from django.db.models.expressions import Combinable
from django.urls import reverse
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.projects.models import Project
from apps.projects.needs import Need
from apps.reviews.enums import NEEDS_WORDS
from apps.reviews.models import Response
from apps.scope.models import Baseline
from apps.scope.snapshot import stamp
from apps.signoffs.enums import Answer
from apps.signoffs.models import Signature, SignRequest

UNSIGNED, PARTLY, SIGNED, DECLINED = "unsigned", "partly", "signed", "declined"


@dataclass(frozen=True)
class Standing:
    """Where a baseline stands: its requests in order, and one of the words above."""

    requests: Sequence[SignRequest]
    superseded_by: int | None

    @property
    def signed(self) -> list[SignRequest]:
        return [request for request in self.requests if request.answer == Answer.SIGNED]

    @property
    def waiting(self) -> list[SignRequest]:
        return [request for request in self.requests if request.is_waiting]

    @property
    def state(self) -> str:
        if any(request.answer == Answer.DECLINED for request in self.requests):
            return DECLINED
        if self.requests and len(self.signed) == len(self.requests):
            return SIGNED
        return PARTLY if self.signed else UNSIGNED

    @property
    def current_step(self) -> int | None:
        """The step whose turn it is; None when nobody is waited for."""
        return min((request.step for request in self.waiting), default=None)


def standing(baseline: Baseline) -> Standing:
    """Two queries."""
    newest = baseline.project.baselines.aggregate(number=Max("number"))["number"]
    return Standing(list(requests(baseline)), newest if newest and newest > baseline.number else None)


def requests(baseline: Baseline) -> QuerySet[SignRequest]:
    return SignRequest.objects.filter(baseline=baseline).select_related("signer", "signature", "baseline__project")


def with_baseline(request_id: Any) -> SignRequest:
    return SignRequest.objects.select_related("signer", "baseline__project", "asked_by").get(pk=request_id)


def why_not_to_remind(request: SignRequest) -> str:
    """Why this signer is reminded no more; empty while they are waited for."""
    baseline = request.baseline
    found = standing(baseline)
    if not request.is_waiting:
        return "Has answered."
    if found.superseded_by or found.state == DECLINED:
        return "This baseline is not signed any more."
    if not baseline.project.memberships.filter(user=request.signer).exists():
        return "Is not in the project any more."
    return "" if found.current_step == request.step else "It is not their turn."


def last_signed(project: Project, user: User, *, before: int) -> Baseline | None:
    """The newest earlier baseline that this person signed."""
    return (
        Baseline.objects.filter(project=project, number__lt=before, signatures__request__signer=user)
        .order_by("-number")
        .first()
    )


def earlier_requests(baseline: Baseline) -> dict[Any, SignRequest]:
    """Who was asked for the baseline before, by user: they are the likely signers of this one."""
    before = Baseline.objects.filter(
        project=baseline.project_id, number__lt=baseline.number, sign_requests__isnull=False
    )
    last = before.order_by("-number").first()
    return {request.signer_id: request for request in SignRequest.objects.filter(baseline=last)} if last else {}


def signatures(baseline: Baseline) -> QuerySet[Signature]:
    return Signature.objects.filter(baseline=baseline).order_by("signed_at")


def is_signed() -> Combinable:
    """Condition on a project: its newest baseline has all the signatures that were asked for."""
    newer = Baseline.objects.filter(project=OuterRef("project"), number__gt=OuterRef("number"))
    asked = SignRequest.objects.filter(baseline=OuterRef("pk"))
    signed = (
        Baseline.objects.filter(project=OuterRef("pk"))
        .filter(~Exists(newer), Exists(asked), ~Exists(asked.exclude(answer=Answer.SIGNED)))
        .order_by()
    )
    return Exists(signed)


def needs(user: User) -> list[Need]:
    """Signatures asked of `user` whose turn it is, on baselines that nothing supersedes."""
    newer = Baseline.objects.filter(project=OuterRef("baseline__project"), number__gt=OuterRef("baseline__number"))
    earlier = SignRequest.objects.filter(baseline=OuterRef("baseline"), step__lt=OuterRef("step")).exclude(
        answer=Answer.SIGNED
    )
    waiting = (
        SignRequest.objects.filter(signer=user, answer=Answer.WAITING, baseline__project__memberships__user=user)
        .filter(~Exists(newer), ~Exists(earlier))
        .annotate(title=F("baseline__project__title"), number=F("baseline__number"), of=F("baseline__project_id"))
    )
    return [
        Need(
            label=_("Sign"),
            title=request.title,
            detail=_("Baseline %(number)s, as %(role)s") % {"number": request.number, "role": request.role},
            url=reverse("signoffs:show", args=[request.of, request.number]),
            button=_("Read and sign"),
            due=_end_of(request),
            since=request.created_at,
        )
        for request in waiting
    ]


def _end_of(request: SignRequest) -> datetime | None:
    return datetime.combine(request.due, time(23, 59), tzinfo=UTC) if request.due else None


def accepted_risks(baseline: Baseline) -> list[dict[str, Any]]:
    """The risks of the snapshot that the team lives with, as the risks section wrote them."""
    content: dict[str, Any] = next(
        (part["content"] for part in baseline.snapshot["sections"] if part["key"] == "risks"), {}
    )
    rows = content.get("risks") or content.get("rows") or []
    return [row for row in rows if row.get("response") == "accept"]


def doubts(baseline: Baseline) -> list[dict[str, Any]]:
    """What reviewers reserved or objected to when the scope was frozen, with the section's title."""
    titles = {part["key"]: part["title"] for part in baseline.snapshot["sections"]}
    found = baseline.snapshot.get("beside", {}).get("doubts", [])
    return [{**doubt, "title": titles.get(doubt["section"], "")} for doubt in found]


def standing_doubts(project: Project) -> list[dict[str, Any]]:
    """Each reviewer's last word on each section, where it is a reservation or an objection. One query."""
    sent = (
        Response.objects.filter(request__round__project=project, sent_at__isnull=False)
        .exclude(sent_answer="")
        .select_related("request__user")
        .order_by("sent_at")
    )
    last = {(response.request.user_id, response.section): response for response in sent}
    return [
        {
            "name": str(response.request.user),
            "section": response.section,
            "answer": response.sent_answer,
            "text": response.sent_text,
            "at": stamp(response.sent_at),
        }
        for response in last.values()
        if response.sent_answer in NEEDS_WORDS and response.sent_at
    ]
