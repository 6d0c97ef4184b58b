"""What others have learned to ask, shipped as versioned data. Adding an entry to a project copies its text."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.tables.columns import Values
from apps.tables.declared import Known

_FOLDER = Path(__file__).parent
WEIGHTINGS = {"regulated": _("regulated business"), "fast": _("fast start"), "volume": _("high volume")}


@cache
def metrics() -> tuple[Known, ...]:
    return tuple(_metric(entry) for entry in loaded("metrics")["metrics"])


@cache
def questions() -> tuple[Known, ...]:
    """Of feasibility; those that decide alone say so."""
    return tuple(_question(entry) for entry in loaded("feasibility")["questions"])


@cache
def options() -> tuple[Known, ...]:
    return tuple(_option(entry) for entry in loaded("models")["options"])


@cache
def criteria() -> tuple[Known, ...]:
    """Of the choice of a model, with the usual weight and three others."""
    return tuple(_criterion(entry) for entry in loaded("models")["criteria"])


@cache
def usual(register: str) -> tuple[Known, ...]:
    """What most scopes have in this table."""
    return tuple(
        Known(one["id"], one["name"], "", "", {"name": one["name"], **one["values"]}, one["why"])
        for one in loaded("usual")[register]
    )


def edition(name: str) -> str:
    """The day the catalog was edited."""
    return str(loaded(name)["edition"])


@cache
def groups() -> list[str]:
    """Groups of metrics in the order of the catalog, each once."""
    return list(dict.fromkeys(known.group for known in metrics()))


def names() -> list[str]:
    return [known.name for known in metrics()]


def measures() -> list[tuple[str, str]]:
    """Metrics that an objective can promise, with their definitions: first what the business feels."""
    ordered = sorted(metrics(), key=lambda known: known.group != "Business")
    return [(known.name, str(known.values["definition"])) for known in ordered]


@cache
def loaded(name: str) -> dict[str, Any]:
    return dict(json.loads((_FOLDER / f"{name}.json").read_text(encoding="utf-8")))


def _metric(entry: dict[str, str]) -> Known:
    parts = (f"For {entry['tasks']}", f"e.g. {entry['target_form']}", entry["note"])
    values: Values = {
        "name": entry["name"],
        "task": entry["group"],
        "definition": entry["definition"][:1].upper() + entry["definition"][1:],
        "direction": "at most" if entry["direction"].startswith("down") else "at least",
    }
    note = "; ".join(part for part in parts if part)
    return Known(entry["id"], entry["name"], entry["group"], note, values, f"{values['definition']}.")


def _question(entry: dict[str, Any]) -> Known:
    values: Values = {
        "name": entry["question"],
        "area": entry["area"],
        "wanted": entry["evidence"][:1].upper() + entry["evidence"][1:],
        "decides": bool(entry["decides"]),
        "weight": str(entry["weight"]),
    }
    note = str(_("A no decides alone.")) if entry["decides"] else ""
    shown = _("Shown by: %(evidence)s.") % {"evidence": entry["evidence"]}
    return Known(entry["id"], entry["question"], entry["area"].capitalize(), note, values, shown)


def _option(entry: dict[str, str]) -> Known:
    name, _bracket, note = entry["name"].partition(" (")
    return Known(entry["id"], name, "", note.rstrip(")").capitalize(), {"name": name})


def _criterion(entry: dict[str, Any]) -> Known:
    weights = entry["weights"]
    values: Values = {
        "name": entry["name"],
        "best": entry["best"][:1].upper() + entry["best"][1:],
        "weight": str(weights["default"]),
    }
    if entry["knockout"]:
        values["knockout"] = entry["knockout"][:1].upper() + entry["knockout"][1:]
    others = ", ".join(f"{words} {weights[key]}" for key, words in WEIGHTINGS.items())
    note = _("Weight %(usual)s; %(others)s.") % {"usual": weights["default"], "others": others}
    out = _(" Out when: %(knockout)s.") % {"knockout": entry["knockout"]} if entry["knockout"] else ""
    return Known(entry["id"], entry["name"], "", f"{note}{out}", values, f"{values['best']}.")
