"""The one way to change an editable row."""

from collections.abc import Iterable

from django.utils import timezone

from apps.core.errors import Stale
from apps.core.models import Versioned


def save_version(obj: Versioned, *, expected: int, fields: Iterable[str]) -> None:
    """Write `fields` if the row still has version `expected`; raise `Stale` when it does not."""
    values = {name: getattr(obj, name) for name in fields}
    now = timezone.now()
    changed = (
        type(obj)
        ._base_manager.filter(pk=obj.pk, version=expected)
        .update(**values, version=expected + 1, updated_at=now)
    )
    if not changed:
        raise Stale
    obj.version = expected + 1
    obj.updated_at = now
