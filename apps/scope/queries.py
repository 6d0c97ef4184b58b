from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.db.models import QuerySet

from apps.core.reads import read
from apps.projects.enums import Level
from apps.projects.models import Project
from apps.projects.sections import Finding, all_sections, reading
from apps.scope.models import Baseline, Waiver
from apps.scope.snapshot import stamp

ORDER = {Level.BLOCKER: 0, Level.WARNING: 1, Level.HINT: 2}


@dataclass(frozen=True)
class Seen:
    """A finding as the readiness page shows it."""

    key: str
    finding: Finding
    section: str
    waiver: Waiver | None

    @property
    def blocks(self) -> bool:
        return self.finding.level == Level.BLOCKER and self.waiver is None

    @property
    def can_be_waived(self) -> bool:
        return self.blocks


def finding_key(finding: Finding) -> str:
    """The same finding has the same key while its rule, its section and its words stay."""
    return sha256(f"{finding.section}\n{finding.rule}\n{finding.message}".encode()).hexdigest()[:32]


def readiness(project: Project) -> list[Seen]:
    """What a careful reviewer would say of the draft, what blocks first, each with its waiver."""
    waivers = {waiver.finding: waiver for waiver in read(project, "waivers", project.waivers.select_related("by"))}
    with reading(project):
        seen = [
            Seen(key, finding, str(section.title), waivers.get(key))
            for section in all_sections()
            for finding in section.findings(project)
            for key in [finding_key(finding)]
        ]
    return sorted(seen, key=lambda one: (one.waiver is not None, ORDER.get(Level(one.finding.level), 3)))


def blocking(seen: list[Seen]) -> list[Seen]:
    return [one for one in seen if one.blocks]


def for_snapshot(seen: list[Seen]) -> list[dict[str, Any]]:
    """The serious findings as a baseline keeps them: waived ones with name, reason and time."""
    return [
        {
            "rule": one.finding.rule,
            "section": one.finding.section,
            "message": str(one.finding.message),
            "waiver": one.waiver
            and {"name": str(one.waiver.by), "reason": one.waiver.reason, "at": stamp(one.waiver.at)},
        }
        for one in seen
        if one.finding.level == Level.BLOCKER
    ]


def baselines(project: Project) -> QuerySet[Baseline]:
    """Newest first."""
    return project.baselines.order_by("-number")


def latest(project: Project) -> Baseline | None:
    return baselines(project).first()


def before(baseline: Baseline) -> Baseline | None:
    return baselines(baseline.project).filter(number__lt=baseline.number).first()
