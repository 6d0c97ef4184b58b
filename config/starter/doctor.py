"""The doctor verb: a line for each thing that must be so, with how to mend it."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from config.starter import identity as who
from config.starter import install, preflight, say, system
from config.starter import postgres as pg
from config.starter.locks import Held, only_one
from config.starter.paths import ROOT, RUNTIME_LOCK, VENV_PYTHON, Var
from config.starter.say import Stop
from config.starter.sockets import fits, where
from config.starter.start import Options, answers


@dataclass(frozen=True)
class Finding:
    """What was looked at, how it is, and what to type when it is not well."""

    name: str
    ok: bool
    detail: str
    mend: str = ""
    required: bool = True


def doctor(var: Var, port: int) -> int:
    """Print every finding; returns 1 when something required is not well."""
    findings = list(examine(var, port))
    for each in findings:
        mark = "ok  " if each.ok else "FAIL" if each.required else "miss"
        say.line(f"{mark} {each.name}: {each.detail}" + ("" if each.ok or not each.mend else f"\n       → {each.mend}"))
    return int(any(not each.ok and each.required for each in findings))


def examine(var: Var, port: int) -> Iterator[Finding]:
    """All findings, the ones that others stand on first."""
    running = holder(var)
    yield Finding("Python", True, f"{sys.version.split()[0]} at {sys.executable}")
    yield _packages()
    yield from _folder(var)
    yield from _secrets(var)
    yield _port(port, running)
    yield Finding("PDF libraries", system.has_pango(), "Pango and HarfBuzz" if system.has_pango() else "not all found",
                  system.command(system.PANGO), required=False)  # fmt: skip
    yield Finding("browser", bool(system.browser()), system.browser() or "none; only the browser tests need one",
                  system.command(["chromium"]), required=False)  # fmt: skip
    yield from _root(var)
    if running:
        yield from _running(var, running)


def holder(var: Var) -> dict | None:
    """What the running starter wrote into its lock, or None when none runs."""
    if not var.lock.exists():
        return None
    try:
        with only_one(var.lock, verb="doctor"):
            return None
    except Held as held:
        return held.by or {"verb": "start"}
    except PermissionError:
        return None


def _packages() -> Finding:
    if not VENV_PYTHON.exists():
        return Finding("packages", False, "not installed yet", "./scoperoom start  installs them", required=False)
    if not install.venv_works():
        return Finding("packages", False, ".venv is half made", "./scoperoom start  makes it again")
    fresh = install.up_to_date(RUNTIME_LOCK)
    detail = "as locked" if fresh else "not what requirements.lock says"
    return Finding("packages", fresh, detail, "./scoperoom start  brings them up to date")


def _folder(var: Var) -> Iterator[Finding]:
    parent = next(path for path in (var.root, *var.root.parents) if path.exists())
    yield Finding("data folder", os.access(parent, os.W_OK), str(var.root), f"chown -R $(id -un) {parent}  as root")
    free = shutil.disk_usage(parent).free
    yield Finding("space", free > preflight.SPARE_BYTES, f"{free / 1e9:.1f} GB free", f"free some space at {parent}")
    short = fits(var.run / "sockets")
    yield Finding("socket path", True, str(var.run / "sockets") if short else "a short folder is used instead")


def _secrets(var: Var) -> Iterator[Finding]:
    if not var.root.exists():
        return
    closed = not var.root.stat().st_mode & 0o007
    yield Finding("closed to others", closed, "yes" if closed else "no", f"chmod 700 {var.root}")
    whole = (var.postgres / "password").exists() or not var.postgres.exists()
    yield Finding("database files", whole, "whole or not made yet" if whole else "incomplete",
                  f"put back a copy, or  mv {var.postgres} {var.postgres}.broken")  # fmt: skip


def _port(port: int, running: dict | None) -> Finding:
    if running and running.get("verb") == "start":
        return Finding("port", True, f"Scoperoom itself, at {running.get('url')}")
    return attempt("port", lambda: preflight.require_port("127.0.0.1", port), f"{port} is free")


def attempt(name: str, check: Callable[[], None], well: str) -> Finding:
    """A finding from a check that raises Stop with its own sentence."""
    try:
        check()
    except Stop as stop:
        return Finding(name, False, str(stop))
    return Finding(name, True, well)


def _root(var: Var) -> Iterator[Finding]:
    if os.geteuid() != 0:
        return
    barred = not who.reachable(var.postgres) or not who.reachable(ROOT / ".venv" / "lib")
    detail = "PostgreSQL and Valkey run as a user of their own; the web server runs as root"
    helped = not barred or who.bypass() is not None
    yield Finding("root", helped, detail, f"move {ROOT} to a folder that others may enter, such as /srv")


def _running(var: Var, running: dict) -> Iterator[Finding]:
    url = os.environ.get("DATABASE_URL") or _embedded_url(var)
    alive = bool(url) and pg.query(url, "select 1") == "1"
    yield Finding("database", alive, "answers" if alive else "does not answer", f"see {var.log / 'postgres.log'}")
    web = running.get("url")
    if web:
        host, _, number = web.rpartition("//")[2].rpartition(":")
        if number.isdigit():
            ready = answers(web, Options(host.strip("[]"), int(number)))
            yield Finding("web", ready, "answers" if ready else "does not answer", f"see {var.log / 'web.log'}")


def _embedded_url(var: Var) -> str:
    try:
        return pg.Postgres(var.postgres, where(var.run), None).url
    except OSError:
        return ""
