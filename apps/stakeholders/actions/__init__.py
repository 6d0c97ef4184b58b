"""What people do with the register: one function each."""

from apps.stakeholders.actions.calls import answer_call
from apps.stakeholders.actions.duties import set_duties, take_proposals
from apps.stakeholders.actions.invitations import (
    accept_invitation,
    invite_people,
    resend_invitation,
    withdraw_invitation,
)
from apps.stakeholders.actions.people import (
    add_stakeholder,
    change_stakeholder,
    place_stakeholder,
    remove_stakeholder,
    reuse_people,
    take_people,
)
from apps.stakeholders.actions.seats import add_seat, drop_seat, note_seat

__all__ = [
    "accept_invitation",
    "add_seat",
    "add_stakeholder",
    "answer_call",
    "change_stakeholder",
    "drop_seat",
    "invite_people",
    "note_seat",
    "place_stakeholder",
    "remove_stakeholder",
    "resend_invitation",
    "reuse_people",
    "set_duties",
    "take_people",
    "take_proposals",
    "withdraw_invitation",
]
