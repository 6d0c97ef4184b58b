"""Seconds per page of our PDFs against a bare WeasyPrint run of the same HTML, in one process.

python bench/pdf.py [rows …]

"Bare" is WeasyPrint without tags, claims, attachments or warnings-as-errors; "ours" adds those; "child" is ours in a
process of its own with limits, as the worker runs it; "seal" is the signature on top. Medians of five runs.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("SECRET_KEY", "bench")

import django

django.setup()

from apps.exports import pdf, seal  # noqa: E402
from apps.exports.document import Record, document  # noqa: E402
from apps.scope.snapshot import canonical  # noqa: E402

os.environ.update(pdf.FONT_ENVIRONMENT)
import weasyprint  # noqa: E402

WORDS = (
    "Agents copy from a handbook and old replies. The median first response takes eleven hours, in spring thirty-one. "
)
ROW = {
    "title": "Median first response", "metric": "hours to the first answer", "unit": "h", "baseline": "11",
    "target": "4", "direction": "at_most", "due": None, "method": "ticket system report", "owner": "Maja Lindqvist",
}  # fmt: skip
RUNS = 5


def snapshot(rows: int) -> dict:
    return {
        "format": "scoperoom/1",
        "project": {"id": "bench", "title": "Reply drafts for support", "summary": WORDS, "organisation": "Norrwater AB"},
        "number": 1, "frozen_at": "2026-12-02T13:02:00Z", "frozen_by": "Maja Lindqvist", "decision": WORDS,
        "sections": [{"key": "objectives", "title": "Objectives", "content": {"objectives": [ROW] * rows}}],
        "findings": [],
    }  # fmt: skip


def in_turn(*works: Callable[[], bytes]) -> list[float]:
    """Median seconds of each, run in turn so that a busy moment of the machine hits all of them."""
    times: list[list[float]] = [[] for _ in works]
    for _ in range(RUNS):
        for place, work in enumerate(works):
            start = time.perf_counter()
            work()
            times[place].append(time.perf_counter() - start)
    return [statistics.median(each) for each in times]


def measure(rows: int, folder: Path) -> None:
    content = snapshot(rows)
    paper = document(content, canonical(content), Record(verify_url="https://scope.example/verify/"))
    order = {"assets": paper.assets, "attachments": paper.attachments, "identifier": paper.identifier}
    sheet = weasyprint.CSS(string=paper.assets["paper.css"].decode())
    bare_html = paper.html.replace('<link rel="stylesheet" href="asset:paper.css">', "")
    pages = len(weasyprint.HTML(string=bare_html).render(stylesheets=[sheet]).pages)

    made = pdf.render_in_child(paper.html, **order)
    bare, ours, child, sealing = in_turn(
        lambda: weasyprint.HTML(string=bare_html).write_pdf(stylesheets=[sheet]),
        lambda: pdf.render_pdf(paper.html, **order),
        lambda: pdf.render_in_child(paper.html, **order),
        lambda: seal.seal(made, folder=folder, organisation="Bench"),
    )
    print(
        f"{pages:4d} pages  bare {bare:6.2f} s ({bare / pages:.3f} s a page)  ours × {ours / bare:.2f}  "
        f"child × {child / bare:.2f} (+{child - ours:.2f} s)  seal {sealing * 1000:.0f} ms  {len(made) // 1024} kB"
    )


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as var:
        for count in [int(given) for given in sys.argv[1:]] or [10, 100, 300]:
            measure(count, Path(var) / "seal")
