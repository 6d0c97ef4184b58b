"""What must be so before anything is started, each with the sentence that says what to type."""

import errno
import ipaddress
import os
import shutil
import socket
from pathlib import Path

from config.starter.say import Stop

SPARE_BYTES = 200_000_000
SHELL = "./scoperoom start"


def require_port(host: str, port: int) -> None:
    """Stop when nobody could listen at this address."""
    if not 0 < port < 65536:
        raise Stop(f"There is no port {port}: type  {SHELL} --port 8000")
    try:
        _try_to_listen(host, port)
    except PermissionError:
        raise Stop(f"Only root may use port {port}: type  {SHELL} --port 8000") from None
    except socket.gaierror:
        raise Stop(f"{host} is no address of this machine: type  {SHELL} --host 127.0.0.1") from None
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise Stop(f"Port {port} is taken by another program: type  {SHELL} --port {free_port(host)}") from None
        raise Stop(f"Nothing can listen at {host}:{port} ({error.strerror}): type  {SHELL} --host 127.0.0.1") from None


def _try_to_listen(host: str, port: int) -> None:
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    with socket.socket(family, kind, protocol) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(address)
        probe.listen(1)


def free_port(host: str = "127.0.0.1") -> int:
    """A port that was free a moment ago."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind((host, 0))
        return int(probe.getsockname()[1])


def require_space(folder: Path) -> None:
    """Stop when the disk is so full that the database would."""
    free = shutil.disk_usage(folder).free
    if free < SPARE_BYTES:
        raise Stop(f"Only {free // 1_000_000} MB are free at {folder}: free at least {SPARE_BYTES // 1_000_000} MB, "
                   "then start again.")  # fmt: skip


def public_url(host: str, port: int) -> str:
    """The address that people type: what PUBLIC_URL says, else where we listen."""
    named = os.environ.get("PUBLIC_URL", "").rstrip("/")
    shown = own_address() if host in {"0.0.0.0", "::"} else host  # noqa: S104 - a comparison
    return named or f"http://{f'[{shown}]' if ':' in shown else shown}:{port}"


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches what listens at `host`."""
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return all(ipaddress.ip_address(str(address[0]).partition("%")[0]).is_loopback for *_, address in found)


def own_address() -> str:
    """This machine's address as its network sees it; nothing is sent to find out."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
            return str(probe.getsockname()[0])
        except OSError:
            return "127.0.0.1"
