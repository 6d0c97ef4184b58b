from typing import Any
from uuid import UUID

from django.db.models import Q

from apps.accounts.tokens import token_hash
from apps.events.rights import Identity
from apps.projects.models import Membership
from apps.workshops.models import Participant, Workshop

ROOMS = "rooms"


def may_listen(identity: Identity, ident: str) -> bool:
    """Members of the project hear its rooms; guests the room they sit in."""
    try:
        workshop_id = UUID(ident)
    except ValueError:
        return False
    return _is_member(identity, workshop_id) or _is_guest(identity, workshop_id)


def secret_in(session: Any, workshop_id: UUID) -> str:
    """The hash of what this session holds for the room; empty when it holds nothing."""
    rooms = session.get(ROOMS) or {}
    secret = rooms.get(str(workshop_id), "")
    return token_hash(secret) if secret else ""


def _is_member(identity: Identity, workshop_id: UUID) -> bool:
    if not identity.user_id:
        return False
    # A rehearsal is for who rehearses.
    mine = Q(rehearsal=False) | Q(host=identity.user_id)
    projects = Workshop.objects.filter(mine, pk=workshop_id).values("project")
    member = Membership.objects.filter(project__in=projects, user_id=identity.user_id)
    seat = Participant.objects.filter(workshop=workshop_id, user_id=identity.user_id, removed_at=None)
    return member.exists() or seat.exists()


def _is_guest(identity: Identity, workshop_id: UUID) -> bool:
    secret_hash = secret_in(identity.session, workshop_id)
    seats = Participant.objects.filter(workshop=workshop_id, secret_hash=secret_hash, removed_at=None)
    return bool(secret_hash) and seats.exists()
