"""Where boxes and arrows go: lanes as rows, arrows at right angles in the channels between rows. A pure function.

Boxes keep the order that people gave them. An arrow to the next row bends once in the channel between the two; one
that goes further runs down a gutter between columns. Every stretch of an arrow has a track of its own in its channel
or gutter (greedy interval colouring), so that no two lie on each other, and channels and gutters are as wide as their
tracks need. Gutters and the order of tracks are chosen so that few arrows cross. Sizes are in SVG user units.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from apps.architecture.words import must_be_shaped, runs_from_right, width, wrapped

Key = Hashable
Point = tuple[float, float]
Turn = tuple[float, bool]
"""Where a stretch ends, and whether its arrow goes on from there upwards or to the left."""
Stretch = tuple[Turn, Turn]
Area = tuple[float, float, float, float]
End = tuple[int, str]
"""One end of an arrow: the arrow's place in the list, and "start" or "end"."""
Cell = tuple[int, int]
Edge = tuple[int, int, bool]

NAME, DETAIL, LABEL, LANE_NAME = 11.0, 9.2, 9.0, 10.0
"""Sizes of type: of names, of what stands below them, on arrows, and of the names of lanes."""
BOX_WIDTH, BOX_PAD, NAME_LINE, DETAIL_LINE = 146.0, 8.0, 13.0, 11.5
MOST_NAME_LINES, MOST_DETAIL_LINES = 3, 2
LANE_LABEL, LANE_HEAD, LANE_PAD = 94.0, 18.0, 8.0
CHANNEL, TRACK, LABELLED_TRACK = 26.0, 9.0, 14.0
GUTTER, EDGE = 24.0, 12.0
LABEL_HEIGHT, LABEL_PAD, WIDEST_LABEL, WIDEST_BESIDE = 12.0, 4.0, 140.0, 74.0
MOST_LABELS = 24


@dataclass(frozen=True)
class Node:
    """A box before it has a place. `lane` is the number of its lane from the top; `marks` stand below the rest, in one line where they fit."""

    key: Key
    lane: int
    name: str
    detail: str = ""
    marks: tuple[str, ...] = ()

    @property
    def lines(self) -> tuple[str, ...]:
        return wrapped(self.name, NAME, BOX_WIDTH - 2 * BOX_PAD, MOST_NAME_LINES) or ("",)

    @property
    def details(self) -> tuple[str, ...]:
        return wrapped(self.detail, DETAIL, BOX_WIDTH - 2 * BOX_PAD, MOST_DETAIL_LINES)

    @property
    def mark_lines(self) -> tuple[str, ...]:
        together, room = " · ".join(self.marks), BOX_WIDTH - 2 * BOX_PAD
        return self.marks if width(together, DETAIL) > room else tuple(filter(None, (together,)))

    @property
    def height(self) -> float:
        small = len(self.details) + len(self.mark_lines)
        return 2 * BOX_PAD + NAME_LINE * len(self.lines) + DETAIL_LINE * small - 3


@dataclass(frozen=True)
class Link:
    key: Key
    source: Key
    target: Key
    label: str = ""


@dataclass(frozen=True)
class Text:
    """One line of words; `y` is where they stand on."""

    kind: str
    words: str
    x: float
    y: float
    size: float
    width: float

    @property
    def from_right(self) -> bool:
        return runs_from_right(self.words)

    @property
    def plate(self) -> dict[str, float]:
        """The ground on which it can be read where arrows run."""
        return {"x": self.x - 3, "y": self.y - 10, "width": self.width + 6}

    @property
    def begins(self) -> float:
        return self.x + self.width if self.from_right else self.x

    @property
    def is_shaped(self) -> bool:
        return must_be_shaped(self.words)


@dataclass(frozen=True)
class Box:
    key: Key
    x: float
    y: float
    width: float
    height: float
    node: Node

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def boundary(self) -> dict[str, float]:
        """The trust boundary around a box that stands elsewhere."""
        return {"x": self.x - 4, "y": self.y - 4, "width": self.width + 8, "height": self.height + 8}

    @property
    def texts(self) -> list[Text]:
        """Name, what it does and its mark, line by line."""
        lines = [("name", words, NAME, NAME_LINE) for words in self.node.lines]
        lines += [("soft", words, DETAIL, DETAIL_LINE) for words in self.node.details]
        lines += [("mark", words, DETAIL, DETAIL_LINE) for words in self.node.mark_lines]
        found, y = [], self.y + BOX_PAD - 3
        for kind, words, size, line in lines:
            y += line
            found.append(Text(kind, words, self.x + BOX_PAD, y, size, self.width - 2 * BOX_PAD))
        return found


