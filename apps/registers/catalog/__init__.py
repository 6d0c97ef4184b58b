"""Known evaluation metrics, shipped as versioned data. Adding one to a project copies its text."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from apps.tables.columns import Values
from apps.tables.declared import Known

_FILE = Path(__file__).parent / "metrics.json"


@cache
def metrics() -> tuple[Known, ...]:
    return tuple(_known(entry) for entry in _loaded()["metrics"])


@cache
def edition() -> str:
    """The day the catalog was edited."""
    return str(_loaded()["edition"])


@cache
def groups() -> list[str]:
    """Groups in order of the catalog, each once."""
    return list(dict.fromkeys(known.group for known in metrics()))


def names() -> list[str]:
    return [known.name for known in metrics()]


@cache
def _loaded() -> dict[str, Any]:
    return dict(json.loads(_FILE.read_text(encoding="utf-8")))


def _known(entry: dict[str, str]) -> Known:
    note = "; ".join(part for part in (f"e.g. {entry['target_form']}", entry["note"]) if part)
    values: Values = {
        "name": entry["name"],
        "task": entry["group"],
        "definition": entry["definition"][:1].upper() + entry["definition"][1:],
        "direction": "at most" if entry["direction"].startswith("down") else "at least",
    }
    return Known(entry["id"], entry["name"], entry["group"], note, values)
