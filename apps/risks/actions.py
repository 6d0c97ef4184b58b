from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.core.errors import DomainError
from apps.events.log import record
from apps.projects.models import Project
from apps.risks.enums import State
from apps.risks.models import Risk
from apps.risks.table import REGISTER
from apps.tables import actions as tables
from apps.tables.enums import Change


@transaction.atomic
def raise_risk(
    project: Project,
    *,
    title: str,
    cause: str = "",
    event: str = "",
    consequence: str = "",
    likelihood: int | None = None,
    impact: int | None = None,
    came_from: str = "",
    came_from_url: str = "",
    by: Any,
    **more: Any,
) -> Risk:
    """Put a risk into the register under the project's next number; rated by nobody unless both ratings are given."""
    tables.lock(project)
    risk = Risk.begin(project, REGISTER)
    fields = {
        "title": title,
        "cause": cause,
        "event": event,
        "consequence": consequence,
        "likelihood": likelihood,
        "impact": impact,
        "came_from": came_from,
        "came_from_url": came_from_url,
        **more,
    }
    for name, value in fields.items():
        setattr(risk, name, value)
    risk.owner_user = tables.owner(project, risk.owner)
    tables.enter(risk, by=by)
    record("risk.raised", subject=risk, by=by, stream=project.stream, number=risk.number, title=title)
    return risk


def change_risk(risk: Risk, *, version: int, by: User, **fields: Any) -> Risk:
    """Take in what differs from the version that the person saw; see `tables.change_row` for two at once."""
    changed: Risk = tables.change_fields(risk, version=version, by=by, **fields)
    return changed


@transaction.atomic
def close_risk(risk: Risk, *, note: str, version: int, by: User) -> Risk:
    """It can no longer happen, or it did and is dealt with."""
    if risk.is_closed:
        raise DomainError(_("This risk is already closed."))
    risk.state, risk.closing_note = State.CLOSED, note
    tables.keep(risk, Change.CHANGED, by=by, expected=version, fields=["state", "closing_note"])
    record("risk.closed", subject=risk, by=by, stream=risk.project.stream, note=note)
    return risk


@transaction.atomic
def reopen_risk(risk: Risk, *, version: int, by: User) -> Risk:
    if not risk.is_closed:
        raise DomainError(_("This risk is open."))
    risk.state = State.OPEN
    tables.keep(risk, Change.CHANGED, by=by, expected=version, fields=["state"])
    record("risk.reopened", subject=risk, by=by, stream=risk.project.stream)
    return risk
