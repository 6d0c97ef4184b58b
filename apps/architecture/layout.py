"""Where boxes and arrows go: lanes as rows, arrows at right angles in the channels between rows. A pure function.

Boxes keep the order that people gave them. An arrow to the next row bends once in the channel between the two; one
that goes further runs down a gutter between columns. Every stretch of an arrow has a track of its own in its channel
or gutter (greedy interval colouring), so that no two lie on each other, and channels and gutters are as wide as their
tracks need. Sizes are in SVG user units.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

Key = Hashable
Point = tuple[float, float]
Span = tuple[float, float]
Area = tuple[float, float, float, float]
End = tuple[int, str]
"""One end of an arrow: the arrow's place in the list, and "start" or "end"."""
Edge = tuple[int, int, bool]

BOX_WIDTH, LINE, BOX_BASE, MARK = 146.0, 12.0, 25.0, 9.0
LANE_LABEL, LANE_PAD = 92.0, 8.0
CHANNEL, TRACK = 24.0, 9.0
GUTTER, EDGE = 24.0, 12.0
NAME_LETTERS, LABEL_LETTER, LABEL_HEIGHT = 24, 4.7, 11.0
MOST_LABELS = 24


@dataclass(frozen=True)
class Node:
    """A box before it has a place. `lane` is the number of its lane from the top; a marked one has a line more."""

    key: Key
    lane: int
    name: str
    detail: str = ""
    marked: bool = False


@dataclass(frozen=True)
class Link:
    key: Key
    source: Key
    target: Key
    label: str = ""


@dataclass(frozen=True)
class Box:
    key: Key
    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...]
    detail: str

    @property
    def middle(self) -> float:
        return self.x + self.width / 2


@dataclass(frozen=True)
class Band:
    """The ground of a lane."""

    lane: int
    y: float
    height: float


@dataclass(frozen=True)
class Arrow:
    """`back` when it runs against the lanes. `label` is empty when there is no room for it: then the number stands
    at `at`, as it does in the table."""

    key: Key
    number: int
    points: tuple[Point, ...]
    back: bool
    label: str
    at: Point
    label_width: float

    @property
    def label_x(self) -> float:
        return self.at[0] - self.label_width / 2

    @property
    def label_y(self) -> float:
        return self.at[1] - LABEL_HEIGHT / 2

    @property
    def path(self) -> str:
        first, *rest = self.points
        return f"M{first[0]:g} {first[1]:g}" + "".join(f"L{x:g} {y:g}" for x, y in rest)

    @property
    def head(self) -> str:
        """The corners of the arrow head at the last point."""
        (px, py), (x, y) = self.points[-2], self.points[-1]
        dx, dy = (x > px) - (x < px), (y > py) - (y < py)
        left = (x - 6 * dx - 3 * dy, y - 6 * dy + 3 * dx)
        right = (x - 6 * dx + 3 * dy, y - 6 * dy - 3 * dx)
        return " ".join(f"{a:g},{b:g}" for a, b in ((x, y), left, right))


@dataclass(frozen=True)
class Drawing:
    width: float
    height: float
    bands: Sequence[Band]
    boxes: Sequence[Box]
    arrows: Sequence[Arrow]


@dataclass
class _Route:
    """An arrow while its way is being found: the ends, the channels it uses, and its gutter when it needs one."""

    link: Link
    number: int
    start: tuple[int, int]
    end: tuple[int, int]
    first: int = 0
    last: int = 0
    gutter: int | None = None
    side: bool = False

    @property
    def back(self) -> bool:
        return self.end[0] < self.start[0]

    @property
    def level(self) -> bool:
        """Whether it ends in the row in which it starts."""
        return self.start[0] == self.end[0]

    @property
    def edges(self) -> dict[str, Edge]:
        """The edges of boxes that it leaves and reaches: row, column, and whether it is the lower one."""
        return {"start": (*self.start, not self.back), "end": (*self.end, self.back or self.level)}


