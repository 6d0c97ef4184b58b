"""Rounds are the host's to run and everybody's to see; answering is for those who are asked."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from apps.reviews.models import Round
from tests.access.table import Row, World
from tests.factories.notifications import lost_mail
from tests.factories.reviews import ReviewRequestFactory, RoundFactory


def round(world: World) -> list[Any]:
    """Every member is asked, the ones who may not answer too."""
    made = RoundFactory(project=world.project, number=Round.objects.count() + 1)
    for person in (world.host, world.editor, world.reviewer, world.viewer):
        ReviewRequestFactory(round=made, user=person)
    return [world.project.pk, made.pk]


def lost(world: World) -> list[Any]:
    args = round(world)
    asked = Round.objects.get(pk=args[-1]).requests.get(user=world.reviewer)
    lost_mail(f"review-request:{asked.pk}")
    return [*args, asked.pk]


def section(world: World) -> list[Any]:
    return [*round(world), "people"]


def new(world: World) -> dict[str, Any]:
    due = timezone.localdate() + timedelta(days=9)
    return {"due": due.isoformat(), "sections": ["people"], f"ask-{world.reviewer.pk}": "approve"}


def answer(world: World) -> dict[str, Any]:
    return {"people-answer": "agree", "people-text": "", "people-version": 1}


def due(world: World) -> dict[str, Any]:
    return {"due": (timezone.localdate() + timedelta(days=20)).isoformat(), "version": 1}


ROWS = [
    Row("reviews:list", "GET", host=200, editor=200, reviewer=200, viewer=200),
    Row("reviews:open", "GET", host=200, editor=403, reviewer=403, viewer=403),
    Row("reviews:open", "POST", host=302, editor=403, reviewer=403, viewer=403, data=new),
    Row("reviews:show", "GET", host=200, editor=200, reviewer=200, viewer=200, args=round),
    Row("reviews:nudge", "GET", host=200, editor=403, reviewer=403, viewer=403, args=round),
    Row("reviews:nudge", "POST", host=302, editor=403, reviewer=403, viewer=403, args=round),
    Row("reviews:move", "GET", host=200, editor=403, reviewer=403, viewer=403, args=round),
    Row("reviews:move", "POST", host=302, editor=403, reviewer=403, viewer=403, args=round, data=due),
    Row("reviews:close", "GET", host=200, editor=403, reviewer=403, viewer=403, args=round),
    Row(
        "reviews:close",
        "POST",
        host=302,
        editor=403,
        reviewer=403,
        viewer=403,
        args=round,
        data=lambda world: {"version": 1},
    ),
    Row("reviews:resend", "POST", host=302, editor=403, reviewer=403, viewer=403, args=lost),
    Row("reviews:answer", "GET", host=200, editor=200, reviewer=200, viewer=403, args=round),
    Row("reviews:answer", "POST", host=302, editor=302, reviewer=302, viewer=403, args=round, data=answer),
    Row("reviews:save", "POST", host=302, editor=302, reviewer=302, viewer=403, args=section, data=answer),
    Row("reviews:opened", "POST", host=204, editor=204, reviewer=204, viewer=403, args=round),
]
