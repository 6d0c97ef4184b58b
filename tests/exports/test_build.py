"""Making a file: once, whatever happens."""

import subprocess
import time
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from django.utils import timezone

from apps.core.due import State, claim
from apps.core.errors import DomainError
from apps.events.models import Event
from apps.exports import actions, build, lease, seal, store
from apps.exports.child import ChildFailed
from apps.exports.models import Export, Stage
from apps.notifications.models import Message
from apps.signoffs import actions as signing
from tests.factories.accounts import UserFactory
from tests.factories.exports import ExportFactory
from tests.factories.projects import ProjectFactory
from tests.factories.scope import BaselineFactory
from tests.factories.signoffs import SignRequestFactory
from tests.signoffs.test_actions import digits_for

pytestmark = pytest.mark.django_db
NAMES = ["Søren O’Łukasz", "דוד לוי", "أحمد", "Zoë 🙂"]


@pytest.fixture(autouse=True)
def files(settings: object, tmp_path: Path) -> Path:
    settings.VAR, settings.FILES_ROOT = tmp_path, tmp_path / "files"
    return tmp_path / "files" / "exports"


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> list[Export]:
    """The renderer and the seal are replaced; what was rendered is listed."""
    rendered: list[Export] = []

    def sealed(export: Export) -> bytes:
        rendered.append(export)
        return f"%PDF- {len(rendered)}".encode()

    monkeypatch.setattr(build, "_sealed", sealed)
    return rendered


def made(export: Export) -> Export:
    build.build_export(str(export.pk))
    export.refresh_from_db()
    return export


def test_the_whole_way_from_signatures_to_a_genuine_file(files: Path, tmp_path: Path) -> None:
    summary = "A water company with 410 staff."
    project = ProjectFactory(title="Reply drafts – ø, ł, שלום & <b>", organisation="Norrwater AB", summary=summary)
    baseline = BaselineFactory(project=project, number=1)
    everyone = [SignRequestFactory(baseline=baseline, signer=UserFactory(name=name)) for name in NAMES]
    for asked in everyone:
        code = digits_for(asked)
        signing.sign(asked, code=code, name=asked.signer.name, agreed=True, by=asked.signer)

    export = made(Export.objects.get(tell_signers=True))

    pdf = (files / export.file).read_bytes()
    assert (export.state, export.signed, sha256(pdf).hexdigest()) == (State.DONE, 4, export.sha256)
    verdict = seal.inspect(pdf, folder=tmp_path / "seal")
    assert (verdict.state, verdict.fingerprint) == (seal.GENUINE, baseline.fingerprint)
    words = subprocess.run(
        ["pdftotext", "-layout", files / export.file, "-"], capture_output=True, text=True, check=True
    ).stdout
    assert [name for name in NAMES if name not in words] == []
    assert [part for part in ("Reply drafts – ø, ł", "שלום", "<b>", summary) if part not in words] == []
    assert baseline.fingerprint[:32] in words
    assert Message.objects.filter(subject__startswith="Signed by all").count() == len(NAMES) * 2


def test_building_twice_renders_once(quick: list[Export], files: Path) -> None:
    export = made(ExportFactory())

    first = (export.file, export.done_at)
    again = made(export)

    assert (again.file, again.done_at) == first
    assert len(quick) == 1


def test_asking_twice_for_the_same_is_one_file_and_a_new_signature_another() -> None:
    baseline = BaselineFactory(number=1)
    asked = SignRequestFactory(baseline=baseline)

    first, second = (actions.make_pdf(baseline, by=UserFactory()) for _ in range(2))
    signing.decline(asked, reason="No.", by=asked.signer)
    third = actions.make_pdf(baseline, by=UserFactory())

    assert first == second
    assert third != first
    assert Event.objects.filter(kind="export.queued").count() == 2


def test_a_worker_that_died_leaves_no_second_file(quick: list[Export], files: Path) -> None:
    export = ExportFactory()
    died = claim(Export, export.pk, lease_seconds=-1)
    store.put(died.pk, b"%PDF- of the worker that died before it could say so")

    made(export)

    assert [path.name for path in files.iterdir()] == [export.file]


def test_while_somebody_works_on_it_nobody_else_does(quick: list[Export]) -> None:
    export = ExportFactory()
    claim(Export, export.pk, lease_seconds=60)

    made(export)

    assert quick == []


def test_who_lost_the_lease_does_not_win_over_who_took_it(quick: list[Export], files: Path) -> None:
    export = ExportFactory()
    slow = claim(Export, export.pk, lease_seconds=-1)

    made(export)
    name = store.put(export.pk, b"%PDF- late") if not export.file else f"{export.pk}-late.pdf"
    (files / name).write_bytes(b"%PDF- late")
    build._finish(slow, name, b"%PDF- late")

    assert [path.name for path in files.iterdir()] == [export.file]


@pytest.mark.django_db(transaction=True)
def test_the_lease_is_renewed_while_the_work_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lease, "EVERY", 0.05)
    export = ExportFactory(baseline__project__is_sample=True)
    row = claim(Export, export.pk, lease_seconds=1)
    Export.objects.update(lease_until=timezone.now())

    with lease.held(row):
        for _ in range(100):
            export.refresh_from_db()
            if export.lease_until > timezone.now() + timedelta(seconds=lease.SECONDS / 2):
                break
            time.sleep(0.02)

    assert export.lease_until > timezone.now() + timedelta(seconds=lease.SECONDS / 2)


def test_a_failure_is_said_and_can_be_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(export: Export) -> bytes:
        raise ChildFailed("This took too long and was stopped.")

    monkeypatch.setattr(build, "_sealed", fail)
    baseline = BaselineFactory(number=1)
    export = made(actions.make_pdf(baseline, by=UserFactory()))
    assert (export.state, export.last_error) == (State.FAILED, "This took too long and was stopped.")

    again = actions.make_pdf(baseline, by=UserFactory())

    assert (again.pk, again.state, again.stage) == (export.pk, State.QUEUED, Stage.QUEUED)


def test_a_full_disk_is_tried_again_later(quick: list[Export], monkeypatch: pytest.MonkeyPatch) -> None:
    def full(export_id: object, content: bytes) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(store, "put", full)

    export = made(ExportFactory())

    assert export.state == State.QUEUED
    assert export.due_at > timezone.now()


def test_a_text_that_does_not_match_its_fingerprint_is_not_printed() -> None:
    baseline = BaselineFactory(number=1, fingerprint="0" * 64)

    with pytest.raises(DomainError, match="does not match its fingerprint"):
        actions.make_pdf(baseline, by=UserFactory())
