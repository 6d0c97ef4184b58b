from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.core.due import State
from apps.core.errors import DomainError, Stale
from apps.core.writes import save_version
from apps.events.log import record
from apps.notifications import outbox
from apps.projects.models import Project
from apps.projects.sections import section as registered
from apps.reviews import mail, queries
from apps.reviews.enums import Answer, Asked
from apps.reviews.models import Reminder, Response, ReviewRequest, Round
from apps.reviews.times import due_moment, reminder_times
from apps.stakeholders.matrix import matrix


@transaction.atomic
def open_round(
    project: Project,
    *,
    sections: list[str],
    people: Iterable[tuple[User, str]],
    due: date,
    by: User,
    title: str = "",
    note: str = "",
) -> Round:
    """Ask `people` (person, what they are asked) for their answers, and mail each of them."""
    due_at = _due(project, due)
    Project.objects.select_for_update(no_key=True).get(pk=project.pk)
    last = project.review_rounds.aggregate(last=Max("number"))["last"] or 0
    round = Round.objects.create(
        project=project, number=last + 1, title=title, note=note, sections=sections, due_at=due_at, opened_by=by
    )
    requests = ReviewRequest.objects.bulk_create(
        [ReviewRequest(round=round, user=user, asked=asked) for user, asked in people]
    )
    own = _own_approvals(project, sections)
    Response.objects.bulk_create(
        Response(request=request, section=key, approves=_approves(request, key, own))
        for request in requests
        for key in sections
    )
    _schedule(round, requests)
    record(
        "review.opened",
        subject=round,
        by=by,
        stream=project.stream,
        number=round.number,
        sections=sections,
        people=len(requests),
    )
    for request in requests:
        mail.ask(request)
    return round


@transaction.atomic
def note_opened(request: ReviewRequest, *, by: User) -> None:
    """The person has the page before them for the first time."""
    if ReviewRequest.objects.filter(pk=request.pk, opened_at=None).update(opened_at=timezone.now()):
        record("review.read", subject=request, by=by, stream=request.round.project.stream)


@transaction.atomic
def save_response(response: Response, *, answer: str, text: str, version: int, by: User) -> Response:
    """Keep a draft of an answer; the table does not see it yet."""
    _refuse_closed(response.request.round)
    response.answer, response.text = answer, text
    save_version(response, expected=version, fields=["answer", "text"])
    return response


@transaction.atomic
def send_answers(
    request: ReviewRequest, *, answers: dict[str, tuple[str, str, int]], rest: int | None = None, by: User
) -> list[Response]:
    """Show the table what this person says: `answers` by section as (answer, text, version).

    With `rest` they agree to every section of `answers` in which nothing is chosen and which they do not have to
    approve; there may be no more of them than this number, which is the one that they saw.

    Everything that differs from what was sent before goes out at once. Whoever has answered every
    section is done: their reminders fall away.
    """
    _refuse_closed(Round.objects.select_for_update().get(pk=request.round_id))
    changed = _drafted(request, _with_the_rest(request, answers, rest) if rest else answers)
    if not changed:
        raise DomainError(_("There is nothing new to send. Choose an answer first."))
    now = timezone.now()
    for response in changed:
        response.sent_answer, response.sent_text, response.sent_at = response.answer, response.text, now
        response.seen = registered(response.section).snapshot(request.round.project)
        save_version(
            response,
            expected=response.version,
            fields=["answer", "text", "sent_answer", "sent_text", "sent_at", "seen"],
        )
    if not request.responses.filter(sent_at=None).exists():
        request.answered_at = now
        request.save(update_fields=["answered_at", "updated_at"])
        _cancel(Reminder.objects.filter(request=request))
    record(
        "review.answered",
        subject=request,
        by=by,
        stream=request.round.project.stream,
        answers={response.section: response.sent_answer for response in changed},
    )
    return changed


@transaction.atomic
def nudge_people(round: Round, *, by: User) -> list[ReviewRequest]:
    """Write to everybody who has not answered; each person at most once in 24 hours."""
    _refuse_closed(round)
    now = timezone.now()
    nudged = list(queries.nudgeable(round, by).select_for_update(of=("self",)).select_related("user", "round__project"))
    if not nudged:
        raise DomainError(_("Everybody who is missing was nudged within the last 24 hours."))
    round.requests.filter(pk__in=[request.pk for request in nudged]).update(nudged_at=now)
    for request in nudged:
        mail.nudge(request, key=f"{now:%Y%m%dT%H%M%S}")
    record("review.nudged", subject=round, by=by, stream=round.project.stream, people=len(nudged))
    return nudged


