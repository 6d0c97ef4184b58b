from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from apps.comments import actions, queries, targets
from apps.comments.forms import CommentForm, LookForm, ReplyForm, TargetForm
from apps.comments.models import Thread
from apps.core.forms import NothingForm, Outcome, submit
from apps.core.htmx import page, saved
from apps.projects.access import ProjectRequest, project_view
from apps.projects.models import Project
from apps.projects.permissions import Perm
from apps.projects.queries import member_users

LIST, THREAD = "comments/list.html", "comments/thread.html"
CHANGED = actions.CHANGED


@project_view(Perm.PROJECT_READ)
def comment_list(request: ProjectRequest, project: Project) -> HttpResponse:
    """All that was said, or what was said about one `target`; `?show=` keeps the open, mine, unread, resolved or all."""
    show, target = request.GET.get("show", ""), request.GET.get("target", "")
    if target and show not in queries.SHOWN:
        return page(request, LIST, _about(request, project, _target(project, request.GET)), fragment="threads")
    show = show if show in queries.SHOWN else "open"
    about = _target(project, request.GET) if target else ""
    found = queries.page_of(project, request.user, show=show, target=about)
    paging = Paginator(found, queries.PAGE_LENGTH).get_page(request.GET.get("page"))
    context = {
        "project": project,
        "groups": queries.grouped(project, paging.object_list),
        "page_obj": paging,
        "counts": queries.counts(project, request.user),
        "show": show,
        "about": about,
    }
    return page(request, LIST, context, fragment="all")


@project_view(Perm.PROJECT_READ)
def thread_show(request: ProjectRequest, project: Project, thread_id: UUID) -> HttpResponse:
    """One thread at its own address, ready to be answered."""
    return page(request, THREAD, _alone(request, project, thread_id) | {"is_answering": True}, fragment="alone")


@project_view(Perm.COMMENT_WRITE, methods=["GET", "POST"])
def comment_add(request: ProjectRequest, project: Project) -> HttpResponse:
    target = _target(project, request.POST or request.GET)
    form = CommentForm(request.POST or None, initial={"target": target})
    outcome = submit(form, actions.open_thread, project, by=request.user)
    context = {**_about(request, project, target), "form": None if outcome == Outcome.SAVED else form}
    return _answered(request, outcome, context)


@project_view(Perm.COMMENT_WRITE, methods=["GET", "POST"])
def comment_reply(request: ProjectRequest, project: Project, thread_id: UUID) -> HttpResponse:
    thread = get_object_or_404(queries.thread(project, thread_id, request.user))
    form = ReplyForm(request.POST or None)
    outcome = submit(form, actions.reply, thread, by=request.user)
    more = {} if outcome == Outcome.SAVED else {"reply_form": form, "replying": thread}
    return _thread_answered(request, project, thread, outcome, more)


@project_view(Perm.COMMENT_WRITE, methods=["POST"])
def thread_resolve(request: ProjectRequest, project: Project, thread_id: UUID) -> HttpResponse:
    return _settled(request, project, thread_id, actions.resolve)


@project_view(Perm.COMMENT_WRITE, methods=["POST"])
def thread_reopen(request: ProjectRequest, project: Project, thread_id: UUID) -> HttpResponse:
    return _settled(request, project, thread_id, actions.reopen)


@project_view(Perm.PROJECT_READ, methods=["POST"])
def comment_look(request: ProjectRequest, project: Project) -> HttpResponse:
    """The page says which comments stood on the screen for a while; without scripts a button says it."""
    form = LookForm(request.POST)
    outcome = submit(form, actions.look, project, by=request.user)
    if outcome != Outcome.SAVED:
        return HttpResponse(status=outcome)
    url = f"{reverse('comments:list', args=[project.pk])}?show=unread"
    return saved(request, LIST, {}, fragment="nothing", then=url)


@project_view(Perm.COMMENT_WRITE)
def people(request: ProjectRequest, project: Project) -> HttpResponse:
    """Who may be named in a comment: everybody who may read it."""
    return page(request, "comments/people.html", {"people": member_users(project)})


def _settled(request: ProjectRequest, project: Project, thread_id: UUID, action: Callable[..., Thread]) -> HttpResponse:
    thread = get_object_or_404(queries.thread(project, thread_id, request.user))
    form = NothingForm(request.POST)
    outcome = submit(form, action, thread, by=request.user)
    return _thread_answered(request, project, thread, outcome, {} if outcome == Outcome.SAVED else {"refusal": form})


def _thread_answered(
    request: ProjectRequest, project: Project, thread: Thread, outcome: Outcome, more: dict[str, Any]
) -> HttpResponse:
    """What the page asks for: the thread alone where it stands alone, else the margin that it stands in."""
    if "alone" in request.POST:
        context = _alone(request, project, thread.pk) | more
        if outcome == Outcome.SAVED:
            return saved(request, THREAD, context, fragment="alone", then=thread, changed=CHANGED)
        return page(request, THREAD, context, fragment="alone", status=outcome)
    form = TargetForm({"target": request.POST.get("beside")})
    beside = form.cleaned_data["target"] if form.is_valid() else thread.target
    return _answered(request, outcome, _about(request, project, beside) | more)


def _answered(request: ProjectRequest, outcome: Outcome, context: dict[str, Any]) -> HttpResponse:
    if outcome == Outcome.SAVED:
        then = f"{request.path_info.split('/comments/')[0]}/comments/?target={context['conversation'].target}"
        return saved(request, LIST, context, fragment="threads", then=then, changed=CHANGED)
    return page(request, LIST, context, fragment="threads", status=outcome)


def _about(request: ProjectRequest, project: Project, target: str) -> dict[str, Any]:
    return {"project": project, "conversation": queries.conversation(project, target, request.user)}


def _alone(request: ProjectRequest, project: Project, thread_id: UUID) -> dict[str, Any]:
    thread = get_object_or_404(queries.thread(project, thread_id, request.user))
    queries.with_lost(project, [thread])
    return {"project": project, "thread": thread, "place": targets.place(project, thread.target)}


def _target(project: Project, sent: Any) -> str:
    form = TargetForm(sent)
    if not form.is_valid() or targets.place(project, form.cleaned_data["target"]) is None:
        raise Http404
    return str(form.cleaned_data["target"])
