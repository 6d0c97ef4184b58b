"""What is useful next at each step of the road."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.projects.permissions import Perm


@dataclass(frozen=True)
class Ahead:
    """A step that is not done: what to do, why, and where; `perm` may do it."""

    title: Any
    text: Any
    button: Any
    url_name: str
    perm: Perm


AHEAD: dict[str, Ahead] = {
    "frame": Ahead(
        _("Say what hurts"),
        _("The pain, who has it, and what is in and out. Half an hour with the person who has it is enough."),
        _("Frame the project"), "projects:frame", Perm.PROJECT_EDIT,
    ),
    "invite": Ahead(
        _("Bring the right people"),
        _("Who knows the pain, the data, the law, the budget and the models? One of each, at one table."),
        _("Invite people"), "stakeholders:list", Perm.PEOPLE_EDIT,
    ),
    "workshop": Ahead(
        _("Plan the workshop"),
        _("Ninety minutes in which everybody is heard: expectations, concerns, constraints, a pre-mortem."),
        _("Plan the workshop"), "workshops:list", Perm.WORKSHOP_HOST,
    ),
    "draft": Ahead(
        _("Write the scope"),
        _("Give each section an owner. Short is better: a page that is read beats ten that are not."),
        _("Open the document"), "dprd:document", Perm.SECTION_EDIT,
    ),
    "review": Ahead(
        _("Send the draft to its readers"),
        _("Ask each person for the sections they answer for, with a day by which you need it."),
        _("Start a review"), "reviews:list", Perm.REVIEW_MANAGE,
    ),
    "sign": Ahead(
        _("Freeze the scope and ask for signatures"),
        _("A baseline is one numbered text that does not change any more. What is signed is that text."),
        _("Prepare the sign-off"), "scope:readiness", Perm.SIGN_MANAGE,
    ),
    "change": Ahead(
        _("Keep the scope true"),
        _("When something changes, freeze the next baseline; the page shows what is new since each signature."),
        _("See the baselines"), "scope:list", Perm.PROJECT_READ,
    ),
}  # fmt: skip
