"""The document that people sign, as HTML for paper: a function of a snapshot and its signatures, never of live rows."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from html import unescape
from pathlib import Path
from typing import Any

import segno
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import override

from apps.exports.pdf import Attached
from apps.projects.enums import Level
from apps.projects.sections import all_sections
from apps.signoffs.approvals import of_baseline
from apps.workshops.minutes import Minutes

PAPER = Path(__file__).parent / "paper"
SNAPSHOT_FILE = "scope.json"
PINE = "#1f4e4a"
# What stands between tags in the body, but not in a drawing; and words that are wider than a narrow column.
BETWEEN = re.compile(r"<svg.*?</svg>|<head.*?</head>|>[^<]+(?=<)", re.DOTALL)
# Hashes and addresses stay as they are, so that they can be copied.
LONG_WORD = re.compile(r"(?<![^\s<>&;])(?![0-9a-f]+(?![^\s<>&;])|https?:)[^\s<>&;]{25,}")
# What is set from right to left, the pieces of a page, and what has a direction of its own. Paper knows no "auto".
FROM_RIGHT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
PIECE = re.compile(r"<svg.*?</svg>|<head.*?</head>|<!--.*?-->|<[^>]*>|[^<]+", re.DOTALL)
TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)")
DIRECTED = {"p", "ul", "ol", "li", "dd", "td", "th", "h1", "h2", "h3", "h4", "h5", "blockquote", "bdi"}
BREAK_AFTER, ZERO_WIDTH_SPACE = 16, "\N{ZERO WIDTH SPACE}"


@dataclass(frozen=True)
class Signer:
    """One line of the sign-off page. `state` is signed, waiting or declined; times are ISO 8601 in UTC."""

    name: str
    role: str
    state: str
    at: str = ""
    method: str = ""
    statement: str = ""
    statement_hash: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Entry:
    """One event of the audit trail."""

    seq: int
    at: str
    event: str
    person: str
    hash: str


@dataclass(frozen=True)
class Record:
    """What stands beside the snapshot in the file: who signed, what happened, where to check."""

    signers: Sequence[Signer] = ()
    trail: Sequence[Entry] = ()
    chain_head: str = ""
    verify_url: str = ""
    superseded_by: int | None = None


@dataclass(frozen=True)
class Document:
    """What the renderer needs, and nothing else."""

    html: str
    assets: dict[str, bytes] = field(default_factory=dict)
    attachments: list[Attached] = field(default_factory=list)
    identifier: bytes = b""


def document(snapshot: dict[str, Any], canonical: str, record: Record) -> Document:
    """The whole file of a baseline. `canonical` is the snapshot's RFC 8785 text, attached byte for byte."""
    fingerprint = sha256(canonical.encode()).hexdigest()
    frozen_at = moment(snapshot["frozen_at"])
    last = max([frozen_at, *(moment(entry.at) for entry in record.trail)])
    with override("en"):
        drawn = render_to_string(
            "exports/pdf/document.html",
            {
                "snapshot": snapshot,
                "sections": sections(snapshot),
                "blockers": [found for found in snapshot["findings"] if _blocks(found)],
                "set_aside": [found for found in snapshot["findings"] if not _blocks(found)],
                "doubts": doubts(snapshot),
                "approvals": of_baseline(snapshot, [signer.name for signer in record.signers]),
                "record": record,
                "fingerprint": fingerprint,
                "fingerprint_groups": [fingerprint[i : i + 8] for i in range(0, 64, 8)],
                "frozen_at": frozen_at,
                "made_at": last.isoformat(timespec="seconds").replace("+00:00", "Z"),
                "status": status(record),
                "qr": qr(record.verify_url) if record.verify_url else "",
                "snapshot_file": SNAPSHOT_FILE,
                "medium": "pdf",
            },
        )
    html = directed(breakable(drawn))
    return Document(
        html=html,
        assets={"paper.css": (PAPER / "paper.css").read_bytes()},
        attachments=[Attached(SNAPSHOT_FILE, "The baseline as RFC 8785 JSON", canonical.encode(), frozen_at)],
        # Same content, same identifier: the bytes before sealing are a function of what is in them.
        identifier=sha256(html.encode() + canonical.encode()).digest()[:16],
    )


