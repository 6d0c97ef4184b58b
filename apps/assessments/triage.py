"""From answers to what the law asks: a pure function over the shipped questions. Information, not advice.

Sources: EU AI Act (Regulation 2024/1689 as amended; tiers by articles 5, 6, 50, 51) and the DPIA screen of article 35
GDPR with the nine criteria of WP248 rev.01, of which two or more normally call for an assessment. "Not sure" counts
as yes until somebody clears it.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from apps.assessments.enums import Need, Reply, Tier

Answers = Mapping[str, str]


@dataclass(frozen=True)
class Question:
    """`follows` is what a yes to a question of the company's own asks for, `lands` the register that it goes to."""

    key: str
    ask: str
    help: str
    follows: str = ""
    lands: str = ""


@dataclass(frozen=True)
class Group:
    key: str
    title: str
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Catalog:
    edition: str
    as_of: str
    sources: tuple[str, ...]
    groups: tuple[Group, ...]

    @property
    def keys(self) -> list[str]:
        return [question.key for group in self.groups for question in group.questions]

    @property
    def asked(self) -> dict[str, Question]:
        """Every question by its key."""
        return {question.key: question for group in self.groups for question in group.questions}

    def and_own(self, questions: Sequence[Question]) -> "Catalog":
        """With what the company asks besides the law."""
        own = Group("own", _("The company’s own"), tuple(questions))
        return replace(self, groups=(*self.groups, own)) if questions else self


@dataclass(frozen=True)
class Duty:
    """Something that follows: where the law says it, from when, and what to take into the project.

    `lands` is the register that a click puts it into, or "seat" for a role that is missing at the table.
    """

    key: str
    what: str
    why: str
    article: str
    since: str = ""
    lands: str = "deliverables"


@dataclass(frozen=True)
class Result:
    """`because` are the questions that led to the tier; `criteria` those of the DPIA screen that are met."""

    tier: Tier
    because: Sequence[str]
    need: Need
    criteria: Sequence[str]
    duties: Sequence[Duty]
    notes: Sequence[str]
    open: Sequence[str]
    unsure: Sequence[str]

    @property
    def complete(self) -> bool:
        return not self.open


@cache
def catalog() -> Catalog:
    """The questions of the shipped edition."""
    read = json.loads((Path(__file__).parent / "catalog" / "triage.json").read_text())
    groups = tuple(
        Group(group["key"], group["title"], tuple(Question(**question) for question in group["questions"]))
        for group in read["groups"]
    )
    return Catalog(read["edition"], read["as_of"], tuple(read["sources"]), groups)


def assess(answers: Answers, asked: Catalog | None = None) -> Result:
    """What follows from the answers to what is `asked`, or to the shipped questions alone; questions without an answer
    are in `open` and count as no."""
    asked = asked or catalog()
    may = {key: answers.get(key) in (Reply.YES, Reply.UNSURE) for key in asked.keys}
    tier, because = _tier(may)
    criteria = _criteria(may)
    need = _need(may, criteria)
    return Result(
        tier=tier,
        because=because,
        need=need,
        criteria=criteria,
        duties=[*_of_tier(tier, may), *_of_data(need, may), *_of_people(may), *_of_company(may, asked)],
        notes=_notes(may),
        open=[key for key in asked.keys if not answers.get(key)],
        unsure=[key for key in asked.keys if answers.get(key) == Reply.UNSURE],
    )


def _tier(may: Mapping[str, bool]) -> tuple[Tier, list[str]]:
    if may["prohibited"]:
        return Tier.PROHIBITED, ["prohibited"]
    if may["area"] and (may["profiling"] or not may["narrow"]):
        return Tier.HIGH_AREA, ["area", *(["profiling"] if may["profiling"] else [])]
    if may["product"]:
        return Tier.HIGH_PRODUCT, ["product"]
    if may["trains"]:
        return Tier.GENERAL, ["trains"]
    found = [key for key in ("public", "synthetic", "emotion") if may[key]]
    return (Tier.TRANSPARENCY, found) if found else (Tier.MINIMAL, [])