@dataclass(frozen=True)
class _Ways:
    """Where arrows run: the x of their ends and of their stretches in gutters, tracks by channel, edges of rows."""

    ends: dict[End, float]
    shafts: dict[int, float]
    channels: list[dict[End, int]]
    tops: list[float]
    heights: list[float]

    def bend(self, channel: int, end: End) -> float:
        """The y of a stretch in a channel: the tracks lie around its middle."""
        tracks = self.channels[channel]
        high = self.tops[channel - 1] + self.heights[channel - 1] if channel else 0.0
        low = self.tops[channel] if channel < len(self.tops) else high + _used(tracks) * TRACK + 2 * LANE_PAD
        return (high + low) / 2 + (tracks[end] - (_used(tracks) - 1) / 2) * TRACK


def layout(nodes: Sequence[Node], links: Sequence[Link], *, columns: int = 3, all_lanes: int = 0) -> Drawing:
    """Places for boxes and arrows; links whose ends are not among the nodes are left out.

    `columns` boxes stand beside each other at most. `all_lanes` draws the first so many lanes even when they are empty.
    Time grows with boxes and with arrows squared in one channel; forty boxes and sixty arrows take a few ms.
    """
    rows = _rows(nodes, columns, all_lanes)
    cells = {node.key: (row, column) for row, (_, inside) in enumerate(rows) for column, node in enumerate(inside)}
    kept = [link for link in links if link.source in cells and link.target in cells and link.source != link.target]
    routes = [_routed(link, number, cells) for number, link in enumerate(kept, 1)]
    _choose_gutters(routes, columns)
    ports = _ports(routes)
    gutters = _gutter_tracks(routes, columns)
    lefts, width = _columns(columns, gutters)
    ends = _straightened(routes, {key: lefts[column] + BOX_WIDTH * share for key, (column, share) in ports.items()})
    shafts = _shafts(routes, gutters, lefts)
    heights = [max((_height(node) for node in inside), default=30.0) for _, inside in rows]
    channels = _channel_tracks(routes, ends, shafts, len(rows))
    tops, height = _row_tops(heights, channels)
    boxes = _boxes(rows, lefts, tops, heights)
    bands = _bands(rows, tops, heights)
    arrows = _arrows(routes, boxes, _Ways(ends, shafts, channels, tops, heights))
    return Drawing(width, height, bands, list(boxes.values()), arrows)


def _rows(nodes: Sequence[Node], columns: int, all_lanes: int) -> list[tuple[int, list[Node]]]:
    """Lanes cut into rows of at most `columns` boxes."""
    lanes: dict[int, list[Node]] = {lane: [] for lane in range(all_lanes)}
    for node in nodes:
        lanes.setdefault(node.lane, []).append(node)
    found = []
    for lane, inside in sorted(lanes.items()):
        pieces = [inside[at : at + columns] for at in range(0, len(inside), columns)] or [[]]
        found += [(lane, piece) for piece in pieces]
    return found


def _height(node: Node) -> float:
    return BOX_BASE + LINE * len(_wrapped(node.name)) + (MARK if node.marked else 0)


def _routed(link: Link, number: int, cells: dict[Key, tuple[int, int]]) -> _Route:
    start, end = cells[link.source], cells[link.target]
    route = _Route(link, number, start, end)
    if route.level:
        # Beside each other: straight across; further apart: below the row.
        route.side = abs(start[1] - end[1]) == 1
        route.first = route.last = start[0] + 1
    elif route.back:
        route.first, route.last = start[0], end[0] + 1
    else:
        route.first, route.last = start[0] + 1, end[0]
    return route


def _choose_gutters(routes: list[_Route], columns: int) -> None:
    """The gutter with the shortest way; those that run back keep to the right; a full one costs more."""
    load: dict[int, int] = defaultdict(int)
    for route in routes:
        if route.first == route.last or route.side:
            continue

        def cost(gutter: int, route: _Route = route) -> float:
            away = sum(abs(gutter - 0.5 - column) for column in (route.start[1], route.end[1]))
            return away + load[gutter] * 0.4 + (0.8 * (columns - gutter) if route.back else 0)

        route.gutter = min(range(columns + 1), key=cost)
        load[route.gutter] += 1


