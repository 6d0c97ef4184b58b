"""The backup and restore verbs: one file with the database, the keys and the uploaded and sealed files."""

import os
import shutil
import tarfile
import tempfile
from pathlib import Path

from config.starter import postgres as pg
from config.starter import say
from config.starter.locks import Held, only_one
from config.starter.managing import connected
from config.starter.paths import Var
from config.starter.say import Stop
from config.starter.servers import lay_out

DUMP = "database.sql"
# Made again by the next start, or of no use elsewhere.
LEFT_OUT = {"postgres", "postgres.new", "valkey", "run", "log", "static", "static.stamp", "mail"}


def backup(var: Var, file: Path) -> int:
    """Write everything worth keeping into `file`, whole or not at all; works while Scoperoom runs."""
    if file.exists():
        raise Stop(f"{file} exists already: name another file.")
    half = file.with_name(file.name + ".part")
    with connected(var, "backup") as environment, tempfile.TemporaryDirectory() as folder:
        dump = Path(folder) / DUMP
        pg.dump(environment["DATABASE_URL"], dump)
        descriptor = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as out, tarfile.open(fileobj=out, mode="w:gz") as archive:
            archive.add(dump, DUMP)
            for path in sorted(var.root.iterdir()):
                if path.name not in LEFT_OUT:
                    archive.add(path, f"var/{path.name}")
    half.replace(file)
    say.line(f"Saved {file} ({file.stat().st_size / 1_000_000:.1f} MB). It holds the secret keys: keep it safe.")
    return 0


def restore(var: Var, file: Path, *, replace: bool) -> int:
    """Put a backup in place of what is there."""
    if not file.is_file():
        raise Stop(f"There is no file {file}: name one that  ./scoperoom backup  has written.")
    lay_out(var)
    _require_stopped(var)
    with tempfile.TemporaryDirectory() as folder:
        _unpack(file, Path(folder))
        with connected(var, "restore") as environment:
            _load(environment["DATABASE_URL"], Path(folder) / DUMP, replace=replace)
        for path in sorted((Path(folder) / "var").iterdir()):
            _put(path, var.root / path.name)
    say.line("Restored. Type  ./scoperoom start")
    return 0


def _require_stopped(var: Var) -> None:
    try:
        with only_one(var.lock, verb="restore"):
            return
    except Held as held:
        raise Stop(f"Scoperoom is running here: stop it first with  kill {held.by.get('pid')}") from None


def _unpack(file: Path, folder: Path) -> None:
    try:
        with tarfile.open(file) as archive:
            archive.extractall(folder, filter="data")
    except (tarfile.TarError, EOFError, OSError) as error:
        raise Stop(f"{file} is not a whole backup ({error}): nothing was changed.") from None
    if not (folder / DUMP).exists() or not (folder / "var").is_dir():
        raise Stop(f"{file} is not a backup of Scoperoom: nothing was changed.")


def _load(url: str, dump: Path, *, replace: bool) -> None:
    if pg.query(url, "select to_regclass('django_migrations') is null") != "t" and not replace:
        raise Stop("There is a database here already: add  --replace  to put the backup in its place.")
    pg.load(url, dump)


def _put(source: Path, target: Path) -> None:
    if target.is_dir():
        shutil.rmtree(target)
    shutil.move(source, target)
