"""What a careful reviewer says about an objective. Pure functions on its fields.

The word classes follow common guides to writing requirements; numbers that are dates, model names,
percentiles or ordinals do not count as targets.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from django.template.defaultfilters import date as formatted
from django.utils.translation import gettext_lazy as _

from apps.projects import rules
from apps.projects.enums import Direction, Level
from apps.projects.rules import Rule


class Fields(Protocol):
    """What the rules look at; the model has it."""

    title: Any
    metric: Any
    unit: Any
    baseline: Any
    baseline_source: Any
    baseline_on: Any
    direction: Any
    target: Any
    due: Any
    method: Any
    owner: Any


@dataclass(frozen=True)
class Weakness:
    """One rule that an objective breaks: what to do, why it matters and which field mends it."""

    rule: str
    level: str
    message: str
    why: str
    field: str


@dataclass(frozen=True)
class Weak:
    """Where a rule applies: the field that mends it, and words that are more exact than the rule's own."""

    field: str
    message: Any = None
    why: Any = None
    word: str = ""


Check = Callable[[Fields, date], Weak | None]

MONTHS = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
COUNT = r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|twelve)"


def _words(*alternatives: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{'|'.join(alternatives)})(?![\w-])", re.IGNORECASE)


DATES = _words(
    r"\d{1,2}[./]\d{1,2}[./](?:20)?\d\d",
    r"20\d\d-\d\d(?:-\d\d)?",
    r"\d{1,2}\.\d{1,2}\.(?!\d)",
    rf"\d{{1,2}}(?:st|nd|rd|th)?\.? (?:of )?{MONTHS}(?:,? 20\d\d)?",
    rf"{MONTHS} ['’]\d\d",
    rf"{MONTHS} (?:\d{{1,2}}(?:st|nd|rd|th)?,? ?)?(?:20\d\d)?",
    rf"(?:by|until|before|in|end of|from) {MONTHS}",
    r"Q[1-4](?:[ /]?(?:20)?\d\d)?",
    r"H[12](?:[ /]?20\d\d)",
    r"FY ?'?(?:20)?\d\d",
    r"(?:first|second|third|fourth|last|1st|2nd|3rd|4th) quarter(?: of)?(?: 20\d\d)?",
    r"(?:by|until|before|in) (?:calendar )?week \d{1,2}",
    r"(?:mid|early|late|end)[- ]20\d\d",
    r"EO[YQM]|year[- ]end",
    r"20[2-9]\d",
    rf"(?:within|in|after) (?:the )?(?:next |first )?{COUNT} (?:days?|weeks?|months?|quarters?|years?|sprints?)",
    r"(?:by|before|until) (?:the )?(?:end|start|close) of (?:the )?\w+",
)
USED = (
    r"(?i:with|using|via|through|on|uses?|runs?(?: on)?|adopts?|deploys?|deploying|integrat(?:e|es|ing)|launch(?:es|ing)?"
    r"|(?:switch|move|migrate|upgrade) to)(?: the)?"
)
NAMES = re.compile(
    r"\b(?:GPT|Gemini|Llama|Mistral|Grok|Qwen|DeepSeek|Opus|Sonnet|Haiku|Phi|Gemma)[- ]?[A-Za-z]*[- ]?v?\d[\w.]*"
    # any maker's name, when the size of the model follows its version
    r"|(?-i:\b[A-Z][a-z]+ \d[\d.]* (?:Opus|Sonnet|Haiku|Flash|Pro|Mini|Turbo|Instruct)\b)"
    # any name at all after a word of using it, unless a unit or things that are counted follow its number
    rf"|(?-i:\b{USED} [A-Z][A-Za-z]+ \d[\d.]*)(?![\d.]*(?: ?[%€$£]| (?:percent|per|of|out|h|min|ms|s|sec|days?)\b| [a-z]+s\b))"
    r"|\b[pP]\d{2}(?:\.\d)?\b|\bv\d[\w.]*|\bversion \d[\d.]*|\b\d+(?:st|nd|rd|th)\b"
    r"|(?-i:\b[A-Z]{2,}-?\d[\w.]*)|\b(?:ISO|RFC|SOC|PCI|NIST|Article|Art\.?) \d[\d./:]*"
    # which one, not how many
    r"|\b(?:chapter|phase|tier|step|level|stage|line|sprint|release|section|page|topic|wave|question|table|week|no\.|number)s? "
    r"\d[\d.]*(?: ?(?:to|-|–|and|,) ?\d[\d.]*)*|#\d+"
    # sizes of models and their windows; short forms that begin with a figure
    r"|(?-i:\b\d+(?:x\d+)?(?:\.\d+)?B\b)|\b\d+k[- ](?:tokens?|context|window)|(?-i:\b(?:\d+D|[48]K|[2-6]G|[23]FA)\b)"
    r"|\b(?!sub-)[A-Za-z]+-\d[\w.]*(?:-[A-Za-z]+)*|\b\d+/7\b|\bCO2\b|\b[A-Za-z]+\d+[A-Za-z]*\b",
    re.IGNORECASE,
)
NUMBER = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|twelve|half|halve|halved|double|doubled|twice|triple|third(?![- ]part))\b",
    re.IGNORECASE,
)
BASELINE = _words(
    "from", "baseline", "currently", "today", "now", "versus", "vs", "compared with", "compared to", "instead of", "was", "were",
    "at present", "so far", "last (?:year|month|quarter|week)",
)  # fmt: skip
ARROW = re.compile(r"\d[^→;]{0,14}(?:→|->|=>|⇒)[^\d;]{0,4}\d")
DIRECTION = re.compile(
    r"[<>≤≥]|\b(?:at least|at most|no more than|not more than|no less than|not below|not above|below|under|above|over|up to"
    r"|or (?:more|less|fewer|better|above|below|higher|lower|under)|top \d"
    r"|minimum|maximum|fewer than|less than|more than|within|between|from\b.+\bto|halve\w*|double\w*|cut\b.+\bby"
    r"|(?:reduce|increase|lower|raise)\w*\b.+\b(?:by|to))\b",
    re.IGNORECASE,
)
VAGUE = _words(
    r"improv\w+", r"enhanc\w+", r"optimi[sz]\w+", r"leverag\w+", r"support(?:s|ing)?", r"enabl\w+", r"facilitat\w+",
    r"transform\w*", r"explor\w+", r"strengthen\w*", r"streamlin\w+", r"moderni[sz]\w+", r"empower\w*", r"boost\w*", r"foster\w*",
    "faster", "quicker", "cheaper", "easier", "smarter", "simpler", "happier",
)  # fmt: skip
WEASEL = _words(
    r"user[- ]friendly", r"seamless(?:ly)?", "robust", r"adequate(?:ly)?", r"appropriate(?:ly)?", r"significant(?:ly)?",
    r"substantial(?:ly)?", "(?<!at )most", "some", "several", r"etc\.?", r"approximately", r"about right", r"as \w+ as (?:possible|we can|practicable)", "where appropriate", "where possible", "and/or", "better", "easy", "easily",
    "intuitive", "state of the art", "best in class", "good", "fast", "quickly",
)  # fmt: skip
ABSOLUTE = _words(
    "always",
    "never",
    "all",
    "every",
    "perfect",
    r"zero (?:hallucinations?|errors?|mistakes?)",
    "no errors?",
    "nobody",
    "everyone",
)
ALL_OF_IT = re.compile(r"(?<![\d.,])100(?:\.0+)?\s?(?:%|percent|per cent)", re.IGNORECASE)
OUTPUT = _words(
    r"build(?:s|ing)?", r"deploy(?:s|ing|ed)?", r"integrat\w+", r"launch(?:es|ing)?", r"implement\w*", r"develop(?:s|ing)?",
    r"roll(?:ing)? out", r"introduc\w+", r"deliver(?:s|ing)?", r"creat\w+", r"migrat\w+", r"train(?:s|ing)? a", r"set(?:ting)? up",
)  # fmt: skip
FALLS = _words(r"reduc\w+", r"lower\w*", r"cut(?:s|ting)?", r"shorten\w*", r"decreas\w+", r"halv\w+", "fewer", "less")
RISES = _words(r"increas\w+", r"rais\w+", r"grow(?:s|ing)?", r"doubl\w+", "higher", "more")
HOLDS = _words(
    "not below",
    "not above",
    "no less than",
    "no more than",
    "not worse",
    "keep",
    "keeps",
    "hold",
    "stay",
    "stays",
    "remain",
    "remains",
)
OPEN_END = re.compile(
    r"\b(?:TBD|TBC|TODO|to be (?:decided|determined|confirmed|defined))\b|\?\?+|\blorem\b", re.IGNORECASE
)

