"""Which form people answer with: one for each kind of activity that asks, or for each phase of it."""

from collections.abc import Mapping

from apps.workshops.enums import Kind, Phase
from apps.workshops.forms.base import AnswerForm, ChangeItemForm, ItemForm
from apps.workshops.forms.checkin import CheckinForm
from apps.workshops.forms.decide import ConsentForm, ProposalForm
from apps.workshops.forms.framing import ClarityForm, FitForm, ObjectionForm
from apps.workshops.forms.several import EstimatesForm, RatingsForm, TaskForm
from apps.workshops.forms.wrap import WrapForm
from apps.workshops.models import Activity

__all__ = ["AnswerForm", "ChangeItemForm", "ItemForm", "answer_form", "item_form"]

# By kind, or by kind and phase; each kind adds its own.
_ANSWERS: Mapping[str, type[AnswerForm]] = {
    "checkin:talk": CheckinForm,
    "framing:score": ObjectionForm,
    "framing:again": ClarityForm,
    "framing:fit": FitForm,
    "wrap:talk": WrapForm,
    f"{Kind.PREMORTEM}:{Phase.SCORE}": RatingsForm,
    f"{Kind.ESTIMATE}:{Phase.SCORE}": EstimatesForm,
    f"{Kind.ESTIMATE}:{Phase.AGAIN}": EstimatesForm,
    f"{Kind.DECIDE}:{Phase.DECIDE}": ConsentForm,
}
_ITEMS: Mapping[str, type[ItemForm]] = {Kind.DECIDE: ProposalForm, Kind.ESTIMATE: TaskForm}


def answer_form(activity: Activity, phase: str) -> type[AnswerForm] | None:
    """The form to answer with in this phase of the activity, or None when it asks nothing."""
    return _ANSWERS.get(f"{activity.kind}:{phase}") or _ANSWERS.get(activity.kind)


def item_form(activity: Activity) -> type[ItemForm]:
    """The form for what this activity is about."""
    return _ITEMS.get(activity.kind, ItemForm)
