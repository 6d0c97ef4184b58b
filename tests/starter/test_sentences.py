"""What a person is told when something is in the way: one sentence, with what to type."""

import os
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from config.starter import install, preflight, system
from config.starter.locks import only_one
from config.starter.paths import ROOT
from config.starter.say import Stop
from config.starter.services import Plan
from config.starter.start import Options, mailbox_url, warnings

Said = Callable[..., tuple[int, str]]


def test_the_second_start_says_where_the_first_is(said: Said, var: Path) -> None:
    (var / "run").mkdir(parents=True)

    with only_one(var / "run" / "lock", verb="start", url="http://127.0.0.1:8000"):
        code, output = said("start")

    assert code == 1
    assert output == (
        "scoperoom: Scoperoom is already running here at http://127.0.0.1:8000: "
        f"open that, or stop it with  kill {os.getpid()}\n"
    )


def test_a_taken_port_is_said_with_a_free_one(said: Said) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        code, output = said("start", "--port", str(port))

    assert code == 1
    assert f"Port {port} is taken by another program: type  ./scoperoom start --port " in output


@pytest.mark.parametrize(("arguments", "sentence"), [(["--host", "203.0.113.9"], "--host 127.0.0.1"),
                                                     (["--port", "70000"], "--port 8000")])  # fmt: skip
def test_an_impossible_address_is_said(said: Said, arguments: list[str], sentence: str) -> None:
    code, output = said("start", *arguments)

    assert code == 1
    assert f"type  ./scoperoom start {sentence}" in output


def test_a_folder_that_cannot_be_written_is_said(said: Said, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    code, output = said("start", folder=tmp_path / "file" / "var")

    assert code == 1
    assert "cannot be written: type  chown -R $(id -un)" in output
    assert len(output.splitlines()) == 1


def test_a_full_disk_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(preflight, "SPARE_BYTES", 10**18)

    with pytest.raises(Stop, match=r"MB are free at .*: free at least"):
        preflight.require_space(tmp_path)


def test_missing_pango_names_the_command_and_goes_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(system, "PANGO_FILES", ["libnowhere.so.0"])
    monkeypatch.setattr(os, "geteuid", lambda: 1000)

    system.ensure_pango()

    assert "type  sudo apt-get install -y --no-install-recommends libpango-1.0-0" in capsys.readouterr().err


def test_a_missing_venv_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)

    with pytest.raises(Stop, match=rf"type  apt install python3.{sys.version_info.minor}-venv  as root"):
        install.install_venv_package()


def test_a_stamp_of_another_lock_asks_for_an_installation(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    lock = tmp_path / "requirements.lock"
    lock.write_text("one==1 \\\n    --hash=sha256:00\n")
    monkeypatch.setattr(install, "STAMP", tmp_path / "installed.json")
    before = install.up_to_date(lock)
    install.write_stamp(lock)
    after = install.up_to_date(lock)

    lock.write_text("one==2 \\\n    --hash=sha256:00\n")

    assert [before, after, install.up_to_date(lock)] == [False, True, False]


def test_the_doctor_looks_at_everything(said: Said) -> None:
    code, output = said("doctor", "--port", str(preflight.free_port()))

    assert code == 0, output
    for name in ("Python", "packages", "data folder", "space", "socket path", "port", "PDF libraries", "browser"):
        assert f" {name}: " in output


def test_an_old_python_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = ROOT / "scoperoom"
    names: dict[str, Any] = {"__name__": "scoperoom", "__file__": str(entry)}
    exec(compile(entry.read_text(), "scoperoom", "exec"), names)
    names["newer_python"] = lambda: None
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))

    with pytest.raises(SystemExit, match=r"^Scoperoom needs Python 3.11 or newer and this is 3\.9: type "):
        names["require_python"]()


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost"])
def test_a_start_for_this_machine_alone_warns_of_nothing(host: str) -> None:
    assert warnings(Plan(host, 8000, 2525, {})) == []


def test_a_start_for_others_says_who_gets_in_and_where_codes_are_read() -> None:
    others, mail = warnings(Plan("0.0.0.0", 8000, 2525, {}))

    assert others.startswith("Everybody whose machine reaches port 8000")
    assert "The mailbox with its sign-in codes opens on this machine only." in mail
    assert mailbox_url(Options("0.0.0.0", 8000), "http://192.0.2.1:8000") == "http://127.0.0.1:8000/mailbox/"


def test_a_start_with_an_open_mailbox_says_what_that_means() -> None:
    _others, mail = warnings(Plan("0.0.0.0", 8000, 2525, {"SCOPEROOM_MAILBOX_OPEN": "1"}))

    assert mail.startswith("They can read the mailbox too, with everybody's sign-in codes")
    assert mailbox_url(Options("0.0.0.0", 8000, open_mailbox=True), "http://192.0.2.1:8000").startswith("http://192")


def test_with_a_mail_server_there_is_no_mailbox_to_warn_of() -> None:
    assert len(warnings(Plan("0.0.0.0", 8000, None, {}))) == 1
