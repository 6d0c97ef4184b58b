from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from apps.core.errors import DomainError
from apps.core.forms import Outcome, show_both, submit
from apps.core.htmx import gone_to, page, saved
from apps.projects import named
from apps.projects.access import ProjectRequest, project_view
from apps.projects.models import Project
from apps.projects.permissions import Perm
from apps.projects.sections import number_of
from apps.projects.way_back import way_back
from apps.risks import actions, heat, queries
from apps.risks.forms import ChangeRiskForm, CloseRiskForm, RiskForm
from apps.risks.models import Risk
from apps.risks.table import REGISTER
from apps.tables import actions as tables
from apps.tables import catalogs, editions
from apps.tables.forms import show_clashes

LIST = "risks/list.html"
CHANGED = "risks:changed"


@project_view(Perm.PROJECT_READ)
def risk_list(request: ProjectRequest, project: Project) -> HttpResponse:
    """The register; `?cell=4-5` keeps one cell of the map, `?after` shows the map after mitigation."""
    context = _register(project, cell=_cell(request.GET.get("cell", "")), after="after" in request.GET)
    return page(request, LIST, context, fragment="register")


@project_view(Perm.PROJECT_READ)
def risk_detail(request: ProjectRequest, project: Project, risk_id: UUID) -> HttpResponse:
    risk = get_object_or_404(queries.register(project), pk=risk_id)
    return page(request, LIST, _register(project, selected=risk), fragment="register")


@project_view(Perm.RISK_EDIT, methods=["GET", "POST"])
def risk_raise(request: ProjectRequest, project: Project) -> HttpResponse:
    people = named.names(project)
    form = RiskForm(request.POST or None, people=people)
    outcome = submit(form, actions.raise_risk, project, by=request.user)
    if outcome == Outcome.SAVED:
        return _saved(request, project, form.result)  # type: ignore[attr-defined]
    context = {**_register(project), "form": form, "mode": "raise"}
    return page(request, LIST, context, fragment="register", status=outcome)


@project_view(Perm.RISK_EDIT, methods=["GET", "POST"])
def risk_edit(request: ProjectRequest, project: Project, risk_id: UUID) -> HttpResponse:
    risk = get_object_or_404(queries.register(project), pk=risk_id)
    form = ChangeRiskForm.of(request.POST or None, risk, named.names(project))
    outcome = submit(form, actions.change_risk, risk, by=request.user)
    if outcome == Outcome.SAVED:
        if back := way_back(request, project):
            return gone_to(request, back.url)
        return _saved(request, project, risk)
    both = show_clashes(form, risk)
    context = {**_register(project, selected=risk), "form": form, "mode": "edit", "both": both}
    return page(request, LIST, context, fragment="register", status=outcome)


@project_view(Perm.RISK_EDIT, methods=["GET", "POST"])
def risk_close(request: ProjectRequest, project: Project, risk_id: UUID) -> HttpResponse:
    risk = get_object_or_404(queries.register(project), pk=risk_id)
    form = CloseRiskForm(request.POST or None, initial={"version": risk.version})
    outcome = submit(form, actions.close_risk, risk, by=request.user)
    if outcome == Outcome.SAVED:
        return _saved(request, project, risk)
    show_both(form, risk)
    context = {**_register(project, selected=risk), "form": form, "mode": "close"}
    return page(request, LIST, context, fragment="register", status=outcome)


@project_view(Perm.RISK_EDIT, methods=["POST"])
def risk_reopen(request: ProjectRequest, project: Project, risk_id: UUID) -> HttpResponse:
    risk = get_object_or_404(queries.register(project), pk=risk_id)
    try:
        actions.reopen_risk(risk, version=risk.version, by=request.user)
    except DomainError as refusal:
        context = {**_register(project, selected=risk), "refusal": str(refusal)}
        return page(request, LIST, context, fragment="register", status=Outcome.REFUSED)
    return _saved(request, project, risk)


