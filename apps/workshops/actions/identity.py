"""From a guest of one workshop to a person of the project, and the same one."""

from django.db import transaction
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.core.errors import DomainError
from apps.events.log import record
from apps.projects.enums import Role
from apps.stakeholders import actions as stakeholders
from apps.workshops.models import Participant


@transaction.atomic
def note_address(participant: Participant, *, email: str, by: User) -> Participant:
    """The host writes down where a guest's minutes go."""
    if participant.user_id:
        raise DomainError(_("%(name)s has an account; its address counts.") % {"name": participant.name})
    participant.email = email
    participant.save(update_fields=["email", "updated_at"])
    record("participant.addressed", subject=participant, by=by, stream=participant.workshop.stream)
    return participant


@transaction.atomic
def invite_guest(participant: Participant, *, by: User) -> Participant:
    """Ask a guest to read and sign: into the register by the address they left, and an invitation to it."""
    if not participant.email or participant.user_id:
        raise DomainError(_("This person left no address. Write one down first."))
    project = participant.workshop.project
    person = project.stakeholders.filter(email__iexact=participant.email).first()
    person = person or stakeholders.add_stakeholder(
        project, name=participant.name, email=participant.email, own_role=participant.title, by=by
    )
    stakeholders.invite_people(project, chosen=[(person, Role.REVIEWER)], by=by)
    return participant


@transaction.atomic
def claim_seat(participant: Participant, *, by: User) -> Participant:
    """ "That was me": a guest's seat becomes the account's whose proven address was left there.

    What was said under the typed name stays as it was said. Raises DomainError for somebody else's address, and when
    this person sat in the workshop under their own name as well.
    """
    if participant.user_id == by.pk:
        return participant
    if participant.user_id or participant.email.casefold() != by.email.casefold():
        raise DomainError(_("This seat was not left with your address."))
    if participant.workshop.participants.filter(user=by).exists():
        raise DomainError(_("You sat in this workshop under your own name already."))
    participant.user = by
    participant.save(update_fields=["user", "updated_at"])
    record(
        "participant.claimed", subject=participant, by=by, stream=participant.workshop.stream, changed="people:changed"
    )
    return participant
