"""What experienced teams have learned, said where the choice is made: a hint that can be overruled with a reason."""

import re

from django.utils.translation import gettext_lazy as _

from apps.projects import rules
from apps.projects.enums import Level
from apps.scope.draft import Draft, Hit
from apps.scope.rules import Rule

MOST_OBJECTIVES = 5
A_PERSON = r"\b(person|people|human|agent|editor|reviewer|clerk|expert|nurse|lawyer|approve|approves|edits|reviews|checks it)\b"


def _fine_tunes(draft: Draft) -> list[Hit]:
    return [Hit()] if draft.says(r"fine-?\s?tun") else []


def _trains(draft: Draft) -> list[Hit]:
    return (
        [Hit()]
        if draft.says(r"from scratch|pre-?train|train (?:a|an|our) (?:own )?(?:large )?(?:language )?model")
        else []
    )


def _wants_gpus(draft: Draft) -> list[Hit]:
    return [Hit()] if draft.says(r"\bgpus?\b|\b[ahb][12]00\b|self-?host") else []


def _builds(draft: Draft) -> list[Hit]:
    return [Hit()] if draft.says(r"(?:build|write|develop) our own|in-?house (?:tool|platform|framework|model)") else []


def _evaluation_last(draft: Draft) -> list[Hit]:
    """Things are handed over, and no set of cases to measure on is among the first half of them."""
    if not draft.deliverables:
        return []
    ordered = sorted(draft.deliverables, key=lambda row: str(row.get("due") or "9999"))
    early = " ".join(str(row["name"]) for row in ordered[: (len(ordered) + 1) // 2]).casefold()
    return [] if any(word in early for word in ("evaluation", "test set", "golden", "benchmark")) else [Hit()]


def _wide(draft: Draft) -> list[Hit]:
    return [Hit(str(len(draft.objectives)))] if len(draft.objectives) > MOST_OBJECTIVES else []


def _nobody_in_the_loop(draft: Draft) -> list[Hit]:
    serving = " ".join(f"{one['name']} {one['detail']}" for one in draft.components if one["lane"] == "serving")
    return [Hit()] if serving and not re.search(A_PERSON, serving.casefold()) else []


GUIDANCE = rules.declare(
    Rule("guidance.prompt_first", Level.HINT, "architecture", _("Prompt before you fine-tune."), _("A prompt is changed in minutes and tells what fine-tuning would have to add; most teams find that it adds little."), _fine_tunes),
    Rule("guidance.tune_first", Level.HINT, "architecture", _("Fine-tune before you train."), _("Training your own model costs months and a team; a fine-tuned one shows whether it would be worth it."), _trains),
    Rule("guidance.no_gpus", Level.HINT, "architecture", _("No GPUs before the product is wanted."), _("Rented answers cost cents while nobody uses it; idle hardware costs the same every night."), _wants_gpus),
    Rule("guidance.buy", Level.HINT, "dependencies", _("Do not build what you can buy."), _("What others sell is maintained by others. Build what makes you different."), _builds),
    Rule("guidance.evaluation_first", Level.HINT, "deliverables", _("Build the evaluation first."), _("Fifty real cases with the right answer settle more arguments than any demo, and you need them anyway."), _evaluation_last),
    Rule("guidance.narrow", Level.HINT, "objectives", _("Start narrow: %(name)s objectives are many."), _("One small pain that is gone convinces more people than five that are smaller."), _wide),
    Rule("guidance.person", Level.HINT, "architecture", _("Keep a person in the loop."), _("Until you have measured how often it is wrong, somebody should look before it counts."), _nobody_in_the_loop),
)  # fmt: skip
