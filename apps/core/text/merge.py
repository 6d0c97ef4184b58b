"""What becomes of a text that two people changed at the same time."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from .align import align
from .tokens import OPENERS, Unit, ends_unspaced, is_wordlike, normalise, sentences, words

LEAST_KEPT = 0.4
# How far a sentence may have moved to be known again.
NEAR = 3


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of the merged text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """Words that two people changed differently: `saved` stands in the text at `start`, `other` beside it."""

    start: int
    end: int
    saved: str
    other: str
    base: str


@dataclass(frozen=True, slots=True)
class Merged:
    """The text, what it could not take in, and the passages where words of two people were woven together."""

    text: str
    conflicts: tuple[Conflict, ...] = ()
    woven: tuple[Passage, ...] = ()


@dataclass(slots=True)
class _Piece:
    """Text for the result; `before` is the white space that should part it from what comes before."""

    body: str
    before: str = ""
    after: str = ""
    left: str = ""
    conflict: tuple[str, str] | None = None
    woven: bool = False


@dataclass(slots=True)
class _Sides:
    """One stretch that lies between two places where all three texts agree."""

    base: list[Unit]
    mine: list[Unit]
    theirs: list[Unit]
    ahead: list[_Piece] = field(default_factory=list)
    behind: list[_Piece] = field(default_factory=list)


def merge(base: str, mine: str, theirs: str) -> Merged:
    """Three-way merge of prose: by sentences, then by words inside the sentences that both touched.

    `base` is the text that `mine` was written from, `theirs` what has been saved since. Where both changed
    the same words, deleted what the other changed, or rewrote most of a sentence that the other touched,
    `theirs` stays in the text and `mine` is returned beside it as a `Conflict` of whole sentences. Where both
    inserted at one place both are kept, `theirs` first. The same change made twice is made once. Line ends
    become newlines.

    No word is lost: each word that either side wrote is in the text or in a conflict, unless its own
    writer deleted it. Which words survive does not depend on who saved first.

    Never raises. Time is bounded for any input: see `align`. A stretch too different to align within its budget
    counts as rewritten, so the answer gets coarser (a larger conflict) rather than late.

    Method: diff3 (Khanna, Kunal, Pierce 2007, "A formal investigation of diff3") on sentence units, white
    space merged beside them; a second diff3 on words resolves a stretch only if no word conflicts.
    """
    base, mine, theirs = normalise(base), normalise(mine), normalise(theirs)
    if mine in (base, theirs):
        return Merged(theirs)
    if theirs == base:
        return Merged(mine)
    pieces = _merge_units(sentences(base), sentences(mine), sentences(theirs), _by_words)
    return _joined(pieces, "\n\n" if not base.strip() else " ", _edges(base, mine, theirs))


def _merge_units(
    base: list[Unit], mine: list[Unit], theirs: list[Unit], settle: Callable[[_Sides], list[_Piece]]
) -> list[_Piece]:
    in_mine = dict(align(_bodies(base), _bodies(mine)))
    in_theirs = dict(align(_bodies(base), _bodies(theirs)))
    pieces: list[_Piece] = []
    at = (0, 0, 0)
    for i in [*sorted(in_mine.keys() & in_theirs.keys()), len(base)]:
        j, k = in_mine.get(i, len(mine)), in_theirs.get(i, len(theirs))
        pieces += _stretch(_Sides(base[at[0] : i], mine[at[1] : j], theirs[at[2] : k]), settle)
        if i < len(base):
            pieces.append(_agreed(base[i], mine[j], theirs[k]))
        at = (i + 1, j + 1, k + 1)
    return pieces


def _stretch(sides: _Sides, settle: Callable[[_Sides], list[_Piece]]) -> list[_Piece]:
    _set_aside_equal_ends(sides)
    base, mine, theirs = _bodies(sides.base), _bodies(sides.mine), _bodies(sides.theirs)
    if mine == base:
        middle = _taken(sides.theirs, sides)
    elif theirs == base:
        middle = _taken(sides.mine, sides)
    elif mine == theirs:
        middle = []  # the same change: what both wrote was set aside
    elif not base:
        middle = _pieces(sides.theirs) + _pieces(sides.mine)
    else:
        middle = settle(sides)
    return sides.ahead + middle + sides.behind


def _taken(changed: list[Unit], sides: _Sides) -> list[_Piece]:
    """The words of the one side that changed them; a paragraph that the other side split there stays split."""
    pieces = _pieces(changed)
    if pieces and sides.base:
        pieces[0].before = _agreed(sides.base[0], sides.mine[0], sides.theirs[0]).before
    return pieces


def _set_aside_equal_ends(sides: _Sides) -> None:
    """What both wrote alike is written once."""
    if _bodies(sides.mine) == _bodies(sides.base) or _bodies(sides.theirs) == _bodies(sides.base):
        return
    while sides.mine and sides.theirs and sides.mine[0].body == sides.theirs[0].body:
        sides.mine.pop(0)
        sides.ahead.append(_piece(sides.theirs.pop(0)))
    while sides.mine and sides.theirs and sides.mine[-1].body == sides.theirs[-1].body:
        sides.mine.pop()
        sides.behind.insert(0, _piece(sides.theirs.pop()))


def _by_words(sides: _Sides) -> list[_Piece]:
    """Sentences that both changed: woven by words where that is clean, else kept twice."""
    if len(sides.base) > 1 and _pairs_up(sides):
        triples = zip(sides.base, sides.mine, sides.theirs, strict=True)
        return [piece for b, m, t in triples for piece in _stretch(_Sides([b], [m], [t]), _by_words)]
    woven = _weave(sides)
    if woven is None:
        return [_conflict(sides)]
    return [woven]


def _pairs_up(sides: _Sides) -> bool:
    """Whether each sentence is still recognisable in its place in both texts, so that they can be settled one by one."""
    if not len(sides.base) == len(sides.mine) == len(sides.theirs):
        return False
    base = [words(unit.body) for unit in sides.base]
    return all(
        _in_place(base, index, words(side[index].body))
        for side in (sides.mine, sides.theirs)
        for index in range(len(base))
    )


def _in_place(base: list[list[Unit]], index: int, other: list[Unit]) -> bool:
    """Whether `other` comes from the sentence at `index` rather than from one beside it: where somebody took out a
    sentence and put in another, as many stand there as before, but each in a neighbour's place."""
    if _kept(base[index], other) <= LEAST_KEPT:
        return False
    there = Counter(_bodies(other))
    shared = [_shared(unit, there) for unit in base[max(0, index - NEAR) : index + 1 + NEAR]]
    return max(shared) == shared[min(index, NEAR)]


