"""What the file says of what was known to be missing."""

from datetime import UTC, datetime

from bs4 import BeautifulSoup

from apps.exports.document import Record, document
from apps.scope.snapshot import canonical, snapshot
from tests.pages import text

WAIVER = {"name": "Maja Lindqvist", "reason": "Karin settles it.", "at": "2026-11-20T10:00:00Z"}


def printed(project, *findings):
    found = snapshot(
        project, number=1, frozen_at=datetime(2026, 11, 22, tzinfo=UTC), frozen_by="Maja", decision="A pilot.",
        findings=[{"rule": "r", "section": "data", "waiver": None, **finding} for finding in findings],
    )  # fmt: skip
    page = BeautifulSoup(document(found, canonical(found), Record()).html, "html.parser")
    return {head.text: text(head.find_next_sibling("ul")) for head in page.select("h3") if head.find_next_sibling("ul")}


def test_what_was_set_aside_is_printed_with_name_reason_and_last_day(project):
    said = printed(
        project,
        {"level": "blocker", "message": "No legal basis", "waiver": WAIVER | {"until": "2027-01-15"}},
        {"level": "warning", "message": "Open comments: 5.", "waiver": WAIVER | {"until": ""}},
        {"level": "blocker", "message": "No sponsor"},
    )

    assert said["Findings that block sign-off"] == (
        "No legal basis Waived: “Karin settles it.” Maja Lindqvist, 20 Nov 2026, until 15 Jan 2027 No sponsor Open"
    )
    assert (
        said["Set aside with a reason"] == "Open comments: 5. Waived: “Karin settles it.” Maja Lindqvist, 20 Nov 2026"
    )


def test_a_baseline_from_before_levels_were_kept_is_printed(project):
    said = printed(project, {"message": "No legal basis", "waiver": WAIVER})

    assert said == {
        "Findings that block sign-off": "No legal basis Waived: “Karin settles it.” Maja Lindqvist, 20 Nov 2026"
    }
