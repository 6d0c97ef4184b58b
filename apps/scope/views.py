from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from apps.core.forms import NothingForm, Outcome, submit
from apps.core.htmx import gone_to, page
from apps.events.queries import position
from apps.projects.access import ProjectRequest, project_view
from apps.projects.models import Project
from apps.projects.permissions import Perm
from apps.projects.rules import all_rules
from apps.projects.sections import all_sections, reading
from apps.scope import actions, changes, queries
from apps.scope.forms import FreezeForm, OverruleForm, WaiveForm

READINESS, WAIVE, LIST, SHOW = "scope/readiness.html", "scope/waive.html", "scope/list.html", "scope/show.html"


@project_view(Perm.PROJECT_READ)
def readiness_show(request: ProjectRequest, project: Project) -> HttpResponse:
    return page(request, READINESS, _readiness(project), fragment="findings")


@project_view(Perm.PROJECT_READ)
def readiness_rules(request: ProjectRequest, project: Project) -> HttpResponse:
    """Everything that readiness looks for, and why."""
    context = {"book": queries.rulebook(), "count": len(all_rules()), "here": "sign"}
    return page(request, "scope/rules.html", context)


@project_view(Perm.SIGN_MANAGE, methods=["GET", "POST"])
def finding_waive(request: ProjectRequest, project: Project, finding: str) -> HttpResponse:
    found = queries.readiness(project)
    seen = next((one for one in found if one.key == finding), None)
    if seen is None:
        raise Http404
    alike = [(one.key, one.finding.message) for one in queries.alike(found, seen)]
    form = WaiveForm(request.POST or None, alike=alike)
    outcome = submit(form, actions.waive, project, finding, by=request.user)
    if outcome == Outcome.SAVED:
        return gone_to(request, reverse("scope:readiness", args=[project.pk]))
    context = {"seen": seen, "form": form, "here": "sign"}
    return page(request, WAIVE, context, fragment="form", status=outcome)


@project_view(Perm.SIGN_MANAGE, methods=["POST"])
def finding_ask_again(request: ProjectRequest, project: Project, finding: str) -> HttpResponse:
    waiver = get_object_or_404(project.waivers, finding=finding)
    submit(NothingForm(request.POST), actions.take_back, waiver, by=request.user)
    return gone_to(request, reverse("scope:readiness", args=[project.pk]))


@project_view(Perm.SECTION_EDIT, methods=["GET", "POST"])
def advice_overrule(request: ProjectRequest, project: Project, slug: str) -> HttpResponse:
    """Whoever makes the choice says why; the advice stays where it was, with the reason beside it."""
    seen = next((one for one in queries.readiness(project) if one.advises and one.slug == slug), None)
    if seen is None:
        raise Http404
    back = _back(request, project)
    if request.method == "GET" and seen.waiver:
        return gone_to(request, back)
    form = OverruleForm(request.POST or None)
    outcome = submit(form, actions.waive, project, seen.key, by=request.user)
    if outcome == Outcome.SAVED:
        return gone_to(request, back)
    action = f"{reverse('scope:overrule', args=[project.pk, slug])}?{urlencode({'back': back})}"
    context = {"seen": seen, "form": form, "back": back, "action": action, "here": "draft"}
    return page(request, WAIVE, context, fragment="form", status=outcome)


@project_view(Perm.SECTION_EDIT, methods=["POST"])
def advice_heed(request: ProjectRequest, project: Project, slug: str) -> HttpResponse:
    """Take the reason back: the advice counts again."""
    waiver = get_object_or_404(project.waivers.select_related("project"), finding=queries.advice_key(slug))
    submit(NothingForm(request.POST), actions.take_back, waiver, by=request.user)
    return gone_to(request, _back(request, project))


def _back(request: HttpRequest, project: Project) -> str:
    """The page on which the advice stands, as that page said; never another site."""
    asked = request.GET.get("back", "")
    is_ours = asked.startswith(project.get_absolute_url()) and url_has_allowed_host_and_scheme(asked, None)
    return asked if is_ours else reverse("scope:readiness", args=[project.pk])


@project_view(Perm.PROJECT_READ)
def baseline_list(request: ProjectRequest, project: Project) -> HttpResponse:
    return page(request, LIST, _list(project, FreezeForm()), fragment="baselines")


@project_view(Perm.SIGN_MANAGE, methods=["POST"])
def baseline_freeze(request: ProjectRequest, project: Project) -> HttpResponse:
    form = FreezeForm(request.POST)
    outcome = submit(form, actions.freeze, project, by=request.user)
    if outcome == Outcome.SAVED:
        return gone_to(request, form.result)  # type: ignore[attr-defined]
    return page(request, LIST, _list(project, form), fragment="freeze", status=outcome)


@project_view(Perm.PROJECT_READ)
def baseline_show(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    baseline = get_object_or_404(queries.baselines(project), number=number)
    templates = {section.key: section.template for section in all_sections()}
    sections = [
        {**section, "number": place, "template": templates.get(section["key"])}
        for place, section in enumerate(baseline.snapshot["sections"], start=1)
    ]
    latest = queries.latest(project)
    context = {
        "baseline": baseline,
        "sections": sections,
        "latest": latest,
        "medium": "page",
        **_changes(request, project, baseline.number),
        "here": "sign",
    }
    return page(request, SHOW, context)


@project_view(Perm.PROJECT_READ)
def baseline_changes(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    """What changed since an earlier baseline, chosen by `?since=`."""
    baseline = get_object_or_404(queries.baselines(project), number=number)
    context = {"baseline": baseline, **_changes(request, project, number), "here": "sign"}
    return page(request, "scope/changes.html", context, fragment="changes")


def _changes(request: HttpRequest, project: Project, number: int) -> dict[str, Any]:
    every = list(queries.baselines(project).filter(number__lte=number))
    wanted = request.GET.get("since", "")
    earlier = [one for one in every if one.number < number]
    since = next((one for one in earlier if str(one.number) == wanted), earlier[0] if earlier else None)
    found = changes.between(since.snapshot if since else None, every[0].snapshot)
    return {"since": since, "earlier": earlier, "changes": found}


def _readiness(project: Project) -> dict[str, Any]:
    with reading(project):
        seen = queries.readiness(project)
        standing = queries.standing(project, seen)
    to_look_at = [one for one in seen if not one.blocks and not one.waiver]
    return {
        "seen": seen,
        "standing": standing,
        "blocking": queries.blocking(seen),
        "waived": [one for one in seen if one.waiver],
        "to_look_at": to_look_at,
        "by_section": queries.by_section(to_look_at),
        "seq": position(project.stream),
        "here": "sign",
    }


def _list(project: Project, form: FreezeForm) -> dict[str, Any]:
    return {
        "baselines": list(queries.baselines(project)),
        "blocking": queries.blocking(queries.readiness(project)),
        "form": form,
        "seq": position(project.stream),
        "here": "sign",
    }
