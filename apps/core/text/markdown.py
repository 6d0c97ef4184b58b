"""Markdown that people wrote, as HTML that pages and paper can carry safely."""

import re
from collections.abc import Iterator

import nh3
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.token import Token

MOST_ROWS = 200
# The longest section, set lavishly, has some 20,000 signs; a text of signs alone costs seconds.
MOST_SIGNS = 30_000
SIGNS = re.compile(r"[\[\]*_`<>&\\|\n]")
TAGS = {
    "p", "ul", "ol", "li", "em", "strong", "code", "pre", "a", "h3", "h4", "h5", "blockquote", "br",
    "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
SCHEMES = {"http", "https", "mailto"}
FROM_RIGHT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
DIRECTED = ("ul", "ol", "blockquote")

# The sign of a list as people type it who never heard of Markdown.
BULLET = re.compile(r"^([ \t]*)[•◦▪‣·●–](?=[ \t]+\S)", re.MULTILINE)

_parser = (
    MarkdownIt("commonmark", {"html": False, "linkify": False, "breaks": True}).enable("table").disable(["image", "hr"])
)


def render(text: str) -> SafeString:
    """CommonMark with tables as HTML from a short list of elements.

    A line ends where its writer ended it, and a line that begins with • is one of a list.

    Raw HTML is shown as written. Headings start at h3 and skip no level, because the document
    has the first two. Links hold plain text and lead to http, https or mailto addresses only.
    A table shows its first `MOST_ROWS` rows and says how many more there are.
    A text that would take too long, or nests too deep to be set whole, is shown as written and says so.
    """
    tokens = _parsed(text)
    if tokens is None:
        return _as_written(text)
    _level_headings(tokens)
    _flatten_links(tokens)
    if FROM_RIGHT.search(text):
        _direct(tokens)
    html = _parser.renderer.render(_capped(tokens), _parser.options, {})
    return mark_safe(_cleaned(html))  # noqa: S308


def plain(text: str) -> str:
    """The words alone, one block a line."""
    tokens = _parsed(text)
    if tokens is None:
        return text.strip()
    blocks = (_text_of(token) for token in tokens if token.type in ("inline", "fence", "code_block"))
    return "\n".join(block for block in blocks if block)


def weight(text: str) -> int:
    """What reading `text` as Markdown costs, in signs and table cells; both are cheap to count."""
    rows = [row.count("|") for row in text.splitlines() if "|" in row]
    return len(SIGNS.findall(text)) + len(rows) * max(rows, default=0)


def _parsed(text: str) -> list[Token] | None:
    """The blocks of `text`; None when it is too heavy to read, or deeper than the parser goes."""
    if weight(text) > MOST_SIGNS:
        return None
    tokens = _parser.parse(BULLET.sub(r"\1-", text))
    # The parser leaves out what stands deeper than this, without a word.
    deepest = max((token.level for token in tokens if token.nesting == 1), default=0)
    return tokens if deepest + 1 < _parser.options["maxNesting"] else None


def _as_written(text: str) -> SafeString:
    note = escape(_("This text is shown as written: it has more signs or levels than can be set."))
    blocks = re.split(r"\n\s*\n", escape(text.strip()))
    lines = "</p><p>".join(blocks).replace("\n", "<br />\n")
    return mark_safe(f"<p><em>{note}</em></p>\n<p>{lines}</p>\n")  # noqa: S308


def _text_of(token: Token) -> str:
    return "".join(_words(token.children)) if token.children else token.content.rstrip("\n")


def _words(children: list[Token]) -> Iterator[str]:
    for child in children:
        yield " " if child.type in ("softbreak", "hardbreak") else child.content


def _cleaned(html: str) -> str:
    return nh3.clean(
        html,
        tags=TAGS,
        attributes={"a": {"href"}, "ol": {"start", "dir"}, "ul": {"dir"}, "blockquote": {"dir"}, "th": {"scope"}},
        attribute_filter=_absolute_links,
        url_schemes=SCHEMES,
        link_rel="nofollow noopener noreferrer",
    )


def _absolute_links(tag: str, attribute: str, value: str) -> str | None:
    if attribute != "href":
        return value
    return value if value.split(":", 1)[0].lower() in SCHEMES and ":" in value else None


def _direct(tokens: list[Token]) -> None:
    """A Hebrew list has its marks on the right. Paragraphs and cells find their own side by their style."""
    for token in tokens:
        if token.nesting == 1 and token.tag in DIRECTED:
            token.attrSet("dir", "auto")


def _level_headings(tokens: list[Token]) -> None:
    headings = [token for token in tokens if token.type in ("heading_open", "heading_close")]
    ranks = sorted({token.tag for token in headings})
    last = 2
    for opening, closing in zip(headings[::2], headings[1::2], strict=True):
        last = min(3 + ranks.index(opening.tag), last + 1, 5)
        opening.tag = closing.tag = f"h{last}"


def _flatten_links(tokens: list[Token]) -> None:
    """Tagged PDF wants a link to hold text and nothing else."""
    for token in tokens:
        if token.type == "th_open":
            token.attrs = {"scope": "col"}
        if token.children:
            token.children = list(_links_flat(token.children))


def _links_flat(children: list[Token]) -> Iterator[Token]:
    inside = False
    for child in children:
        inside = (inside or child.type == "link_open") and child.type != "link_close"
        if not inside or child.type in ("link_open", "text", "softbreak"):
            yield child
        elif child.content:
            yield Token("text", "", 0, content=child.content)


def _capped(tokens: list[Token]) -> list[Token]:
    kept: list[Token] = []
    rows = 0
    for token in tokens:
        rows = 0 if token.type == "table_open" else rows + (token.type == "tr_open")
        if rows <= MOST_ROWS + 1 or token.type in ("tbody_close", "table_close"):
            kept.append(token)
        if token.type == "table_close" and rows > MOST_ROWS + 1:
            kept += _note(_("… and %(count)d more rows.") % {"count": rows - MOST_ROWS - 1})
        rows = 0 if token.type == "table_close" else rows
    return kept


def _note(sentence: str) -> list[Token]:
    text = Token("inline", "", 0, content=sentence, children=[Token("text", "", 0, content=sentence)])
    return [Token("paragraph_open", "p", 1, block=True), text, Token("paragraph_close", "p", -1, block=True)]
