from decimal import Decimal

import pytest

from apps.results.formula import Unreadable, read, result
from apps.results.templatetags.results import amount

DRAFTS = "4.8 min less for a reply × 3,350 replies a month × 12 months ÷ 60 min in an hour × 46 € an hour"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (DRAFTS, "147936.00"),
        (DRAFTS.replace(" × ", "\n× ").replace(" ÷ ", "\n÷ "), "147936.00"),
        (DRAFTS.replace(" ÷ ", "\n/ ").replace(" × ", " * "), "147936.00"),
        ("55 % of 3,350", "0.55"),
        ("55 % are used × 200 €", "110.00"),
        ("3 350 replies", "3350.00"),
        ("1.234,5 Stunden", "1234.50"),
        ("1,234.5 hours", "1234.50"),
        ("12,8 min", "12.80"),
        ("0,125 h x 8", "1.00"),
        ("2 people\r\n3 weeks\r\n", "6.00"),
        ("-2 seats × 3", "-6.00"),
        ("10 € / 3", "3.33"),
        ("24 €/agent × 14 agents", "336.00"),
        ("5 s ÷ 1", "5.00"),
    ],
)
def test_what_a_formula_adds_up_to(text, value):
    assert result(read(text)) == Decimal(value)


def test_factors_keep_their_words():
    first, second = read("4.8 min less for a reply\n÷ 60 min in an hour")

    assert (first.sign, str(first.value), first.words) == ("×", "4.8", "min less for a reply")
    assert (second.sign, str(second.value), second.words) == ("÷", "60", "min in an hour")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "at least one number"),
        ("hours saved", "begin with a number"),
        ("5 h\nreplies a month", "“replies a month”: begin with a number"),
        ("5 h ÷ 0", "divided by zero"),
        ("÷ 0 %", "divided by zero"),
        ("1/2 h", "one number"),
        ("20–30 h", "one number"),
        ("20 to 30 h", "one number"),
        ("1.2.3.4 h", "not a number"),
        ("9999999999999 h", "not a number to compute with"),
        ("999999999 h × 999999999 €", "out of bounds"),
        ("\n".join(["1 h"] * 13), "More than 12 factors"),
    ],
)
def test_what_cannot_be_computed_says_why(text, why):
    with pytest.raises(Unreadable, match=why):
        result(read(text))


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (Decimal("147936.00"), "€", "147,936\N{NO-BREAK SPACE}€"),
        (Decimal("99.50"), "€", "99.5\N{NO-BREAK SPACE}€"),
        (Decimal("10"), "", "10"),
        ("4.100", "", "4.1"),
        ("0", "%", "0\N{NO-BREAK SPACE}%"),
        (None, "h", ""),
    ],
)
def test_amounts_are_shown_as_people_write_them(value, unit, shown):
    assert amount(value, unit) == shown
