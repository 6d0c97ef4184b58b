from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.accounts.tokens import make_token, token_hash
from apps.core.errors import DomainError
from apps.events.log import record
from apps.notifications import outbox
from apps.projects.actions import add_member
from apps.projects.models import Project
from apps.stakeholders import queries
from apps.stakeholders.models import Invitation, Stakeholder


@transaction.atomic
def invite_people(project: Project, *, chosen: Iterable[tuple[Stakeholder, str]], by: User) -> list[Invitation]:
    """Mail an invitation to each of `chosen` (person, role)."""
    return [_invite(project, person, role, by) for person, role in chosen]


@transaction.atomic
def resend_invitation(invitation: Invitation, *, by: User) -> Invitation:
    """A fresh link to the same person; the old one stops working."""
    _refuse_unless_out(invitation)
    token = make_token()
    invitation.token_hash = token_hash(token)
    invitation.sent_at = timezone.now()
    invitation.expires_at = invitation.sent_at + Invitation.VALID_FOR
    invitation.save(update_fields=["token_hash", "sent_at", "expires_at", "updated_at"])
    project = invitation.stakeholder.project
    record("invitation.resent", subject=invitation, by=by, stream=project.stream, changed="stakeholders:changed")
    _mail(invitation, token, by)
    return invitation


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, by: User) -> Invitation:
    _refuse_unless_out(invitation)
    invitation.withdrawn_at = timezone.now()
    invitation.save(update_fields=["withdrawn_at", "updated_at"])
    project = invitation.stakeholder.project
    record("invitation.withdrawn", subject=invitation, by=by, stream=project.stream, changed="stakeholders:changed")
    return invitation


@transaction.atomic
def accept_invitation(invitation: Invitation, *, name: str = "") -> User:
    """Make the invited person a member, with an account for that address when there is none.

    The link reached the address, so the address is theirs. Of two who press at once one makes it.
    """
    _refuse_unless_out(invitation)
    if invitation.state == "expired":
        raise DomainError(_("This invitation is too old. Ask for a new one."))
    now = timezone.now()
    if not Invitation.objects.filter(Invitation.OUT, pk=invitation.pk).update(accepted_at=now, updated_at=now):
        raise DomainError(_("This invitation has been used already."))
    person = invitation.stakeholder
    user = queries.user_of(invitation.email) or _new_user(person, invitation.email, name)
    if not user.is_active:
        raise DomainError(_("This account is closed. Ask the person who runs this installation."))
    add_member(person.project, user, role=invitation.role, by=user)
    Stakeholder.objects.filter(pk=person.pk).update(user=user)
    record(
        "invitation.accepted", subject=invitation, by=user, stream=person.project.stream, changed="stakeholders:changed"
    )
    return user


def _invite(project: Project, person: Stakeholder, role: str, by: User) -> Invitation:
    token = make_token()
    invitation = Invitation(
        stakeholder=person,
        invited_by=by,
        email=person.email,
        role=role,
        token_hash=token_hash(token),
        expires_at=timezone.now() + Invitation.VALID_FOR,
    )
    try:
        with transaction.atomic():
            invitation.save(force_insert=True)
    except IntegrityError as twice:
        raise DomainError(_("%(name)s has an invitation already.") % {"name": person.name}) from twice
    record(
        "invitation.sent", subject=invitation, by=by, stream=project.stream, changed="stakeholders:changed", role=role
    )
    _mail(invitation, token, by)
    return invitation


def _mail(invitation: Invitation, token: str, by: User) -> None:
    project = invitation.stakeholder.project
    outbox.send(
        to=invitation.email,
        subject=_("%(name)s invites you to “%(title)s”") % {"name": by, "title": project.title},
        template="mail/invitation",
        context={
            "invitation": invitation,
            "stakeholder": invitation.stakeholder,
            "project": project,
            "by": by,
            "path": reverse("stakeholders:accept", args=[token]),
        },
        effect_key=f"invitation:{invitation.token_hash}",
        secret=True,
        about=f"invitation:{invitation.pk}",
    )


def _new_user(person: Stakeholder, email: str, name: str) -> User:
    zone = person.time_zone or person.project.time_zone
    return User.objects.create_user(email, name=name or person.name, time_zone=zone)


def _refuse_unless_out(invitation: Invitation) -> None:
    if invitation.accepted_at:
        raise DomainError(_("This invitation has been used already."))
    if invitation.withdrawn_at:
        raise DomainError(_("This invitation was withdrawn."))
