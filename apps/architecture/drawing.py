"""A snapshot of the diagram as what its template draws, as words, and as Mermaid."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from apps.architecture.enums import Lane, Zone
from apps.architecture.layout import LABEL, Drawing, Link, Node, Text, lane_name, layout
from apps.architecture.models import Component
from apps.architecture.words import must_be_shaped, runs_from_right

LANES = list(Lane)
# What Mermaid would read as more than words, also between quotes: comments, Markdown, its own entities, HTML; signs that
# begin a list as well.
_SYNTAX = re.compile(r"[^\w\s.,:!?()/'’+=€$–—-]|^[-+]|\.(?=\s)")
# Paper has no themes: the tokens' values, written out.
PAPER = {
    "band": 'fill="#f6f4ef"', "box": 'fill="#fffdf9" stroke="#1f4e4a" stroke-width="1"',
    "name": 'fill="#1d2526"', "soft": 'fill="#6c675c"', "line": 'stroke="#8f897b" stroke-width="1.1"',
    "head": 'fill="#8f897b"', "personal": 'stroke="#a9532f" stroke-width="2"', "personal_head": 'fill="#a9532f"',
    "label": 'fill="#fffdf9"', "mark": 'fill="#a9532f"', "zone": 'stroke="#a9532f" stroke-width="1"',
}  # fmt: skip
ON_PAGE, ON_PHONE, ON_PAPER, MOST_COLUMNS = 3, 2, (3, 4), 5
PAPER_WIDTH, PAPER_HEIGHT = 612.0, 820.0
"""The most room for a drawing on a page of paper, in CSS pixels."""
MANY = 20
"""From so many boxes on a drawing keeps its size and is moved sideways where the screen is too narrow for it."""

# The same boxes are asked for again and again until somebody changes one.
_laid_out = lru_cache(maxsize=64)(layout)


def drawn(
    snapshot: dict[str, Any], *, medium: str = "page", columns: int = 0, edit: Sequence[Component] | None = None
) -> dict[str, Any]:
    """Places, words and inks for the drawing of a snapshot. `columns` 2 is the one for phones."""
    components, flows = snapshot["components"], snapshot["flows"]
    nodes = tuple(
        Node(at, LANES.index(one["lane"]), one["name"], one["detail"], _marks(one)) for at, one in enumerate(components)
    )
    links = tuple(Link(at, one["source"], one["target"], one["carries"]) for at, one in enumerate(flows))
    drawing, scale = _fitting(nodes, links, medium, columns, editing=edit is not None)
    return {
        "drawing": drawing,
        "bands": [(band, LANES[band.lane]) for band in drawing.bands],
        "boxes": [
            (box, components[_number(box.key)], place, edit[_number(box.key)] if edit is not None else None)
            for box, place in zip(drawing.boxes, _places(drawing, components), strict=True)
        ],
        "arrows": [(arrow, flows[_number(arrow.key)], drawing.on_band(arrow)) for arrow in drawing.arrows],
        "texts": _texts(drawing),
        "words": described(snapshot),
        "signs": _signs(snapshot, drawing),
        "many": len(nodes) > MANY,
        "pdf": medium == "pdf",
        "paper": _on_paper(drawing, scale) if medium == "pdf" else {},
        "ink": PAPER if medium == "pdf" else {},
        "editing": edit is not None,
    }


def _fitting(
    nodes: tuple[Node, ...], links: tuple[Link, ...], medium: str, columns: int, *, editing: bool
) -> tuple[Drawing, float]:
    """The drawing, and how much smaller it has to be for paper: of several the one that can be read best there."""
    if medium == "pdf":
        drawings = [_laid_out(nodes, links, columns=each) for each in ON_PAPER]
        scales = [min(1.0, PAPER_WIDTH / each.width, PAPER_HEIGHT / each.height) for each in drawings]
        best = scales.index(max(scales))
        return drawings[best], scales[best]
    inside = [sum(node.lane == lane for node in nodes) for lane in range(len(LANES))]
    fitting = max(ON_PAGE, min(MOST_COLUMNS, max(inside))) if editing else ON_PAGE
    heads = columns == ON_PHONE
    return _laid_out(nodes, links, columns=columns or fitting, all_lanes=len(LANES) if editing else 0, heads=heads), 1.0


def _marks(component: dict[str, Any]) -> tuple[str, ...]:
    """What is said of a box below the rest: that it stands elsewhere, that it keeps personal data."""
    zone = "" if component["zone"] == Zone.OURS else str(Zone(component["zone"]).label)
    return tuple(words for words in (zone, str(_("personal")) if component["personal"] else "") if words)


def _texts(drawing: Drawing) -> list[Text]:
    """All words in the drawing, but for those on arrows."""
    lanes = [text for band in drawing.bands for text in lane_name(band, str(LANES[band.lane].label))]
    return [*lanes, *(text for box in drawing.boxes for text in box.texts)]


def _signs(snapshot: dict[str, Any], drawing: Drawing) -> set[str]:
    """What of the drawing has to be explained."""
    found = {
        "personal": any(flow["personal"] for flow in snapshot["flows"]),
        "zone": any(one["zone"] != Zone.OURS for one in snapshot["components"]),
        "back": any(arrow.back for arrow in drawing.arrows),
        "numbers": any(not arrow.label for arrow in drawing.arrows),
    }
    return {sign for sign, there in found.items() if there}


def _on_paper(drawing: Drawing, scale: float) -> dict[str, Any]:
    """Sizes on paper, and the words that the renderer can only set outside of a drawing: it draws letter by letter."""
    lines = [
        (text.kind, text.words, text.x, text.y, text.size, text.width, text.from_right) for text in _texts(drawing)
    ]
    lines += [
        ("label", arrow.label, arrow.label_x, arrow.at[1] + LABEL / 3, LABEL, arrow.label_width, runs_from_right(arrow.label))
        for arrow in drawing.arrows if arrow.label
    ]  # fmt: skip
    shaped = [
        {"kind": kind, "words": words, "left": x * scale, "top": (y - size) * scale, "size": size * scale, "width": wide * scale, "from_right": rtl}
        for kind, words, x, y, size, wide, rtl in lines if must_be_shaped(words)
    ]  # fmt: skip
    return {"width": drawing.width * scale, "height": drawing.height * scale, "shaped": shaped}


def described(snapshot: dict[str, Any]) -> str:
    """The drawing in one sentence a flow, for those who do not see it."""
    names = [one["name"] for one in snapshot["components"]]
    return " ".join(_sentence(names, flow) for flow in snapshot["flows"])


def listed(snapshot: dict[str, Any]) -> list[dict[str, Any]]:
    """The flows as rows of a table, with the numbers that stand in the drawing."""
    components = snapshot["components"]
    return [
        {
            "number": number,
            "source": components[flow["source"]]["name"],
            "target": components[flow["target"]]["name"],
            "carries": flow["carries"],
            "personal": flow["personal"],
            "into": _crossing(components[flow["source"]], components[flow["target"]]),
        }
        for number, flow in enumerate(snapshot["flows"], 1)
    ]


def as_mermaid(snapshot: dict[str, Any]) -> str:
    """The same diagram as Mermaid flowchart text; names are quoted, so that nothing in them is syntax."""
    lines = ["flowchart TB"]
    for lane in LANES:
        inside = [(at, one) for at, one in enumerate(snapshot["components"]) if one["lane"] == lane]
        if inside:
            lines += [f"  subgraph {lane.value}[{_quoted(str(lane.label))}]"]
            lines += [f"    c{at}[{_labelled(one)}]{_outside(one)}" for at, one in inside]
            lines += ["  end"]
    for flow in snapshot["flows"]:
        words = f"|{_quoted(flow['carries'])}|" if flow["carries"] else ""
        lines.append(f"  c{flow['source']} {'==>' if flow['personal'] else '-->'}{words} c{flow['target']}")
    if any(one["zone"] != Zone.OURS for one in snapshot["components"]):
        lines.append("  classDef outside stroke-dasharray: 6 4")
    return "\n".join(lines) + "\n"


def _labelled(component: dict[str, Any]) -> str:
    """Name, what it does, and what the drawing says below it, each on a line of its own."""
    return _quoted(*(words for words in (component["name"], component["detail"], *_marks(component)) if words))


def _outside(component: dict[str, Any]) -> str:
    """The dashed line of a trust boundary."""
    return "" if component["zone"] == Zone.OURS else ":::outside"


def _sentence(names: list[str], flow: dict[str, Any]) -> str:
    words = {"source": names[flow["source"]], "target": names[flow["target"]], "what": flow["carries"]}
    sentence = _("%(source)s sends %(what)s to %(target)s") if flow["carries"] else _("%(source)s leads to %(target)s")
    return sentence % words + (_(", personal data.") if flow["personal"] else ".")


def _crossing(source: dict[str, Any], target: dict[str, Any]) -> str:
    return "" if source["zone"] == target["zone"] else str(Zone(target["zone"]).label)


def _places(drawing: Drawing, components: list[dict[str, Any]]) -> list[int]:
    """For each box its component's place in its lane, from 0."""
    seen: Counter[str] = Counter()
    found = []
    for box in drawing.boxes:
        lane = components[_number(box.key)]["lane"]
        found.append(seen[lane])
        seen[lane] += 1
    return found


def _number(key: Any) -> int:
    return int(key)


def _quoted(*lines: str) -> str:
    return (
        '"'
        + "<br/>".join(_SYNTAX.sub(lambda sign: f"#{ord(sign[0])};", " ".join(line.split())) for line in lines)
        + '"'
    )