def _ports(routes: list[_Route]) -> dict[End, tuple[int, float]]:
    """For each end of an arrow its column and where on the box's edge it stands, from 0 to 1.

    Ends on one edge are spread in the order of where they come from; the lower edge leans left and the upper one
    right, so that two arrows that pass each other in a channel do not meet.
    """
    edges: dict[Edge, list[tuple[float, int, str]]] = defaultdict(list)
    for at, route in enumerate(routes):
        if not route.side:
            for which, edge in route.edges.items():
                other = route.end if which == "start" else route.start
                towards = float(other[1]) if route.gutter is None else route.gutter - 0.5
                edges[edge].append((towards, at, which))
    found = {}
    for (_, column, low), ends in edges.items():
        straight = len(ends) == 1 and ends[0][0] == column
        lean = 0 if straight else (-0.04 if low else 0.04)
        for place, (_, at, which) in enumerate(sorted(ends), 1):
            found[at, which] = (column, place / (len(ends) + 1) + lean)
    return found


def _straightened(routes: list[_Route], ends: dict[End, float]) -> dict[End, float]:
    """Arrows between boxes above each other go straight down where nothing stands in the way."""
    edges: dict[Edge, list[End]] = defaultdict(list)
    for at, route in enumerate(routes):
        if not route.side:
            for which, edge in route.edges.items():
                edges[edge].append((at, which))
    for at, route in enumerate(routes):
        if route.side or route.level or route.gutter is not None or route.start[1] != route.end[1]:
            continue
        for mover, anchor in (("end", "start"), ("start", "end")):
            x = ends[at, anchor]
            others = [ends[end] for end in edges[route.edges[mover]] if end != (at, mover)]
            if all(abs(x - other) >= 14 for other in others):
                ends[at, mover] = x
                break
    return ends


def _gutter_tracks(routes: list[_Route], columns: int) -> list[list[tuple[int, int]]]:
    """For each gutter the tracks, as pairs of route and track."""
    found: list[list[tuple[int, int]]] = []
    for gutter in range(columns + 1):
        spans = {
            at: (float(min(route.first, route.last)), float(max(route.first, route.last)))
            for at, route in enumerate(routes)
            if route.gutter == gutter
        }
        found.append(list(_coloured(spans, gap=0.5).items()))
    return found


def _columns(columns: int, gutters: list[list[tuple[int, int]]]) -> tuple[list[float], float]:
    """The left edges of the columns, and the width of all."""
    lefts, x = [], LANE_LABEL
    for column in range(columns):
        x += _gutter_width(gutters[column], EDGE if column == 0 else GUTTER)
        lefts.append(x)
        x += BOX_WIDTH
    return lefts, x + _gutter_width(gutters[columns], EDGE)


def _gutter_width(tracks: list[tuple[int, int]], least: float) -> float:
    used = max((track for _, track in tracks), default=-1) + 1
    return max(least, used * TRACK + 10)


def _shafts(routes: list[_Route], gutters: list[list[tuple[int, int]]], lefts: list[float]) -> dict[int, float]:
    """The x of each arrow's stretch in its gutter."""
    found = {}
    for gutter, tracks in enumerate(gutters):
        right = lefts[gutter] if gutter < len(lefts) else lefts[-1] + BOX_WIDTH + _gutter_width(tracks, EDGE)
        middle = right - _gutter_width(tracks, EDGE if gutter in (0, len(lefts)) else GUTTER) / 2
        used = max((track for _, track in tracks), default=0)
        for at, track in tracks:
            found[at] = middle + (track - used / 2) * TRACK
    return found