@dataclass(frozen=True)
class Band:
    """The ground of a lane; with a `head` its name stands above the boxes."""

    lane: int
    y: float
    height: float
    head: bool = False


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
    def is_shaped(self) -> bool:
        return must_be_shaped(self.label)

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
    """`heads` when the names of lanes stand above their boxes."""

    width: float
    height: float
    bands: Sequence[Band]
    boxes: Sequence[Box]
    arrows: Sequence[Arrow]

    @property
    def heads(self) -> bool:
        return any(band.head for band in self.bands)

    def on_band(self, arrow: Arrow) -> bool:
        """Whether its label lies on the ground of a lane."""
        return any(band.y <= arrow.at[1] <= band.y + band.height for band in self.bands)


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
    clear: bool = False

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


_Sketch = tuple[list[tuple[float, float, float]], tuple[float, float, float] | None]


@dataclass(frozen=True)
class _Ways:
    """Where arrows run: the x of their ends and of their stretches in gutters, tracks by channel, edges of rows.

    `uppers` are the edges of rows with the lane's name where that stands above them.
    """

    ends: dict[End, float]
    shafts: dict[int, float]
    channels: list[dict[End, int]]
    tops: list[float]
    uppers: list[float]
    heights: list[float]
    track: float

    def bend(self, channel: int, end: End) -> float:
        """The y of a stretch in a channel: the tracks lie around its middle."""
        tracks = self.channels[channel]
        high = self.tops[channel - 1] + self.heights[channel - 1] if channel else 0.0
        low = self.uppers[channel] if channel < len(self.tops) else high + _used(tracks) * self.track + 2 * LANE_PAD
        return (high + low) / 2 + (tracks[end] - (_used(tracks) - 1) / 2) * self.track


def layout(
    nodes: Sequence[Node], links: Sequence[Link], *, columns: int = 3, all_lanes: int = 0, heads: bool = False
) -> Drawing:
    """Places for boxes and arrows; links whose ends are not among the nodes are left out.

    `columns` boxes stand beside each other at most. `all_lanes` draws the first so many lanes even when they are empty.
    The names of lanes stand on the left or, with `heads`, above their boxes, for narrow screens.
    Time grows with arrows squared; forty boxes and sixty arrows take some 30 ms.
    """
    rows = _rows(nodes, columns, all_lanes)
    cells = {node.key: (row, column) for row, (_, inside) in enumerate(rows) for column, node in enumerate(inside)}
    kept = [link for link in links if link.source in cells and link.target in cells and link.source != link.target]
    taken = set(cells.values())
    routes = [_routed(link, number, cells, taken) for number, link in enumerate(kept, 1)]
    _choose_gutters(routes, columns)
    ports = _ports(routes)
    gutters = _gutter_tracks(routes, columns)
    beside = [EDGE, *[GUTTER] * (columns - 1), EDGE] if heads else _room_beside(routes, columns)
    lefts, across = _columns(gutters, beside, 0.0 if heads else LANE_LABEL)
    ends = _straightened(routes, {key: lefts[column] + BOX_WIDTH * share for key, (column, share) in ports.items()})
    shafts = _shafts(gutters, beside, lefts)
    heights = [max((node.height for node in inside), default=30.0) for _, inside in rows]
    above = [LANE_HEAD if heads and (at == 0 or rows[at - 1][0] != lane) else 0.0 for at, (lane, _) in enumerate(rows)]
    channels = _channel_tracks(routes, ends, shafts, len(rows))
    track = LABELLED_TRACK if len(routes) <= MOST_LABELS else TRACK
    tops, height = _row_tops(heights, above, channels, track)
    uppers = [top - head for top, head in zip(tops, above, strict=True)]
    boxes = _boxes(rows, lefts, tops, heights)
    bands = _bands(rows, uppers, tops, heights)
    names = [
        (0.0, band.y, 150.0, band.y + LANE_HEAD + 4) if heads else (0.0, band.y, LANE_LABEL, band.y + band.height)
        for band in bands
    ]
    arrows = _arrows(routes, boxes, names, _Ways(ends, shafts, channels, tops, uppers, heights, track))
    return Drawing(across, height, bands, list(boxes.values()), arrows)


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


def _routed(link: Link, number: int, cells: dict[Key, Cell], taken: set[Cell]) -> _Route:
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
    between = range(min(start[0], end[0]) + 1, max(start[0], end[0]))
    # Above each other with nothing in between: straight through the empty lanes.
    route.clear = start[1] == end[1] and not route.level and all((row, start[1]) not in taken for row in between)
    return route


