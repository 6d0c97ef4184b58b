"""Suggestions as pages show them."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.accounts.models import User
from apps.core.text.diff import as_html, redline, sentence_parts
from apps.core.text.merge import merge
from apps.core.text.passages import source_span
from apps.core.text.tokens import normalise
from apps.dprd.models import Section, Suggestion
from apps.dprd.past import text_at
from apps.projects.models import Project
from apps.projects.needs import Need


@dataclass(frozen=True)
class Proposal:
    """A suggestion as a redline, and whether its passage still stands in the text."""

    suggestion: Suggestion
    change: SafeString
    is_there: bool


@dataclass(frozen=True)
class Passage:
    """The words that a suggestion is about: where they stand in the section's text, as it was written."""

    start: int
    end: int
    text: str
    is_whole: bool


def open_in(project: Project) -> dict[str, list[Proposal]]:
    """Open suggestions by section, the oldest first."""
    found: dict[str, list[Proposal]] = defaultdict(list)
    for suggestion in _suggestions().filter(section__project=project, settled_at=None):
        found[suggestion.section.key].append(proposal(suggestion))
    return found


def of_section(section: Section) -> QuerySet[Suggestion]:
    """Everything that was ever suggested for a section."""
    return _suggestions().filter(section=section) if section.is_stored else Suggestion.objects.none()


def proposal(suggestion: Suggestion) -> Proposal:
    change = as_html(redline(suggestion.quote, suggestion.replacement))
    return Proposal(suggestion, change, suggestion.quote.strip() in suggestion.section.text)


def passage(section: Section, quote: str, *, nth: int = 0) -> Passage:
    """The passage that a reader selected, or the whole text when it was not found or nothing was selected."""
    place = source_span(section.text, quote, nth=nth) if quote.strip() else None
    start, end = place or (0, len(section.text))
    return Passage(start, end, section.text[start:end], place is None)


def narrowed(base: str, start: int, end: int, text: str) -> tuple[int, int, str]:
    """A replacement without the whole sentences at either end that it leaves as they are."""
    old, new = sentence_parts(base[start:end]), sentence_parts(normalise(text))
    while old and new and old[0] == new[0]:
        start += len(old.pop(0))
        new.pop(0)
    while old and new and old[-1] == new[-1]:
        end -= len(old.pop())
        new.pop()
    return start, end, "".join(new)


def proposed(suggestion: Suggestion) -> str:
    """The text that the suggestion was written from, with its words in place."""
    base = text_at(suggestion.section, suggestion.base_version)
    return base[: suggestion.start] + suggestion.replacement + base[suggestion.end :]


def fitted(suggestion: Suggestion, now: str) -> tuple[str, bool]:
    """The text `now` with the suggestion in it, and whether its place was found.

    When the passage is gone, or says something else by now, the suggested words stand after what is there.
    """
    merged = merge(text_at(suggestion.section, suggestion.base_version), proposed(suggestion), now)
    text = merged.text
    for conflict in reversed(merged.conflicts):
        text = text[: conflict.end] + (f" {conflict.other}" if conflict.other else "") + text[conflict.end :]
    return text, not merged.conflicts


def needs(user: User) -> list[Need]:
    """Suggestions for sections that this person owns."""
    waiting = (
        Suggestion.objects.filter(section__owner=user, settled_at=None, section__project__memberships__user=user)
        .select_related("section__project", "author")
        .order_by("created_at")
    )
    by_section: dict[Section, list[Suggestion]] = defaultdict(list)
    for suggestion in waiting:
        by_section[suggestion.section].append(suggestion)
    return [_need(section, found) for section, found in by_section.items()]


def _need(section: Section, found: list[Suggestion]) -> Need:
    since: datetime = found[0].created_at
    title = ngettext("%(n)d suggestion for %(section)s", "%(n)d suggestions for %(section)s", len(found))
    return Need(
        label=_("Suggestion"),
        title=title % {"n": len(found), "section": section.title},
        detail=section.project.title,
        url=f"{reverse('dprd:document', args=[section.project_id])}#suggestion-{found[0].pk}",
        button=_("Look at it") if len(found) == 1 else _("Look at them"),
        since=since,
    )


def _suggestions() -> QuerySet[Suggestion]:
    return Suggestion.objects.select_related("section__project", "author", "settled_by").order_by("created_at", "pk")
