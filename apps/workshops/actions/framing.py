"""The problem in words: said together, then written into the project."""

from django.db import transaction
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.core.errors import DomainError, Stale
from apps.events.log import record
from apps.projects import actions as projects
from apps.workshops.actions.answers import ITEMS
from apps.workshops.actions.locks import taken
from apps.workshops.models import Item


@transaction.atomic
def keep_statement(item: Item, *, version: int, by: User) -> Item:
    """The words become the pain of the use case. `version` is that of the project on the person's screen."""
    room = taken(item.activity.workshop)
    project, text = room.project, item.text.strip()
    if not text:
        raise DomainError(_("There are no words yet. Write the problem first."))
    if project.pain != text:
        try:
            projects.frame_project(project, pain=text, version=version, by=by)
        except Stale as stale:
            words = _("Somebody changed the frame meanwhile. Read what it says now, then press again.")
            raise DomainError(words) from stale
    item.details = {**item.details, "kept": text}
    item.save(update_fields=["details", "updated_at"])
    record("item.kept", subject=item, by=by, stream=room.stream, changed=ITEMS)
    return item