# A half-sentence that says where the figure comes from is no second objective.
SECOND = re.compile(r";(?!\s*(?:was|were|today|now|currently|baseline|from|measured|source|owner)\b)", re.IGNORECASE)
SHORT, LONG = 5, 45
SECTION = "objectives"


def findings_of(objective: Fields, today: date) -> list[Weakness]:
    """What is weak about an objective, in the order of the rules O1 to O17; an empty list is a good one."""
    return [_weakness(rule, weak) for rule, check in CHECKS if (weak := check(objective, today))]


def _weakness(rule: Rule, weak: Weak) -> Weakness:
    said = rule.found("", message=weak.message, why=weak.why, word=weak.word)
    return Weakness(rule.id, rule.level, said.message, said.why, weak.field)


def numbers_in(text: str) -> bool:
    """True when a figure is left after dates, model names, percentiles and ordinals are taken out."""
    return bool(NUMBER.search(NAMES.sub(" ", DATES.sub(" ", text))))


def skeleton(objective: Fields) -> str:
    """The sentence to aim for, filled with what is known; brackets are still open."""
    side = {Direction.AT_MOST: _("at most %(figure)s"), Direction.AT_LEAST: _("at least %(figure)s")}
    goal = _with_unit(objective.target, objective.unit) or _("[target]")
    return _("%(metric)s from %(today)s (%(source)s) to %(goal)s by %(day)s, measured by %(method)s, %(owner)s") % {
        "metric": objective.metric or _("[metric]"),
        "today": _with_unit(objective.baseline, objective.unit) or _("[today]"),
        "source": _source(objective) or _("[source, date]"),
        "goal": side.get(objective.direction, "%(figure)s") % {"figure": goal},
        "day": formatted(objective.due, "j F Y") if objective.due else _("[date]"),
        "method": objective.method or _("[method]"),
        "owner": objective.owner or _("[name]"),
    }


