"""The page of a baseline's files, and the page where anyone can check one."""

import json
from hashlib import sha256
from pathlib import Path
from threading import BoundedSemaphore

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from apps.core.due import State
from apps.exports import build, seal, verifying
from apps.exports.models import Export
from apps.projects.models import Project
from apps.scope.models import Baseline
from tests.factories.exports import ExportFactory
from tests.factories.scope import BaselineFactory
from tests.fixtures import HTMX
from tests.pages import soup, swap, text


@pytest.fixture(autouse=True)
def files(settings: object, tmp_path: Path) -> Path:
    settings.VAR, settings.FILES_ROOT = tmp_path, tmp_path / "files"
    return tmp_path / "files" / "exports"


@pytest.fixture
def baseline(project: Project) -> Baseline:
    return BaselineFactory(project=project, number=1)


def url(name: str, baseline: Baseline) -> str:
    return reverse(f"exports:{name}", args=[baseline.project_id, baseline.number])


def test_asking_for_the_pdf_swaps_to_what_a_fresh_page_shows(host: Client, baseline: Baseline) -> None:
    page = soup(host.get(url("show", baseline)))

    answer = host.post(url("make", baseline), headers=HTMX)
    page = swap(page, answer, via=f"form[hx-post='{url('make', baseline)}']")

    assert answer.status_code == 200
    assert text(page).split() == text(soup(host.get(url("show", baseline)))).split()
    assert "Your PDF is being made" in text(page)
    assert "every 2s" in page.select_one("#files")["hx-trigger"]


def test_asking_without_javascript(host: Client, baseline: Baseline) -> None:
    answer = host.post(url("make", baseline))

    assert (answer.status_code, answer["Location"]) == (302, url("show", baseline))
    assert Export.objects.count() == 1


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_damaged_baseline_is_refused(host: Client, project: Project, headers: dict) -> None:
    damaged = BaselineFactory(project=project, number=1, fingerprint="0" * 64)

    answer = host.post(url("make", damaged), headers=headers)

    assert answer.status_code == 409
    assert "does not match its fingerprint" in soup(answer).get_text(" ")


def test_a_failure_is_shown_with_a_way_on(host: Client, baseline: Baseline) -> None:
    host.post(url("make", baseline))
    Export.objects.update(state=State.FAILED, last_error="Pango is not installed.")

    page = text(soup(host.get(url("show", baseline))))

    assert "Pango is not installed." in page
    assert "Try again" in page


def test_a_finished_file_is_downloaded_and_found_genuine(host: Client, baseline: Baseline, files: Path) -> None:
    host.post(url("make", baseline))
    build.build_export(str(Export.objects.get().pk))

    link = soup(host.get(url("show", baseline))).select_one("#files tbody a")["href"]
    answer = host.get(link)
    pdf = b"".join(answer.streaming_content)
    assert answer["Content-Type"] == "application/pdf"
    assert "baseline 1.pdf" in answer["Content-Disposition"]

    verified = Client().post(reverse("exports:verify"), {"file": SimpleUploadedFile("scope.pdf", pdf)})
    words = text(soup(verified))
    assert verified.status_code == 200
    assert "Genuine and unchanged" in words
    assert baseline.fingerprint in words
    changed = bytearray(pdf)
    changed[len(pdf) // 2] ^= 1
    answer = Client().post(
        reverse("exports:verify"), {"file": SimpleUploadedFile("scope.pdf", bytes(changed))}, headers=HTMX
    )
    assert "Genuine" not in soup(answer).get_text(" ")


def test_the_data_is_the_canonical_text_byte_for_byte(host: Client, baseline: Baseline) -> None:
    answer = host.get(url("data", baseline))
    content = answer.content

    assert sha256(content).hexdigest() == baseline.fingerprint
    assert json.loads(content)["number"] == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"PK\x03\x04 a zip", "Not a PDF"), (b"%PDF-1.7 and nothing", "Damaged"), (b"", "This file is empty.")],
)
def test_what_cannot_be_checked_is_said_in_words(db: None, content: bytes, said: str) -> None:
    answer = Client().post(reverse("exports:verify"), {"file": SimpleUploadedFile("x.pdf", content)})

    assert said in text(soup(answer))


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_checking_without_a_file_asks_for_one(db: None, headers: dict) -> None:
    answer = Client().post(reverse("exports:verify"), headers=headers)

    assert answer.status_code == 422
    assert "Choose a PDF first." in soup(answer).get_text(" ")


def test_a_huge_file_is_refused_before_it_is_read(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("apps.exports.forms.LARGEST", 10)

    answer = Client().post(reverse("exports:verify"), {"file": SimpleUploadedFile("x.pdf", b"%PDF-" * 10)})

    assert answer.status_code == 422


def test_a_request_larger_than_any_upload_is_not_taken_in(db: None, settings: object) -> None:
    settings.LARGEST_REQUEST = 1000

    answer = Client().post(reverse("exports:verify"), {"file": SimpleUploadedFile("x.pdf", b"%PDF-" * 300)})

    assert answer.status_code == 413


def test_too_many_at_once_are_asked_to_wait(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("apps.exports.verifying.PATIENCE_SECONDS", 0.01)
    taken = BoundedSemaphore(1)
    taken.acquire()
    monkeypatch.setattr("apps.exports.verifying._slots", taken)

    answer = Client().post(reverse("exports:verify"), {"file": SimpleUploadedFile("x.pdf", b"%PDF-1.7")})

    assert answer.status_code == 409


def test_a_file_of_another_project_is_not_there(host: Client, project: Project) -> None:
    other = ExportFactory()

    assert host.get(reverse("exports:download", args=[project.pk, other.pk])).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_with_any_number_of_files(
    host: Client, baseline: Baseline, count: int, django_assert_max_num_queries: object
) -> None:
    ExportFactory.create_batch(count, baseline=baseline, state=State.DONE, file="x.pdf", stage="ready")
    host.get(url("show", baseline))

    with django_assert_max_num_queries(20):
        page = host.get(url("show", baseline))

    assert len(soup(page).select("#files tbody tr")) == count


def test_a_verdict_never_calls_anything_but_genuine_genuine() -> None:
    others = {seal.CHANGED, seal.FOREIGN, seal.UNSEALED, seal.NOT_A_PDF, seal.TOO_LARGE, seal.ENCRYPTED, seal.BROKEN,
              seal.TOO_COSTLY}  # fmt: skip

    assert [state for state in others if seal.Verdict(state).genuine] == []
    assert set(verifying._refusals()) == others
