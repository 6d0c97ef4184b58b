"""Reading once what several parts of a page need."""

from typing import Any

from django.db.models import Model, QuerySet


def read(owner: Model, relation: str, otherwise: QuerySet[Any]) -> list[Any]:
    """What a page has prefetched of `relation` onto `owner`, else `otherwise` from the database."""
    known = getattr(owner, "_prefetched_objects_cache", {}).get(relation)
    return list(otherwise if known is None else known)
