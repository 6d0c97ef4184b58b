"""A snapshot of the diagram as what its template draws, as words, and as Mermaid."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from apps.architecture.enums import Lane, Zone
from apps.architecture.layout import Link, Node, layout
from apps.architecture.models import Component

LANES = list(Lane)
# Paper has no themes: the tokens' values, written out.
PAPER = {
    "band": 'fill="#f6f4ef"', "box": 'fill="#fffdf9" stroke="#1f4e4a" stroke-width="1"', "lane": 'fill="#6c675c"',
    "name": 'fill="#1d2526"', "soft": 'fill="#6c675c"', "line": 'stroke="#8f897b" stroke-width="1.1"',
    "head": 'fill="#8f897b"', "personal": 'stroke="#a9532f" stroke-width="2"', "personal_head": 'fill="#a9532f"',
    "label": 'fill="#fffdf9"', "mark": 'fill="#a9532f"', "foreign": 'stroke-dasharray="5 3"',
}  # fmt: skip


def drawn(
    snapshot: dict[str, Any], *, medium: str = "page", columns: int = 3, edit: Sequence[Component] | None = None
) -> dict[str, Any]:
    """Places, words and inks for the drawing of a snapshot."""
    components, flows = snapshot["components"], snapshot["flows"]
    nodes = [
        Node(at, LANES.index(one["lane"]), one["name"], one["detail"], one["personal"] or one["zone"] != Zone.OURS)
        for at, one in enumerate(components)
    ]
    links = [Link(at, one["source"], one["target"], one["carries"]) for at, one in enumerate(flows)]
    drawing = layout(nodes, links, columns=columns, all_lanes=len(LANES) if edit is not None else 0)
    places = _places(components)
    return {
        "drawing": drawing,
        "bands": [(band, _split(str(LANES[band.lane].label)), LANES[band.lane]) for band in drawing.bands],
        "boxes": [
            (box, components[_number(box.key)], str(Zone(components[_number(box.key)]["zone"]).label), places[_number(box.key)],
             edit[_number(box.key)] if edit is not None else None)
            for box in drawing.boxes
        ],
        "arrows": [(arrow, flows[_number(arrow.key)]) for arrow in drawing.arrows],
        "words": described(snapshot),
        "pdf": medium == "pdf",
        "ink": PAPER if medium == "pdf" else {},
        "editing": edit is not None,
    }  # fmt: skip


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
            lines += [f"    c{at}[{_quoted(one['name'])}]" for at, one in inside]
            lines += ["  end"]
    for flow in snapshot["flows"]:
        words = f"|{_quoted(flow['carries'])}|" if flow["carries"] else ""
        lines.append(f"  c{flow['source']} {'==>' if flow['personal'] else '-->'}{words} c{flow['target']}")
    return "\n".join(lines) + "\n"


def _sentence(names: list[str], flow: dict[str, Any]) -> str:
    words = {"source": names[flow["source"]], "target": names[flow["target"]], "what": flow["carries"]}
    sentence = _("%(source)s sends %(what)s to %(target)s") if flow["carries"] else _("%(source)s leads to %(target)s")
    return sentence % words + (_(", personal data.") if flow["personal"] else ".")


def _crossing(source: dict[str, Any], target: dict[str, Any]) -> str:
    return "" if source["zone"] == target["zone"] else str(Zone(target["zone"]).label)


def _places(components: list[dict[str, Any]]) -> list[int]:
    """For each component its place in its lane, from 0."""
    seen: dict[str, int] = {}
    found = []
    for one in components:
        found.append(seen.get(one["lane"], 0))
        seen[one["lane"]] = found[-1] + 1
    return found


def _number(key: Any) -> int:
    return int(key)


def _split(label: str) -> list[str]:
    """A lane's name in two lines when it has an “and”."""
    first, joint, rest = label.partition(" and ")
    return [f"{first} and", rest] if joint else [first]


def _quoted(text: str) -> str:
    return '"' + text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;").replace(">", "&gt;") + '"'
