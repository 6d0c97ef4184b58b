"""What experienced teams have learned, said where the choice is made: a hint that can be overruled with a reason.

Each looks at as many sections as it is given and speaks once, in the first place where the choice is made.
"""

import re
from collections.abc import Callable, Iterable, Iterator

from django.utils.translation import gettext_lazy as _

from apps.projects import rules
from apps.projects.enums import Autonomy, Level, Sign
from apps.scope.draft import Draft, Hit
from apps.scope.rules import Rule

MOST_OBJECTIVES = 5
PREFIX = "guidance."
PLACES = ("model", "architecture", "deliverables", "delivery", "purpose", "data", "dependencies")
"""Where one says how it is built, the likeliest place for the choice first."""
RESTRAINT = re.compile(
    r"\b(?:no|not|never|without|nor|avoid|later|only (?:if|when)|unless|instead of|rather than)\b|n['’]t\b",
    re.IGNORECASE,
)
"""A sentence with one of these words puts the thing off, or away."""
A_PERSON = r"\b(person|people|human|agent|editor|reviewer|clerk|expert|nurse|lawyer|approve|approves|edits|reviews|checks it)\b"
BEFORE_EVALUATION = ("integrate", "pilot", "roll_out", "ab_test")


def _passages(draft: Draft, place: str) -> Iterator[tuple[str, Hit]]:
    """What a section says of how it is built, sentence by sentence and row by row."""
    yield from (
        (words, Hit(section=place, field="id_text")) for words in re.split(r"(?<=[.!?;])\s+|\n+", draft.text(place))
    )
    if place == "architecture":
        yield from ((f"{one['name']} {one['detail']}", Hit(kind="diagram", section=place)) for one in draft.components)
    tables = {"model": ("model_options", draft.options), "deliverables": ("deliverables", draft.deliverables),
              "delivery": ("delivery", draft.steps), "dependencies": ("dependencies", draft.dependencies)}  # fmt: skip
    key, rows = tables.get(place, ("", []))
    yield from ((str(row.get("name", "")), Hit.at(key, row, "name", place)) for row in rows)


def _says(pattern: str) -> Callable[[Draft], Iterable[Hit]]:
    """Applies where somebody means to do what the pattern describes."""
    wanted = re.compile(pattern, re.IGNORECASE)

    def applies(draft: Draft) -> list[Hit]:
        said = (hit for place in PLACES for words, hit in _passages(draft, place) if wanted.search(words) and not RESTRAINT.search(words))  # fmt: skip
        return [hit for hit in [next(said, None)] if hit]

    return applies


_in_house = _says(r"(?:build|write|develop)(?:ing)? our own|in-?house (?:tool|platform|framework|model)|custom-?built")


def _builds(draft: Draft) -> Iterable[Hit]:
    bought = Sign.BOUGHT in draft.frame.get("signs", [])
    return [Hit(kind="frame", field="signs", section="purpose")] if bought else _in_house(draft)


def _evaluation_last(draft: Draft) -> list[Hit]:
    """No set of cases to measure on is among the first half of what is handed over, or steps that reach people come
    before the one that evaluates."""
    ordered = sorted(draft.deliverables, key=lambda row: str(row.get("due") or "9999"))
    early = " ".join(str(row["name"]) for row in ordered[: (len(ordered) + 1) // 2]).casefold()
    if ordered and not any(word in early for word in ("evaluation", "test set", "golden", "benchmark")):
        return [Hit(section="deliverables")]
    kinds = [str(step.get("kind") or "") for step in draft.steps]
    first = next((at for at, kind in enumerate(kinds) if kind in BEFORE_EVALUATION), None)
    if first is not None and "evaluate" in kinds[first:] and "evaluate" not in kinds[:first]:
        return [Hit.at("delivery", draft.steps[first], "kind", "delivery")]
    return []


def _wide(draft: Draft) -> list[Hit]:
    return [Hit(str(len(draft.objectives)))] if len(draft.objectives) > MOST_OBJECTIVES else []


def _nobody_in_the_loop(draft: Draft) -> list[Hit]:
    if draft.frame.get("autonomy") == Autonomy.ALONE:
        return [Hit(kind="frame", field="autonomy", section="purpose")]
    serving = " ".join(f"{one['name']} {one['detail']}" for one in draft.components if one["lane"] == "serving")
    return [Hit(kind="diagram")] if serving and not re.search(A_PERSON, serving.casefold()) else []


GUIDANCE = rules.declare(
    Rule("guidance.prompt_first", Level.HINT, "architecture", _("Prompt before you fine-tune."), _("A prompt is changed in minutes and tells what fine-tuning would have to add; most teams find that it adds little."), _says(r"fine-?\s?tun")),
    Rule("guidance.tune_first", Level.HINT, "architecture", _("Fine-tune before you train."), _("Training your own model costs months and a team; a fine-tuned one shows whether it would be worth it."), _says(r"from scratch|pre-?train(?!ed)|train (?:a|an|our) (?:own )?(?:large )?(?:language )?model")),
    Rule("guidance.no_gpus", Level.HINT, "architecture", _("No GPUs before the product is wanted."), _("Rented answers cost cents while nobody uses it; idle hardware costs the same every night."), _says(r"\bgpus?\b|\b[ahb][12]00\b|self-?host")),
    Rule("guidance.buy", Level.HINT, "dependencies", _("Do not build what you can buy."), _("What others sell is maintained by others. Build what makes you different."), _builds),
    Rule("guidance.evaluation_first", Level.HINT, "deliverables", _("Build the evaluation first."), _("Fifty real cases with the right answer settle more arguments than any demo, and you need them anyway."), _evaluation_last),
    Rule("guidance.narrow", Level.HINT, "objectives", _("Start narrow: %(name)s objectives are many."), _("One small pain that is gone convinces more people than five that are smaller."), _wide),
    Rule("guidance.person", Level.HINT, "architecture", _("Keep a person in the loop."), _("Until you have measured how often it is wrong, somebody should look before it counts."), _nobody_in_the_loop),
)  # fmt: skip
