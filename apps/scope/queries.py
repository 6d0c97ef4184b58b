from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.core.reads import read
from apps.dprd.models import Seen as Look
from apps.projects.advice import Advice, Overruling, Snapshots
from apps.projects.enums import Level
from apps.projects.models import Project
from apps.projects.rules import EVERY, all_rules
from apps.projects.rules import Rule as AnyRule
from apps.projects.sections import Finding, all_sections, once, reading
from apps.projects.way_back import leading_back
from apps.scope import score
from apps.scope.draft import Draft, Hit
from apps.scope.guidance import GUIDANCE, PREFIX
from apps.scope.links import mended_at
from apps.scope.models import Baseline, Reading, Waiver
from apps.scope.rules import RULES, Rule
from apps.scope.snapshot import stamp
from apps.stakeholders import approving
from apps.stakeholders.matrix import matrix
from apps.tracing import queries as tracing

ALIKE = 3
"""So many findings of one rule in a section are shown as one."""
ORDER: dict[str, int] = {Level.BLOCKER: 0, Level.WARNING: 1, Level.HINT: 2}


@dataclass(frozen=True)
class Seen:
    """A finding as the readiness page shows it."""

    finding: Finding
    section: str
    waiver: Waiver | None

    @cached_property
    def key(self) -> str:
        return finding_key(self.finding)

    @property
    def url(self) -> str:
        """Where it is mended, knowing the way back: to what blocks, or to the section's findings."""
        return leading_back(self.finding.url, "" if self.blocks else self.finding.section)

    @property
    def place(self) -> str:
        """The form in which it is mended, whichever field of it; empty when that is not the form of one thing."""
        form = self.finding.url.partition("#")[0].partition("?")[0]
        return form if form.endswith("/edit/") else ""

    @property
    def blocks(self) -> bool:
        return self.finding.level == Level.BLOCKER and self.waiver is None

    @property
    def can_be_waived(self) -> bool:
        return self.waiver is None

    @property
    def advises(self) -> bool:
        """Whether it is guidance: something one overrules rather than waives."""
        return self.finding.rule.startswith(PREFIX)

    @property
    def slug(self) -> str:
        """What guidance is called in addresses."""
        return self.finding.rule.removeprefix(PREFIX)


@dataclass(frozen=True)
class Bunch:
    """What one rule says in a section: what it says first, and the rest of it where that is long."""

    first: Seen
    more: list[Seen]


def finding_key(finding: Finding) -> str:
    """The same finding has the same key while its rule, its section and its words stay; guidance, wherever it is said."""
    if finding.rule.startswith(PREFIX):
        return advice_key(finding.rule.removeprefix(PREFIX))
    return sha256(f"{finding.section}\n{finding.rule}\n{finding.message}".encode()).hexdigest()[:32]


def advice_key(slug: str) -> str:
    return sha256(f"{PREFIX}{slug}".encode()).hexdigest()[:32]


def is_advice(waiver: Waiver) -> bool:
    """Whether it overrules advice."""
    return any(waiver.finding == advice_key(rule.id.removeprefix(PREFIX)) for rule in GUIDANCE)


def readiness(project: Project) -> list[Seen]:
    """What a careful reviewer would say of the draft, what blocks first, each with its waiver."""
    waivers = _waivers(project)
    with reading(project):
        found = [finding for section in all_sections() for finding in section.findings(project)]
        found = _together(found, across(project, once(project, "draft", draft)))
    titles = {section.key: str(section.title) for section in all_sections()}
    seen = [
        Seen(finding, titles.get(finding.section, ""), waivers.get(finding_key(finding)) if waivers else None)
        for finding in found
    ]
    return sorted(seen, key=lambda one: (one.waiver is not None, ORDER.get(one.finding.level, 3)))


