"""The cache in the database, with counters that lose no count."""

import base64
import pickle
from typing import Any

from django.core.cache.backends.db import DatabaseCache
from django.db import connections, router, transaction
from django.utils import timezone


class CountingCache(DatabaseCache):
    """Django's own `incr` reads, then writes: of two who count at once, one is lost, and the time starts anew."""

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        """Add `delta` under the row's lock; when the entry ends stays as it was. ValueError without an entry."""
        name = self.make_and_validate_key(key, version=version)
        using = router.db_for_write(self.cache_model_class)
        table = connections[using].ops.quote_name(self._table)  # type: ignore[attr-defined]
        with transaction.atomic(using=using), connections[using].cursor() as cursor:
            cursor.execute(
                f"SELECT value FROM {table} WHERE cache_key = %s AND expires > %s FOR UPDATE",  # noqa: S608
                [name, timezone.now()],
            )
            row = cursor.fetchone()
            if row is None:
                raise ValueError(f"Key {key!r} not found")
            count = int(_read(row[0])) + delta
            cursor.execute(f"UPDATE {table} SET value = %s WHERE cache_key = %s", [_written(count), name])  # noqa: S608
        return count


def _read(value: str) -> Any:
    # As DatabaseCache wrote it; nobody else writes to this table.
    return pickle.loads(base64.b64decode(value))  # noqa: S301


def _written(value: Any) -> str:
    return base64.b64encode(pickle.dumps(value, pickle.HIGHEST_PROTOCOL)).decode("latin1")
