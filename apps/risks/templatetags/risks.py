"""The heat map, on the page and in the PDF."""

from typing import Any

from django import template

from apps.risks import heat, queries
from apps.risks.enums import Impact, Likelihood, Response, State

register = template.Library()

# Paper has no themes: the tokens' values, written out.
INKS = {1: "#eef1ee", 2: "#f3e9d2", 3: "#eccfa0", 4: "#dd9f7e", 5: "#bf6642"}


@register.inclusion_tag("risks/_heat.html")
def heat_map(cells: list[heat.Cell], medium: str = "page", label: str = "", target: str = "") -> dict[str, Any]:
    return {
        "cells": [(cell, INKS[cell.level]) for cell in cells],
        "rows": heat.rows(),
        "columns": heat.columns(),
        "pdf": medium == "pdf",
        "label": label,
        "target": target,
    }


@register.filter
def as_cells(risks: list[dict[str, Any]]) -> list[heat.Cell]:
    """Cells of the risks of a snapshot that are not closed; none when nobody has rated any of them."""
    rated = [risk for risk in _open(risks) if risk["score"] is not None]
    points = [heat.Point(f"R{risk['number']}", risk["likelihood"], risk["impact"]) for risk in rated]
    return heat.cells(points) if points else []


@register.filter
def unrated(risks: list[dict[str, Any]]) -> str:
    """How many of the open risks of a snapshot nobody has rated, and which; nothing when all are."""
    return queries.unrated_words([f"R{risk['number']}" for risk in _open(risks) if risk["score"] is None])


def _open(risks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [risk for risk in risks if risk["state"] != State.CLOSED]


@register.filter
def choice_word(value: Any, of: str) -> str:
    """The word of a choice that a snapshot holds as its key."""
    kinds: dict[str, Any] = {"response": Response, "state": State, "likelihood": Likelihood, "impact": Impact}
    return str(kinds[of](value).label) if value else ""
