"""Who PostgreSQL and Valkey run as when the starter is root, because initdb refuses root."""

import ctypes
import os
import pwd
from dataclasses import dataclass
from pathlib import Path

from config.starter.paths import LINUX
from config.starter.say import Stop

FIRST_UID = 55432
CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH = 1, 2
PR_SET_KEEPCAPS, PR_SET_SECUREBITS, PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE = 8, 28, 47, 2
# access(2) asks for the real user without their capabilities, unless this is set; initdb and postgres look for
# their own programs with it.
SECBIT_NO_SETUID_FIXUP = 1 << 2
CAPABILITY_VERSION_3 = 0x20080522


@dataclass(frozen=True)
class Identity:
    """A user without a passwd entry and, when its way is barred, the capability to read past folder modes."""

    uid: int
    gid: int
    capability: int | None = None

    def as_user(self, uid: int) -> "Identity":
        return Identity(uid, self.gid, self.capability)


def choose(data: Path, needed: list[Path]) -> Identity | None:
    """The identity for the servers of `data`, or None when the starter is not root and needs no other."""
    if os.geteuid() != 0:
        return None
    uid = data.stat().st_uid if data.exists() else 0
    uid = uid or free_uid()
    barred = any(not reachable(path) for path in needed)
    return Identity(uid, uid, bypass() if barred else None)


def free_uid() -> int:
    """The first number from 55432 on that belongs to nobody."""
    taken = {entry.pw_uid for entry in pwd.getpwall()}
    return next(uid for uid in range(FIRST_UID, FIRST_UID + 1000) if uid not in taken)


def initdb_user() -> int:
    """The number of a named ordinary user: initdb looks its own name up."""
    names = ("nobody", "daemon")
    found = [entry.pw_uid for entry in pwd.getpwall() if entry.pw_name in names and entry.pw_uid]
    if not found:
        raise Stop(
            "PostgreSQL refuses to be set up by root and there is no user nobody: type  useradd scoperoom  "
            "and run ./scoperoom start as that user."
        )
    return found[0]


def reachable(path: Path) -> bool:
    """Whether everybody may walk down to `path`."""
    return all(parent.stat().st_mode & 0o001 for parent in path.parents if parent.exists())


def bypass() -> int | None:
    """The smallest capability that we hold and that walks through closed folders, such as /root."""
    if not LINUX:
        return None
    line = next(row for row in Path("/proc/self/status").read_text().splitlines() if row.startswith("CapEff"))
    held = int(line.split()[1], 16)
    return next((cap for cap in (CAP_DAC_READ_SEARCH, CAP_DAC_OVERRIDE) if held >> cap & 1), None)


def become(identity: Identity) -> None:
    """Give up root for good, keeping at most the one capability. Runs in the child, before exec."""
    libc = ctypes.CDLL(None, use_errno=True) if identity.capability is not None else None
    if libc:
        libc.prctl(PR_SET_SECUREBITS, SECBIT_NO_SETUID_FIXUP, 0, 0, 0)
        libc.prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0)
    os.setgroups([])
    os.setresgid(identity.gid, identity.gid, identity.gid)
    os.setresuid(identity.uid, identity.uid, identity.uid)
    if libc:
        _keep(libc, identity.capability or 0)


def _keep(libc: ctypes.CDLL, capability: int) -> None:
    """Leave exactly one capability, as an ambient one so that it outlives exec."""
    bit = 1 << capability
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0)
    sets = (ctypes.c_uint32 * 6)(bit, bit, bit, 0, 0, 0)
    libc.capset(header, sets)
    libc.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, capability, 0, 0)


def hand_over(path: Path, identity: Identity | None) -> None:
    """Make a folder, open to its owner only, and give it to the servers' user."""
    path.mkdir(mode=0o700, exist_ok=True)
    path.chmod(0o700)
    if identity:
        os.chown(path, identity.uid, identity.gid)


def open_the_way(folder: Path, identity: Identity | None) -> None:
    """Close a folder to everyone but us, and let the servers' group walk through."""
    if identity and folder.stat().st_uid == os.geteuid():
        os.chown(folder, -1, identity.gid)
        folder.chmod(0o710)
    else:
        folder.chmod(0o700)
