"""Who has to approve which section, what they said and on which text: as it is frozen, as it is shown, and what is
missing before signatures are asked for."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from apps.projects.models import Project
from apps.projects.sections import Snapshot, all_sections, reading, said
from apps.reviews.enums import APPROVED, Answer
from apps.scope.models import Baseline
from apps.scope.snapshot import canonical, fingerprint, stamp
from apps.signoffs.models import SignRequest
from apps.stakeholders import rules
from apps.stakeholders.approving import of_line, texts
from apps.stakeholders.matrix import matrix


def frozen(project: Project) -> list[dict[str, Any]]:
    """Everybody whose approval a section needs, with their last word and the fingerprint of the text that they read."""
    found, by_key = matrix(project), {section.key: section for section in all_sections()}
    asked = [line for line in found.lines if line.approvers or any(cell.said for cell in line.given)]
    with reading(project):
        contents = {line.key: by_key[line.key].snapshot(project) for line in asked}
    read = texts(asked)
    return [
        {
            "section": line.key,
            "name": one.cell.person.name,
            "letter": one.cell.letter,
            "answer": one.cell.said.answer if one.cell.said else "",
            "text": one.cell.said.text if one.cell.said else "",
            "at": stamp(one.cell.said.at) if one.cell.said else "",
            "read": _print(one.read) if one.read is not None else "",
        }
        for line in asked
        for one in of_line(line, contents[line.key], read)
    ]


@dataclass(frozen=True)
class Frozen:
    """One person and one section of a baseline. `at` is ISO 8601; `changed` when they read another text than the one
    that was frozen; `signs` when they answer by signing."""

    number: int
    section: str
    name: str
    answer: str
    word: str
    text: str
    at: str
    changed: bool
    signs: bool


def of_baseline(snapshot: dict[str, Any], signers: Collection[str] = ()) -> list[Frozen]:
    """What a snapshot says of approvals, in the order of its sections; nothing when it is older than that."""
    rows = snapshot.get("beside", {}).get("approvals", [])
    by_key = {part["key"]: (number, part) for number, part in enumerate(snapshot["sections"], start=1)}
    signing = {name.casefold() for name in signers}
    found = []
    for row in rows:
        if row["section"] in by_key:
            number, part = by_key[row["section"]]
            changed = bool(row["read"]) and row["read"] != _print(said(part["content"]))
            word = str(APPROVED[Answer(row["answer"])]) if row["answer"] else ""
            signs = not word and row["name"].casefold() in signing
            found.append(Frozen(number, part["title"], row["name"], row["answer"], word, row["text"], row["at"], changed, signs))  # fmt: skip
    return sorted(found, key=lambda one: one.number)


def _print(content: Snapshot) -> str:
    return fingerprint(canonical(content))


@dataclass(frozen=True)
class Unapproved:
    """Somebody whose approval of the baseline's text is missing: of these sections, or `earlier` is what they
    approved of them; `refused` is what they said no to."""

    name: str
    sections: list[str]
    earlier: list[str]
    refused: list[str]


def unapproved(baseline: Baseline, requests: Sequence[SignRequest]) -> list[Unapproved]:
    """Who has to approve and did not approve this text. Whoever is asked to sign says it by signing."""
    signers = {request.signer_id for request in requests}
    contents = {part["key"]: part["content"] for part in baseline.snapshot["sections"]}
    lines = [line for line in matrix(baseline.project).lines if line.key in contents]
    read = texts(lines)
    found: dict[Any, Unapproved] = {}
    for line in lines:
        for one in of_line(line, contents[line.key], read):
            cell = one.cell
            if cell.must_approve and cell.person.user_id not in signers and (one.changed or not cell.approved):
                missing = found.setdefault(cell.person.pk, Unapproved(cell.person.name, [], [], []))
                kind = missing.refused if cell.objection else missing.earlier if cell.approved else missing.sections
                kind.append(line.title)
    return list(found.values())


def why_not_to_ask(baseline: Baseline) -> str:
    """Somebody who has to approve objects, and the baseline does not say so; empty when it does, or nobody does."""
    told = {found["message"] for found in baseline.snapshot["findings"] if found["rule"] == rules.OBJECTED.id}
    untold = [found.message for found in rules.objections(baseline.project) if found.message not in told]
    if not untold:
        return ""
    words = _(
        "%(objection)s Baseline %(number)s says nothing of it. "
        "Settle it or waive it with your reason, then freeze again."
    )
    return words % {"objection": untold[0], "number": baseline.number}
