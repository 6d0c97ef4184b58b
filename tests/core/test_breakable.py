"""A word that no column holds may break; ordinary words stay as they are."""

import pytest
from django.template import Context, Template

LONG = "x" * 40


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ""),
        ("Rechtsschutzversicherungsverein", "Rechtsschutzversicherungsverein"),
        (f"<b> & {LONG}, so", f'&lt;b&gt; &amp; <span class="long-word">{LONG},</span> so'),
        (f"<{LONG}>", f'<span class="long-word">&lt;{LONG}&gt;</span>'),
    ],
)
def test_only_a_very_long_word_may_break(text, found):
    assert Template("{{ text|breakable }}").render(Context({"text": text})) == found