@project_view(Perm.PROJECT_READ)
def catalog_show(request: ProjectRequest, project: Project) -> HttpResponse:
    """The known risks in a drawer beside the register."""
    context = {**_register(project), **_catalog(project, request.GET)}
    return page(request, LIST, context, fragment="catalog")


@project_view(Perm.RISK_EDIT, methods=["POST"])
def catalog_add(request: ProjectRequest, project: Project) -> HttpResponse:
    asked = request.POST
    try:
        risk = tables.add_known(project, REGISTER.key, known=asked.get("catalog_id", ""), by=request.user)
    except DomainError as refusal:
        context = {**_register(project), **_catalog(project, asked), "refusal": str(refusal)}
        return page(request, LIST, context, fragment="catalog", status=Outcome.REFUSED)
    context = {**_register(project, selected=risk), **_catalog(project, asked)}
    then = reverse("risks:catalog", args=[project.pk])
    return saved(request, LIST, context, fragment="catalog", oob=["register"], then=then, changed=CHANGED)


def _saved(request: ProjectRequest, project: Project, risk: Risk) -> HttpResponse:
    return saved(request, LIST, _register(project, selected=risk), fragment="register", then=risk, changed=CHANGED)


def _register(
    project: Project, *, selected: Risk | None = None, cell: tuple[int, int] | None = None, after: bool = False
) -> dict[str, Any]:
    register = queries.loaded(project, cell=cell)
    chosen = next((risk for risk in register.risks if selected and risk.pk == selected.pk), None)
    chosen = chosen or next(iter(register.shown), None)
    return {
        "project": project,
        "here": "draft",
        "number": number_of("risks"),
        "register": register,
        "selected": chosen,
        "cell": cell,
        "after": after,
        "elsewhere": reverse("registers:list", args=[project.pk, REGISTER.key]),
        "owner_page": named.page_of(project, chosen.owner) if chosen else "",
        "cells": _map(project, register, chosen, after=after),
    }


def _map(project: Project, register: queries.Register, chosen: Risk | None, *, after: bool) -> list[heat.Cell]:
    """Cells whose number opens its one risk, or keeps the table to its several; none while nothing is rated."""
    at = {risk.pk: place for risk in register.live if (place := _place(risk, after=after))}
    alone = {place: [risk for risk in register.live if at.get(risk.pk) == place] for place in at.values()}

    def url_of(likelihood: int, impact: int) -> str:
        found = alone[likelihood, impact]
        if len(found) == 1 or after:
            return found[0].get_absolute_url()
        return f"{reverse('risks:list', args=[project.pk])}?cell={likelihood}-{impact}"

    points = [heat.Point(risk.ref, *at[risk.pk]) for risk in register.live if risk.pk in at]
    if not points and register.live:
        return []
    return heat.cells(points, url_of=url_of, selected=at.get(chosen.pk) if chosen else None)


def _place(risk: Risk, *, after: bool) -> tuple[int, int] | None:
    """Where it lies on the map; nowhere while nobody has rated it."""
    return (risk.residual_rating if after else None) or risk.rating


def _catalog(project: Project, asked: Any) -> dict[str, Any]:
    query, category = asked.get("q", "").strip()[:100], asked.get("category", "")
    every = catalogs.offers(project, REGISTER)
    return {
        "drawer": True,
        "q": query,
        "category": category,
        "categories": catalogs.groups(every),
        "edition": catalogs.edition(REGISTER),
        "known": catalogs.matching(every, query=query, group=category),
        "known_count": len(every),
        "known_there": sum(offer.is_there for offer in every),
        "newer": len(editions.newer(project, REGISTER)),
    }


def _cell(asked: str) -> tuple[int, int] | None:
    """`4-5` as likelihood and impact; anything else keeps nothing."""
    likelihood, _, impact = asked.partition("-")
    if likelihood in set("12345") and impact in set("12345"):
        return int(likelihood), int(impact)
    return None
