"""The test verb: private servers in a fresh folder, pytest, and everything gone again."""

import hashlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from config.starter import django, install, system
from config.starter import postgres as pg
from config.starter.locks import Held, already_running, only_one
from config.starter.paths import DEV_LOCK, ROOT, VENV_PYTHON, Var
from config.starter.processes import wait_for
from config.starter.say import Stop, line
from config.starter.servers import Servers, clear_stale, describe, lay_out
from config.starter.signals import terminating, undisturbed

KEPT = ROOT / ".pytest_cache"


def run_tests(arguments: list[str]) -> int:
    """Run pytest against servers of its own; returns its exit code."""
    install.ensure(DEV_LOCK)
    missing = system.ensure_test_tools()
    if missing and os.environ.get("CI"):
        raise Stop(f"CI must run every test and these packages are missing: {' '.join(missing)}.")
    workers = [] if arguments else ["-n", "2"]
    with servers_for_a_while() as servers:
        command = [str(VENV_PYTHON), "-m", "pytest", *workers, *arguments]
        # Tests look at pages, not at hashed file names, so nothing has to be collected first.
        environment = {**django.base_environment(), **servers.environment(), "PLAIN_STATIC": "1"}
        return followed(command, {**environment, "DATABASE_TEMPLATE": _template(environment)})


def _template(environment: dict[str, str]) -> str:
    """The name of a database with all tables, which every process and every house of the tests copies.

    Migrating takes ten seconds: what came of it is kept until a migration changes.
    """
    url, kept = environment["DATABASE_URL"], KEPT / f"tables-{_migrations_digest()}.sql"
    if kept.exists():
        pg.load(url, kept)
    else:
        django.call(environment, "migrate", "--noinput", "--verbosity=0")
        KEPT.mkdir(exist_ok=True)
        for old in KEPT.glob("tables-*.sql"):
            old.unlink()
        pg.dump(url, half := kept.with_suffix(".part"))
        half.replace(kept)
    return urlsplit(url).path.strip("/")


def _migrations_digest() -> str:
    digest = hashlib.sha256(DEV_LOCK.read_bytes())
    for path in sorted((ROOT / "apps").glob("*/migrations/*.py")):
        digest.update(f"{path.relative_to(ROOT)}\n".encode() + path.read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def servers_for_a_while() -> Iterator[Servers]:
    """Servers in a temporary folder that nobody else uses; tests may lose it in a crash, so nothing is synced."""
    with _folder() as folder, terminating():
        var = Var(folder)
        lay_out(var)
        servers = describe(var, fast=True, private=True)
        try:
            servers.start()
            yield servers
        finally:
            servers.stop()


@contextmanager
def _folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="scoperoom-test-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def followed(command: list[str], environment: dict[str, str]) -> int:
    """Run a command in the foreground and leave Ctrl-C to it; returns its exit code."""
    with subprocess.Popen(command, env=environment, cwd=ROOT) as process:
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:
                continue
            except SystemExit:
                process.terminate()
                wait_for(lambda: process.poll() is not None, 5)
                process.kill()
                raise


def serve_only(var: Var) -> int:
    """The servers verb: PostgreSQL and Valkey alone, until Ctrl-C."""
    install.ensure(DEV_LOCK)
    lay_out(var)
    try:
        with only_one(var.lock, verb="servers"), terminating():
            return _serve(var)
    except Held as held:
        raise Stop(already_running(held.by)) from None


def _serve(var: Var) -> int:
    clear_stale(var)
    servers = describe(var, private=True)
    try:
        servers.start()
        for key, value in servers.environment().items():
            line(f"{key}={value}")
        wait_for(lambda: not all(child.running for child in servers.children), float("inf"), every=0.2)
        return 1
    except (KeyboardInterrupt, SystemExit):
        return 0
    finally:
        with undisturbed():
            servers.stop()