def _source(objective: Fields) -> str:
    """Where today's value comes from, and of which day it is."""
    day = formatted(objective.baseline_on, "j F Y") if objective.baseline_on else ""
    return ", ".join(part for part in (objective.baseline_source, day) if part)


def _with_unit(value: Decimal | None, unit: str) -> str:
    return f"{_figure(value)} {unit}".strip() if value is not None else ""


# What people count when they mean such words; only examples, in the order in which they are offered.
MEASURES: tuple[tuple[re.Pattern[str], tuple[Any, ...]], ...] = (
    (_words(r"customer\w*", r"client\w*", r"citizen\w*", r"users?", r"experience", r"satisf\w*", r"service", r"support"),
     (_("median first response, h"), _("satisfaction (CSAT), 1 to 5"), _("share solved at the first contact, %"))),
    (_words(r"wrong", r"errors?", r"mistakes?", r"quality", r"accura\w+", r"correct\w*", r"hallucinat\w*", r"reliab\w+", r"consisten\w+"),
     (_("share with a factual error on a weekly sample, %"), _("complaints in 1,000 cases"), _("share sent with light edits, %"))),
    (_words(r"fast\w*", r"quick\w*", r"speed", r"time", r"efficien\w+", r"productiv\w+", r"effort", r"workload", r"manual\w*", r"automat\w+"),
     (_("handling time of a case, min"), _("cases that one person closes a day"), _("hours a month spent on it"))),
    (_words(r"costs?", r"money", r"sav\w+", r"cheap\w*", r"expens\w+", r"budget"),
     (_("cost of a case, €"), _("hours a month times the hourly rate, €"))),
    (_words(r"adopt\w*", r"usage", r"used?", r"accept\w*", r"trust"),
     (_("share of people who used it this week, %"), _("share of its drafts that are sent, %"))),
    (_words(r"staff", r"employees?", r"agents?", r"colleagues?", r"team\w*", r"onboard\w*"),
     (_("people who leave in a year"), _("weeks until a new colleague works alone"))),
    (_words(r"risks?", r"safe\w*", r"complian\w+", r"privacy", r"secur\w+"),
     (_("incidents a quarter"), _("share of cases that a person checks, %"))),
)  # fmt: skip
MOST_MEASURES = 4


