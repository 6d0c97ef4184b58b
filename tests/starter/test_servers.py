"""The embedded PostgreSQL and Valkey through crashes, odd folders and leftovers."""

import os
import signal
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import psutil
import psycopg
import pytest
import redis

from config.starter import identity
from config.starter.processes import wait_for
from tests.starter.conftest import Run, processes_of

Begin = Callable[..., Run]


@pytest.fixture
def short() -> Iterator[Path]:
    """A folder with a path so short that sockets may lie in it."""
    with tempfile.TemporaryDirectory(prefix="sr-") as folder:
        yield Path(folder)


def write(url: str, number: int) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept (number int)")
        connection.execute("INSERT INTO kept VALUES (%s)", [number])


def read(url: str) -> list[int]:
    with psycopg.connect(url) as connection:
        return [number for (number,) in connection.execute("SELECT number FROM kept ORDER BY number")]


def test_a_killed_starter_loses_nothing_and_starts_again(scoperoom: Begin, var: Path) -> None:
    first = scoperoom("servers")
    url = first.until("DATABASE_URL=")
    broker = first.until("REDIS_URL=")
    write(url, 1)
    redis.from_url(broker).set("kept", "yes")

    first.end(signal.SIGKILL)
    assert wait_for(lambda: processes_of(var) == [], 10)
    second = scoperoom("servers")

    assert read(second.until("DATABASE_URL=")) == [1]
    assert redis.from_url(second.until("REDIS_URL=")).get("kept") == b"yes"


def test_a_database_killed_with_its_starter_recovers_although_its_number_is_in_use(scoperoom: Begin, var: Path) -> None:
    first = scoperoom("servers")
    write(first.until("DATABASE_URL="), 1)
    children = psutil.Process(first.process.pid).children(recursive=True)
    for process in (*children, psutil.Process(first.process.pid)):
        process.kill()
    psutil.wait_procs(children, timeout=10)
    first.end(signal.SIGKILL)
    pid_file = var / "postgres" / "data" / "postmaster.pid"
    rows = pid_file.read_text().splitlines()
    pid_file.write_text("\n".join([str(os.getpid()), *rows[1:]]) + "\n")

    second = scoperoom("servers")

    assert read(second.until("DATABASE_URL=")) == [1]


def test_sigterm_leaves_no_process_behind(scoperoom: Begin, var: Path) -> None:
    run = scoperoom("servers")
    run.until("REDIS_URL=")

    seconds = run.end(signal.SIGTERM)

    assert (run.process.returncode, seconds < 10, processes_of(var)) == (0, True, [])
    assert not (var / "postgres" / "data" / "postmaster.pid").exists()


def test_only_the_owner_and_the_servers_may_enter(scoperoom: Begin, var: Path) -> None:
    run = scoperoom("servers")
    url = run.until("DATABASE_URL=")
    run.until("REDIS_URL=")

    assert [path.name for path in (var, *var.iterdir()) if path.stat().st_mode & 0o007] == []
    assert (var / "run" / "sockets").stat().st_mode & 0o777 == 0o700
    with pytest.raises(psycopg.OperationalError, match="no password supplied"):
        psycopg.connect(url.replace(url.split("@")[0], "postgres://scoperoom"))
    with pytest.raises(psycopg.OperationalError, match=r"no pg_hba\.conf entry"):
        psycopg.connect(url.replace("postgres://scoperoom:", "postgres://postgres:"))


def test_a_folder_that_a_first_start_left_half_written_is_completed(scoperoom: Begin, var: Path) -> None:
    (var / "postgres.new" / "data").mkdir(parents=True)
    (var / "postgres.new" / "data" / "PG_VERSION").write_text("18")
    (var / "run").mkdir()
    (var / "run" / "postgres.pid").write_text('{"pid": 1')
    (var / "secret_key").write_text("short")

    url = scoperoom("servers").until("DATABASE_URL=")

    write(url, 1)
    assert len((var / "secret_key").read_text()) > 40
    assert not (var / "postgres.new").exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root starts the servers as somebody else")
def test_the_servers_find_their_programs_in_a_folder_that_only_root_may_enter(tmp_path: Path) -> None:
    """initdb and postgres ask access(2), which forgets capabilities unless told otherwise: /root is such a folder."""
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    program = closed / "program"
    program.touch(mode=0o755)
    chosen = identity.choose(tmp_path / "data", [program])
    assert chosen
    ask = f"import os; print(os.getuid(), os.access({str(program)!r}, os.X_OK))"
    become = partial(identity.become, chosen)
    asked = subprocess.run(
        ["/usr/bin/python3", "-c", ask], preexec_fn=become, capture_output=True, text=True, check=True, cwd="/"
    )
    assert asked.stdout.split() == [str(chosen.uid), "True"]


def test_half_a_database_is_kept_and_named(said: Callable[..., tuple[int, str]], var: Path) -> None:
    (var / "postgres" / "data").mkdir(parents=True)

    code, output = said("servers")

    assert code == 1
    assert f"mv {var}/postgres {var}/postgres.broken" in output


def test_a_folder_too_deep_for_sockets_gets_a_short_one_for_them(scoperoom: Begin, tmp_path: Path, var: Path) -> None:
    deep = tmp_path / ("d" * 60) / ("e" * 60) / "var"

    run = scoperoom("servers", folder=deep)
    url = run.until("DATABASE_URL=")
    broker = run.until("REDIS_URL=")

    write(url, 1)
    assert redis.from_url(broker).ping()
    sockets = Path(url.split("host=")[1])
    assert not sockets.is_relative_to(deep)
    assert sockets.stat().st_mode & 0o777 == 0o700
    run.end()
    assert not sockets.exists()


@pytest.mark.parametrize("name", ["Zoë 50%", 'it\'s, "so"'])
def test_a_folder_with_odd_letters_in_its_name_works(scoperoom: Begin, short: Path, name: str) -> None:
    run = scoperoom("servers", folder=short / name)
    url = run.until("DATABASE_URL=")
    broker = run.until("REDIS_URL=")

    write(url, 1)
    assert redis.from_url(broker).ping()
    run.end()


def test_a_backup_comes_back_in_an_empty_folder(
    scoperoom: Begin, said: Callable[..., tuple[int, str]], tmp_path: Path, var: Path
) -> None:
    run = scoperoom("servers")
    write(run.until("DATABASE_URL="), 7)
    run.until("REDIS_URL=")
    (var / "files").mkdir()
    (var / "files" / "kept.txt").write_text("kept")

    saved = said("backup", str(tmp_path / "saved.tar.gz"))
    again = said("backup", str(tmp_path / "saved.tar.gz"))
    running = said("restore", str(tmp_path / "saved.tar.gz"))
    run.end()
    restored = said("restore", str(tmp_path / "saved.tar.gz"), folder=tmp_path / "other")

    assert [saved[0], again[0], running[0], restored[0]] == [0, 1, 1, 0], (saved, again, running, restored)
    assert (tmp_path / "saved.tar.gz").stat().st_mode & 0o777 == 0o600
    assert read(scoperoom("servers", folder=tmp_path / "other").until("DATABASE_URL=")) == [7]
    assert (tmp_path / "other" / "files" / "kept.txt").read_text() == "kept"
    assert (tmp_path / "other" / "secret_key").read_text() == (var / "secret_key").read_text()