def _choose_gutters(routes: list[_Route], columns: int) -> None:
    """First the gutter with the shortest way, then, looking at all others, the one in which fewest arrows cross.

    Those that run back keep to the right; a full gutter costs more.
    """
    load: dict[int, int] = defaultdict(int)
    far = [route for route in routes if route.first != route.last and not route.side and not route.clear]

    def way(route: _Route, gutter: int) -> float:
        away = sum(abs(gutter - 0.5 - column) for column in (route.start[1], route.end[1]))
        return away + load[gutter] * 0.4 + (0.8 * (columns - gutter) if route.back else 0)

    def tangle(route: _Route, gutter: int) -> float:
        mine = _sketch(route, gutter)
        return way(route, gutter) + 1.5 * sum(
            _crossings(mine, _sketch(one, one.gutter)) for one in routes if one is not route
        )

    for choose in (way, tangle, tangle):
        for route in far:
            if route.gutter is not None:
                load[route.gutter] -= 1
            route.gutter = min(range(columns + 1), key=partial(choose, route))
            load[route.gutter] += 1


def _sketch(route: _Route, gutter: int | None) -> _Sketch:
    """The way of an arrow in columns and channels: its level stretches, and the one in its gutter."""
    start, end = route.start[1] + 0.5, route.end[1] + 0.5
    if route.side:
        return [], None
    if gutter is None:
        shaft = (end, *_span(route.first, route.last)) if route.clear else None
        return [(route.first, *_span(start, end))], shaft
    return [(route.first, *_span(start, gutter)), (route.last, *_span(gutter, end))], (
        gutter,
        *_span(route.first, route.last),
    )


def _crossings(one: _Sketch, other: _Sketch) -> float:
    """About how many times two arrows cross; half where the order of tracks can still part them."""
    found = 0.0
    for (levels, _), (_, shaft) in ((one, other), (other, one)):
        if shaft:
            x, top, low = shaft
            found += sum(
                (1 if top < channel < low else 0.5)
                for channel, left, right in levels
                if top <= channel <= low and left < x < right
            )
    for channel, left, right in one[0]:
        found += sum(
            0.5 for there, other_left, other_right in other[0]
            if channel == there and (left < other_left < right < other_right or other_left < left < other_right < right)
        )  # fmt: skip
    return found


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
        shafts: dict[int, Stretch] = {
            at: ((route.first, route.start[1] < gutter), (route.last, route.end[1] < gutter))
            for at, route in enumerate(routes)
            if route.gutter == gutter
        }
        found.append(list(_coloured(shafts, gap=0.5).items()))
    return found


def _room_beside(routes: list[_Route], columns: int) -> list[float]:
    """How wide each gutter must be at least: so that arrows between neighbours can say what they carry."""
    found = [EDGE, *[GUTTER] * (columns - 1), EDGE]
    for route in routes:
        words = width(route.link.label, LABEL) + 2 * LABEL_PAD + 16
        if route.side and len(routes) <= MOST_LABELS and words <= WIDEST_BESIDE:
            gutter = max(route.start[1], route.end[1])
            found[gutter] = max(found[gutter], words)
    return found


def _columns(gutters: list[list[tuple[int, int]]], beside: list[float], begin: float) -> tuple[list[float], float]:
    """The left edges of the columns, and the width of all."""
    lefts, x = [], begin
    for tracks, least in zip(gutters[:-1], beside, strict=False):
        x += _gutter_width(tracks, least)
        lefts.append(x)
        x += BOX_WIDTH
    return lefts, x + _gutter_width(gutters[-1], beside[-1])


def _gutter_width(tracks: list[tuple[int, int]], least: float) -> float:
    return max(least, _used(dict(tracks)) * TRACK + 10)


def _shafts(gutters: list[list[tuple[int, int]]], beside: list[float], lefts: list[float]) -> dict[int, float]:
    """The x of each arrow's stretch in its gutter."""
    found = {}
    for gutter, tracks in enumerate(gutters):
        wide = _gutter_width(tracks, beside[gutter])
        right = lefts[gutter] if gutter < len(lefts) else lefts[-1] + BOX_WIDTH + wide
        for at, track in tracks:
            found[at] = right - wide / 2 + (track - (_used(dict(tracks)) - 1) / 2) * TRACK
    return found