def _criteria(may: Mapping[str, bool]) -> list[str]:
    """Which of the nine criteria of WP248 rev.01 are met, as words. New technology is always met: it is an LLM."""
    if not may["personal"]:
        return []
    met = [
        (may["profiling"] or may["staff"], _("evaluation or scoring of people")),
        (may["automatic"], _("decisions without a person")),
        (may["monitoring"], _("systematic monitoring")),
        (may["sensitive"], _("sensitive or very personal data")),
        (may["large"], _("large scale")),
        (may["matching"], _("data sets put together")),
        (may["vulnerable"] or may["staff"], _("people who cannot easily say no")),
        (True, _("new technology")),
        (may["blocks"], _("a right, service or contract can be blocked")),
    ]
    return [words for is_met, words in met if is_met]


def _need(may: Mapping[str, bool], criteria: Sequence[str]) -> Need:
    """Article 35(3) makes it due; two criteria make it likely."""
    mandatory = (
        (may["profiling"] and may["automatic"])
        or (may["sensitive"] and may["large"])
        or (may["monitoring"] and may["large"])
    )
    if may["personal"] and mandatory:
        return Need.DUE
    return Need.LIKELY if len(criteria) >= 2 else Need.NONE


def _of_tier(tier: Tier, may: Mapping[str, bool]) -> list[Duty]:
    literacy = Duty(
        "literacy", _("People who work with it know what it can and cannot do"),
        _("Everybody who provides or uses AI supports the knowledge of their people."), "AI Act 4", "2025-02-02",
    )  # fmt: skip
    if tier == Tier.PROHIBITED:
        return [Duty("stop", _("Do not build this"), _("Counsel says what part of it is left, if any."), "AI Act 5",
                     "2025-02-02", lands="decisions")]  # fmt: skip
    found = [literacy]
    if tier in (Tier.HIGH_AREA, Tier.HIGH_PRODUCT):
        since = "2027-12-02" if tier == Tier.HIGH_AREA else "2028-08-02"
        found += [Duty(key, what, why, article, since) for key, what, why, article in _high_risk()]
    if may["area"] and may["narrow"] and not may["profiling"]:
        found.append(Duty("exception", _("Written reason why it is not high risk, and registration"),
                          _("The exception counts only when it is documented before use."), "AI Act 6(3), 6(4), 49(2)", "2027-12-02"))  # fmt: skip
    if may["public"]:
        found.append(Duty("tell", _("People are told that they talk to a machine"),
                          _("At the latest with the first words, plainly."), "AI Act 50(1)", "2026-08-02"))  # fmt: skip
    if may["synthetic"]:
        found.append(Duty("label", _("What it makes is marked, for people and for machines"),
                          _("Pictures, sound, video and text on public matters."), "AI Act 50(2), 50(4)", "2026-12-02"))  # fmt: skip
    if may["emotion"]:
        found.append(Duty("inform_sorted", _("People are told that they are sorted or read"),
                          _("Before it happens."), "AI Act 50(3)", "2026-08-02"))  # fmt: skip
    if may["trains"]:
        found.append(Duty("model_papers", _("Papers of the model: documentation, copyright policy, summary of training data"),
                          _("Whoever provides a general-purpose model owes them to authorities and to those who build on it."),
                          "AI Act 53", "2025-08-02"))  # fmt: skip
    return found


