"""What a careful reviewer says about an objective. Pure functions on its fields; O16 needs links we do not have yet.

The word classes follow common guides to writing requirements; numbers that are dates, model names,
percentiles or ordinals do not count as targets.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from django.utils.translation import gettext_lazy as _

from apps.projects.enums import Direction, Level


class Fields(Protocol):
    """What the rules look at; the model has it."""

    title: Any
    metric: Any
    unit: Any
    baseline: Any
    baseline_source: Any
    direction: Any
    target: Any
    due: Any
    method: Any
    owner: Any


@dataclass(frozen=True)
class ObjectiveFields:
    """An objective without a row, for pasted text."""

    title: str
    metric: str = ""
    unit: str = ""
    baseline: Decimal | None = None
    baseline_source: str = ""
    direction: str = ""
    target: Decimal | None = None
    due: date | None = None
    method: str = ""
    owner: str = ""


@dataclass(frozen=True)
class Weakness:
    """One rule that an objective breaks: what to do, why it matters and which field mends it."""

    rule: str
    level: str
    message: Any
    why: Any
    field: str


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
    rf"\d{{1,2}}(?:st|nd|rd|th)?\.? (?:of )?{MONTHS}(?:,? 20\d\d)?",
    rf"{MONTHS} (?:\d{{1,2}}(?:st|nd|rd|th)?,? ?)?(?:20\d\d)?",
    rf"(?:by|until|before|in|end of|from) {MONTHS}",
    r"Q[1-4](?:[ /]?(?:20)?\d\d)?",
    r"H[12](?:[ /]?20\d\d)",
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
    r"|(?-i:\b[A-Z]{2,}-?\d[\w.]*)|\b(?:ISO|RFC|Article|Art\.?|chapter|phase|tier|step) \d[\d./:]*"
    r"|\b\d+/7\b|\bCO2\b|\b[A-Za-z]+\d+[A-Za-z]*\b",
    re.IGNORECASE,
)
NUMBER = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|twelve|half|halve|halved|double|doubled|twice|triple|third)\b",
    re.IGNORECASE,
)
BASELINE = _words(
    "from", "baseline", "currently", "today", "versus", "vs", "compared with", "compared to", "instead of"
)
DIRECTION = re.compile(
    r"[<>≤≥]|\b(?:at least|at most|no more than|not more than|no less than|not below|not above|below|under|above|over|up to"
    r"|minimum|maximum|fewer than|less than|more than|within|between|from\b.+\bto|halve\w*|double\w*|cut\b.+\bby"
    r"|(?:reduce|increase|lower|raise)\w*\b.+\b(?:by|to))\b",
    re.IGNORECASE,
)
VAGUE = _words(
    r"improv\w+", r"enhanc\w+", r"optimi[sz]\w+", r"leverag\w+", r"support(?:s|ing)?", r"enabl\w+", r"facilitat\w+",
    r"transform\w*", r"explor\w+", r"strengthen\w*", r"streamlin\w+", r"moderni[sz]\w+", r"empower\w*", r"boost\w*", r"foster\w*",
)  # fmt: skip
WEASEL = _words(
    r"user[- ]friendly", r"seamless(?:ly)?", "robust", r"adequate(?:ly)?", r"appropriate(?:ly)?", r"significant(?:ly)?",
    r"substantial(?:ly)?", "(?<!at )most", "some", "several", r"etc\.?", r"approximately", r"about right", "as fast as possible",
    "as soon as possible", "as much as possible", "where appropriate", "where possible", "and/or", "better", "easy", "easily",
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

SHORT, LONG = 5, 45
Rule = Callable[[Fields, date], Weakness | None]


def findings_of(objective: Fields, today: date) -> list[Weakness]:
    """What is weak about an objective, in the order of the rules O1 to O17; an empty list is a good one."""
    return [weakness for rule in RULES if (weakness := rule(objective, today))]


def numbers_in(text: str) -> bool:
    """True when a figure is left after dates, model names, percentiles and ordinals are taken out."""
    return bool(NUMBER.search(NAMES.sub(" ", DATES.sub(" ", text))))


def skeleton(objective: Fields) -> str:
    """The sentence to aim for, filled with what is known; brackets are still open."""
    today = f"{_figure(objective.baseline)} {objective.unit}".strip() if objective.baseline is not None else "[today]"
    goal = f"{_figure(objective.target)} {objective.unit}".strip() if objective.target is not None else "[target]"
    operator = {Direction.AT_MOST: "at most ", Direction.AT_LEAST: "at least "}.get(objective.direction, "")
    day = f"{objective.due:%-d %B %Y}" if objective.due else "[date]"
    return (
        f"{objective.metric or '[metric]'} from {today} ({objective.baseline_source or '[source]'}) "
        f"to {operator}{goal} by {day}, measured by {objective.method or '[method]'}, {objective.owner or '[name]'}"
    )


def _figure(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _has_number(objective: Fields) -> bool:
    return objective.target is not None or numbers_in(objective.title)


def _number(objective: Fields, today: date) -> Weakness | None:
    if _has_number(objective):
        return None
    return Weakness("O1", Level.BLOCKER, _("By how much?"), _("Give a number with its unit."), "target")


def _baseline(objective: Fields, today: date) -> Weakness | None:
    if objective.baseline is not None or not _has_number(objective) or BASELINE.search(objective.title):
        return None
    return Weakness(
        "O2", Level.BLOCKER, _("No baseline."), _("From what? Add today’s value and how it was measured."), "baseline"
    )


def _date(objective: Fields, today: date) -> Weakness | None:
    if objective.due or DATES.search(objective.title):
        return None
    return Weakness("O3", Level.BLOCKER, _("By when?"), _("An objective without a day is never missed."), "due")


def _vague(objective: Fields, today: date) -> Weakness | None:
    found = VAGUE.search(objective.title)
    if not found or _has_number(objective):
        return None
    message = _("“%(word)s” can mean anything.") % {"word": found.group()}
    return Weakness("O4", Level.WARNING, message, _("Replace it by a change that can be measured."), "title")


def _weasel(objective: Fields, today: date) -> Weakness | None:
    found = WEASEL.search(objective.title)
    if not found:
        return None
    message = _("“%(word)s”: who says when it is met?") % {"word": found.group()}
    return Weakness("O5", Level.WARNING, message, _("Say how it will be checked."), "title")


def _absolute(objective: Fields, today: date) -> Weakness | None:
    found = ABSOLUTE.search(objective.title) or ALL_OF_IT.search(objective.title)
    if not found:
        return None
    message = _("“%(word)s” cannot be shown.") % {"word": found.group()}
    return Weakness("O6", Level.WARNING, message, _("Give a rate and the size of the sample."), "title")


def _output(objective: Fields, today: date) -> Weakness | None:
    if _has_number(objective) or not OUTPUT.search(objective.title):
        return None
    return Weakness(
        "O7",
        Level.WARNING,
        _("This is something we make."),
        _("What changes for users or the business once it is there?"),
        "title",
    )


def _compound(objective: Fields, today: date) -> Weakness | None:
    if ";" not in objective.title and len(re.findall(r"\band\b", objective.title, re.IGNORECASE)) < 2:
        return None
    return Weakness(
        "O8", Level.HINT, _("Several objectives in one."), _("Split it: each gets its own number."), "title"
    )


def _too_short(objective: Fields, today: date) -> Weakness | None:
    if objective.target is not None or len(objective.title.split()) >= SHORT:
        return None
    return Weakness("O9", Level.HINT, _("Very short."), _("Say what changes, for whom."), "title")


def _too_long(objective: Fields, today: date) -> Weakness | None:
    if len(objective.title.split()) <= LONG:
        return None
    return Weakness(
        "O10",
        Level.HINT,
        _("More than 45 words."),
        _("Nobody will repeat it. The fields below hold the details."),
        "title",
    )


def _direction(objective: Fields, today: date) -> Weakness | None:
    if objective.direction or not _has_number(objective) or DIRECTION.search(objective.title):
        return None
    return Weakness(
        "O11", Level.WARNING, _("At least, or at most?"), _("Say on which side of the number it is met."), "direction"
    )


def _metric(objective: Fields, today: date) -> Weakness | None:
    if objective.metric.strip():
        return None
    return Weakness(
        "O12", Level.BLOCKER, _("No metric."), _("Name what is counted, and where the figures come from."), "metric"
    )


def _measured(objective: Fields, today: date) -> Weakness | None:
    who, how = objective.owner.strip(), objective.method.strip()
    if who and how:
        return None
    message = (
        _("Nobody measures it.")
        if how
        else _("Not said how it is measured.")
        if who
        else _("Who measures it, and how?")
    )
    why = _("Without a name and a method nobody can say later whether it was met.")
    return Weakness("O13", Level.BLOCKER, message, why, "method" if who else "owner")


def _contradiction(objective: Fields, today: date) -> Weakness | None:
    if objective.target is None or objective.baseline is None or HOLDS.search(objective.title):
        return None
    if objective.target == objective.baseline:
        return Weakness(
            "O14", Level.BLOCKER, _("The target is today’s value."), _("Then nothing has to change."), "target"
        )
    if not _goes_back(objective):
        return None
    return Weakness(
        "O14",
        Level.BLOCKER,
        _("The target is worse than today."),
        _("Check both values and the direction. If it may get a little worse, say “not below” or “not above”."),
        "target",
    )


def _goes_back(objective: Fields) -> bool:
    falls = FALLS.search(objective.title) or objective.direction == Direction.AT_MOST
    rises = RISES.search(objective.title) or objective.direction == Direction.AT_LEAST
    if objective.direction:
        falls, rises = objective.direction == Direction.AT_MOST, objective.direction == Direction.AT_LEAST
    higher = objective.target > objective.baseline
    return bool((falls and higher) or (rises and not higher))


def _past(objective: Fields, today: date) -> Weakness | None:
    if not objective.due or objective.due >= today:
        return None
    return Weakness("O15", Level.BLOCKER, _("The day is in the past."), _("Give one that can still be met."), "due")


def _unfinished(objective: Fields, today: date) -> Weakness | None:
    for name in ("title", "metric", "unit", "baseline_source", "method", "owner"):
        if OPEN_END.search(getattr(objective, name)):
            return Weakness(
                "O17",
                Level.BLOCKER,
                _("Something is still to be decided."),
                _("Settle it, or give it to somebody."),
                name,
            )
    return None


RULES: tuple[Rule, ...] = (
    _number, _baseline, _date, _vague, _weasel, _absolute, _output, _compound, _too_short, _too_long,
    _direction, _metric, _measured, _contradiction, _past, _unfinished,
)  # fmt: skip


def all_of(objectives: Iterator[Any] | list[Any], today: date) -> list[tuple[Any, list[Weakness]]]:
    """Each objective with what is weak about it."""
    return [(objective, findings_of(objective, today)) for objective in objectives]
