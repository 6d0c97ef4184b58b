"""What moves in a catalog: the company's own entries come and go, a newer edition says something else."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from apps.core.forms import NothingForm, Outcome, submit
from apps.core.htmx import gone_to, page
from apps.projects.access import ProjectRequest, project_view
from apps.projects.models import Project
from apps.projects.permissions import Perm
from apps.registers import actions
from apps.registers.forms import NewerForm
from apps.registers.views.found import row_or_404
from apps.registers.views.taking import CATALOG, catalog_of
from apps.tables import catalogs
from apps.tables.declared import register


@project_view(Perm.SECTION_EDIT, methods=["POST"])
def entry_keep(request: ProjectRequest, project: Project, key: str, row_id: UUID) -> HttpResponse:
    found = register(key)
    row, form = row_or_404(project, found, row_id), NothingForm(request.POST)
    outcome = submit(form, actions.keep_entry, row, by=request.user)
    if outcome == Outcome.SAVED:
        return gone_to(request, reverse("registers:catalog", args=[project.pk, key]))
    return page(request, CATALOG, catalog_of(request, project, found, {}) | {"refused": form}, status=outcome)


@project_view(Perm.SECTION_EDIT, methods=["POST"])
def entry_drop(request: ProjectRequest, project: Project, key: str, entry_id: UUID) -> HttpResponse:
    """By who kept it, or by who runs the installation."""
    entry = get_object_or_404(catalogs.own_entries(key), pk=entry_id)
    if not catalogs.may_drop(entry, request.user):
        raise PermissionDenied
    actions.drop_entry(project, entry, by=request.user)
    return gone_to(request, reverse("registers:catalog", args=[project.pk, key]))


@project_view(Perm.SECTION_EDIT, methods=["POST"])
def newer_take(request: ProjectRequest, project: Project, key: str, row_id: UUID) -> HttpResponse:
    """What a newer edition of the catalog says of a row."""
    found = register(key)
    row, form = row_or_404(project, found, row_id), NewerForm(request.POST)
    outcome = submit(form, actions.take_newer, row, by=request.user)
    if outcome == Outcome.SAVED:
        return gone_to(request, reverse("registers:catalog", args=[project.pk, key]))
    return page(request, CATALOG, catalog_of(request, project, found, {}) | {"refused": form}, status=outcome)
