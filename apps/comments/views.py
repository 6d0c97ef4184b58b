from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from apps.comments import actions, queries
from apps.comments.forms import CommentForm, ReplyForm, SettleForm, TargetForm
from apps.comments.models import Thread
from apps.core.forms import Outcome, submit
from apps.core.htmx import page, saved
from apps.projects.access import ProjectRequest, project_view
from apps.projects.models import Project
from apps.projects.permissions import Perm

LIST = "comments/list.html"
CHANGED = actions.CHANGED


@project_view(Perm.PROJECT_READ)
def comment_list(request: ProjectRequest, project: Project) -> HttpResponse:
    """All that was said, or what was said about one `target`."""
    if not request.GET.get("target"):
        return page(request, LIST, {"project": project, "conversations": queries.conversations(project)})
    return page(request, LIST, _about(project, _target(request.GET)), fragment="threads")


@project_view(Perm.COMMENT_WRITE, methods=["GET", "POST"])
def comment_add(request: ProjectRequest, project: Project) -> HttpResponse:
    form = CommentForm(request.POST or None, initial={"target": request.GET.get("target", "")})
    outcome = submit(form, actions.open_thread, project, by=request.user)
    target = _target(request.POST or request.GET)
    context = {**_about(project, target), "form": None if outcome == Outcome.SAVED else form}
    return _answered(request, outcome, context)


@project_view(Perm.COMMENT_WRITE, methods=["GET", "POST"])
def comment_reply(request: ProjectRequest, project: Project, thread_id: UUID) -> HttpResponse:
    thread = get_object_or_404(queries.thread(project, thread_id))
    form = ReplyForm(request.POST or None)
    outcome = submit(form, actions.reply, thread, by=request.user)
    context = _about(project, thread.target)
    if outcome != Outcome.SAVED:
        context |= {"reply_form": form, "replying": thread}
    return _answered(request, outcome, context)


@project_view(Perm.COMMENT_WRITE, methods=["POST"])
def thread_resolve(request: ProjectRequest, project: Project, thread_id: UUID) -> HttpResponse:
    return _settled(request, project, thread_id, actions.resolve)


@project_view(Perm.COMMENT_WRITE, methods=["POST"])
def thread_reopen(request: ProjectRequest, project: Project, thread_id: UUID) -> HttpResponse:
    return _settled(request, project, thread_id, actions.reopen)


def _settled(request: ProjectRequest, project: Project, thread_id: UUID, action: Callable[..., Thread]) -> HttpResponse:
    thread = get_object_or_404(queries.thread(project, thread_id))
    form = SettleForm(request.POST)
    outcome = submit(form, action, thread, by=request.user)
    context = _about(project, thread.target)
    if outcome != Outcome.SAVED:
        context["refusal"] = form
    return _answered(request, outcome, context)


def _answered(request: ProjectRequest, outcome: Outcome, context: dict[str, Any]) -> HttpResponse:
    if outcome == Outcome.SAVED:
        then = f"{request.path_info.split('/comments/')[0]}/comments/?target={context['conversation'].target}"
        return saved(request, LIST, context, fragment="threads", then=then, changed=CHANGED)
    return page(request, LIST, context, fragment="threads", status=outcome)


def _about(project: Project, target: str) -> dict[str, Any]:
    return {"project": project, "conversation": queries.conversation(project, target)}


def _target(sent: Any) -> str:
    form = TargetForm(sent)
    if not form.is_valid():
        raise Http404
    return form.cleaned_data["target"]
