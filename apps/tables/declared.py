"""A register is declared, not coded: forms, tables, import, export, snapshot and findings come from this."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from apps.tables.columns import Column, Values

Check = Callable[[Values, date], bool]
Draw = Callable[[Values], str]


@dataclass(frozen=True)
class Rule:
    """Something that a careful reviewer would say of a row: `breaks` is true when it applies.

    `message` has `%(name)s`, the row's name; `column` is the field that mends it.
    """

    id: str
    level: str
    column: str
    message: Any
    why: Any
    breaks: Check


@dataclass(frozen=True)
class Known:
    """An entry of a catalog: adding it fills `values`; `says` explains it in a sentence, `refs` where standards and the
    law speak of it."""

    id: str
    name: str
    group: str
    note: str
    values: Values
    says: str = ""
    refs: str = ""

    @property
    def words(self) -> str:
        """What a search looks through, in small letters."""
        held = (self.name, self.group, self.says, self.note, self.refs, *self.values.values())
        return " ".join(map(str, held)).lower()


@dataclass(frozen=True)
class Gate:
    """A moment before which rows must have something: which rows wait at it, and the columns that one still lacks."""

    title: Any
    about: Any
    waits: Callable[[Values], bool]
    wants: Callable[[Values], list[str]]


@dataclass(frozen=True)
class Elsewhere:
    label: Any
    url: str


@dataclass(frozen=True)
class Register:
    """A table of the scope. Its first column is always called `name` and says what a row is about.

    `section` is the part of the document under which it stands. Keys of registers, columns and choices are
    kept for ever: baselines and history speak of them.
    """

    key: str
    title: Any
    singular: Any
    add: Any
    about: Any
    section: str
    columns: tuple[Column, ...]
    rules: tuple[Rule, ...] = ()
    missing: tuple[str, str, Any, Any] | None = None
    """What is said while it is empty: rule, level, message, why."""
    rests: Callable[[Values], bool] | None = None
    """True for a row that nothing is asked of any more."""
    silent: Callable[[Values], bool] | None = None
    """True for a row of the catalog of which nobody has said anything yet: the document only counts it, with
    `silent_words` (an `ngettext_lazy` of `n`)."""
    silent_words: Any = ""
    letter: str = ""
    """What its rows are numbered with: S1, S2."""
    known: Callable[[], tuple[Known, ...]] | None = None
    edition: Callable[[], str] | None = None
    catalog_note: Any = ""
    """What adding an entry of the catalog copies, and what it leaves to the person."""
    one_by_one: bool = False
    """Entries of the catalog are chosen each for itself, never all at once."""
    help_page: str = ""
    """Name of the address of a page that helps with it, and the words of the link to it."""
    help_words: Any = ""
    gate: Gate | None = None
    sheet: Any = ""
    """The group of columns that the document folds away on a screen."""
    advice: Callable[[Values], str] | None = None
    """What there is to say about the values of a row, in words; nothing when it is empty."""
    links_call_it: str = ""
    """What links call its rows, when it is not the register's key."""
    settles: Callable[[Values, Values], Values] | None = None
    """What becomes of values that go from the first to the second, where one field follows from another."""
    together: tuple[str, ...] = ()
    """Columns that say something only with each other: a cell of one asks for the others that are empty."""
    refuses: Callable[[Values], str] | None = None
    """Why these values cannot stand together, as a sentence; empty when they can."""
    sums: Callable[[Sequence[Mapping[str, Any]]], str] | None = None
    """What its rows come to together, as a sentence; empty when there is nothing to add up."""
    figure: tuple[Any, Draw] | None = None
    """A column that is reckoned from the others: its head, and its cell as safe HTML."""
    speaks: Callable[[Any, Any], list[Any]] | None = None
    """The findings of a row of a project, where they do not come from `rules`."""
    reads: Callable[[str], Values] | None = None
    """What a sentence says, so that lines of sentences can be pasted as well as cells."""

    elsewhere: Callable[[Any], "Elsewhere"] | None = None
    """The page of a project that shows these rows in their own way."""

    @property
    def model(self) -> Any:
        """Whose entries its rows are."""
        return _models[self.key]

    @property
    def live(self) -> str:
        """What is called out when a row changed."""
        return f"{self.model.NOUN}s:changed"

    @cached_property
    def owner(self) -> Column | None:
        """Whose words lead to the member who answers for a row."""
        return self.by_key.get("owner")

    @cached_property
    def by_key(self) -> dict[str, Column]:
        return {column.key: column for column in self.columns}

    @cached_property
    def in_table(self) -> list[Column]:
        """The columns that one edits in place; the others are in the row's own form."""
        return [column for column in self.columns if column.width]

    @cached_property
    def on_paper(self) -> list[Column]:
        return sorted((column for column in self.columns if column.paper), key=lambda column: column.paper)

    @cached_property
    def below(self) -> list[Column]:
        """What the document's table has no column for."""
        return [column for column in self.columns if not column.paper and not column.within]

    @cached_property
    def asked(self) -> set[str]:
        """What every row has to say before sign-off."""
        return {column.key for column in self.columns if column.required}

    @cached_property
    def linked(self) -> set[str]:
        """The kinds of things that its links lead to."""
        return {column.to for column in self.columns if column.to}


_registers: dict[str, Register] = {}
_models: dict[str, Any] = {}
_linked: dict[str, Register] = {}


def declare(register: Register, model: Any) -> Register:
    """`model` is the kind of `Entry` that its rows are."""
    assert register.columns[0].key == "name"
    _registers[register.key] = _linked[register.links_call_it or register.key] = register
    _models[register.key] = model
    return register


def tables() -> list[Register]:
    """All of them, in the order in which they were declared."""
    return list(_registers.values())


def register(key: str) -> Register:
    """Raises KeyError when nobody declared it."""
    return _registers[key]


def linked(kind: str) -> Register:
    """To whose rows links of this kind lead."""
    return _linked[kind]
