"""How a project begins, and what the company keeps to begin with."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from apps.accounts.typing import Request
from apps.core.forms import Outcome, show_both, submit
from apps.core.htmx import gone_to, page
from apps.projects import copying
from apps.projects.access import ProjectRequest, project_view
from apps.projects.models import Project
from apps.projects.permissions import Perm
from apps.starts import actions, queries
from apps.starts.forms import ChangeTemplateForm, ChooseForm, CopyForm, KeepForm, NewForm
from apps.starts.models import ProjectTemplate

BOTH = ["GET", "POST"]


@login_required
@require_http_methods(BOTH)
def new(request: Request) -> HttpResponse:
    templates, sources = queries.templates(), queries.sources(request.user)
    form = NewForm(request.POST or None, templates=templates, sources=sources)
    if form.is_bound and form.is_valid() and form.more:
        said = {name: form.cleaned_data[name] for name in ("title", "organisation")}
        return gone_to(request, f"{_choose_url(form.more)}?{urlencode(said)}")
    outcome = submit(form, actions.start_project, by=request.user)
    if outcome == Outcome.SAVED:
        return _to(request, form.result)  # type: ignore[attr-defined]
    context = {"form": form, "templates": templates, "sources": sources}
    return page(request, "starts/new.html", context, status=outcome)


@project_view(Perm.EXPORT_MAKE, methods=BOTH)
def copy(request: ProjectRequest, project: Project) -> HttpResponse:
    offers = queries.offers(copying.pack(project, names=True))
    form = CopyForm(
        request.POST or None, initial={"organisation": project.organisation, **_said(request)}, offers=offers
    )
    outcome = submit(form, actions.copy_project, project, by=request.user)
    if outcome == Outcome.SAVED:
        return _to(request, form.result)  # type: ignore[attr-defined]
    context = {"project": project, "form": form, "began": queries.began(project)}
    return page(request, "starts/copy.html", context, status=outcome)


@login_required
@require_http_methods(BOTH)
def use(request: Request, template_id: UUID) -> HttpResponse:
    template = get_object_or_404(queries.templates(), pk=template_id)
    form = ChooseForm(request.POST or None, initial=_said(request), offers=queries.offers(template.content))
    outcome = submit(form, actions.use_template, template, by=request.user)
    if outcome == Outcome.SAVED:
        return _to(request, form.result)  # type: ignore[attr-defined]
    context = {"template": template, "form": form, "began": template.began}
    return page(request, "starts/use.html", context, status=outcome)


@project_view(Perm.MEMBERS_MANAGE, methods=BOTH)
def keep(request: ProjectRequest, project: Project) -> HttpResponse:
    """Give parts of this project to the company."""
    offers = queries.offers(copying.pack(project, names=False))
    form = KeepForm(request.POST or None, initial={"name": project.title}, offers=offers)
    outcome = submit(form, actions.keep_template, project, by=request.user)
    if outcome == Outcome.SAVED:
        return gone_to(request, reverse("starts:templates"))
    return page(request, "starts/keep.html", {"project": project, "form": form}, status=outcome)


@login_required
@require_GET
def templates(request: Request) -> HttpResponse:
    rows = [
        (template, queries.titles(template.content), queries.may_change(template, request.user))
        for template in queries.templates()
    ]
    return page(request, "starts/templates.html", {"rows": rows})


@login_required
@require_http_methods(BOTH)
def template_edit(request: Request, template_id: UUID) -> HttpResponse:
    template = _mine(request, template_id)
    form = ChangeTemplateForm.of(request.POST or None, template)
    outcome = submit(form, actions.change_template, template, by=request.user)
    if outcome == Outcome.SAVED:
        return gone_to(request, reverse("starts:templates"))
    context = {"template": template, "form": form, "both": show_both(form, template)}
    return page(request, "starts/template_edit.html", context, status=outcome)


@login_required
@require_POST
def template_remove(request: Request, template_id: UUID) -> HttpResponse:
    actions.remove_template(_mine(request, template_id), by=request.user)
    return gone_to(request, reverse("starts:templates"))


def _mine(request: Request, template_id: UUID) -> ProjectTemplate:
    template = get_object_or_404(queries.templates(), pk=template_id)
    if not queries.may_change(template, request.user):
        raise PermissionDenied
    return template


def _choose_url(source: ProjectTemplate | Project) -> str:
    return reverse("starts:copy" if isinstance(source, Project) else "starts:use", args=[source.pk])


def _said(request: Request) -> dict[str, Any]:
    """What was typed on the page before."""
    return {name: request.GET[name][:120] for name in ("title", "organisation") if name in request.GET}


def _to(request: Request, project: Project) -> HttpResponse:
    return gone_to(request, reverse("projects:frame", args=[project.pk]))
