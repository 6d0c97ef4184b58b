"""From answers to what the law asks: a pure function over the shipped questions. Information, not advice.

Sources: EU AI Act (Regulation 2024/1689 as amended; tiers by articles 5, 6, 50, 51) and the DPIA screen of article 35
GDPR with the nine criteria of WP248 rev.01, of which two or more normally call for an assessment. "Not sure" counts
as yes until somebody clears it; for what would ease the duties, as the exception of article 6(3), only a yes counts.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from apps.assessments.enums import Need, Reply, Tier

Answers = Mapping[str, str]
EASES = ("narrow",)
"""A yes to these takes duties away, so that "not sure" must not."""
ABOUT_PEOPLE = ("profiling", "monitoring", "sensitive", "health_us", "california")
"""Nobody can say yes to these and have nothing about living people."""


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

    @property
    def name(self) -> str:
        """What a row is called that was made of it."""
        return self.what[:200]


@dataclass(frozen=True)
class Result:
    """`because` are the questions that led to the tier; `criteria` those of the DPIA screen that are met, `cases` those
    of article 35(3); `clash` the answers that cannot be true while nothing is about living people."""

    tier: Tier
    because: Sequence[str]
    need: Need
    criteria: Sequence[str]
    cases: Sequence[str]
    clash: Sequence[str]
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
    may = {key: answers.get(key) in _counting(key) for key in asked.keys}
    about_people = [key for key in ABOUT_PEOPLE if may[key]]
    may["personal"] = may["personal"] or bool(about_people)
    tier, because = _tier(may)
    criteria, cases = _criteria(may), _cases(may)
    need = _need(cases, criteria)
    missing = [key for key in asked.keys if not answers.get(key)]
    return Result(
        tier=tier,
        because=because,
        need=need,
        criteria=criteria,
        cases=cases,
        clash=about_people if answers.get("personal") == Reply.NO else [],
        duties=[*_of_tier(tier, may), *_of_data(cases, need, may), *_of_people(may), *_of_company(may, asked)],
        notes=_notes(tier, may, is_complete=not missing),
        open=missing,
        unsure=[key for key in asked.keys if answers.get(key) == Reply.UNSURE],
    )


def _counting(key: str) -> Sequence[str]:
    """The answers to a question that count as yes."""
    return (Reply.YES,) if key in EASES else (Reply.YES, Reply.UNSURE)


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


def _cases(may: Mapping[str, bool]) -> list[str]:
    """What article 35(3) names, each with its letter; one is enough for an assessment to be due."""
    if not may["personal"]:
        return []
    named = [
        (may["profiling"] and may["automatic"], _("people are evaluated and something follows for them by itself, 35(3)(a)")),
        (may["sensitive"] and may["large"], _("special categories on a large scale, 35(3)(b)")),
        (may["monitoring"] and may["large"], _("systematic monitoring on a large scale, 35(3)(c)")),
    ]  # fmt: skip
    return [words for is_met, words in named if is_met]


def _need(cases: Sequence[str], criteria: Sequence[str]) -> Need:
    """A case of article 35(3) makes it due; two criteria make it likely."""
    if cases:
        return Need.DUE
    return Need.LIKELY if len(criteria) >= 2 else Need.NONE


def _of_tier(tier: Tier, may: Mapping[str, bool]) -> list[Duty]:
    literacy = Duty(
        "literacy", _("People who work with it know what it can and cannot do"),
        _("Everybody who provides or uses AI supports the knowledge of their people."), "AI Act 4", "2025-02-02",
    )  # fmt: skip
    if tier == Tier.PROHIBITED:
        return [Duty("stop", _("Do not build this"),
                     _("Counsel says what part of it is left, if any. For intimate pictures of people and pictures of abuse it applies from 2 December 2026."),
                     "AI Act 5", "2025-02-02", lands="decisions")]  # fmt: skip
    found = [literacy]
    if tier in (Tier.HIGH_AREA, Tier.HIGH_PRODUCT):
        since = "2027-12-02" if tier == Tier.HIGH_AREA else "2028-08-02"
        found += [Duty(key, what, why, article, since) for key, what, why, article in _high_risk(tier)]
    if may["area"] and may["narrow"] and not may["profiling"]:
        found.append(Duty("exception", _("Written reason why it is not high risk, and registration"),
                          _("The exception counts only when it is documented before use."), "AI Act 6(3), 6(4), 49(2)", "2027-12-02"))  # fmt: skip
    if may["public"]:
        found.append(Duty("tell", _("People are told that they talk to a machine"),
                          _("At the latest with the first words, plainly."), "AI Act 50(1)", "2026-08-02"))  # fmt: skip
    if may["synthetic"]:
        found += [
            Duty("mark", _("What it makes carries a mark that machines can read"), _("Systems that were on the market before then: from 2 December 2026."), "AI Act 50(2)", "2026-08-02"),
            Duty("deep_fake", _("People are told that it was made by a machine"), _("Pictures, sound and video that look real, and text on public matters that nobody edited."), "AI Act 50(4)", "2026-08-02"),
        ]  # fmt: skip
    if may["emotion"]:
        found.append(Duty("inform_sorted", _("People are told that they are sorted or read"),
                          _("Before it happens."), "AI Act 50(3)", "2026-08-02"))  # fmt: skip
    if may["trains"]:
        found += [
            Duty("model_papers", _("Papers of the model: documentation, copyright policy, summary of training data"), _("Whoever provides a general-purpose model owes them to authorities and to those who build on it. Models from before that day have until 2 August 2027."), "AI Act 53", "2025-08-02"),
            Duty("model_risk", _("Is it a model with systemic risk? Then it is notified, tested and guarded"), _("By the computing power it was trained with, or because the Commission says so."), "AI Act 51, 52, 55", "2025-08-02"),
        ]  # fmt: skip
    return found


def _high_risk(tier: Tier) -> list[tuple[str, str, str, str]]:
    of_both = [
        ("risk_system", _("Risk management over the whole life"), _("Known and foreseeable harm, tested and kept current."), "AI Act 9"),
        ("data_quality", _("Data governance: origin, fitness, bias"), _("For training, testing and the data it rests on."), "AI Act 10"),
        ("papers", _("Technical documentation and logs"), _("Before it is used, and for years after."), "AI Act 11, 12, 18, Annex IV"),
        ("instructions", _("Instructions for those who use it"), _("What it is for, how good it is, what goes wrong."), "AI Act 13"),
        ("oversight", _("A person who can understand, doubt and stop it"), _("With the time and the power to do so."), "AI Act 14, 26"),
        ("accuracy", _("Accuracy, robustness and security, measured and stated"), "", "AI Act 15"),
        ("quality", _("Quality management, and somebody who answers to the authority"), _("For whoever provides it; also when a product of others is changed or sold under your name."), "AI Act 16-21, 25"),
        ("conformity", _("Conformity assessment, declaration, registration"), _("Before it is put into service."), "AI Act 43, 47-49"),
        ("watch", _("Watching it in use, and reporting serious incidents"), "", "AI Act 72, 73"),
    ]  # fmt: skip
    if tier == Tier.HIGH_PRODUCT:
        law = (
            "product_law",
            _("What the law of the product asks for besides"),
            _("One assessment can serve both."),
            "AI Act 8(2), Annex I",
        )
        return [*of_both, law]
    return [
        *of_both,
        ("rights", _("Assessment of the effect on fundamental rights"), _("For public bodies and some private ones; an impact assessment under the GDPR can be part of it."), "AI Act 27"),
        ("explain", _("Whoever is decided about is told what part it played"), _("When they ask, in plain words."), "AI Act 86"),
    ]  # fmt: skip


def _of_data(cases: Sequence[str], need: Need, may: Mapping[str, bool]) -> list[Duty]:
    found = []
    if need != Need.NONE:
        why = _("Description, necessity, risks to people, measures (35(7)); before the first real data.")
        if cases:
            why = _("%(why)s Due because of: %(cases)s.") % {"why": why, "cases": "; ".join(cases)}
        found.append(Duty("dpia", _("Data protection impact assessment"), why, "GDPR 35"))
    if may["personal"]:
        found += [
            Duty("basis", _("Legal basis for each source of personal data"), _("Settled by the data protection officer, in Data sources."), "GDPR 6, 9", lands="dependencies"),
            Duty("inform", _("People are told what happens with their data"), _("In the privacy notice, in plain words."), "GDPR 13, 14"),
            Duty("processor", _("Contract with whoever runs the model"), _("Processing on behalf, place of processing, sub-processors."), "GDPR 28, 44-49", lands="dependencies"),
        ]  # fmt: skip
    if may["automatic"]:
        found.append(Duty("appeal", _("A way to ask for a person and to object"), _("Whoever is decided about can have it looked at again."), "GDPR 22"))  # fmt: skip
    if may["health_us"]:
        found.append(Duty("associate", _("Business associate agreement with whoever runs the model"), _("Before the first record of a patient goes in."), "HIPAA, 45 CFR 164.502(e), 164.504(e)", lands="dependencies"))  # fmt: skip
    if may["california"]:
        found.append(Duty("notice_ccpa", _("Notice at collection, and a way to know, to delete and to opt out"), _("Also for what is decided automatically."), "CCPA, Cal. Civ. Code 1798.100-135"))  # fmt: skip
    return found


def _of_people(may: Mapping[str, bool]) -> list[Duty]:
    found = []
    if may["personal"]:
        found.append(Duty("seat_dpo", _("A data protection officer at the table"), _("Personal data are touched."), "GDPR 38(1)", lands="seat"))  # fmt: skip
    if may["staff"]:
        found.append(Duty("works_council", _("The works council is heard"), _("Technology that can watch people at work is theirs to discuss, and it takes weeks."), _("national law"), lands="dependencies"))  # fmt: skip
    if may["public"]:
        found.append(Duty("accessibility", _("Accessibility is checked"), _("What the public uses has to work for everybody."), "European Accessibility Act", "2025-06-28"))  # fmt: skip
    if may["sector"]:
        found.append(Duty("seat_supervisor", _("Somebody at the table who knows the supervisor"), _("What is reported, when, to whom."), _("law of the sector"), lands="seat"))  # fmt: skip
    return found


FINES = {
    Tier.PROHIBITED: _lazy("Fines go up to 35 million € or 7 % of the turnover of the world (AI Act 99)."),
    Tier.HIGH_AREA: _lazy("Fines go up to 15 million € or 3 % of the turnover of the world (AI Act 99)."),
    Tier.HIGH_PRODUCT: _lazy("Fines go up to 15 million € or 3 % of the turnover of the world (AI Act 99)."),
    Tier.GENERAL: _lazy("Fines go up to 15 million € or 3 % of the turnover of the world (AI Act 101)."),
    Tier.TRANSPARENCY: _lazy("Fines go up to 15 million € or 3 % of the turnover of the world (AI Act 99)."),
    Tier.MINIMAL: _lazy("The AI Act asks for no more than that people know what they use; there are codes to follow by choice (AI Act 4, 95)."),
}  # fmt: skip


def _notes(tier: Tier, may: Mapping[str, bool], *, is_complete: bool) -> list[str]:
    # Nobody is told that nothing is owed before everything was asked.
    found = [str(FINES[tier])] if is_complete or tier != Tier.MINIMAL else []
    if tier in (Tier.HIGH_AREA, Tier.HIGH_PRODUCT):
        found.append(_("What public authorities use already has until 2 August 2030. No harmonised standard is cited yet, so that nobody can show conformity by following one."))  # fmt: skip
    if may["health_us"]:
        found.append(_("HIPAA: a business associate agreement with the model provider comes first, the minimum necessary data go in, and access is logged (45 CFR 164.308, 164.312, 164.502(b), 164.504(e))."))  # fmt: skip
    if may["california"]:
        found.append(_("CCPA: notice at collection, the right to know, delete and opt out, and rules on automated decisions (Cal. Civ. Code 1798.100-135)."))  # fmt: skip
    if may["sector"]:
        found.append(_("Your supervisor has rules of its own: medical device law and professional secrecy in health, DORA in finance, NIS2 for essential services, administrative law for authorities. Ask who answers for them in your company."))  # fmt: skip
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
