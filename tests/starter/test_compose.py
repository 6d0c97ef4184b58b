"""The container files: against the compose schema, and every command against what is installed."""

import json
import os
import re
import shutil
import subprocess
from importlib import import_module
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from config.starter import system
from config.starter.paths import ROOT, VENV

DATA = Path(__file__).parent / "data"
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = [name for name, service in SERVICES.items() if "build" in service]
DOCKERFILE = (ROOT / "Dockerfile").read_text()


def program(name: str) -> Path:
    return VENV / "bin" / name


def test_the_file_keeps_to_the_compose_schema() -> None:
    schema = json.loads((DATA / "compose_spec.json").read_text())

    errors = [
        f"{error.json_path}: {error.message}" for error in jsonschema.Draft7Validator(schema).iter_errors(COMPOSE)
    ]

    assert errors == []


def test_every_service_is_there() -> None:
    assert list(SERVICES) == ["db", "cache", "migrate", "web", "live", "worker", "beat", "proxy"]


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_has_no_more_power_than_it_needs(name: str) -> None:
    service = SERVICES[name]

    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert name in OURS or service.get("user") or "unprivileged" in service["image"]
    assert "\nUSER scoperoom\n" in DOCKERFILE


@pytest.mark.parametrize("name", [name for name, service in SERVICES.items() if "depends_on" in service])
def test_a_service_waits_for_what_it_uses(name: str) -> None:
    for other, how in SERVICES[name]["depends_on"].items():
        assert "healthcheck" in SERVICES[other] or how["condition"] == "service_completed_successfully"


def test_no_secret_stands_in_the_file() -> None:
    for service in SERVICES.values():
        for name, value in service.get("environment", {}).items():
            assert name.endswith("_FILE") or "PASSWORD" not in name
            assert not re.search(r"://[^/]*:[^/]*@", str(value))


@pytest.mark.parametrize("name", OURS)
def test_a_command_is_installed(name: str) -> None:
    assert program(SERVICES[name]["command"][0]).exists()


@pytest.mark.parametrize("name", ["web", "live"])
def test_an_application_can_be_imported(name: str) -> None:
    found = next(part for part in SERVICES[name]["command"] if re.fullmatch(r"[\w.]+:\w+", part))
    module, attribute = found.split(":")

    assert callable(getattr(import_module(module), attribute))


@pytest.mark.parametrize("name", ["web", "live", "worker", "beat", "migrate"])
def test_the_options_are_known_to_the_command(name: str) -> None:
    command = SERVICES[name]["command"]
    words = [part.split("=")[0] for part in command if part.startswith("--")]
    told = [str(program(command[0])), *(part for part in command[1:4] if not part.startswith("--") and ":" not in part)]
    environment = {**os.environ, "COLUMNS": "200"}

    shown = subprocess.run([*told, "--help"], capture_output=True, text=True, cwd=ROOT, env=environment, check=True)

    assert [word for word in words if word not in shown.stdout] == []


def test_the_image_installs_what_the_starter_would() -> None:
    installed = re.search(r"--no-install-recommends (.+?) \\", DOCKERFILE)

    assert installed
    assert installed[1].split() == system.PANGO
    assert "--require-hashes -r /requirements.lock" in DOCKERFILE


def test_everything_that_the_image_copies_is_there_and_let_through() -> None:
    copied = re.findall(r"^COPY (?!--from)(\S+) ", DOCKERFILE, re.MULTILINE)
    through = {row[1:] for row in (ROOT / ".dockerignore").read_text().splitlines() if row.startswith("!")}

    assert [path for path in copied if not (ROOT / path).exists()] == []
    assert set(copied) == through


def test_the_proxy_splits_streams_from_pages() -> None:
    conf = (ROOT / "deploy" / "nginx.conf").read_text()

    to = dict(re.findall(r"location (\S+) \{\s+proxy_pass http://(\S+);", conf))

    assert to == {"/live/": "live:8001", "/": "web:8000"}
    assert "--port=8001" in SERVICES["live"]["command"]
    assert "--port=8000" in SERVICES["web"]["command"]


def test_secret_files_become_settings(tmp_path: Path) -> None:
    (tmp_path / "database_password").write_text("p4ss")
    (tmp_path / "email_url").write_text("smtp://mail:25\n")
    script = (ROOT / "deploy" / "entrypoint.sh").read_text().replace("/run/secrets", str(tmp_path))
    shell = shutil.which("sh") or "/bin/sh"

    shown = subprocess.run(
        [shell, "-c", script, "sh", "env"], capture_output=True, text=True, check=True, env={"PATH": os.environ["PATH"]}
    ).stdout.splitlines()

    assert "DATABASE_URL=postgres://scoperoom:p4ss@db/scoperoom" in shown
    assert "EMAIL_URL=smtp://mail:25" in shown
