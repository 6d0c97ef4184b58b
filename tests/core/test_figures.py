import pytest

from apps.core.figures import plain


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("1,200", "1200"), ("12,500,000", "12500000"), ("1,234.5", "1234.5"), ("1.234,5", "1234.5"), ("1 234,5", "1234.5"),
        ("0,125", "0.125"), ("4,5", "4.5"), ("4,50", "4.50"), ("1.2", "1.2"), ("\N{MINUS SIGN}3", "-3"), ("1200", "1200"),
        ("1,2,3", "1.2.3"), ("abc", "abc"),
    ],
)  # fmt: skip
def test_a_comma_before_three_digits_parts_thousands(written, read):
    assert plain(written) == read
