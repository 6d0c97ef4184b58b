"""Review requests as news: who wants them in the daily mail finds them there, and who wants none gets none."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from apps.accounts.models import User
from apps.notifications import actions, news, queries
from apps.notifications.enums import Pace
from apps.notifications.news import Kind, Said, Story
from apps.reviews.models import ReviewRequest

REQUEST = "request"


def register() -> None:
    news.register(
        Kind(
            REQUEST,
            gettext_lazy("Somebody asks for your answer"),
            gettext_lazy("Review requests and their reminders. With “Never” they wait under “Needs me” only."),
            tell,
        )
    )


def pace(request: ReviewRequest) -> Pace:
    """How this person wants to be asked."""
    return queries.paces_of([request.user], REQUEST)[request.user.pk]


def put_into_digest(request: ReviewRequest) -> None:
    actions.notify([request.user], kind=REQUEST, about=f"review-request:{request.pk}")


def tell(abouts: Sequence[str], user: User) -> dict[str, Story]:
    """Those that are still open and unanswered, of projects that the person is still in."""
    waiting = ReviewRequest.objects.filter(
        pk__in=[about.partition(":")[2] for about in abouts],
        user=user,
        answered_at=None,
        round__closed_at=None,
        round__project__memberships__user=user,
    ).select_related("round__project", "round__opened_by")
    return {f"review-request:{request.pk}": _story(request) for request in waiting}


def _story(request: ReviewRequest) -> Story:
    round = request.round
    who = str(round.opened_by or _("The host"))
    count = len(round.sections)
    asks = ngettext(
        "%(who)s asks for your answer on %(n)d section", "%(who)s asks for your answer on %(n)d sections", count
    )
    return Story(
        group=round.project.title,
        where=round.project.title,
        headline=asks % {"who": who, "n": count},
        subject=_("Your answer on “%(title)s”") % {"title": round.project.title},
        said=Said(who, request.created_at, round.note or _("Please read and answer.")),
        path=round.answer_url,
        button=_("Read and answer"),
    )