@transaction.atomic
def ask_again(request: ReviewRequest, *, by: User) -> ReviewRequest:
    """Send the mail that did not reach this person once more."""
    _refuse_closed(request.round)
    if request.answered_at:
        raise DomainError(_("%(name)s has answered already.") % {"name": request.user})
    outbox.send_again(f"review-request:{request.pk}")
    record("review.asked_again", subject=request, by=by, stream=request.round.project.stream)
    return request


@transaction.atomic
def move_due(round: Round, *, due: date, version: int, by: User) -> Round:
    """Another due date; the reminders move with it."""
    _refuse_closed(round)
    round.due_at = _due(round.project, due)
    save_version(round, expected=version, fields=["due_at"])
    _cancel(Reminder.objects.filter(request__round=round))
    _schedule(round, list(round.requests.filter(answered_at=None).select_related("user")))
    record("review.moved", subject=round, by=by, stream=round.project.stream, due=round.due_at.isoformat())
    return round


@transaction.atomic
def close_round(round: Round, *, version: int, by: User) -> Round:
    """No more answers. What was drafted and not sent stays with its author."""
    _refuse_closed(round)
    round.closed_at = timezone.now()
    save_version(round, expected=version, fields=["closed_at"])
    _cancel(Reminder.objects.filter(request__round=round))
    record("review.closed", subject=round, by=by, stream=round.project.stream, number=round.number)
    return round


def _own_approvals(project: Project, sections: list[str]) -> dict[Any, set[str]]:
    """By account: which of these sections need this person's approval."""
    found: dict[Any, set[str]] = defaultdict(set)
    for line in matrix(project).lines:
        if line.key in sections:
            for cell in line.approvers:
                found[cell.person.user_id].add(line.key)
    return found


def _approves(request: ReviewRequest, section: str, own: dict[Any, set[str]]) -> bool:
    """Whoever is asked to approve approves what needs it from them; if nothing does, all that they are asked about."""
    return request.asked == Asked.APPROVE and section in own.get(request.user_id, {section})


def _drafted(request: ReviewRequest, answers: dict[str, tuple[str, str, int]]) -> list[Response]:
    """The responses that say something new, checked against the version that the person saw."""
    found = []
    for response in request.responses.select_for_update().order_by("section"):
        if response.section not in answers:
            continue
        answer, text, version = answers[response.section]
        if version != response.version and (answer, text) != (response.answer, response.text):
            raise Stale
        response.answer, response.text = answer, text
        if response.is_drafted:
            if response.lacks_words:
                raise DomainError(_("Say in words what your reservation or objection is."))
            found.append(response)
    return found


def _with_the_rest(
    request: ReviewRequest, answers: dict[str, tuple[str, str, int]], most: int
) -> dict[str, tuple[str, str, int]]:
    mine = set(request.responses.filter(approves=False).values_list("section", flat=True))
    rest = [key for key, (answer, _text, _version) in answers.items() if not answer and key in mine]
    if len(rest) > most:
        raise DomainError(_("More sections wait for your answer than the button said. Look again, then press it."))
    return answers | {key: (Answer.AGREE, *answers[key][1:]) for key in rest}


def _schedule(round: Round, requests: Iterable[ReviewRequest]) -> None:
    now = timezone.now()
    Reminder.objects.bulk_create(
        [
            Reminder(
                request=request,
                kind=kind,
                due_at=at,
                for_due=round.due_at,
                effect_key=_key(request, kind, round.due_at),
            )
            for request in requests
            for kind, at in reminder_times(round.due_at, ZoneInfo(request.user.time_zone), now)
        ],
        # The date moved away and back: what was sent for it is not sent again.
        ignore_conflicts=True,
    )


def _key(request: ReviewRequest, kind: str, due: datetime) -> str:
    return f"review:{request.pk}:{kind}:{due.timestamp():.0f}"


def _cancel(reminders: QuerySet[Reminder]) -> None:
    reminders.filter(state=State.QUEUED).delete()


def _due(project: Project, day: date) -> datetime:
    due = due_moment(day, ZoneInfo(project.time_zone))
    if due <= timezone.now():
        raise DomainError(_("This day is over at 17:00. Choose a later one."))
    return due


def _refuse_closed(round: Round) -> None:
    if not round.is_open:
        raise DomainError(_("This round is closed."))
