"""What reviews add to the registries: a step of the road, what waits for people, and the reminders."""

from django.db.models import Exists, OuterRef
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.accounts.models import User
from apps.core import due
from apps.core.words import count_word, sentence
from apps.projects import needs, road
from apps.projects.needs import Need
from apps.reviews import asking, mail, queries
from apps.reviews.enums import Asked
from apps.reviews.models import Reminder, ReviewRequest, Round
from apps.stakeholders import raci


def register() -> None:
    any_round = Round.objects.filter(project=OuterRef("pk"))
    missing = ReviewRequest.objects.filter(round__project=OuterRef("pk"), round__closed_at=None, answered_at=None)
    road.register("review", done=Exists(any_round) & ~Exists(missing), url_name="reviews:list")
    needs.register(answers_asked)
    needs.register(answers_missing)
    due.register(Reminder, mail.remind)
    asking.register()
    raci.register_approvals(queries.approvals, queries.read_then)


def answers_asked(user: User) -> list[Need]:
    """Sections that somebody wants this person's word on."""
    return [
        Need(
            label=_("Review"),
            title=request.round.project.title,
            detail=_told(request),
            url=request.round.answer_url,
            button=_("Read and answer"),
            due=request.round.due_at,
            since=request.created_at,
        )
        for request in queries.waiting_for(user)
    ]


def answers_missing(user: User) -> list[Need]:
    """For hosts: rounds that are still waiting for people."""
    return [
        Need(
            label=_("Review"),
            title=_missing(len(people)),
            detail=f"{round.project.title}: {get_text_list([str(person) for person in people], _('and'))}.",
            url=round.get_absolute_url(),
            button=_("See who said what"),
            due=round.due_at,
            since=round.created_at,
        )
        for round, people in queries.missing_answers(user)
    ]


def _missing(count: int) -> str:
    words = ngettext("%(count)s answer is missing", "%(count)s answers are missing", count)
    return sentence(words % {"count": count_word(count)})


def _told(request: ReviewRequest) -> str:
    count = len(request.round.sections)
    words = (
        ngettext(
            "%(name)s asks you to approve %(count)d section.", "%(name)s asks you to approve %(count)d sections.", count
        )
        if request.asked == Asked.APPROVE
        else ngettext(
            "%(name)s asks you to read %(count)d section.", "%(name)s asks you to read %(count)d sections.", count
        )
    )
    return words % {"name": request.round.opened_by or _("The host"), "count": count}
