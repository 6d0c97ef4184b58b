"""`docs/complaints.md` names a test for each complaint; here each of them must exist."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


def test_every_test_that_is_named_exists():
    named = NAMED.findall((ROOT / "docs" / "complaints.md").read_text())
    missing = [f"{path}::{name}" for path, name in named if name not in _tests(ROOT / path)]

    assert (missing, len(named) > 40) == ([], True)


def test_every_complaint_has_a_test():
    lines = [line for line in (ROOT / "docs" / "complaints.md").read_text().splitlines() if line.startswith("| ")]
    rows = [line for line in lines if not re.match(r"\| (---|thread|wanted) ", line)]

    assert [row for row in rows if not NAMED.search(row)] == []


def _tests(path: Path) -> set[str]:
    if not path.exists():
        return set()
    return {node.name for node in ast.parse(path.read_text()).body if isinstance(node, ast.FunctionDef)}
