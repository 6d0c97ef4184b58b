"""What the views of this app look up and show alike."""

from functools import partial
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from apps.accounts.models import User
from apps.core.htmx import saved, wants_fragment
from apps.projects.access import ProjectRequest
from apps.projects.models import Project
from apps.projects.permissions import Perm
from apps.projects.sections import number_of
from apps.registers import queries
from apps.registers.forms import RowForm
from apps.tables import catalogs
from apps.tables import queries as tables
from apps.tables.declared import Register
from apps.tables.queries import Batch

LIST = "registers/list.html"


def row_or_404(project: Project, register: Register, row_id: UUID) -> Any:
    row = queries.row_or_none(project, register, row_id)
    if row is None:
        raise Http404
    row.project = project
    return row


def around(project: Project, register: Register) -> dict[str, Any]:
    """What every page of a register knows."""
    return {
        "project": project,
        "here": "draft",
        "register": register,
        "number": number_of(register.section),
        "elsewhere": register.elsewhere(project) if register.elsewhere else None,
    }


def table(
    request: ProjectRequest, project: Project, register: Register, *, done: Batch | None = None, at: Any = None
) -> dict[str, Any]:
    """The page of a register, or of the rows around one; `done` is what can be undone at once."""
    links = tables.links_of(project, register)
    asked = _asked(request, at)
    window = queries.window(project, register, links, asked)
    context = around(project, register) | {
        "lines": window.lines,
        "window": window,
        "find": asked.find,
        "mine": asked.mine,
        "narrowed": _narrowed(asked),
        "summary": window.summary,
        "done": done or _done(request, project, register),
        # asked by the head of the page, and not by the rows alone
        "has_catalog": partial(catalogs.is_begun, register),
    }
    return context | editors(project, register, links) if request.may(Perm.SECTION_EDIT) else context


def editors(project: Project, register: Register, links: Any) -> dict[str, Any]:
    """The fields in which a cell is edited and a row is added."""
    return {
        "cells": RowForm(register, only=register.in_table, links=links, auto_id="cell_%s"),
        "add_form": RowForm(register, only=register.columns[:1], auto_id="add_%s"),
        "people": queries.people(project),
    }


def answered(
    request: ProjectRequest, project: Project, register: Register, *, done: Batch | None = None
) -> HttpResponse:
    """Saved: the table again, and for who has no JavaScript the page with what can be undone."""
    then = reverse("registers:list", args=[project.pk, register.key])
    if not wants_fragment(request):
        return redirect(f"{then}?done={done.id}" if done else then)
    context = table(request, project, register, done=done)
    oob = ["undo"] if done else []
    return saved(request, LIST, context, fragment="rows", oob=oob, then=then, changed=register.live)


def list_at(row: Any, done: Batch | None = None) -> str:
    """The page of the register that has the row on it; `done` can be undone there."""
    asked = {"at": row.pk, **({"done": done.id} if done else {})}
    return f"{reverse('registers:list', args=[row.project_id, row.declared.key])}?{urlencode(asked)}#row-{row.pk}"


def _asked(request: ProjectRequest, at: Any) -> queries.Asked:
    """What the page says it shows; nonsense is the beginning."""
    said = {**request.GET.dict(), **request.POST.dict()}
    start, until = (
        int(value) if (value := said.get(key, "")).isdecimal() and len(value) < 6 else 0 for key in ("from", "until")
    )
    place = str(at.pk) if at else said.get("at", "")
    return queries.Asked(said.get("find", "")[:200], request.user, bool(said.get("mine")), start, until, place)


def _narrowed(asked: queries.Asked) -> str:
    """What an address of further rows ends with."""
    said = {"find": asked.find, "mine": "1" if asked.mine else ""}
    return "".join(f"&{urlencode({key: value})}" for key, value in said.items() if value)


def _done(request: ProjectRequest, project: Project, register: Register) -> Batch | None:
    user: User = request.user
    return tables.batch(project, register, request.GET.get("done", ""), by=user)