def _channel_tracks(
    routes: list[_Route], ends: dict[End, float], shafts: dict[int, float], rows: int
) -> list[dict[End, int]]:
    """For each channel the track of every stretch in it; a stretch is known by route and by which end it is of."""
    stretches: list[dict[End, Span]] = [{} for _ in range(rows + 1)]
    for at, route in enumerate(routes):
        if route.side:
            continue
        start, end = ends[at, "start"], ends[at, "end"]
        if route.gutter is None:
            if start != end:
                stretches[route.first][at, "start"] = _span(start, end)
        else:
            stretches[route.first][at, "start"] = _span(start, shafts[at])
            stretches[route.last][at, "end"] = _span(shafts[at], end)
    return [_coloured(spans, gap=6) for spans in stretches]


def _coloured(spans: dict, *, gap: float) -> dict:
    """A track for each span so that spans on one track are at least `gap` apart, long ones last. Greedy."""
    tracks: list[list[Span]] = []
    found = {}
    for key, (low, high) in sorted(spans.items(), key=lambda item: (item[1][1] - item[1][0], item[1])):
        free = (
            number
            for number, taken in enumerate(tracks)
            if all(high + gap <= other[0] or other[1] + gap <= low for other in taken)
        )
        number = next(free, len(tracks))
        if number == len(tracks):
            tracks.append([])
        tracks[number].append((low, high))
        found[key] = number
    return found


def _row_tops(heights: list[float], channels: list[dict]) -> tuple[list[float], float]:
    """The upper edge of each row, and the height of all. The outermost channels shrink to nothing when unused."""
    tops, y = [], 0.0
    for row, height in enumerate(heights):
        least = LANE_PAD + 2 if row == 0 else CHANNEL
        y += max(least, _used(channels[row]) * TRACK + 2 * LANE_PAD)
        tops.append(y)
        y += height
    return tops, y + max(LANE_PAD + 2, _used(channels[-1]) * TRACK + 2 * LANE_PAD if channels[-1] else 0)


def _used(tracks: dict) -> int:
    return max(tracks.values(), default=-1) + 1


def _boxes(
    rows: list[tuple[int, list[Node]]], lefts: list[float], tops: list[float], heights: list[float]
) -> dict[Key, Box]:
    return {
        node.key: Box(node.key, lefts[column], tops[row], BOX_WIDTH, heights[row], _wrapped(node.name), node.detail)
        for row, (_, inside) in enumerate(rows)
        for column, node in enumerate(inside)
    }


def _bands(rows: list[tuple[int, list[Node]]], tops: list[float], heights: list[float]) -> list[Band]:
    found: dict[int, tuple[float, float]] = {}
    for row, (lane, _) in enumerate(rows):
        top, _low = found.get(lane, (tops[row] - LANE_PAD, 0.0))
        found[lane] = (top, tops[row] + heights[row] + LANE_PAD)
    return [Band(lane, top, low - top) for lane, (top, low) in found.items()]


def _arrows(routes: list[_Route], boxes: dict[Key, Box], ways: _Ways) -> list[Arrow]:
    taken: list[Area] = []
    found = []
    beside: dict[frozenset[Key], int] = defaultdict(int)
    for at, route in enumerate(routes):
        source, target = boxes[route.link.source], boxes[route.link.target]
        if route.side:
            pair = frozenset((source.key, target.key))
            points = _across(source, target, beside[pair])
            beside[pair] += 1
        else:
            points = _bent(at, route, source, target, ways)
        short = route.link.label if len(routes) <= MOST_LABELS else ""
        label, place, width = _labelled(points, short, route.number, taken)
        found.append(Arrow(route.link.key, route.number, points, route.back, label, place, width))
    return found


