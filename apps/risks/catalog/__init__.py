"""Known risks of LLM projects, shipped as versioned data. Adding one to a project copies its text."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.text import capfirst

from apps.tables.columns import Values
from apps.tables.declared import Known

_FILE = Path(__file__).parent / "risks.json"


@dataclass(frozen=True)
class Entry:
    id: str
    name: str
    category: str
    cause: str
    event: str
    consequence: str
    mitigations: tuple[str, ...]
    likelihood: int
    impact: int
    usual_owner: str
    early_sign: str
    references: tuple[str, ...]


@cache
def entries() -> tuple[Entry, ...]:
    return tuple(_entry(row) for row in _loaded()["risks"])


@cache
def edition() -> str:
    """The day the catalog was edited."""
    return str(_loaded()["edition"])


@cache
def source() -> str:
    return str(_loaded()["source"])


@cache
def known() -> tuple[Known, ...]:
    """The entries as the table takes them in."""
    return tuple(_known(found) for found in entries())


def usual(ident: str) -> tuple[int, int] | None:
    """Likelihood and impact as such projects usually rate it; adding an entry leaves that to the project."""
    return next(((found.likelihood, found.impact) for found in entries() if found.id == ident), None)


@cache
def categories() -> tuple[str, ...]:
    """Categories in order of the catalog, each once."""
    return tuple(dict.fromkeys(found.category for found in entries()))


@cache
def _loaded() -> dict[str, Any]:
    return dict(json.loads(_FILE.read_text(encoding="utf-8")))


def _known(entry: Entry) -> Known:
    values: Values = {
        "name": entry.name,
        "category": entry.category,
        "cause": entry.cause,
        "event": entry.event,
        "consequence": entry.consequence,
        "mitigation": "\n".join(f"- {line}" for line in entry.mitigations),
        "trigger": entry.early_sign,
    }
    return Known(
        entry.id, entry.name, entry.category, capfirst("; ".join(entry.mitigations)), values,
        says=f"{capfirst(entry.consequence)}.", refs=" · ".join(entry.references),
    )  # fmt: skip


def _entry(row: dict[str, Any]) -> Entry:
    return Entry(
        id=row["id"],
        name=row["name"],
        category=row["category"],
        cause=row["cause"],
        event=row["event"],
        consequence=row["consequence"],
        mitigations=tuple(row["mitigations"]),
        likelihood=row["L"],
        impact=row["I"],
        usual_owner=row["owner"],
        early_sign=row["kri"],
        references=_references(row),
    )


def _references(row: dict[str, Any]) -> tuple[str, ...]:
    labelled = (
        ("OWASP LLM 2026", row["owasp2026"]),
        ("OWASP LLM 2025", row["owasp2025"]),
        ("NIST AI 600-1", row["nist600"]),
        ("EU AI Act", row["ai_act"]),
        ("", row["gdpr_other"]),
    )
    return tuple(f"{label} {value}".strip() for label, value in labelled if value)
