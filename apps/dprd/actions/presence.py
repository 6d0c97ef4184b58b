from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.dprd import queries
from apps.dprd.models import Presence
from apps.events import live
from apps.projects.models import Project

HERE = "presence:changed"


@transaction.atomic
def be_present(project: Project, *, client: str, section: str, typing: bool, by: User) -> None:
    """Say where this browser tab is. The others hear of it only when something is new."""
    now = timezone.now()
    before = Presence.objects.filter(project=project, user=by, client=client).first()
    Presence.objects.update_or_create(
        project=project, user=by, client=client, defaults={"section": section, "typing": typing, "seen_at": now}
    )
    # Whoever is here clears away those who stopped saying so, and everybody hears of it within seconds.
    gone, _rows = Presence.objects.filter(project=project, seen_at__lt=now - queries.HERE_FOR).delete()
    is_new = before is None or before.seen_at < now - queries.HERE_FOR
    if gone or is_new or (before and (before.section, before.typing) != (section, typing)):
        live.ring(project.stream, HERE)


@transaction.atomic
def leave(project: Project, *, client: str, by: User) -> None:
    gone, _rows = Presence.objects.filter(project=project, user=by, client=client).delete()
    if gone:
        live.ring(project.stream, HERE)