def alike(seen: list[Seen], one: Seen) -> list[Seen]:
    """What else is open about the same thing: one reason is often that of all of them."""
    near = [each for each in seen if each.place and each.place == one.place and each.key != one.key]
    return [each for each in near if each.can_be_waived and not each.advises]


def draft(project: Project) -> Draft:
    """The draft as the rules across sections read it."""
    contents = {found.key: found.snapshot(project) for found in all_sections()}
    sections = {found.key: {"title": str(found.title), **contents[found.key]} for found in all_sections()}
    threads = project.threads.filter(resolved_at=None).values_list("target").annotate(n=Count("pk"))
    readers = Look.objects.filter(section__project=project, version=F("section__version"))
    others = readers.exclude(user=F("section__owner")).values_list("section__key").annotate(n=Count("pk"))
    duties = matrix(project).lines
    read = approving.texts(duties)
    outdated: dict[str, list[str]] = {}
    for line in duties:
        for one in approving.of_line(line, contents[line.key], read):
            if one.cell.must_approve and one.cell.approved and one.changed:
                outdated.setdefault(one.cell.person.name, []).append(line.title)
    loose = [thing.title for thing in tracing.of(project).orphans if thing.kind == "risk"]
    return Draft(sections, timezone.localdate(), dict(threads.order_by()), dict(others.order_by()), loose, outdated)


def across(project: Project, found: Draft) -> list[tuple[Rule, Finding]]:
    """What the rules across sections and the guidance say, with a link to the field that mends it."""
    urls = {section.key: section.edit_url(project) for section in all_sections()}
    return [
        (rule, _found(rule, hit, project, urls.get(hit.section or rule.section, "")))
        for rule in (*RULES, *GUIDANCE)
        for hit in rule.applies(found)
    ]


def _found(rule: Rule, hit: Hit, project: Project, section_url: str) -> Finding:
    finding = rule.found(mended_at(project, hit, section_url), name=hit.name)
    return replace(finding, section=hit.section or rule.section)


def advice(project: Project, sections: Snapshots) -> list[Advice]:
    """What guidance says of these sections, or of as much of them as is known, each with who overruled it."""
    known = Draft({key: dict(content) for key, content in sections.items()}, timezone.localdate())
    hits = [(rule, hit) for rule in GUIDANCE for hit in rule.applies(known)]
    if not hits:
        return []
    urls = {section.key: section.edit_url(project) for section in all_sections()}
    waivers = _waivers(project)
    found = [_found(rule, hit, project, urls.get(hit.section or rule.section, "")) for rule, hit in hits]
    return [_advice(finding, waivers.get(finding_key(finding))) for finding in found]


def _advice(finding: Finding, waiver: Waiver | None) -> Advice:
    overruled = Overruling(str(waiver.by), waiver.reason, waiver.at) if waiver else None
    slug = finding.rule.removeprefix(PREFIX)
    return Advice(slug, finding.section, finding.message, finding.why, finding.url, overruled)


def _waivers(project: Project) -> dict[str, Waiver]:
    """Those that hold today, by the key of what they waive."""
    given = read(project, "waivers", project.waivers.select_related("by"))
    return {waiver.finding: waiver for waiver in given if waiver.holds(timezone.localdate())}


def waived(project: Project, findings: Sequence[Finding]) -> list[Finding]:
    """Those without which the team goes on today, or that it set aside."""
    waivers = _waivers(project) if findings else {}
    return [finding for finding in findings if waivers and finding_key(finding) in waivers]


def _together(of_sections: list[Finding], wider: list[tuple[Rule, Finding]]) -> list[Finding]:
    """Both, without what a rule across sections has said better about the same field."""
    said = {(spoken_for, finding.url) for rule, finding in wider for spoken_for in rule.instead}
    kept = [finding for finding in of_sections if (finding.rule, finding.url) not in said]
    return kept + [finding for _by, finding in wider]


