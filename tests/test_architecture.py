"""What import-linter cannot see: foreign keys, templates and views keep to the layers too."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.conf import settings

ROOT = Path(settings.BASE_DIR)


def _layers() -> dict[str, int]:
    """App → height, read from the contract that import-linter checks."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    lines = next(each for each in contracts if each.get("containers") == ["apps"])["layers"]
    return {
        name.strip(" ()"): height for height, line in enumerate(reversed(lines)) for name in re.split(r"[|:]", line)
    }


LAYERS = _layers()


def test_foreign_keys_point_down() -> None:
    upwards = [
        f"{model._meta.label}.{field.name} → {field.related_model._meta.label}"
        for model in apps.get_models()
        if model._meta.app_label in LAYERS
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and field.related_model is not None
        if LAYERS.get(field.related_model._meta.app_label, -1) > LAYERS[model._meta.app_label]
    ]

    assert upwards == []


def _inclusions() -> Iterator[tuple[str, str, str]]:
    for path in sorted((ROOT / "templates").rglob("*.html")):
        owner = path.relative_to(ROOT / "templates").parts[0]
        for other in re.findall(r"{%\s*(?:include|extends)\s+[\"']([^\"'#]+)", path.read_text()):
            yield owner, other.split("/")[0], f"{path.relative_to(ROOT)} → {other}"


def test_templates_include_downwards_only() -> None:
    upwards = [
        told
        for owner, other, told in _inclusions()
        if owner in LAYERS and other in LAYERS and LAYERS[other] > LAYERS[owner]
    ]

    assert upwards == []


def test_views_reach_rows_through_queries() -> None:
    found = []
    for path in sorted([*ROOT.glob("apps/*/views.py"), *ROOT.glob("apps/*/views/*.py")]):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Attribute) and node.attr == "objects":
                found.append(f"{path.relative_to(ROOT)}:{node.lineno}")

    assert found == []


def test_pages_hold_no_inline_script_style_or_handler() -> None:
    inline = re.compile(
        r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")|<style|\sstyle=|\son[a-z]+=|hx-on", re.I
    )
    found = [
        f"{path.relative_to(ROOT)}: {match.group().strip()}"
        for path in sorted((ROOT / "templates").rglob("*.html"))
        # Mail programs know no style sheets, and the PDF has no browser and no CSP.
        if path.relative_to(ROOT / "templates").parts[0] != "mail" and "pdf" not in path.parts
        for match in inline.finditer(path.read_text())
    ]

    assert found == []
