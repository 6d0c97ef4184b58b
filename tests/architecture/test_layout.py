"""The drawing holds together at any size: nothing overlaps, every arrow ends where it should."""

from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.architecture.layout import Arrow, Drawing, Link, Node, lane_name, layout


@st.composite
def diagrams(draw: st.DrawFn) -> tuple[list[Node], list[Link]]:
    lanes = draw(st.lists(st.integers(0, 6), min_size=1, max_size=40))
    names = st.text(min_size=0, max_size=60)
    nodes = [Node(at, lane, draw(names)) for at, lane in enumerate(sorted(lanes))]
    ends = st.integers(0, len(nodes) - 1)
    pairs = draw(st.lists(st.tuples(ends, ends), max_size=60))
    return nodes, [Link(at, source, target, "rows") for at, (source, target) in enumerate(pairs)]


@settings(max_examples=60, deadline=None)
@given(diagrams(), st.sampled_from([1, 2, 3]))
def test_boxes_stand_apart_and_inside_and_arrows_join_them(
    diagram: tuple[list[Node], list[Link]], columns: int
) -> None:
    nodes, links = diagram
    drawing = layout(nodes, links, columns=columns)

    boxes = {box.key: box for box in drawing.boxes}
    for one, other in combinations(drawing.boxes, 2):
        assert (
            one.x + one.width <= other.x
            or other.x + other.width <= one.x
            or one.y + one.height <= other.y
            or other.y + other.height <= one.y
        )
    by_key = {link.key: link for link in links}
    assert len(drawing.arrows) == sum(link.source != link.target for link in links)
    for arrow in drawing.arrows:
        source, target = boxes[by_key[arrow.key].source], boxes[by_key[arrow.key].target]
        assert _on_edge(arrow.points[0], source)
        assert _on_edge(arrow.points[-1], target)
        assert all(x == to_x or y == to_y for (x, y), (to_x, to_y) in pairwise(arrow.points))
        assert all(0 <= x <= drawing.width and 0 <= y <= drawing.height for x, y in arrow.points)


@settings(max_examples=60, deadline=None)
@given(diagrams())
def test_no_arrow_runs_through_a_box_and_no_two_lie_on_each_other_in_a_channel(
    diagram: tuple[list[Node], list[Link]],
) -> None:
    drawing = layout(*diagram)

    for arrow in drawing.arrows:
        for (x, y), (to_x, to_y) in pairwise(arrow.points):
            for box in drawing.boxes:
                inside = box.x + 0.1 < max(x, to_x) and min(x, to_x) < box.x + box.width - 0.1
                assert not (inside and box.y + 0.1 < max(y, to_y) and min(y, to_y) < box.y + box.height - 0.1)
    level = [
        (y, min(x, to_x), max(x, to_x))
        for arrow in drawing.arrows if len(arrow.points) > 2
        for (x, y), (to_x, to_y) in pairwise(arrow.points) if y == to_y and x != to_x
    ]  # fmt: skip
    for (y, low, high), (other_y, other_low, other_high) in combinations(level, 2):
        assert y != other_y or high <= other_low or other_high <= low


def test_an_arrow_that_runs_against_the_lanes_says_so() -> None:
    drawing = layout([Node("a", 0, "A"), Node("b", 3, "B")], [Link(1, "b", "a"), Link(2, "a", "b")])

    assert [arrow.back for arrow in drawing.arrows] == [True, False]


def test_the_same_diagram_is_the_same_drawing() -> None:
    assert _small() == _small()


@pytest.mark.parametrize(("all_lanes", "bands"), [(0, 2), (7, 7)])
def test_empty_lanes_are_drawn_only_when_asked_for(all_lanes: int, bands: int) -> None:
    assert len(layout([Node("a", 0, "A"), Node("b", 3, "B")], [], all_lanes=all_lanes).bands) == bands


def _small() -> Drawing:
    return layout([Node("a", 0, "A"), Node("b", 1, "B"), Node("c", 1, "C")], [Link(1, "a", "b"), Link(2, "a", "c")])


