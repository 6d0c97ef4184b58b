import io
import zipfile
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from apps.core import cells
from apps.registers import exporting
from apps.tables import actions, columns
from apps.tables.columns import Column, Refused
from apps.tables.declared import register
from apps.tables.enums import Kind
from apps.tables.merging import merge

CHOICE = Column("state", "State", kind=Kind.CHOICE, choices=(("not asked", "not asked"), ("there", "there")))


@pytest.mark.parametrize(
    ("kind", "raw", "value"),
    [
        (Kind.NUMBER, "0,95", "0.95"),
        (Kind.NUMBER, "1.234,50", "1234.5"),
        (Kind.NUMBER, "1,234.50", "1234.5"),
        (Kind.NUMBER, "12\N{NO-BREAK SPACE}000 %", "12000"),
        (Kind.NUMBER, "−3", "-3"),
        (Kind.NUMBER, 7, "7"),
        (Kind.DAY, "31.1.2027", "2027-01-31"),
        (Kind.DAY, "31 January 2027", "2027-01-31"),
        (Kind.DAY, "2027-01-31 00:00:00", "2027-01-31"),
        (Kind.YES_NO, "X", True),
        (Kind.YES_NO, "nein", False),
        (Kind.TEXT, " two\nlines ", "two lines"),
        (Kind.LONG, "two\r\nlines", "two\nlines"),
        (Kind.TEXT, "  ", None),
    ],
)
def test_what_people_type_is_understood(kind, raw, value):
    assert columns.read(Column("x", "X", kind=kind, unit="%"), raw) == value


@pytest.mark.parametrize(
    ("kind", "raw"),
    [
        (Kind.NUMBER, "many"), (Kind.NUMBER, "NaN"), (Kind.NUMBER, "1e999"), (Kind.NUMBER, "9" * 20),
        (Kind.DAY, "31.2.2027"), (Kind.DAY, "9999-01-01"), (Kind.YES_NO, "perhaps"), (Kind.TEXT, "x" * 301),
        (Kind.LINK, "nothing like it"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_with_a_sentence(kind, raw):
    with pytest.raises(Refused, match=r"\.$"):
        columns.read(Column("x", "X", kind=kind), raw)


def test_a_choice_is_known_by_its_words_in_any_case():
    assert columns.read(CHOICE, "NOT  asked") == "not asked"


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=4))
def test_a_number_survives_being_shown_and_typed_again(number):
    column = Column("x", "X", kind=Kind.NUMBER)

    value = columns.read(column, str(number))

    assert Decimal(str(value)) == number
    assert columns.read(column, columns.typed(column, value)) == value


@pytest.mark.parametrize(
    ("text", "grid"),
    [
        ("a\tb\nc\td", [["a", "b"], ["c", "d"]]),
        ('a\t"two\nlines"\nc\td', [["a", "two\nlines"], ["c", "d"]]),
        ("a;b\nc;d", [["a", "b"], ["c", "d"]]),
        ("a,b\nc,d", [["a", "b"], ["c", "d"]]),
        ("one line, with a comma\nanother", [["one line, with a comma"], ["another"]]),
        ("a\tb\t\n\n\nc", [["a", "b"], ["c", ""]]),
        ('lone " quote\tb', [['lone " quote', "b"]]),
        ("| a | b |\n| --- | :-: |\n| c\\|d | |\n", [["a", "b"], ["c|d", ""]]),
        ("| a | b |\nand a sentence | with a line", [["| a | b |"], ["and a sentence | with a line"]]),
        ("", []),
    ],
)
def test_a_block_of_cells_is_read(text, grid):
    assert cells.from_text(text) == grid


words = st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\0\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"), max_size=12)  # fmt: skip


@given(st.lists(st.lists(words.map(str.strip).filter(bool), min_size=2, max_size=4), min_size=1, max_size=5))
def test_a_block_written_can_be_read_again(rows):
    width = max(map(len, rows))
    grid = [row + [""] * (width - len(row)) for row in rows]

    assert cells.from_text(cells.as_text(grid)) == grid


values = st.dictionaries(st.sampled_from("abc"), st.one_of(st.none(), st.sampled_from(["x", "y", True, False])))


@given(values, values, values)
def test_no_field_is_lost_or_made_up(base, sent, now):
    base, now = ({key: value for key, value in one.items() if value is not None} for one in (base, now))

    merged = merge(base, sent, now)

    clashing = {clash.key for clash in merged.clashes}
    for key in "abc":
        mine, theirs, then = sent.get(key, base.get(key)), now.get(key), base.get(key)
        if key in clashing:
            assert mine not in (then, theirs)
            assert theirs != then
            assert merged.values.get(key) == theirs
        else:
            assert merged.values.get(key) == (mine if mine != then else theirs)


@given(values, values)
def test_without_others_what_was_sent_is_what_stands(base, sent):
    base = {key: value for key, value in base.items() if value is not None}

    merged = merge(base, sent, base)

    assert merged.clashes == []
    assert merged.values == {key: value for key, value in {**base, **sent}.items() if value is not None}


@pytest.mark.parametrize("raw", ["1e309", "-1e9999999", "1e-9999999", "1000000000000", "0.0000000001"])
def test_numbers_out_of_all_bounds_are_refused(raw):
    with pytest.raises(Refused, match="out of bounds"):
        columns.read(Column("share", "Share", kind=Kind.NUMBER), raw)


@pytest.mark.parametrize(
    ("part", "before", "inside", "times"),
    [
        ("xl/styles.xml", b"</cellXfs>", b"<xf/>", 100_000),
        ("xl/worksheets/sheet1.xml", b"</row>", b"<c><v>1</v></c>", 400_000),
    ],
)
def test_a_small_workbook_that_costs_minutes_is_not_read(monkeypatch, part, before, inside, times):
    monkeypatch.setattr("openpyxl.load_workbook", lambda *args, **kwargs: pytest.fail("It was read."))
    book, bomb = io.BytesIO(), io.BytesIO()
    sheet = Workbook()
    sheet.active.append(["Name"])
    sheet.save(book)
    with zipfile.ZipFile(book) as whole, zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as made:
        for name in whole.namelist():
            more = inside * times if name == part else b""
            made.writestr(name, whole.read(name).replace(before, more + before, 1))

    with pytest.raises(cells.Unreadable, match="unpacks to more"):
        cells.from_file("a.xlsx", bomb.getvalue())


@pytest.mark.django_db
def test_a_workbook_is_made_of_words_with_signs_that_xml_lacks(project, host):
    actions.add_row(project, "metrics", values={"name": "Two\x0blines \ufffe \x1f=1+1 🐟"}, by=host.user)

    data = exporting.exported(project, register("metrics"), "xlsx")

    assert cells.from_file("a.xlsx", data)[1][0].split() == ["Two", "lines", "=1+1", "🐟"]
