from collections.abc import Iterable
from dataclasses import dataclass
from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.core.errors import DomainError
from apps.core.text.merge import Conflict, Merged, Passage, merge
from apps.core.text.tokens import normalise
from apps.core.writes import save_version
from apps.dprd import queries
from apps.dprd.actions.reading import mark_seen
from apps.dprd.actions.rows import locked, stored, tell
from apps.dprd.enums import Outcome, State, Way
from apps.dprd.models import ConflictCopy, Revision, Section
from apps.projects.models import Project


@dataclass(frozen=True)
class Saving:
    """What became of a sending: the section as it now is, and what asks for a look."""

    section: Section
    revision: Revision
    outcome: str
    copies: list[ConflictCopy]
    woven: tuple[Passage, ...] = ()


def save_prose(
    section: Section,
    *,
    base_version: int,
    text: str,
    client_key: str,
    base_key: str = "",
    resolves: Iterable[ConflictCopy] = (),
    origin: str = "",
    by: User,
) -> Saving:
    """Take in what somebody wrote, from the version that they started from.

    The text is stored first, in a transaction of its own, so that nothing that follows can lose it. Then it
    is merged with what others saved meanwhile. Sending the same `client_key` again changes nothing and
    tells what became of the first sending. `base_key` names an earlier sending of the same person that this
    text was written from, for who went on typing while the answer was under way.
    """
    sent = Revision(
        section=stored(section),
        author=by,
        client_key=client_key,
        base_version=base_version,
        base_key=base_key,
        submitted=normalise(text),
        origin=origin,
    )
    # a sending that came before stays as it was
    Revision.objects.bulk_create([sent], ignore_conflicts=True)
    return _take_in(sent, by=by, resolves=list(resolves))


def add_passage(project: Project, key: str, *, text: str, origin: str = "", by: User) -> Saving:
    """Put a paragraph at the end of a section; it remembers where it came from."""
    section = queries.section(project, key)
    joined = f"{section.text.rstrip()}\n\n{text.strip()}".strip()
    return save_prose(
        section, base_version=section.version, text=joined, client_key=f"passage-{uuid4()}", origin=origin, by=by
    )


def restore_revision(section: Section, revision: Revision, *, version: int, client_key: str, by: User) -> Saving:
    """Bring an earlier text back as a new revision, on top of what was written since `version`."""
    return save_prose(section, base_version=version, text=revision.text, client_key=client_key, by=by)


def settle_conflict(copy: ConflictCopy, *, keep: str, client_key: str, by: User) -> Saving:
    """Choose between two texts for one passage, or keep both, one after the other.

    The choice is merged into what the section says now. When the passage itself has changed since,
    nothing is guessed: the person is asked to look.
    """
    if copy.resolved_at:
        raise DomainError(_("Somebody has settled this already."))
    then = copy.revision.text
    chosen = {Way.THEIRS: copy.saved, Way.MINE: copy.other, Way.BOTH: _both(copy)}[Way(keep)]
    text = then[: copy.start] + chosen + then[copy.end :]
    if merge(then, text, queries.fresh(copy.section).text).conflicts:
        raise DomainError(
            _("This passage has changed again. Nothing is lost: open the section and put the words where they belong.")
        )
    with transaction.atomic():
        _resolve([copy], way=keep, by=by)
        assert copy.revision.version is not None
        return save_prose(copy.section, base_version=copy.revision.version, text=text, client_key=client_key, by=by)


@transaction.atomic
def _take_in(sent: Revision, *, by: User, resolves: list[ConflictCopy]) -> Saving:
    section = locked(sent.section)
    revision = section.revisions.get(author=by, client_key=sent.client_key)
    if revision.submitted != sent.submitted:
        raise DomainError(_("Two different texts were sent as one. Your words are still in the field: save once more."))
    if revision.outcome != Outcome.KEPT:
        return Saving(section, revision, revision.outcome, queries.open_copies(revision))
    if revision.base_version > section.version:
        raise DomainError(_("This page is newer than what is stored here. Your text is kept in the history: reload."))

    merged = merge(queries.base_text(section, revision), revision.submitted, section.text)
    revision.outcome = _outcome(merged, section)
    copies = [_copy(conflict, section, revision) for conflict in merged.conflicts]
    _resolve(resolves, way=Way.EDITED, by=by)
    _write(section, merged.text)
    revision.version, revision.text = section.version, section.text
    revision.save(update_fields=["outcome", "version", "text", "updated_at"])
    ConflictCopy.objects.bulk_create(copies)
    if revision.outcome != Outcome.SAME:
        # the answer shows the merged text, so who sent this has seen it
        mark_seen(section, version=section.text_version, by=by)
    if revision.outcome != Outcome.SAME or resolves:
        tell("section.saved", section, by, outcome=revision.outcome, revision=str(revision.pk))
    return Saving(section, revision, revision.outcome, copies, merged.woven)


def _outcome(merged: Merged, section: Section) -> str:
    if merged.conflicts:
        return Outcome.CONFLICT
    if merged.woven:
        return Outcome.WOVEN
    return Outcome.SAME if merged.text == section.text else Outcome.SAVED


def _write(section: Section, text: str) -> None:
    if text == section.text:
        return
    section.text = text
    if not text.strip():
        section.state = State.EMPTY
    elif section.state == State.EMPTY:
        section.state = State.DRAFT
    section.text_version = section.version + 1
    save_version(section, expected=section.version, fields=["text", "state", "text_version"])


def _copy(conflict: Conflict, section: Section, revision: Revision) -> ConflictCopy:
    return ConflictCopy(
        section=section,
        revision=revision,
        author=revision.author,
        saved_author=queries.last_author(section),
        start=conflict.start,
        end=conflict.end,
        base=conflict.base,
        saved=conflict.saved,
        other=conflict.other,
    )


def _resolve(copies: list[ConflictCopy], *, way: str, by: User) -> None:
    """Settle copies that are open still; raises when somebody was faster with the only one."""
    open_ones = ConflictCopy.objects.filter(pk__in=[copy.pk for copy in copies], resolved_at=None)
    settled = open_ones.update(way=way, resolved_at=timezone.now(), resolved_by=by)
    if copies and not settled and way != Way.EDITED:
        raise DomainError(_("Somebody has settled this already."))


def _both(copy: ConflictCopy) -> str:
    gap = "\n\n" if "\n" in copy.saved + copy.other else " "
    return gap.join(text for text in (copy.saved, copy.other) if text)
