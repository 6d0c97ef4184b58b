"""Files that people take away."""

import re


def plain_name(title: str) -> str:
    """A title as the name of a file on any system."""
    return re.sub(r'[\\/:*?"<>|\x00-\x1f]+', " ", title).strip()[:80] or "scope"
