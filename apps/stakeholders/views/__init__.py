from apps.stakeholders.views.calls import call_answer
from apps.stakeholders.views.duties import duty_edit, duty_list, duty_take
from apps.stakeholders.views.invitations import (
    invitation_accept,
    invitation_resend,
    invitation_withdraw,
    people_invite,
)
from apps.stakeholders.views.members import member_change, member_list, member_remove
from apps.stakeholders.views.people import (
    people_list,
    person_add,
    person_edit,
    person_place,
    person_remove,
    person_show,
)
from apps.stakeholders.views.seats import seat_add, seat_drop, seat_list, seat_note
from apps.stakeholders.views.taking import people_import, people_paste, people_reuse

__all__ = [
    "call_answer",
    "duty_edit",
    "duty_list",
    "duty_take",
    "invitation_accept",
    "invitation_resend",
    "invitation_withdraw",
    "member_change",
    "member_list",
    "member_remove",
    "people_import",
    "people_invite",
    "people_list",
    "people_paste",
    "people_reuse",
    "person_add",
    "person_edit",
    "person_place",
    "person_remove",
    "person_show",
    "seat_add",
    "seat_drop",
    "seat_list",
    "seat_note",
]
