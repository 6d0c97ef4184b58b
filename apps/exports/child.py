"""Work on documents in a child of its own: what a hostile or a monstrous one can cost is bounded."""

import os
import resource
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from apps.core.errors import DomainError

ROOT = Path(__file__).resolve().parents[2]
KEPT = (
    "PATH",
    "HOME",
    "LANG",
    "LD_LIBRARY_PATH",
    "DYLD_FALLBACK_LIBRARY_PATH",
    "TMPDIR",
    "XDG_CACHE_HOME",
    "SYSTEMROOT",
)


@dataclass(frozen=True)
class Limits:
    """What one child may use: address space in bytes, processor time and clock time in seconds."""

    memory: int = 2 * 1024**3
    cpu: int = 120
    wall: int = 200


class ChildFailed(DomainError):
    """The child did not finish well; `report` is what it wrote to its error stream, for the log."""

    def __init__(self, sentence: str, report: str = "") -> None:
        super().__init__(sentence)
        self.report = report


def run(module: str, payload: bytes, *args: str, limits: Limits, environment: Mapping[str, str] | None = None) -> bytes:
    """What `python -m module args…` answers to `payload`; `ChildFailed` when it dies, fails or takes too long.

    The child inherits no secret: only the few variables it needs to start.
    """
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    try:
        done = subprocess.run(
            [sys.executable, "-m", module, *args],
            input=payload,
            capture_output=True,
            cwd=ROOT,
            env={**kept, "PYTHONHASHSEED": "0", **bounds(limits), **(environment or {})},
            timeout=limits.wall,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise ChildFailed(_("This took too long and was stopped. Nothing was stored.")) from error
    report = done.stderr.decode(errors="replace").strip()
    if done.returncode:
        said = report.splitlines()[-1] if done.returncode == SAID and report else ""
        raise ChildFailed(said or _("The document could not be made: the process ended early."), report)
    return done.stdout


SAID = 3


def bounds(limits: Limits) -> dict[str, str]:
    return {"SCOPEROOM_CHILD_MEMORY": str(limits.memory), "SCOPEROOM_CHILD_CPU": str(limits.cpu)}


def obey() -> None:
    """Called first in the child: take on the limits that the parent gave, and need no settings to say a sentence."""
    settings.configure(USE_I18N=False)
    given = {
        resource.RLIMIT_AS: os.environ.get("SCOPEROOM_CHILD_MEMORY"),
        resource.RLIMIT_CPU: os.environ.get("SCOPEROOM_CHILD_CPU"),
    }
    for kind, limit in given.items():
        # macOS refuses RLIMIT_AS; the clock still bounds the child there.
        with suppress(ValueError, OSError):
            if limit:
                resource.setrlimit(kind, (int(limit), int(limit)))


def give_up(sentence: str) -> None:
    """End the child with a sentence for the person."""
    sys.stderr.write(f"\n{sentence}\n")
    sys.stderr.flush()
    os._exit(SAID)
