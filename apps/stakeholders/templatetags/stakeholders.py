"""Drawing people from a snapshot."""

from collections import Counter
from typing import Any

from django import template
from django.utils import timezone

from apps.core.templatetags.core import initials
from apps.stakeholders import grid, when
from apps.stakeholders.enums import Letter
from apps.stakeholders.matrix import MOST_ACROSS

register = template.Library()


@register.inclusion_tag("components/_influence_grid.html")
def influence_grid(people: list[dict[str, Any]], medium: str = "page", edit: Any = None) -> dict[str, Any]:
    """The drawing of who has how much influence and interest; `people` as in the snapshot.

    `edit`: the project whose people they are, when they may be moved.
    """
    return {"dots": grid.dots(people), "frame": grid.frame(), "medium": medium, "edit": edit}


@register.simple_tag
def reached(person: Any, home: str) -> str:
    """`Mon–Wed · away until 12 Jan · Kolkata, 4:30 ahead · on the phone only`; nothing for the usual week here."""
    now = timezone.now()
    said = [
        when.days_in_words(person.days),
        when.away_in_words(person, timezone.localdate()),
        when.zone_in_words(person.time_zone, home, now),
        person.availability,
    ]
    return " · ".join(words for words in said if words)


@register.filter
def letter_sign(letter: str) -> str:
    """A, A/R, R, C or I."""
    return "A/R" if letter == Letter.BOTH else letter


@register.filter
def letter_word(letter: str) -> str:
    return str(Letter(letter).label) if letter in Letter.values else letter


@register.inclusion_tag("components/_duties.html")
def duties_matrix(snapshot: dict[str, Any], medium: str = "page") -> dict[str, Any]:
    """Sections down, people across, from the snapshot of the section People; with many people a list of names."""
    lines = snapshot["duties"]["lines"]
    given = list(dict.fromkeys(name for line in lines for name in line["items"]))
    place = {person["name"]: number for number, person in enumerate(snapshot.get("people", []))}
    names = sorted(given, key=lambda name: place.get(name, len(place)))
    used = {letter for line in lines for letter in line["items"].values()}
    return {
        "people": list(zip(names, _short(names), strict=True)),
        "lines": [
            {
                "title": line["title"],
                "cells": [(name, line["items"].get(name, "")) for name in names],
                "named": [(letter.value, _with(line["items"], letter)) for letter in Letter],
            }
            for line in lines
        ],
        "words": [(letter.value, letter.label) for letter in Letter if letter.value in used],
        "wide": len(names) <= MOST_ACROSS,
        "medium": medium,
    }


def _with(letters: dict[str, str], letter: str) -> list[str]:
    return [name for name, given in letters.items() if given == letter]


def _short(names: list[str]) -> list[str]:
    """Initials; of two with the same, the later ones have a number."""
    seen: Counter[str] = Counter()
    found = []
    for name in names:
        short = str(initials(name))
        seen[short] += 1
        found.append(short if seen[short] == 1 else f"{short}{seen[short]}")
    return found
