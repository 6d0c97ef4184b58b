"""The six sections of prose, as the document and readiness know them."""

import re
from dataclasses import replace
from functools import partial

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy

from apps.comments import targets
from apps.dprd import pieces, proposals, queries, talk
from apps.dprd.enums import Key, State
from apps.dprd.models import Section as Prose
from apps.projects import copying, needs, road, sections
from apps.projects.enums import Level
from apps.projects.models import Project
from apps.projects.rules import EVERY, Rule, declare
from apps.projects.sections import Finding, Section, Snapshot
from apps.stakeholders import raci

ORDER = {
    Key.PURPOSE: 10,
    Key.DATA: 50,
    Key.ARCHITECTURE: 60,
    Key.DEPENDENCIES: 70,
    Key.METRICS: 80,
    Key.MONITORING: 90,
}
PLACEHOLDER = re.compile(r"\b(?:TBD|TBC|TODO|FIXME|XXX)\b|\?{3,}", re.IGNORECASE)
WHY_EMPTY = {
    Key.PURPOSE: gettext_lazy("Without a shared purpose every other section is guesswork."),
    Key.DATA: gettext_lazy("What the data is, whose it is and whether it may be used decides most projects."),
    Key.ARCHITECTURE: gettext_lazy("Nobody can say which flows carry personal data until they are drawn."),
    Key.DEPENDENCIES: gettext_lazy("What others must deliver, and by when, moves the date more than the work does."),
    Key.METRICS: gettext_lazy("Without a measure and a threshold nobody can say when it is good enough."),
    Key.MONITORING: gettext_lazy("What nobody watches in production fails unseen."),
}


EMPTY, UNFINISHED, UNOWNED, DRAFT, MOVED = declare(
    Rule("section.empty", Level.BLOCKER, EVERY, gettext_lazy("%(section)s is empty."), gettext_lazy("Nobody can agree to what is not there.")),
    Rule("section.placeholder", Level.WARNING, EVERY, gettext_lazy("%(section)s still says “%(word)s”."), gettext_lazy("A reader cannot tell what is meant.")),
    Rule("section.owner", Level.WARNING, EVERY, gettext_lazy("%(section)s has no owner."), gettext_lazy("Nobody knows whom to ask about it.")),
    Rule("section.draft", Level.HINT, EVERY, gettext_lazy("%(section)s is not ready yet."), gettext_lazy("Its owner says when it can be read.")),
    Rule("section.moved", Level.WARNING, EVERY, gettext_lazy("%(section)s changed after it was called ready."), gettext_lazy("Whoever called it ready should look again.")),
)  # fmt: skip


def register() -> None:
    written = Prose.objects.filter(project=OuterRef("pk")).exclude(text="").order_by()
    others = written.exclude(key=Key.PURPOSE).values("project").annotate(count=Count("pk"))
    # the use case of the frame stands in the purpose: with it, that says something without prose too
    purpose = Exists(written.filter(key=Key.PURPOSE)) | ~Q(pain="")
    all_written = Exists(others.filter(count=len(Key) - 1).values("count")) & purpose
    road.register("draft", done=all_written, url_name="dprd:document")
    needs.register(proposals.needs)
    copying.register(pieces.PIECE)
    targets.register_owners(talk.owners)
    targets.register_text(talk.text)
    raci.register_keepers(queries.keepers)
    for key, order in ORDER.items():
        sections.register(
            Section(
                key=key.value,
                title=key.label,
                order=order,
                snapshot=partial(snapshot, key=key.value),
                template="dprd/_snapshot.html",
                findings=partial(findings, key=key.value),
                edit_url=partial(edit_url, key=key.value),
            )
        )


def snapshot(project: Project, *, key: str) -> Snapshot:
    prose = queries.loaded(project, key)
    return {"text": prose.text, "state": str(prose.state), "owner": str(prose.owner or "")}


def edit_url(project: Project, *, key: str) -> str:
    return reverse("dprd:edit", args=[project.pk, key])


def findings(project: Project, *, key: str) -> list[Finding]:
    prose, url = queries.loaded(project, key), edit_url(project, key=key)
    written = prose.text.strip()
    found = []
    if not written and not _has_rows(project, key):
        found.append(EMPTY.found(f"{url}#id_text", section=prose.title, why=WHY_EMPTY[Key(key)]))
    if placeholder := PLACEHOLDER.search(prose.text):
        found.append(UNFINISHED.found(f"{url}#id_text", section=prose.title, word=placeholder[0]))
    if written and not prose.owner:
        found.append(UNOWNED.found(f"{reverse('dprd:owner', args=[project.pk, key])}#owner-{key}", section=prose.title))
    state_url = f"{reverse('dprd:state', args=[project.pk, key])}#state-{key}"
    if written and prose.state != State.READY:
        found.append(DRAFT.found(state_url, section=prose.title))
    if prose.changed_since_ready:
        found.append(MOVED.found(state_url, section=prose.title))
    return [replace(one, section=key) for one in found]


def _has_rows(project: Project, key: str) -> bool:
    """What other apps attached to the section says something already."""
    return any(part.snapshot(project) for part in sections.section(key).parts)
