"""Folders for unix sockets, whose paths the kernel limits."""

import hashlib
import os
import shutil
import stat
import tempfile
from pathlib import Path

from config.starter.identity import Identity, hand_over
from config.starter.say import Stop

LONGEST_PATH = 107 if os.uname().sysname == "Linux" else 103
FORBIDDEN = {",", "\\", "'", '"'}
LONGEST_NAME = ".s.PGSQL.5432"


def socket_folder(run: Path, identity: Identity | None) -> Path:
    """A folder for the servers' sockets: inside `run`, or a short one when that path cannot hold them."""
    folder = where(run)
    if folder.is_symlink() or (folder.exists() and not _ours(folder, identity)):
        raise Stop(f"{folder} belongs to somebody else: remove it, or set XDG_RUNTIME_DIR to a folder of your own.")
    hand_over(folder, identity)
    return folder


def where(run: Path) -> Path:
    """The path of that folder, which may not exist yet."""
    inside = run / "sockets"
    return inside if fits(inside) else short_folder(run)


def remove_short(run: Path) -> None:
    """Leave nothing outside of the data folder behind."""
    if not where(run).is_relative_to(run):
        shutil.rmtree(where(run), ignore_errors=True)


def fits(folder: Path) -> bool:
    """Whether sockets may lie here: the kernel limits their length, and libpq takes a comma for a second host."""
    if set(str(folder)) & FORBIDDEN:
        return False
    return len(os.fsencode(folder / LONGEST_NAME)) <= LONGEST_PATH


def short_folder(run: Path) -> Path:
    """A short path that is the same for every start of one installation."""
    digest = hashlib.sha256(os.fsencode(run)).hexdigest()[:12]
    name = f"scoperoom-{os.geteuid()}-{digest}"
    bases = [os.environ.get("XDG_RUNTIME_DIR"), tempfile.gettempdir(), "/tmp"]  # noqa: S108 - made 0700 and checked
    folders = [Path(base) / name for base in bases if base and Path(base).is_dir()]
    return next((folder for folder in folders if fits(folder)), folders[-1])


def _ours(folder: Path, identity: Identity | None) -> bool:
    found = folder.lstat()
    owners = {os.geteuid(), identity.uid if identity else os.geteuid()}
    return stat.S_ISDIR(found.st_mode) and found.st_uid in owners