def _channel_tracks(
    routes: list[_Route], ends: dict[End, float], shafts: dict[int, float], rows: int
) -> list[dict[End, int]]:
    """For each channel the track of every stretch in it; a stretch is known by route and by which end it is of."""
    stretches: list[dict[End, Stretch]] = [{} for _ in range(rows + 1)]
    for at, route in enumerate(routes):
        if route.side:
            continue
        start, end = (ends[at, "start"], not route.back), (ends[at, "end"], route.back or route.level)
        if route.gutter is None:
            if start[0] != end[0]:
                stretches[route.first][at, "start"] = (start, end)
        else:
            stretches[route.first][at, "start"] = (start, (shafts[at], route.back))
            stretches[route.last][at, "end"] = ((shafts[at], not route.back), end)
    return [_coloured(found, gap=6) for found in stretches]


def _coloured(stretches: dict, *, gap: float) -> dict:
    """A track for each stretch so that those on one track are at least `gap` apart, and few arrows cross. Greedy."""
    tracks: list[list] = []
    spans = {key: _span(one[0], other[0]) for key, (one, other) in stretches.items()}
    for key, (low, high) in sorted(spans.items(), key=lambda item: (item[1][1] - item[1][0], item[1])):
        free = (
            track for track in tracks
            if all(high + gap <= spans[other][0] or spans[other][1] + gap <= low for other in track)
        )  # fmt: skip
        track = next(free, None)
        if track is None:
            tracks.append(track := [])
        track.append(key)
    _sort_out(tracks, stretches)
    return {key: number for number, track in enumerate(tracks) for key in track}


def _sort_out(tracks: list[list], stretches: dict) -> None:
    """Neighbouring tracks change places as long as that leaves fewer crossings."""

    def crossings(upper: list, lower: list) -> int:
        return sum(
            _leaves_through(stretches[low], stretches[up], upwards=True) + _leaves_through(stretches[up], stretches[low], upwards=False)
            for up in upper for low in lower
        )  # fmt: skip

    changed = True
    while changed:
        changed = False
        for at in range(len(tracks) - 1):
            if crossings(tracks[at + 1], tracks[at]) < crossings(tracks[at], tracks[at + 1]):
                tracks[at], tracks[at + 1] = tracks[at + 1], tracks[at]
                changed = True


def _leaves_through(leaving: Stretch, passed: Stretch, *, upwards: bool) -> int:
    """How many ends of a stretch go on in that direction through the other one."""
    low, high = _span(passed[0][0], passed[1][0])
    return sum(up == upwards and low < x < high for x, up in leaving)


def _row_tops(
    heights: list[float], above: list[float], channels: list[dict], track: float
) -> tuple[list[float], float]:
    """The upper edge of each row, and the height of all. The outermost channels shrink to nothing when unused."""
    tops, y = [], 0.0
    for row, height in enumerate(heights):
        least = LANE_PAD + 2 if row == 0 else CHANNEL
        y += max(least, _used(channels[row]) * track + 2 * LANE_PAD) + above[row]
        tops.append(y)
        y += height
    return tops, y + max(LANE_PAD + 2, _used(channels[-1]) * track + 2 * LANE_PAD if channels[-1] else 0)


def _used(tracks: dict) -> int:
    return max(tracks.values(), default=-1) + 1


def _boxes(
    rows: list[tuple[int, list[Node]]], lefts: list[float], tops: list[float], heights: list[float]
) -> dict[Key, Box]:
    return {
        node.key: Box(node.key, lefts[column], tops[row], BOX_WIDTH, heights[row], node)
        for row, (_, inside) in enumerate(rows)
        for column, node in enumerate(inside)
    }


def _bands(
    rows: list[tuple[int, list[Node]]], uppers: list[float], tops: list[float], heights: list[float]
) -> list[Band]:
    found: dict[int, tuple[float, float]] = {}
    for row, (lane, _) in enumerate(rows):
        top, _low = found.get(lane, (uppers[row] - LANE_PAD, 0.0))
        found[lane] = (top, tops[row] + heights[row] + LANE_PAD)
    return [Band(lane, top, low - top, head=uppers[0] < tops[0]) for lane, (top, low) in found.items()]


def lane_name(band: Band, name: str) -> list[Text]:
    """The name of a lane in its place, left of the boxes or above them."""
    if band.head:
        return [Text("lane", name, EDGE, band.y + 17, LANE_NAME, width(name, LANE_NAME))]
    lines = wrapped(name, LANE_NAME, LANE_LABEL - 12, 3)
    first = band.y + band.height / 2 - (len(lines) - 1) * NAME_LINE / 2 + LANE_NAME / 3
    return [Text("lane", line, 12, first + at * NAME_LINE, LANE_NAME, LANE_LABEL - 12) for at, line in enumerate(lines)]


