"""The seal: what it accepts, and every way of tampering that it must not."""

import json
import stat
import subprocess
import zlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from pyhanko.pdf_utils.generic import StreamObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer

from apps.exports import seal
from apps.exports.pdf import Attached, render_in_child

CANONICAL = json.dumps({"number": 2, "project": {"title": "Reply drafts"}}, separators=(",", ":")).encode()
HTML = '<!doctype html><html lang="en"><title>A</title><body><h1>Scope</h1><p>Text</p></body></html>'


@pytest.fixture(scope="module")
def plain() -> bytes:
    attached = [Attached("scope.json", "Data", CANONICAL, datetime(2026, 12, 2, tzinfo=UTC))]
    return render_in_child(HTML, assets={}, attachments=attached, identifier=b"0" * 16)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("var") / "seal"


@pytest.fixture(scope="module")
def sealed(plain: bytes, folder: Path) -> bytes:
    return seal.seal(plain, folder=folder, organisation="Norrwater AB")


def test_a_sealed_file_is_genuine_and_gives_its_fingerprint_back(sealed: bytes, folder: Path) -> None:
    verdict = seal.verify(sealed, folder=folder)

    assert verdict.state == seal.GENUINE
    assert verdict.fingerprint == sha256(CANONICAL).hexdigest()
    assert verdict.snapshot == {"project": "Reply drafts", "number": 2}


def test_an_independent_reader_finds_the_seal_valid_and_over_the_whole_file(sealed: bytes, tmp_path: Path) -> None:
    (tmp_path / "file.pdf").write_bytes(sealed)

    said = subprocess.run(["pdfsig", tmp_path / "file.pdf"], capture_output=True, text=True, check=False).stdout

    assert "Signature is Valid" in said
    assert "Total document signed" in said
    assert "ETSI.CAdES.detached" in said
    assert "O=Norrwater AB" in said


def test_sealing_keeps_the_claims_of_the_file(sealed: bytes, tmp_path: Path) -> None:
    (tmp_path / "file.pdf").write_bytes(sealed)

    said = subprocess.run(
        ["pdfinfo", "-meta", tmp_path / "file.pdf"], capture_output=True, text=True, check=True
    ).stdout

    assert "pdfuaid:part" in said


@pytest.mark.parametrize("place", [0.05, 0.3, 0.6, 0.8])
def test_one_flipped_bit_is_noticed(sealed: bytes, folder: Path, place: float) -> None:
    changed = bytearray(sealed)
    changed[int(len(changed) * place)] ^= 1

    assert seal.inspect(bytes(changed), folder=folder).state in {seal.CHANGED, seal.BROKEN}


def test_a_page_drawn_over_is_noticed(sealed: bytes, folder: Path) -> None:
    writer = IncrementalPdfFileWriter(BytesIO(sealed))
    writer.add_stream_to_page(0, writer.add_object(StreamObject(stream_data=b"0 0 200 200 re f")))
    out = BytesIO()
    writer.write(out)

    assert seal.verify(out.getvalue(), folder=folder).state == seal.CHANGED


def test_appended_bytes_are_noticed(sealed: bytes, folder: Path) -> None:
    assert seal.inspect(sealed + b"\n% one more line\n", folder=folder).state == seal.CHANGED


def test_a_truncated_file_is_called_damaged(sealed: bytes, folder: Path) -> None:
    assert seal.verify(sealed[: len(sealed) // 2], folder=folder).state == seal.BROKEN


def test_a_seal_of_another_installation_is_foreign(plain: bytes, folder: Path, sealed: bytes, tmp_path: Path) -> None:
    theirs = seal.seal(plain, folder=tmp_path / "seal", organisation="Norrwater AB")

    assert seal.inspect(theirs, folder=folder).state == seal.FOREIGN


def test_a_file_without_a_seal_is_said_to_have_none(plain: bytes, folder: Path) -> None:
    assert seal.inspect(plain, folder=folder).state == seal.UNSEALED


def test_what_is_no_pdf_or_too_large_is_said_without_reading_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seal, "LARGEST", 100)

    assert seal.verify(b"PK\x03\x04", folder=folder).state == seal.NOT_A_PDF
    assert seal.verify(b"%PDF-" + b"0" * 200, folder=folder).state == seal.TOO_LARGE


def test_an_encrypted_file_is_said_to_be(plain: bytes, folder: Path) -> None:
    writer = copy_into_new_writer(PdfFileReader(BytesIO(plain)))
    writer.encrypt(owner_pass="secret")
    out = BytesIO()
    writer.write(out)

    assert seal.inspect(out.getvalue(), folder=folder).state == seal.ENCRYPTED


def test_old_files_stay_genuine_after_the_key_was_changed(plain: bytes, tmp_path: Path) -> None:
    folder = tmp_path / "seal"
    before = seal.seal(plain, folder=folder, organisation="A")

    seal.rotate(folder, organisation="A")
    after = seal.seal(plain, folder=folder, organisation="A")

    verdicts = [seal.inspect(file, folder=folder) for file in (before, after)]
    assert [verdict.state for verdict in verdicts] == [seal.GENUINE, seal.GENUINE]
    assert verdicts[0].certificate != verdicts[1].certificate


def test_only_the_owner_can_read_the_key(folder: Path, sealed: bytes) -> None:
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.glob("*.*")} == {0o600}


def test_many_who_start_at_once_agree_on_one_key(tmp_path: Path) -> None:
    folder = tmp_path / "seal"
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: seal.ensure_key(folder, organisation="A"), range(8)))

    assert len(list((folder / "trusted").glob("*.crt"))) == 1
    assert (folder / "seal.crt").read_bytes() == next((folder / "trusted").glob("*.crt")).read_bytes()
    assert [path.name for path in tmp_path.iterdir()] == ["seal"]


def test_a_bomb_is_stopped_at_its_limits_and_said_to_cost_too_much(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # 200 kB that unfold to a table of thirty million objects.
    table = zlib.compress(bytes(7 * 30_000_000), 9)
    head = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n"
    about = b"<< /Type /XRef /Size 30000000 /W [1 4 2] /Root 1 0 R /Filter /FlateDecode /Length %d >>" % len(table)
    bomb = head + b"2 0 obj\n%b\nstream\n%b\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % (about, table, len(head))
    monkeypatch.setattr(seal, "VERIFY_LIMITS", replace(seal.VERIFY_LIMITS, cpu=2))

    assert seal.verify(bomb, folder=folder).state == seal.TOO_COSTLY


def test_memory_that_runs_out_is_said_to_cost_too_much(
    sealed: bytes, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seal, "VERIFY_LIMITS", replace(seal.VERIFY_LIMITS, memory=40 * 1024**2))

    assert seal.verify(sealed, folder=folder).state == seal.TOO_COSTLY


@pytest.mark.parametrize(
    "root",
    [
        b"/AcroForm << /Fields " + b"[" * 100_000 + b"]" * 100_000 + b" >>",
        b"/AcroForm << /Fields [1 0 R] >> /T (a) /Kids [1 0 R 1 0 R]",
        b"/X " + b"(" * 1_000_000,
    ],
)
def test_files_that_lead_a_reader_in_circles_are_damaged(folder: Path, root: bytes) -> None:
    head = b"%PDF-1.7\n"
    body = head + b"1 0 obj\n<< /Type /Catalog " + root + b" >>\nendobj\n"
    table = b"xref\n0 2\n0000000000 65535 f \n%010d 00000 n \n" % len(head)
    end = b"trailer\n<< /Size 2 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(body)

    assert seal.verify(body + table + end, folder=folder).state == seal.BROKEN
