"""Input before the meeting and after it: which part of a step it is for."""

from apps.workshops import kinds
from apps.workshops.models import Activity, Workshop

# Minutes of writing in the room that make up for what was not sent ahead, when less than this share answered.
LIVE_WRITING = 6
ENOUGH = 0.6


def ahead_phase(activity: Activity) -> str:
    """The part of the step in which people answer hidden; empty when it has none and cannot be opened ahead."""
    plan, known = activity.plan, kinds.behaviour(activity.kind)
    for phase in plan.phases:
        answers = phase.key in known.rounds and known.hides(phase.key)
        cards = bool(plan.prompts) and phase.key in known.writing and not plan.shown_at_once
        if answers or cards:
            return phase.key
    return ""


def after_phase(activity: Activity) -> str:
    """The part that absentees may still answer: cards, or answers that carry names; empty for none."""
    plan, known = activity.plan, kinds.behaviour(activity.kind)
    if plan.prompts:
        return next((phase.key for phase in plan.phases if phase.key in known.writing), "")
    if not known.named:
        return ""
    return next((phase.key for phase in plan.phases if phase.key in known.rounds), "")


def open_phase(workshop: Workshop, activity: Activity) -> str:
    """The part that is open now, outside the meeting; empty when none is."""
    plan = activity.plan
    if workshop.takes_ahead and plan.ahead and not activity.skipped:
        return ahead_phase(activity)
    if workshop.takes_after and plan.after and not activity.skipped:
        return after_phase(activity)
    return ""