def _arrows(routes: list[_Route], boxes: dict[Key, Box], names: list[Area], ways: _Ways) -> list[Arrow]:
    lines = []
    beside: dict[frozenset[Key], int] = defaultdict(int)
    for at, route in enumerate(routes):
        source, target = boxes[route.link.source], boxes[route.link.target]
        if route.side:
            pair = frozenset((source.key, target.key))
            lines.append(_across(source, target, beside[pair]))
            beside[pair] += 1
        else:
            lines.append(_bent(at, route, source, target, ways))
    areas = [(box.x - 1, box.y - 5, box.right + 1, box.y + box.height + 5) for box in boxes.values()]
    labels = _labels(lines, [route.link.label for route in routes], [*areas, *names])
    return [
        Arrow(route.link.key, route.number, points, route.back, *label)
        for route, points, label in zip(routes, lines, labels, strict=True)
    ]


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


def _labels(lines: list[tuple[Point, ...]], words: list[str], kept_free: list[Area]) -> list[tuple[str, Point, float]]:
    """For each arrow its label, or nothing and the place of its number: clear of these areas, of other arrows and labels.

    Long diagrams have numbers only. Where there is no room at all, a number lies on whatever is there.
    """
    pieces = [(at, _area(stretch)) for at, points in enumerate(lines) for stretch in pairwise(points)]
    taken = [*kept_free]
    found = []
    for at, points in enumerate(lines):
        others = [area for other, area in pieces if other != at]
        heads = [_around(points[-1], 12, 12), _around(points[0], 6, 6)]
        wanted = [words[at], str(at + 1)] if words[at] and len(lines) <= MOST_LABELS else [str(at + 1)]
        wanted = [one for one in wanted if width(one, LABEL) <= WIDEST_LABEL]
        label, place, wide = str(at + 1), _middle(points), 0.0
        for label in wanted:
            wide = width(label, LABEL) + 2 * LABEL_PAD
            free = (
                one for one in _places(points, wide)
                if not any(_meets(_around(one, wide, LABEL_HEIGHT), area) for area in (*taken, *others, *heads))
            )  # fmt: skip
            if (spot := next(free, None)) is not None:
                place = spot
                break
        taken.append(_around(place, wide, LABEL_HEIGHT))
        found.append((label if label == words[at] else "", place, wide))
    return found


def _places(points: tuple[Point, ...], wide: float) -> Iterator[Point]:
    """Where a label of that width may lie on an arrow, best first: in the middle of a long stretch, then elsewhere."""
    stretches = sorted(pairwise(points), key=_length, reverse=True)
    if len(points) == 2 and points[0][1] == points[1][1]:
        # Between neighbours a label stands above the line or below it.
        x, y = _middle(points)
        yield x, y
        yield x, y - LABEL_HEIGHT / 2 - 3
        yield x, y + LABEL_HEIGHT / 2 + 3
    level = [stretch for stretch in stretches if stretch[0][1] == stretch[1][1]]
    steep = [stretch for stretch in stretches if stretch[0][1] != stretch[1][1]]
    fits = [one for one in level if _length(one) >= wide + 6]
    for (x, y), (to_x, to_y) in (*fits, *steep, *level):
        for share in (0.5, 0.35, 0.65, 0.2, 0.8, 0.1, 0.9):
            yield x + (to_x - x) * share, y + (to_y - y) * share
    for (x, y), (_, to_y) in steep:
        for share in (0.5, 0.3, 0.7):
            yield x - wide / 2 - 4, y + (to_y - y) * share
            yield x + wide / 2 + 4, y + (to_y - y) * share


def _middle(points: tuple[Point, ...]) -> Point:
    (x, y), (to_x, to_y) = max(pairwise(points), key=_length)
    return (x + to_x) / 2, (y + to_y) / 2


def _around(place: Point, wide: float, high: float) -> Area:
    return place[0] - wide / 2, place[1] - high / 2, place[0] + wide / 2, place[1] + high / 2


def _area(stretch: tuple[Point, Point]) -> Area:
    (x, y), (to_x, to_y) = stretch
    return min(x, to_x) - 1, min(y, to_y) - 1, max(x, to_x) + 1, max(y, to_y) + 1


def _length(stretch: tuple[Point, Point]) -> float:
    (x, y), (to_x, to_y) = stretch
    return abs(to_x - x) + abs(to_y - y)


def _meets(one: Area, other: Area) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _span(one: float, other: float) -> tuple[float, float]:
    return (min(one, other), max(one, other))
