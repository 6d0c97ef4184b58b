from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.core.reads import read
from apps.core.words import count_word, sentence
from apps.projects import sections
from apps.projects.models import Project
from apps.risks.models import Risk

LOW = 8
"""Below this score a risk is folded away when the register is long."""
LONG = 10


@dataclass(frozen=True)
class Register:
    """A register as its page shows it: what is open by score, what is low, what is closed."""

    risks: Sequence[Risk]
    shown: Sequence[Risk]
    low: Sequence[Risk]
    closed: Sequence[Risk]

    @property
    def live(self) -> list[Risk]:
        return [risk for risk in self.risks if not risk.is_closed]

    @property
    def unrated(self) -> list[Risk]:
        return [risk for risk in self.live if risk.rating is None]

    @property
    def high(self) -> list[Risk]:
        return [risk for risk in self.live if risk.is_high]

    @property
    def ownerless(self) -> list[Risk]:
        """High risks that nobody answers for."""
        return [risk for risk in self.high if not risk.owner.strip()]

    @property
    def lede(self) -> str:
        """The page in two sentences."""
        if not self.live:
            return _("Nothing is at risk yet, as far as anybody has said.")
        count, high = len(self.live), len(self.high)
        first = ngettext("%(n)s risk", "%(n)s risks", count) % {"n": sentence(count_word(count))}
        if len(self.unrated) == count:
            return ngettext("%(risks)s, not rated yet.", "%(risks)s, none of them rated yet.", count) % {"risks": first}
        worst = ngettext("%(n)s of them high before mitigation", "%(n)s of them high before mitigation", high)
        said = worst % {"n": count_word(high)} if high else _("none of them high before mitigation")
        return " ".join(filter(None, [f"{first}, {said}.", self._unjudged, self._unowned]))

    @property
    def _unjudged(self) -> str:
        count = len(self.unrated)
        words = ngettext("%(n)s is not rated yet.", "%(n)s are not rated yet.", count)
        return sentence(words % {"n": count_word(count)}) if count else ""

    @property
    def _unowned(self) -> str:
        refs = ", ".join(risk.ref for risk in self.ownerless)
        return (
            ngettext("%(refs)s has no owner.", "%(refs)s have no owner.", len(self.ownerless)) % {"refs": refs}
            if refs
            else ""
        )


def unrated_words(refs: Sequence[str]) -> str:
    """“3 risks are not rated yet: R2, R5, R9.”; nothing when all are."""
    words = ngettext("%(n)d risk is not rated yet: %(refs)s.", "%(n)d risks are not rated yet: %(refs)s.", len(refs))
    return words % {"n": len(refs), "refs": ", ".join(refs)} if refs else ""


def register(project: Project) -> QuerySet[Risk]:
    return project.risks.by_score()


def all_risks(project: Project) -> list[Risk]:
    """The worst first, in one query while all sections are read."""
    return sections.once(project, "risks", lambda found: read(found, "risks", register(found)))


def open_risks(project: Project) -> list[Risk]:
    """All that are not closed, the worst first."""
    return [risk for risk in all_risks(project) if not risk.is_closed]


def loaded(project: Project, *, cell: tuple[int, int] | None = None) -> Register:
    """The register in one query; `cell` keeps the table to one likelihood and impact."""
    risks = list(register(project))
    for risk in risks:
        risk.project = project
    live = [risk for risk in risks if not risk.is_closed and (cell is None or (risk.likelihood, risk.impact) == cell)]
    fold = cell is None and len(live) > LONG
    return Register(
        risks=risks,
        shown=[risk for risk in live if not (fold and _is_low(risk))],
        low=[risk for risk in live if fold and _is_low(risk)],
        closed=[risk for risk in risks if risk.is_closed and cell is None],
    )


def _is_low(risk: Risk) -> bool:
    """What nobody has rated may be anything: it is never folded away."""
    return risk.score is not None and risk.score < LOW


def top(project: Project, count: int = 5) -> list[Risk]:
    """The worst open risks."""
    return open_risks(project)[:count]