def _on_edge(point: tuple[float, float], box) -> bool:
    x, y = point
    across = box.x <= x <= box.x + box.width and y in (box.y, box.y + box.height)
    return across or (box.y <= y <= box.y + box.height and x in (box.x, box.x + box.width))


def words_of(names: int) -> Drawing:
    """A small diagram whose arrows say what they carry: down, back, beside each other, past a lane."""
    nodes = [Node(at, at // 2, f"Component {at}", "what it does") for at in range(names)]
    pairs = [(at, at + 1) for at in range(names - 1)] + [(names - 1, 0), (0, names - 2)]
    return layout(nodes, [Link(at, one, other, f"load {at}") for at, (one, other) in enumerate(pairs)])


@pytest.mark.parametrize("names", [3, 6, 10])
def test_a_label_lies_on_no_box_no_other_label_and_no_other_arrow(names: int) -> None:
    drawing = words_of(names)

    labelled = [arrow for arrow in drawing.arrows if arrow.label]
    assert len(labelled) > len(drawing.arrows) / 2
    areas = {
        arrow.key: (arrow.label_x, arrow.label_y, arrow.label_x + arrow.label_width, arrow.label_y + 12)
        for arrow in labelled
    }
    for arrow in labelled:
        left, top, right, low = areas[arrow.key]
        assert not any(
            box.x < right and left < box.right and box.y < low and top < box.y + box.height for box in drawing.boxes
        )
        assert not any(
            x < right and left < to_x and y < low and top < to_y
            for key, (x, y, to_x, to_y) in areas.items()
            if key != arrow.key
        )
        for other in drawing.arrows:
            for (x, y), (to_x, to_y) in pairwise(other.points) if other.key != arrow.key else ():
                assert not (min(x, to_x) < right and left < max(x, to_x) and min(y, to_y) < low and top < max(y, to_y))  # fmt: skip


def test_with_many_arrows_every_one_has_its_number() -> None:
    drawing = words_of(30)

    assert [(arrow.label, arrow.number) for arrow in drawing.arrows] == [("", number) for number in range(1, 32)]


def test_an_arrow_goes_straight_through_lanes_in_which_nothing_is_in_its_way() -> None:
    drawing = layout([Node("a", 0, "A"), Node("b", 3, "B")], [Link(1, "a", "b", "mail")], all_lanes=7)

    assert len(drawing.arrows[0].points) == 2


def test_arrows_take_the_gutter_in_which_fewer_cross() -> None:
    nodes = [Node(at, at // 3, "Box") for at in range(12)]
    drawing = layout(
        nodes, [Link(at, one, other) for at, (one, other) in enumerate([(0, 9), (2, 11), (1, 6), (5, 8), (3, 7)])]
    )

    assert sum(_cross(one, other) for one, other in combinations(drawing.arrows, 2)) <= 2


def test_on_a_phone_the_names_of_lanes_stand_above_and_all_fits() -> None:
    nodes = [Node(at, at // 2, "Pseudonymisation", "names, addresses, numbers") for at in range(8)]

    drawing = layout(nodes, [Link(0, 0, 2), Link(1, 5, 1)], columns=2, heads=True)

    assert drawing.width <= 390
    assert [text.words for text in lane_name(drawing.bands[0], "Storage and retrieval")] == ["Storage and retrieval"]


def _cross(one: Arrow, other: Arrow) -> bool:
    (levels, steeps), (other_levels, other_steeps) = _stretches(one), _stretches(other)
    return any(
        left < x < right and top < y < low
        for here, there in ((levels, other_steeps), (other_levels, steeps)) for y, left, right in here for x, top, low in there
    )  # fmt: skip


def _stretches(arrow: Arrow) -> tuple[list[tuple[float, ...]], list[tuple[float, ...]]]:
    """Level ones as y, left and right; steep ones as x, top and low."""
    pieces = list(pairwise(arrow.points))
    level = [(y, *sorted((x, to_x))) for (x, y), (to_x, to_y) in pieces if y == to_y]
    return level, [(x, *sorted((y, to_y))) for (x, y), (to_x, to_y) in pieces if x == to_x]