def breakable(html: str) -> str:
    """The same, with places at which a word that is wider than a column of a table may break."""

    def broken(word: re.Match[str]) -> str:
        letters = word[0]
        return ZERO_WIDTH_SPACE.join(letters[at : at + BREAK_AFTER] for at in range(0, len(letters), BREAK_AFTER))

    return BETWEEN.sub(lambda part: LONG_WORD.sub(broken, part[0]) if part[0][0] == ">" else part[0], html)


def directed(html: str) -> str:
    """The same, where each block says from which side it runs: that of its first letter, as browsers find it."""
    if not FROM_RIGHT.search(html):
        return html
    pieces, open_blocks = PIECE.findall(html), []
    for at, piece in enumerate(pieces):
        tag = TAG.match(piece)
        if tag and tag[2] in DIRECTED:
            if not tag[1]:
                open_blocks.append(_Block(at, tag[2]))
            elif any(block.tag == tag[2] for block in open_blocks):
                while open_blocks.pop().tag != tag[2]:
                    pass
        elif piece[0] != "<" and (side := _side(unescape(piece))):
            _decide(pieces, open_blocks, side)
    return "".join(pieces)


@dataclass
class _Block:
    """An element that is open, and the direction that was found for it."""

    at: int
    tag: str
    side: str = ""


def _side(words: str) -> str:
    """The direction of the first letter that has one."""
    kinds = (unicodedata.bidirectional(letter) for letter in words)
    return next(("ltr" if kind == "L" else "rtl" for kind in kinds if kind in ("L", "R", "AL")), "")


def _decide(pieces: list[str], open_blocks: list[_Block], side: str) -> None:
    """Those that are still open take this direction, from the inmost outwards; what stands in a bdi is its own."""
    for depth in range(len(open_blocks) - 1, -1, -1):
        block = open_blocks[depth]
        if block.side:
            break
        block.side = side
        opened = pieces[block.at].removesuffix(">").replace(' dir="auto"', "")
        pieces[block.at] = f'{opened} dir="{side}">'
        if block.tag == "bdi":
            break


def minutes_document(record: Minutes) -> Document:
    """The minutes of a workshop, on the same paper."""
    with override("en"):
        html = directed(breakable(render_to_string("exports/pdf/minutes.html", {"record": record, "medium": "pdf"})))
    paper = (PAPER / "paper.css").read_bytes()
    return Document(html=html, assets={"paper.css": paper}, identifier=sha256(html.encode()).digest()[:16])


def sections(snapshot: dict[str, Any]) -> list[dict[str, Any]]:
    """The sections with number, template and an anchor; one whose app is gone keeps its place and its data."""
    templates = {section.key: section.template for section in all_sections()}
    return [
        {**section, "number": number, "anchor": f"s{number}", "template": templates.get(section["key"])}
        for number, section in enumerate(snapshot["sections"], start=1)
    ]


def _blocks(found: dict[str, Any]) -> bool:
    """Older baselines kept nothing else, and no level with it."""
    return found.get("level", Level.BLOCKER) == Level.BLOCKER


def doubts(snapshot: dict[str, Any]) -> list[dict[str, Any]]:
    """Reservations and objections that stood at the freeze, with the titles of their sections."""
    titles = {section["key"]: section["title"] for section in snapshot["sections"]}
    found = snapshot.get("beside", {}).get("doubts", [])
    return [{**doubt, "title": titles.get(doubt["section"], "")} for doubt in found]


def status(record: Record) -> str:
    """One line for the cover."""
    signed = sum(signer.state == "signed" for signer in record.signers)
    if record.superseded_by:
        return _("Superseded by baseline %(number)s") % {"number": record.superseded_by}
    if not record.signers:
        return _("Not signed: nobody has been asked")
    if any(signer.state == "declined" for signer in record.signers):
        return _("Declined; signed by %(signed)s of %(all)s") % {"signed": signed, "all": len(record.signers)}
    return _("Signed by %(signed)s of %(all)s") % {"signed": signed, "all": len(record.signers)}


def moment(stamp: str) -> datetime:
    return datetime.fromisoformat(stamp).astimezone(UTC)


def qr(url: str) -> SafeString:
    """The address as an SVG with a title that says it all."""
    code = segno.make(url, error="m", micro=False)
    svg = code.svg_inline(
        scale=3, border=0, dark=PINE, title=_("QR code: %(url)s") % {"url": url}, svgclass=None, lineclass=None
    )
    return mark_safe(svg)  # noqa: S308 - drawn by segno, which escapes the title