def measures(objective: Fields) -> list[str]:
    """What might be counted, for an objective that names no figure; empty when it does, or nothing fits its words."""
    if _has_number(objective) or objective.metric.strip():
        return []
    found = [str(one) for words, offered in MEASURES if words.search(objective.title) for one in offered]
    return found[:MOST_MEASURES]


def _figure(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _has_number(objective: Fields) -> bool:
    return objective.target is not None or numbers_in(objective.title)


def _number(objective: Fields, today: date) -> Weak | None:
    return None if _has_number(objective) else Weak("target")


def _baseline(objective: Fields, today: date) -> Weak | None:
    there = objective.baseline is not None or BASELINE.search(objective.title) or ARROW.search(objective.title)
    return None if there or not _has_number(objective) else Weak("baseline")


def _date(objective: Fields, today: date) -> Weak | None:
    return None if objective.due or DATES.search(objective.title) else Weak("due")


def _vague(objective: Fields, today: date) -> Weak | None:
    found = VAGUE.search(objective.title)
    return Weak("title", word=found.group()) if found and not _has_number(objective) else None


def _weasel(objective: Fields, today: date) -> Weak | None:
    found = WEASEL.search(objective.title)
    return Weak("title", word=found.group()) if found else None


def _absolute(objective: Fields, today: date) -> Weak | None:
    found = ABSOLUTE.search(objective.title) or ALL_OF_IT.search(objective.title)
    return Weak("title", word=found.group()) if found else None


def _output(objective: Fields, today: date) -> Weak | None:
    return None if _has_number(objective) or not OUTPUT.search(objective.title) else Weak("title")


def _compound(objective: Fields, today: date) -> Weak | None:
    several = SECOND.search(objective.title) or len(re.findall(r"\band\b", objective.title, re.IGNORECASE)) > 1
    return Weak("title") if several else None


def _too_short(objective: Fields, today: date) -> Weak | None:
    return None if objective.target is not None or len(objective.title.split()) >= SHORT else Weak("title")


def _too_long(objective: Fields, today: date) -> Weak | None:
    return Weak("title") if len(objective.title.split()) > LONG else None


def _direction(objective: Fields, today: date) -> Weak | None:
    said = objective.direction or DIRECTION.search(objective.title) or ARROW.search(objective.title)
    return None if said or not _has_number(objective) else Weak("direction")


def _metric(objective: Fields, today: date) -> Weak | None:
    return None if objective.metric.strip() else Weak("metric")


def _measured(objective: Fields, today: date) -> Weak | None:
    who, how = objective.owner.strip(), objective.method.strip()
    if who and how:
        return None
    message = _("Nobody measures it.") if how else _("Not said how it is measured.") if who else None
    return Weak("method" if who else "owner", message)


def _contradiction(objective: Fields, today: date) -> Weak | None:
    if objective.target is None or objective.baseline is None or HOLDS.search(objective.title):
        return None
    if objective.target == objective.baseline:
        return Weak("target", _("The target is today’s value."), _("Then nothing has to change."))
    return Weak("target") if _goes_back(objective) else None


def _goes_back(objective: Fields) -> bool:
    falls, rises = FALLS.search(objective.title), RISES.search(objective.title)
    if objective.direction:
        falls, rises = objective.direction == Direction.AT_MOST, objective.direction == Direction.AT_LEAST
    higher = objective.target > objective.baseline
    return bool((falls and higher) or (rises and not higher))


def _past(objective: Fields, today: date) -> Weak | None:
    return Weak("due") if objective.due and objective.due < today else None


def _unfinished(objective: Fields, today: date) -> Weak | None:
    names = ("title", "metric", "unit", "baseline_source", "method", "owner")
    return next((Weak(name) for name in names if OPEN_END.search(getattr(objective, name))), None)


NONE = Rule("O0", Level.BLOCKER, SECTION, _("No objective yet"), _("Nobody can say later whether it was worth it."))
CHECKS: tuple[tuple[Rule, Check], ...] = (
    (Rule("O1", Level.BLOCKER, SECTION, _("By how much?"), _("Give a number with its unit.")), _number),
    (Rule("O2", Level.BLOCKER, SECTION, _("No baseline."), _("From what? Add today’s value and how it was measured.")), _baseline),
    (Rule("O3", Level.BLOCKER, SECTION, _("By when?"), _("An objective without a day is never missed.")), _date),
    (Rule("O4", Level.WARNING, SECTION, _("“%(word)s” can mean anything."), _("Replace it by a change that can be measured.")), _vague),
    (Rule("O5", Level.WARNING, SECTION, _("“%(word)s”: who says when it is met?"), _("Say how it will be checked.")), _weasel),
    (Rule("O6", Level.WARNING, SECTION, _("“%(word)s” cannot be shown."), _("Give a rate and the size of the sample.")), _absolute),
    (Rule("O7", Level.WARNING, SECTION, _("This is something we make."), _("What changes for users or the business once it is there?")), _output),
    (Rule("O8", Level.HINT, SECTION, _("Several objectives in one."), _("Split it: each gets its own number.")), _compound),
    (Rule("O9", Level.HINT, SECTION, _("Very short."), _("Say what changes, for whom.")), _too_short),
    (Rule("O10", Level.HINT, SECTION, _("More than 45 words."), _("Nobody will repeat it. The fields below hold the details.")), _too_long),
    (Rule("O11", Level.WARNING, SECTION, _("At least, or at most?"), _("Say on which side of the number it is met.")), _direction),
    (Rule("O12", Level.BLOCKER, SECTION, _("No metric."), _("Name what is counted, and where the figures come from.")), _metric),
    (Rule("O13", Level.BLOCKER, SECTION, _("Who measures it, and how?"), _("Without a name and a method nobody can say later whether it was met.")), _measured),
    (Rule("O14", Level.BLOCKER, SECTION, _("The target is worse than today."), _("Check both values and the direction. If it may get a little worse, say “not below” or “not above”.")), _contradiction),
    (Rule("O15", Level.BLOCKER, SECTION, _("The day is in the past."), _("Give one that can still be met.")), _past),
    (Rule("O17", Level.BLOCKER, SECTION, _("Something is still to be decided."), _("Settle it, or give it to somebody.")), _unfinished),
)  # fmt: skip
rules.declare(NONE, *(rule for rule, _check in CHECKS))


def all_of(objectives: Iterator[Any] | list[Any], today: date) -> list[tuple[Any, list[Weakness]]]:
    """Each objective with what is weak about it."""
    return [(objective, findings_of(objective, today)) for objective in objectives]
