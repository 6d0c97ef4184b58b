"""Where things are: the checkout, its virtual environment and the folder that holds all data."""

import os
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"
RUNTIME_LOCK = ROOT / "requirements.lock"
DEV_LOCK = ROOT / "requirements-dev.lock"


def site_packages() -> Path:
    """The folder that holds the installed packages of .venv."""
    found = sorted((VENV / "lib").glob("python3.*/site-packages"))
    return found[-1] if found else VENV / "lib" / "missing"


def tool(name: str) -> str:
    """The path of a command installed in .venv."""
    return str(VENV / "bin" / name)


@dataclass(frozen=True)
class Var:
    """The folder with everything an installation keeps."""

    root: Path

    @classmethod
    def chosen(cls, given: str | None = None) -> "Var":
        """The folder named on the command line or in SCOPEROOM_VAR, else var/ in the checkout."""
        return cls(Path(given or os.environ.get("SCOPEROOM_VAR") or ROOT / "var").absolute())

    @cached_property
    def secret_key(self) -> Path:
        return self.root / "secret_key"

    @cached_property
    def postgres(self) -> Path:
        return self.root / "postgres"

    @cached_property
    def valkey(self) -> Path:
        return self.root / "valkey"

    @cached_property
    def run(self) -> Path:
        return self.root / "run"

    @cached_property
    def log(self) -> Path:
        return self.root / "log"

    @cached_property
    def lock(self) -> Path:
        return self.run / "lock"


LINUX = sys.platform == "linux"
