"""The verbs for people who change the code: lint, fmt, types."""

import re
import subprocess
from pathlib import Path

from config.starter import install, say
from config.starter.paths import DEV_LOCK, ROOT, RUNTIME_LOCK, tool

# A lock that names an address makes everybody's installation depend on it.
# An address, or any option but a hash: every option that names a place where packages come from is one of them.
ADDRESS = re.compile(r"://|^\s*-(?!-hash\b)|^\s*(file:|\.?/)")


def lint() -> int:
    """All checks, each said to be fine or not; returns 1 when one is not."""
    install.ensure(DEV_LOCK)
    checks = [
        [tool("ruff"), "check", "."],
        [tool("ruff"), "format", "--check", "."],
        [tool("djlint"), "--lint", "--quiet", "templates", "apps"],
        [tool("lint-imports"), "--no-cache"],
    ]
    failed = [command for command in checks if not _passes(command)]
    addresses = [problem for lock in (RUNTIME_LOCK, DEV_LOCK) for problem in addresses_in(lock)]
    for problem in addresses:
        say.warn(problem)
    return int(bool(failed or addresses))


def _passes(command: list[str]) -> bool:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    name = " ".join([Path(command[0]).name, *command[1:]])
    say.line(f"{'ok  ' if done.returncode == 0 else 'FAIL'} {name}")
    if done.returncode:
        say.line(done.stdout + done.stderr)
    return done.returncode == 0


def addresses_in(lock: Path) -> list[str]:
    """A sentence for each line of a lock that names where packages come from."""
    return [
        f"{lock.name}:{number} names an address or an index: lock again with --no-emit-index-url."
        for number, row in enumerate(lock.read_text().splitlines(), 1)
        if not row.lstrip().startswith("#") and ADDRESS.search(row)
    ]


def fmt() -> int:
    """Mend what can be mended by itself."""
    install.ensure(DEV_LOCK)
    commands = [[tool("ruff"), "check", "--fix", "--quiet", "."], [tool("ruff"), "format", "."]]
    return max(subprocess.run(command, cwd=ROOT, check=False).returncode for command in commands)


def types() -> int:
    install.ensure(DEV_LOCK)
    return subprocess.run([tool("mypy")], cwd=ROOT, check=False).returncode