def _across(source: Box, target: Box, before: int) -> tuple[Point, ...]:
    """Straight from one box to its neighbour, beside the arrows that are there already."""
    away = 9 * ((before + 1) // 2) * (1 if before % 2 else -1)
    room = min(source.height, target.height) / 2 - 5
    y = source.y + min(source.height, target.height) / 2 + max(-room, min(room, away))
    if source.x < target.x:
        return ((source.x + source.width, y), (target.x, y))
    return ((source.x, y), (target.x + target.width, y))


def _bent(at: int, route: _Route, source: Box, target: Box, ways: _Ways) -> tuple[Point, ...]:
    """Through one channel, or through two and the gutter between them; straight when nothing is to be gone around."""
    x, to_x = ways.ends[at, "start"], ways.ends[at, "end"]
    y, to_y = (
        box.y + box.height if low else box.y
        for box, (_, _, low) in zip((source, target), route.edges.values(), strict=True)
    )
    if route.gutter is None and x == to_x:
        return ((x, y), (to_x, to_y))
    bend = ways.bend(route.first, (at, "start"))
    if route.gutter is None:
        return ((x, y), (x, bend), (to_x, bend), (to_x, to_y))
    shaft, back = ways.shafts[at], ways.bend(route.last, (at, "end"))
    return ((x, y), (x, bend), (shaft, bend), (shaft, back), (to_x, back), (to_x, to_y))


def _labelled(points: tuple[Point, ...], label: str, number: int, taken: list[Area]) -> tuple[str, Point, float]:
    """The label or, where there is no room for it, nothing and the number's place: clear of the other labels."""
    for words in [label, ""] if 0 < len(label) <= NAME_LETTERS else [""]:
        width = len(words or str(number)) * LABEL_LETTER + 8
        for place in _places(points, width):
            around = (
                place[0] - width / 2,
                place[1] - LABEL_HEIGHT / 2,
                place[0] + width / 2,
                place[1] + LABEL_HEIGHT / 2,
            )
            if not any(_meets(around, other) for other in taken):
                taken.append(around)
                return words, place, width
    (x, y), (to_x, to_y) = max(pairwise(points), key=_length)
    return "", ((x + to_x) / 2, (y + to_y) / 2), len(str(number)) * LABEL_LETTER + 8


def _places(points: tuple[Point, ...], width: float) -> Iterator[Point]:
    """Where a label of that width may lie on an arrow, best first: on its long level stretches, then on steep ones.

    In a gutter there is room for a number only; between two boxes above each other for anything.
    """
    stretches = sorted(pairwise(points), key=_length, reverse=True)
    level = [stretch for stretch in stretches if stretch[0][1] == stretch[1][1]]
    steep = [stretch for stretch in stretches if stretch[0][1] != stretch[1][1]]
    if len(points) == 2 and level and width <= _length(level[0]) < width + 12:
        # Between neighbours a label stands above the line.
        (x, y), (to_x, _) = points
        yield (x + to_x) / 2, y - LABEL_HEIGHT / 2 - 3
    roomy = [one for one in level if _length(one) >= width + 6]
    roomy += [one for one in steep if _length(one) >= LABEL_HEIGHT + 6 and (len(points) == 2 or width <= GUTTER - 4)]
    for (x, y), (to_x, to_y) in roomy:
        for share in (0.5, 0.3, 0.7, 0.15, 0.85):
            yield x + (to_x - x) * share, y + (to_y - y) * share


def _length(stretch: tuple[Point, Point]) -> float:
    (x, y), (to_x, to_y) = stretch
    return abs(to_x - x) + abs(to_y - y)


def _meets(one: Area, other: Area) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _span(one: float, other: float) -> Span:
    return (min(one, other), max(one, other))


def _wrapped(name: str) -> tuple[str, ...]:
    """The name in at most two lines of a box; a word that is too long is cut where the box ends."""
    lines: list[str] = []
    for word in _pieces(name):
        if lines and len(lines[-1]) + 1 + len(word) <= NAME_LETTERS:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    if len(lines) > 2:
        lines = [lines[0], lines[1][: NAME_LETTERS - 1] + "…"]
    return tuple(lines) or ("",)


def _pieces(name: str) -> Iterable[str]:
    for word in name.split():
        yield from (word[at : at + NAME_LETTERS] for at in range(0, len(word), NAME_LETTERS))