def _high_risk() -> list[tuple[str, str, str, str]]:
    return [
        ("risk_system", _("Risk management over the whole life"), _("Known and foreseeable harm, tested and kept current."), "AI Act 9"),
        ("data_quality", _("Data governance: origin, fitness, bias"), _("For training, testing and the data it rests on."), "AI Act 10"),
        ("papers", _("Technical documentation and logs"), _("Before it is used, and for years after."), "AI Act 11, 12, 18, Annex IV"),
        ("instructions", _("Instructions for those who use it"), _("What it is for, how good it is, what goes wrong."), "AI Act 13"),
        ("oversight", _("A person who can understand, doubt and stop it"), _("With the time and the power to do so."), "AI Act 14, 26"),
        ("accuracy", _("Accuracy, robustness and security, measured and stated"), "", "AI Act 15"),
        ("conformity", _("Conformity assessment, declaration, registration"), _("Before it is put into service."), "AI Act 43, 47-49"),
        ("rights", _("Assessment of the effect on fundamental rights"), _("For public bodies and some private ones; an impact assessment under the GDPR can be part of it."), "AI Act 27"),
        ("watch", _("Watching it in use, and reporting serious incidents"), "", "AI Act 72, 73"),
    ]  # fmt: skip


def _of_data(need: Need, may: Mapping[str, bool]) -> list[Duty]:
    found = []
    if need != Need.NONE:
        found.append(Duty("dpia", _("Data protection impact assessment"),
                          _("Description, necessity, risks to people, measures; before the first real data."), "GDPR 35"))  # fmt: skip
    if may["personal"]:
        found += [
            Duty("basis", _("Legal basis for each source of personal data"), _("Settled by the data protection officer, in Data sources."), "GDPR 6, 9", lands="dependencies"),
            Duty("inform", _("People are told what happens with their data"), _("In the privacy notice, in plain words."), "GDPR 13, 14"),
            Duty("processor", _("Contract with whoever runs the model"), _("Processing on behalf, place of processing, sub-processors."), "GDPR 28, 44-49", lands="dependencies"),
        ]  # fmt: skip
    if may["automatic"]:
        found.append(Duty("appeal", _("A way to ask for a person and to object"), _("Whoever is decided about can have it looked at again."), "GDPR 22"))  # fmt: skip
    return found


def _of_people(may: Mapping[str, bool]) -> list[Duty]:
    found = []
    if may["personal"]:
        found.append(Duty("seat_dpo", _("A data protection officer at the table"), _("Personal data are touched."), "GDPR 38(1)", lands="seat"))  # fmt: skip
    if may["staff"]:
        found.append(Duty("works_council", _("The works council is heard"), _("Technology that can watch people at work is theirs to discuss, and it takes weeks."), _("national law"), lands="dependencies"))  # fmt: skip
    if may["public"]:
        found.append(Duty("accessibility", _("Accessibility is checked"), _("What the public uses has to work for everybody."), "European Accessibility Act", "2025-06-28"))  # fmt: skip
    return found


def _notes(may: Mapping[str, bool]) -> list[str]:
    found = []
    if may["health_us"]:
        found.append(
            _(
                "HIPAA: a business associate agreement with the model provider comes first, the minimum necessary data go in, and access is logged (45 CFR 164.308, 164.312, 164.502(b), 164.504(e))."
            )
        )
    if may["california"]:
        found.append(
            _(
                "CCPA: notice at collection, the right to know, delete and opt out, and rules on automated decisions (Cal. Civ. Code 1798.100-135)."
            )
        )
    if may["sector"]:
        found.append(
            _(
                "Your supervisor has rules of its own (for example DORA for finance, NIS2 for essential services): ask who answers for them in your company."
            )
        )
    return found


def _of_company(may: Mapping[str, bool], asked: Catalog) -> list[Duty]:
    return [
        Duty(key, question.follows, question.ask, _("rule of the company"), lands=question.lands)
        for key, question in asked.asked.items()
        if question.follows and may[key]
    ]


def as_data(result: Result, asked: Catalog) -> dict[str, Any]:
    """What follows as plain JSON in words, to be kept and read when the questions have changed."""
    titles = {key: question.ask for key, question in asked.asked.items()}
    return {
        "tier": result.tier.value,
        "because": [titles[key] for key in result.because],
        "need": result.need.value,
        "criteria": list(result.criteria),
        "duties": [{"what": duty.what, "article": duty.article, "since": duty.since} for duty in result.duties],
        "notes": list(result.notes),
        "unsure": [titles[key] for key in result.unsure],
    }