def rulebook() -> list[tuple[str, list[AnyRule]]]:
    """Everything that readiness looks for, by section; first what it looks for in every section of prose."""
    titles = {EVERY: str(_("Every section of prose"))} | {one.key: str(one.title) for one in all_sections()}
    found: dict[str, list[AnyRule]] = {key: [] for key in titles}
    for rule in all_rules():
        found[rule.section].append(rule)
    return [(titles[key], rules) for key, rules in found.items() if rules]


@dataclass(frozen=True)
class Standing:
    """How far the draft is: a number for the project and for each section, and what is new since an earlier day."""

    score: int
    sections: list[tuple[str, int]]
    since: Reading | None
    new: list[str]
    gone: list[str]


def standing(project: Project, seen: list[Seen]) -> Standing:
    """The scores, beside what was kept on the last day before today."""
    with reading(project):
        empty = once(project, "draft", draft).empty
    open_ones = [one for one in seen if one.waiver is None]
    levels = {section: [one.finding.level for one in open_ones if one.finding.section == section.key]
              for section in all_sections()}  # fmt: skip
    sections = [
        (str(section.title), score.of_section(found, empty=section.key in empty)) for section, found in levels.items()
    ]
    before = project.readings.filter(day__lt=timezone.localdate()).order_by("-day").first()
    now = {one.key: str(one.finding.message) for one in open_ones}
    then = before.findings if before else now
    return Standing(
        score=score.of_project((value for _, value in sections), blocked=any(one.blocks for one in seen)),
        sections=sections,
        since=before,
        new=[words for key, words in now.items() if key not in then],
        gone=[words for key, words in then.items() if key not in now],
    )


def unread_today() -> QuerySet[Project]:
    """Projects whose readiness has not been kept today."""
    today = Reading.objects.filter(project=OuterRef("pk"), day=timezone.localdate())
    return Project.objects.filter(~Exists(today), archived_at=None)


def blocking(seen: list[Seen]) -> list[Seen]:
    return [one for one in seen if one.blocks]


def by_section(seen: Iterable[Seen]) -> list[tuple[str, int, list[Bunch]]]:
    """The findings of each section under its title with their number, in the order of the document.

    What one rule says of many rows is one bunch: nobody reads the same sentence seventeen times.
    """
    said: dict[str, dict[str, list[Seen]]] = {}
    for one in seen:
        said.setdefault(one.section, {}).setdefault(one.finding.rule, []).append(one)
    titles = [str(section.title) for section in all_sections()]
    return [
        (title, sum(map(len, said[title].values())), [bunch for alike in said[title].values() for bunch in _bunched(alike)])
        for title in sorted(said, key=lambda title: titles.index(title) if title in titles else len(titles))
    ]  # fmt: skip


def _bunched(alike: list[Seen]) -> list[Bunch]:
    if len(alike) < ALIKE:
        return [Bunch(one, []) for one in alike]
    return [Bunch(alike[0], alike[1:])]


def for_snapshot(seen: list[Seen]) -> list[dict[str, Any]]:
    """What a baseline keeps: what blocks, and whatever was waived, with name, reason, time and last day."""
    return [
        {
            "rule": one.finding.rule,
            "section": one.finding.section,
            "level": str(one.finding.level),
            "message": str(one.finding.message),
            "waiver": one.waiver and _kept(one.waiver),
        }
        for one in seen
        if one.finding.level == Level.BLOCKER or one.waiver
    ]


def _kept(waiver: Waiver) -> dict[str, Any]:
    until = waiver.until.isoformat() if waiver.until else ""
    return {"name": str(waiver.by), "reason": waiver.reason, "at": stamp(waiver.at), "until": until}


def baselines(project: Project) -> QuerySet[Baseline]:
    """Newest first."""
    return project.baselines.order_by("-number")


def latest(project: Project) -> Baseline | None:
    return baselines(project).first()


def before(baseline: Baseline) -> Baseline | None:
    return baselines(baseline.project).filter(number__lt=baseline.number).first()
