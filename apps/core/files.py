"""Files that people take away."""

import re

from django.http import HttpResponse
from django.utils.http import content_disposition_header

# How a cell begins that a spreadsheet would take for a formula.
GUARDED = ("=", "+", "-", "@", "\t", "\r")
# Tells spreadsheets that a CSV file is UTF-8.
UTF8_MARK = b"\xef\xbb\xbf"


def plain_name(title: str) -> str:
    """A title as the name of a file on any system."""
    return re.sub(r'[\\/:*?"<>|\x00-\x1f]+', " ", title).strip()[:80] or "scope"


def attachment(content: bytes, name: str, content_type: str) -> HttpResponse:
    """An answer that is kept as a file of this name, whatever letters are in it."""
    disposition = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return HttpResponse(content, content_type=content_type, headers={"Content-Disposition": disposition})


def guarded(words: str) -> str:
    """With an apostrophe in front where a spreadsheet would see a formula."""
    return f"'{words}" if words.startswith(GUARDED) else words
