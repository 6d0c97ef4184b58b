"""What is sent twice has one effect."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from apps.core.errors import DomainError
from apps.core.models import Sending


def once(key: UUID, run: Callable[[], Any]) -> Any:
    """What `run` returns; under a key that it ran for before, the row that it returned then (None for anything else).

    Of two at the same moment the second waits at the key until the first is through. When `run` raises, nothing of it
    is kept, the key included. Raises `DomainError` when the row is gone by now.
    """
    with transaction.atomic():
        sending, first = Sending.objects.get_or_create(key=key)
        if first:
            made = run()
            sending.made = _name(made)
            sending.save(update_fields=["made"])
            return made
    return _found(sending.made)


def _name(made: Any) -> str:
    return f"{made._meta.label_lower} {made.pk}" if isinstance(made, Model) else ""


def _found(made: str) -> Model | None:
    if not made:
        return None
    model, pk = made.split()
    row = apps.get_model(model)._base_manager.filter(pk=pk).first()
    if row is None:
        raise DomainError(_("This was sent before, and what it made has been removed since."))
    return row
