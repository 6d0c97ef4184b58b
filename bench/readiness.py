"""Readiness on the sample and on a project ten times its size: milliseconds, statements, and their ratio.

Both are asked by turns in one process, so that what else the machine does falls on both; so is the least that a whole
check could do, which is to read the same tables and judge nothing (the sections' snapshots).

    .venv/bin/python -m bench.readiness [--times 40] [--size 10]
"""

import argparse
import time
from collections.abc import Callable
from typing import Any

from bench.serving import installation, percentile

GROWING = ("rows", "objectives", "risks", "stakeholders", "components", "threads")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=40)
    parser.add_argument("--size", type=int, default=10)
    chosen = parser.parse_args()
    with installation():
        import django

        django.setup()
        measure(chosen.times, chosen.size)


def measure(times: int, size: int) -> None:
    from apps.projects.models import Project
    from apps.projects.rules import all_rules
    from apps.scope.queries import readiness

    small = Project.objects.get(is_sample=True)
    large = grown(small, size)
    checks: list[tuple[str, Callable[[Any], Any], Any]] = [
        ("sample", readiness, small), ("ten times" if size == 10 else f"{size} times", readiness, large),
        ("sample, read only", read_only, small), ("the same, read only", read_only, large),
    ]  # fmt: skip
    took: dict[str, list[float]] = {name: [] for name, _check, _project in checks}
    for turn in range(times + 5):
        for name, check, project in checks:
            fresh = Project.objects.get(pk=project.pk)
            started = time.perf_counter()
            check(fresh)
            if turn >= 5:
                took[name].append((time.perf_counter() - started) * 1000)
    print(
        f"{len(all_rules())} rules\n{'':<22} {'things':>7} {'findings':>9} {'statements':>11} {'p50 ms':>8} {'p95 ms':>8}"
    )
    for name, check, project in checks:
        found = len(check(Project.objects.get(pk=project.pk)))
        middle, slow = percentile(took[name], 0.5), percentile(took[name], 0.95)
        print(
            f"{name:<22} {things(project):>7} {found:>9} {statements(check, project):>11} {middle:>8.1f} {slow:>8.1f}"
        )
    whole = [percentile(took[name], 0.5) for name, *_rest in checks]
    print(f"ratio of size {things(large) / things(small):.1f}, of time {whole[1] / whole[0]:.1f}")
    print(f"judging beside reading: × {whole[0] / whole[2]:.2f} and × {whole[1] / whole[3]:.2f}")


def read_only(project: Any) -> list[Any]:
    from apps.projects.sections import all_sections, reading

    with reading(project):
        return [section.snapshot(project) for section in all_sections()]


def statements(check: Callable[[Any], Any], project: Any) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    fresh = type(project).objects.get(pk=project.pk)
    with CaptureQueriesContext(connection) as asked:
        check(fresh)
    return len(asked)


def things(project: Any) -> int:
    return sum(getattr(project, name).count() for name in GROWING)


def grown(small: Any, size: int) -> Any:
    """A project with everything that the sample has, `size` times."""
    from apps.projects.actions import create_project
    from apps.projects.models import Project

    host = small.memberships.get(role="host").user
    large = create_project(by=host, title="Large")
    names = {field.name for field in Project._meta.concrete_fields} - {"id", "title", "is_sample", "created_at", "updated_at"}  # fmt: skip
    Project.objects.filter(pk=large.pk).update(**{name: getattr(small, name) for name in names})
    for relation in (*GROWING, "sections"):
        _copy(small, large, relation, 1 if relation == "sections" else size)
    triage = small.triage
    triage.pk, triage.project, triage._state.adding = None, large, True
    triage.save(force_insert=True)
    return large


def _copy(small: Any, large: Any, relation: str, size: int) -> None:
    originals = list(getattr(small, relation).all())
    model = type(originals[0])
    new = []
    for turn in range(size):
        for number, one in enumerate(originals):
            fields = {
                field.name: getattr(one, field.name) for field in model._meta.concrete_fields if field.name != "id"
            }
            fields |= {"project": large}
            if "number" in fields:
                fields["number"] = turn * 1000 + number + 1
            if "client_key" in fields:
                fields["client_key"] = None
            if "email" in fields:
                fields["email"] = ""
            new.append(model(**fields))
    model.objects.bulk_create(new)


if __name__ == "__main__":
    main()
