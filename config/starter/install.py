"""Fill .venv from a lock file, and only when it has changed."""

import hashlib
import json
import os
import re
import selectors
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from config.starter import say
from config.starter.locks import installing
from config.starter.paths import DEV_LOCK, RUNTIME_LOCK, VENV, VENV_PYTHON, site_packages
from config.starter.say import Stop

COUNTED = ("Collecting ", "Requirement already satisfied")
STAMP = VENV / "installed.json"
NEEDED_BYTES = 1_500_000_000


def ensure(lock: Path) -> None:
    """Make .venv hold what the lock names; does nothing when it does already."""
    if up_to_date(lock):
        return
    with installing():
        if up_to_date(lock):
            return
        STAMP.unlink(missing_ok=True)
        require_space()
        make_venv()
        pip_install(lock)
        write_stamp(lock)


def digest(lock: Path) -> str:
    return hashlib.sha256(lock.read_bytes()).hexdigest()


def up_to_date(lock: Path) -> bool:
    """Whether the last complete installation was of this lock, or of the development lock that includes it."""
    try:
        stamp = json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return False
    return VENV_PYTHON.exists() and stamp.get(lock.name) == digest(lock)


def write_stamp(lock: Path) -> None:
    """Remember what was installed, last of all, so that a half-made .venv is never taken for a whole one."""
    locks = [RUNTIME_LOCK, DEV_LOCK] if lock == DEV_LOCK else [lock]
    new = STAMP.with_suffix(".new")
    new.write_text(json.dumps({each.name: digest(each) for each in locks}))
    new.replace(STAMP)


def require_space() -> None:
    """Stop with a sentence before pip fails in the middle."""
    free = shutil.disk_usage(VENV.parent).free
    if not VENV_PYTHON.exists() and free < NEEDED_BYTES:
        raise Stop(
            f"Only {free // 1_000_000} MB are free at {VENV.parent} and the packages need "
            f"{NEEDED_BYTES // 1_000_000}: free some space, then start again."
        )


def make_venv() -> None:
    """Make the virtual environment, or make it again when it was left half made."""
    if venv_works():
        return
    say.phase("Making the virtual environment .venv")
    command = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    if made.returncode == 0 and venv_works():
        return
    said = made.stdout + made.stderr
    if "ensurepip" in said or "No module named venv" in said:
        install_venv_package()
        subprocess.run(command, capture_output=True, text=True, check=False)
    if not venv_works():
        raise Stop(f"{VENV} could not be made ({_last_line(said)}): check that you may write to {VENV.parent}.")


def install_venv_package() -> None:
    """Debian keeps ensurepip in a package of its own."""
    package = f"python3.{sys.version_info.minor}-venv"
    if os.geteuid() == 0 and shutil.which("apt-get"):
        say.phase(f"Installing the system package {package}")
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-qq"], env=environment, capture_output=True, check=False)
        got = subprocess.run(["apt-get", "install", "-y", "-qq", package], env=environment, capture_output=True)  # noqa: PLW1510
        if got.returncode == 0:
            return
    raise Stop(f"This Python cannot make virtual environments: type  apt install {package}  as root, then start again.")


def venv_works() -> bool:
    """Whether .venv has a Python and pip that run."""
    if not (VENV / "pyvenv.cfg").exists() or not VENV_PYTHON.exists():
        return False
    asked = subprocess.run([VENV_PYTHON, "-c", "import pip, sys; sys.exit(sys.version_info < (3, 11))"],
                           capture_output=True, check=False)  # fmt: skip
    return asked.returncode == 0


def pip_install(lock: Path) -> None:
    """Install with hashes required, showing how far it is."""
    total = len(re.findall(r"^[a-z0-9][^ ]*==", lock.read_text(), re.MULTILINE | re.IGNORECASE))
    say.phase(f"Installing about {total} Python packages from {lock.name}")
    began = time.monotonic()
    command = [str(VENV_PYTHON), "-m", "pip", "install", "--require-hashes", "--no-compile", "--no-input",
               "--disable-pip-version-check", "--progress-bar", "off", "--root-user-action", "ignore",
               "-r", str(lock)]  # fmt: skip
    code, lines = _followed(command, total)
    if code:
        raise Stop(_pip_failed(lines))
    say.line(f"  installed in {time.monotonic() - began:.0f} s")


def _followed(command: list[str], total: int) -> tuple[int, list[str]]:
    """Run pip and count what it fetches, then what appears in site-packages."""
    fetched, placed, lines = say.Counter("fetched", total), say.Counter("installed", total), []
    placing = False
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as pip:
        try:
            for row in _rows(pip.stdout):
                lines.append(row)
                placing = placing or row.startswith("Installing collected")
                if placing:
                    placed.show(min(total, len(list(site_packages().glob("*.dist-info")))))
                else:
                    fetched.show(min(total, sum(each.startswith(COUNTED) for each in lines)))
        except BaseException:
            pip.terminate()
            raise
    placed.done()
    return pip.returncode, [row for row in lines if row]


def _rows(stream: IO[str] | None) -> Iterator[str]:
    """The lines of a stream as they come, and an empty one whenever none came for a moment."""
    if stream is None:
        return
    selector = selectors.DefaultSelector()
    selector.register(stream, selectors.EVENT_READ)
    while True:
        if not selector.select(timeout=0.3):
            yield ""
            continue
        row = stream.readline()
        if not row:
            return
        yield row.rstrip() or " "


def _pip_failed(lines: list[str]) -> str:
    said = "\n".join(lines)
    if "No space left" in said:
        return f"The disk is full: free {NEEDED_BYTES // 1_000_000} MB, then start again."
    if "HASHES" in said:
        return "A downloaded package differs from the lock: check your package mirror; nothing of it was installed."
    if "No matching distribution" in said:
        return (
            f"pip found no package for this machine ({_last_line(said)}): Scoperoom runs on Linux x86-64 and ARM "
            "with glibc, and on macOS; check your network and pip settings."
        )
    return f"pip failed ({_last_line(said)}): check the network, then start again; it goes on where it was."


def _last_line(text: str) -> str:
    rows = [row.strip() for row in text.splitlines() if row.strip()]
    return rows[-1][:300] if rows else "no reason given"
