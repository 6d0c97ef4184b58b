from django.db.models import F
from django.db.models.functions import Greatest
from django.utils import timezone

from apps.accounts.models import User
from apps.dprd.models import Section, Seen


def mark_seen(section: Section, *, version: int, by: User) -> None:
    """Remember that this person has read the text of `version`; never less than they had read before."""
    if not section.is_stored:
        return
    read = min(version, section.version)
    known = Seen.objects.filter(section=section, user=by)
    if not known.update(version=Greatest(F("version"), read), at=timezone.now()):
        Seen.objects.bulk_create(
            [Seen(section=section, user=by, version=read, at=timezone.now())], ignore_conflicts=True
        )
