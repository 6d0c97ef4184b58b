"""The renderer: what it lets in, what it puts into the file, and what it costs at most."""

import re
import subprocess
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from apps.exports import child
from apps.exports.pdf import Attached, render_in_child

NAMES = "Søren Łukasz O’Brien דוד أحمد 🙂 李雷 ≥"
FONTS = '"Source Serif 4", Inter, "Noto Sans Arabic", "Noto Sans Hebrew", "Noto Emoji"'
PAGE = """<!doctype html><html lang="en"><head><title>Names</title><style>body {{ font-family: {fonts} }}
code {{ font-family: "IBM Plex Mono" }}</style></head><body><h1>Names</h1>{body}</body></html>"""
IDENTIFIER = b"0123456789abcdef"


def page(body: str) -> str:
    return PAGE.format(fonts=FONTS, body=body)


def render(html: str, **more: object) -> bytes:
    return render_in_child(html, **{"assets": {}, "attachments": [], "identifier": IDENTIFIER, **more})


def asked(command: str, pdf: bytes, tmp_path: Path, *more: str) -> str:
    file = tmp_path / "file.pdf"
    file.write_bytes(pdf)
    return subprocess.run([command, file, *more], capture_output=True, text=True, check=True).stdout


def test_names_of_all_kinds_are_printed_with_embedded_fonts_of_ours(tmp_path: Path) -> None:
    pdf = render(page(f"<p>{NAMES}</p><p><code>3f9ac07e</code></p>"))

    fonts = asked("pdffonts", pdf, tmp_path).splitlines()[2:]
    assert {re.sub(r"^.*?\+", "", line.split()[0]).rstrip(",") for line in fonts} >= {
        "Source-Serif-4", "Noto-Sans-Arabic", "Noto-Sans-Hebrew", "Noto-Emoji", "IBM-Plex-Mono",
    }  # fmt: skip
    assert all(line.split()[-5:-2] == ["yes", "yes", "yes"] for line in fonts)
    words = asked("pdftotext", pdf, tmp_path, "-")
    assert [name for name in ("Søren", "Łukasz", "O’Brien", "דוד", "🙂") if name not in words] == []


def test_the_same_input_gives_the_same_bytes() -> None:
    attached = [Attached("scope.json", "The data", b"{}", datetime(2026, 12, 2, tzinfo=UTC))]

    first, second = (render(page("<p>Text</p>"), attachments=attached) for _ in range(2))

    assert first == second


def test_the_file_claims_archive_and_accessibility_and_carries_its_data(tmp_path: Path) -> None:
    attached = [Attached("scope.json", "The data", b'{"number":1}', datetime(2026, 12, 2, tzinfo=UTC))]

    pdf = render(page('<p><a href="https://scope.example/">A link</a></p>'), attachments=attached)

    info = asked("pdfinfo", pdf, tmp_path, "-meta")
    assert 'pdfaid:part="3"' in info.replace("'", '"')
    assert "<pdfuaid:part>1</pdfuaid:part>" in info
    assert "Tagged:          yes" in asked("pdfinfo", pdf, tmp_path)
    subprocess.run(["pdfdetach", "-saveall", "-o", tmp_path, tmp_path / "file.pdf"], check=True, capture_output=True)
    assert (tmp_path / "scope.json").read_bytes() == b'{"number":1}'


@pytest.mark.parametrize(
    "bait",
    [
        '<link rel="attachment" href="file:///etc/passwd">',
        '<img src="file:///etc/passwd" alt="">',
        '<img src="http://127.0.0.1:1/x.png" alt="">',
        '<link rel="stylesheet" href="asset:other.css">',
        '<p style="background: url(ftp://127.0.0.1/x)">',
    ],
)
def test_nothing_but_named_assets_is_ever_fetched(bait: str) -> None:
    with pytest.raises(child.ChildFailed) as refused:
        render(page(bait))

    assert "The document asks for" in refused.value.report


def test_named_assets_are_served_from_memory() -> None:
    styled = render(
        page('<link rel="stylesheet" href="asset:a.css"><p>Text</p>'), assets={"a.css": b"p { color: red }"}
    )

    assert styled != render(page("<p>Text</p>"))


def test_a_warning_of_the_renderer_fails_the_document() -> None:
    with pytest.raises(child.ChildFailed, match="unknown property"):
        render(page('<p style="foo: bar">Text</p>'))


def test_letters_that_no_font_has_become_boxes_and_control_characters_nothing(tmp_path: Path) -> None:
    pdf = render(page("<p>One\x0btwo\x01 \x1bthree\x7f \uf8ff four\ufffe</p>"))

    assert "One two three □ four" in asked("pdftotext", pdf, tmp_path, "-")


def test_a_bomb_is_stopped_by_the_clock() -> None:
    bomb = "".join('<div style="display: flex">' for _ in range(18)) + "x" + "</div>" * 18
    started = time.monotonic()

    with pytest.raises(child.ChildFailed):
        render(page(bomb), limits=child.Limits(cpu=3, wall=6))

    assert time.monotonic() - started < 10


def test_a_document_that_wants_too_much_memory_is_stopped() -> None:
    with pytest.raises(child.ChildFailed):
        render(page("<p>Text</p>" * 20_000), limits=child.Limits(memory=200 * 1024**2))


def test_missing_pango_is_said_with_the_command_to_type(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "weasyprint.py").write_text("raise OSError('cannot load library pango')")

    with pytest.raises(child.ChildFailed, match="apt-get install libpango"):
        child.run(
            "apps.exports.pdf",
            b'{"html": "", "assets": {}, "attachments": [], "identifier": ""}',
            limits=child.Limits(),
            environment={"PYTHONPATH": str(tmp_path)},
        )
