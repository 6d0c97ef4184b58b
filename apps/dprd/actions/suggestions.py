from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.core.errors import DomainError
from apps.core.text.merge import merge
from apps.dprd import mail, past, proposals, queries
from apps.dprd.actions.prose import Saving, save_prose
from apps.dprd.actions.rows import locked as lock
from apps.dprd.actions.rows import stored
from apps.dprd.enums import Verdict
from apps.dprd.models import Section, Suggestion
from apps.events.log import record

SUGGESTED = "suggestions:changed"
MOST_OPEN = 200


@transaction.atomic
def suggest(
    section: Section, *, base_version: int, start: int, end: int, text: str, why: str = "", by: User
) -> Suggestion:
    """Propose other words for the passage from `start` to `end` of the text of `base_version`."""
    section = stored(section)
    base = past.text_at(section, base_version)
    if not start <= end <= len(base):
        raise DomainError(
            _("These words are no longer where they were. Select them again: yours are still in the field.")
        )
    start, end, replacement = proposals.narrowed(base, start, end, text)
    if base[start:end] == replacement:
        raise DomainError(_("These are the words that stand there already. Change something first."))
    if proposals.of_section(section).filter(settled_at=None).count() >= MOST_OPEN:
        raise DomainError(_("200 suggestions wait here already. Nothing is lost: settle some first."))
    suggestion = Suggestion.objects.create(
        section=section,
        author=by,
        base_version=base_version,
        start=start,
        end=end,
        quote=base[start:end],
        replacement=replacement,
        why=why,
    )
    _record("suggestion.made", suggestion, by)
    return suggestion


@transaction.atomic
def accept_suggestion(suggestion: Suggestion, *, by: User) -> Saving:
    """Merge the suggested words into the text as it is now. Refused when their passage is gone."""
    suggestion = _locked(suggestion)
    now = queries.fresh(suggestion.section).text
    base = past.text_at(suggestion.section, suggestion.base_version)
    text = proposals.proposed(suggestion)
    if merge(base, text, now).conflicts:
        raise DomainError(
            _("The passage has changed since this was suggested. Nothing is lost: edit the suggestion so that it fits.")
        )
    saving = save_prose(
        suggestion.section,
        base_version=suggestion.base_version,
        text=text,
        client_key=f"suggestion-{suggestion.pk}",
        origin=_origin(suggestion),
        by=by,
    )
    _settle(suggestion, Verdict.ACCEPTED, by, revision=saving.revision)
    return saving


@transaction.atomic
def accept_edited(suggestion: Suggestion, *, base_version: int, text: str, by: User) -> Saving:
    """Take the section's text as an editor made it from the suggestion."""
    suggestion = _locked(suggestion)
    saving = save_prose(
        suggestion.section,
        base_version=base_version,
        text=text,
        client_key=f"suggestion-{uuid4()}",
        origin=_origin(suggestion),
        by=by,
    )
    _settle(suggestion, Verdict.ACCEPTED, by, revision=saving.revision, word=_("with changes"))
    return saving


@transaction.atomic
def decline_suggestion(suggestion: Suggestion, *, word: str, by: User) -> Suggestion:
    suggestion = _locked(suggestion)
    return _settle(suggestion, Verdict.DECLINED, by, word=word)


@transaction.atomic
def withdraw_suggestion(suggestion: Suggestion, *, by: User) -> Suggestion:
    suggestion = _locked(suggestion)
    if suggestion.author != by:
        raise DomainError(_("Only who made a suggestion can take it back."))
    return _settle(suggestion, Verdict.WITHDRAWN, by)


def _locked(suggestion: Suggestion) -> Suggestion:
    """The suggestion, open still; its section is locked before it, as everywhere."""
    lock(suggestion.section)
    found = (
        Suggestion.objects.select_for_update(of=("self",))
        .select_related("section__project", "author")
        .get(pk=suggestion.pk)
    )
    if not found.is_open:
        raise DomainError(_("Somebody has settled this already."))
    return found


def _settle(suggestion: Suggestion, verdict: str, by: User, **more: Any) -> Suggestion:
    suggestion.verdict, suggestion.settled_at, suggestion.settled_by = verdict, timezone.now(), by
    for name, value in more.items():
        setattr(suggestion, name, value)
    suggestion.save(update_fields=["verdict", "settled_at", "settled_by", "updated_at", *more])
    _record(f"suggestion.{verdict}", suggestion, by)
    mail.settled(suggestion)
    return suggestion


def _origin(suggestion: Suggestion) -> str:
    return _("suggested by %(name)s") % {"name": suggestion.author or _("Somebody who left")}


def _record(kind: str, suggestion: Suggestion, by: User) -> None:
    section = suggestion.section
    facts = {"key": section.key, "by": by.short_name}
    record(
        kind, subject=suggestion, by=by, stream=section.project.stream, changed=SUGGESTED, facts=facts, key=section.key
    )