def _shared(base: list[Unit], there: Counter[str]) -> float:
    """How much of their words two texts share, in any order, 0 to 1 (Dice 1945, "Measures of the amount of ecologic association")."""
    return 2 * (Counter(_bodies(base)) & there).total() / ((len(base) + there.total()) or 1)


def _weave(sides: _Sides) -> _Piece | None:
    if not sides.mine or not sides.theirs:
        return None
    base, mine, theirs = (words(_span(side)) for side in (sides.base, sides.mine, sides.theirs))
    if min(_kept(base, mine), _kept(base, theirs)) < LEAST_KEPT:
        return None
    try:
        merged = _joined(_merge_units(base, mine, theirs, _refuse), "", ("", ""))
    except _Clash:
        return None
    first = _agreed(sides.base[0], sides.mine[0], sides.theirs[0])
    return _Piece(merged.text, first.before, sides.theirs[-1].after, first.left, woven=True)


def _conflict(sides: _Sides) -> _Piece:
    first = (sides.theirs or sides.base)[0]
    last = (sides.theirs or sides.base)[-1]
    texts = (_span(sides.mine), _span(sides.base))
    return _Piece(_span(sides.theirs), first.before, last.after, first.left, conflict=texts)


class _Clash(Exception):
    """Two people changed the same word."""


def _refuse(sides: _Sides) -> list[_Piece]:
    raise _Clash


def _kept(base: list[Unit], other: list[Unit]) -> float:
    """The share of the shorter text's words that stand in the other one too, in order, 0 to 1."""
    shorter = min(len(base), len(other))
    return len(align(_bodies(base), _bodies(other))) / shorter if shorter else 0.0


def _agreed(base: Unit, mine: Unit, theirs: Unit) -> _Piece:
    return _Piece(
        theirs.body,
        _chosen_before(base, mine, theirs),
        _chosen(base.after, mine.after, theirs.after),
        theirs.left,
    )


def _chosen_before(base: Unit, mine: Unit, theirs: Unit) -> str:
    """Only a unit that follows another one has a say; the first of a text stands at an edge."""
    before = base.before if base.left else None
    by_mine = mine.before if mine.left else before
    by_theirs = theirs.before if theirs.left else before
    if before is None:
        return max(by_mine or "", by_theirs or "", key=_size)
    return _chosen(before, by_mine or "", by_theirs or "")


def _size(gap: str) -> tuple[int, int, str]:
    return gap.count("\n"), len(gap), gap


def _chosen(base: str, mine: str, theirs: str) -> str:
    """White space is merged silently: a change wins, of two changes the larger gap."""
    if mine == base:
        return theirs
    if theirs == base:
        return mine
    return max(mine, theirs, key=_size)


def _joined(pieces: Sequence[_Piece], default: str, edges: tuple[str, str]) -> Merged:
    parts: list[str] = [edges[0]]
    length = len(edges[0])
    previous: _Piece | None = None
    conflicts, woven = [], []
    for piece in pieces:
        if previous and piece.body:
            gap = _gap(previous, piece, default)
            parts.append(gap)
            length += len(gap)
        start, end = length, length + len(piece.body)
        if piece.conflict:
            conflicts.append(Conflict(start, end, piece.body, *piece.conflict))
        if piece.woven:
            woven.append(Passage(start, end, piece.body))
        parts.append(piece.body)
        length = end
        previous = piece if piece.body else previous
    return Merged("".join([*parts, edges[1]]), tuple(conflicts), tuple(woven))


def _gap(previous: _Piece, piece: _Piece, default: str) -> str:
    if piece.before or piece.left == previous.body:
        return piece.before
    if default:
        return previous.after or ("" if piece.left and ends_unspaced(previous.body) else default)
    return " " if is_wordlike(piece.body) and not previous.body.endswith(OPENERS) else ""


def _edges(base: str, mine: str, theirs: str) -> tuple[str, str]:
    """The white space at both ends of the merged text."""
    texts = (base, mine, theirs)
    heads = [text[: len(text) - len(text.lstrip())] for text in texts]
    tails = ["" if not text.strip() else text[len(text.rstrip()) :] for text in texts]
    return _chosen(*heads), _chosen(*tails)


def _span(units: list[Unit]) -> str:
    return "".join(unit.before * (index > 0) + unit.body for index, unit in enumerate(units))


def _bodies(units: Iterable[Unit]) -> list[str]:
    return [unit.body for unit in units]


def _pieces(units: Iterable[Unit]) -> list[_Piece]:
    return [_piece(unit) for unit in units]


def _piece(unit: Unit) -> _Piece:
    return _Piece(unit.body, unit.before, unit.after, unit.left)
