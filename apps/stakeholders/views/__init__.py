from apps.stakeholders.views.invitations import (
    invitation_accept,
    invitation_resend,
    invitation_withdraw,
    people_invite,
)
from apps.stakeholders.views.members import member_change, member_list, member_remove
from apps.stakeholders.views.people import people_list, person_add, person_edit, person_remove, person_show

__all__ = [
    "invitation_accept",
    "invitation_resend",
    "invitation_withdraw",
    "member_change",
    "member_list",
    "member_remove",
    "people_invite",
    "people_list",
    "person_add",
    "person_edit",
    "person_remove",
    "person_show",
]
