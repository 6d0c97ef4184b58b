"""Calls of manage.py."""

import hashlib
import os
import subprocess
from pathlib import Path

from config.starter.paths import ROOT, RUNTIME_LOCK, VENV_PYTHON
from config.starter.say import Stop

COLLECT_STATIC = ["collectstatic", "--noinput", "--verbosity=0"]
MANAGE = [str(VENV_PYTHON), str(ROOT / "manage.py")]


def call(environment: dict[str, str], *arguments: str, optional: bool = False) -> str:
    """The output of one command; stops the starter when it fails. An optional one may not exist."""
    asked = subprocess.run(
        [*MANAGE, *arguments], env=environment, cwd=ROOT, capture_output=True, text=True, check=False
    )
    if asked.returncode == 0 or (optional and "Unknown command" in asked.stderr):
        return asked.stdout
    raise Stop(_explained(arguments[0], asked.stdout + asked.stderr))


def _explained(command: str, said: str) -> str:
    rows = [row.strip() for row in said.splitlines() if row.strip()] or ["no reason given"]
    if "No space left" in said or "could not extend file" in said:
        return "The disk is full: free some space, then start again."
    if "OperationalError" in said or "PoolTimeout" in said:
        return f"The database does not answer ({rows[-1][:300]}): check DATABASE_URL, or type  ./scoperoom doctor."
    told = next((row for row in reversed(rows) if "Error" in row), rows[-1])
    return f"manage.py {command} failed ({told[:300]}): type  ./scoperoom manage {command}  to see all of it."


def collect_static(environment: dict[str, str], var: Path) -> None:
    """Collect the static files when they or the packages changed since the last time."""
    stamp, now = var / "static.stamp", static_digest()
    if (var / "static").is_dir() and stamp.exists() and stamp.read_text() == now:
        return
    stamp.unlink(missing_ok=True)
    call(environment, *COLLECT_STATIC)
    stamp.write_text(now)


def static_digest() -> str:
    """Changes when a static file of ours, or the lock, does."""
    digest = hashlib.sha256(RUNTIME_LOCK.read_bytes())
    for folder in [ROOT / "static", *sorted((ROOT / "apps").glob("*/static"))]:
        for path in sorted(folder.rglob("*")):
            found = path.stat()
            digest.update(f"{path.relative_to(ROOT)} {found.st_size} {found.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def base_environment() -> dict[str, str]:
    """What every child gets: the person's environment, unbuffered."""
    # Without compiled files every process would compile all of Django again: four seconds more for each start.
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONUNBUFFERED": "1", "DJANGO_SETTINGS_MODULE": "config.settings"}
