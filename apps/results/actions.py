from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.core.errors import DomainError
from apps.core.writes import save_version
from apps.events.log import record
from apps.projects.models import Project
from apps.results import queries
from apps.results.models import Benefit, Measurement

MOST_BENEFITS = 30
MEASURED = ["day", "value", "source", "remark"]


@transaction.atomic
def enter_value(
    project: Project, *, objective: UUID, day: date, value: Decimal, source: str, remark: str = "", by: User
) -> Measurement:
    """Write down what was measured. Nothing of the document changes, so nothing that was signed does."""
    if queries.promise_of(project, objective) is None:
        raise DomainError(_("This objective is gone. Look at the list again."))
    _not_ahead(day)
    with _once_a_day():
        made = Measurement.objects.create(
            project=project, objective=objective, day=day, value=value, source=source, remark=remark, by=by
        )
    record("measurement.entered", subject=made, by=by, stream=project.stream, objective=str(objective))
    return made


@transaction.atomic
def correct_value(measurement: Measurement, *, version: int, by: User, **fields: Any) -> Measurement:
    """Mend what was written down; the log keeps what it was."""
    _not_ahead(fields["day"])
    was = {"day": measurement.day.isoformat(), "value": str(measurement.value)}
    for name in MEASURED:
        setattr(measurement, name, fields[name])
    with _once_a_day():
        save_version(measurement, expected=version, fields=MEASURED)
    record("measurement.corrected", subject=measurement, by=by, stream=measurement.project.stream, was=was)
    return measurement


@transaction.atomic
def remove_value(measurement: Measurement, *, by: User) -> None:
    was = {"day": measurement.day.isoformat(), "value": str(measurement.value)}
    record("measurement.removed", subject=measurement, by=by, stream=measurement.project.stream, was=was)
    measurement.delete()


@transaction.atomic
def add_benefit(project: Project, *, by: User, **fields: Any) -> Benefit:
    there = project.benefits.aggregate(last=Max("position", default=0))["last"]
    if project.benefits.count() >= MOST_BENEFITS:
        raise DomainError(_("That is a long list already. Nobody reads more than %(most)d.") % {"most": MOST_BENEFITS})
    benefit = Benefit.objects.create(project=project, position=there + 1, **fields)
    record("benefit.added", subject=benefit, by=by, stream=project.stream)
    return benefit


@transaction.atomic
def change_benefit(benefit: Benefit, *, version: int, by: User, **fields: Any) -> Benefit:
    for name, value in fields.items():
        setattr(benefit, name, value)
    save_version(benefit, expected=version, fields=list(fields))
    record("benefit.changed", subject=benefit, by=by, stream=benefit.project.stream, fields=sorted(fields))
    return benefit


@transaction.atomic
def remove_benefit(benefit: Benefit, *, by: User) -> None:
    record("benefit.removed", subject=benefit, by=by, stream=benefit.project.stream, title=benefit.title)
    benefit.delete()


def _not_ahead(day: date) -> None:
    if day > timezone.localdate():
        raise DomainError(_("That day is still to come. Enter what was measured, on the day it was."))


@contextmanager
def _once_a_day() -> Iterator[None]:
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if "one_measurement_a_day" not in str(error):
            raise
        raise DomainError(_("There is a value of that day already. Correct it instead.")) from error
