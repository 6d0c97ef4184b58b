"""Coming in: a code or a link, then a name."""

import secrets
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from apps.core.forms import NothingForm, Outcome, submit
from apps.core.htmx import gone_to, page
from apps.workshops import actions, codes, limits, queries
from apps.workshops.access import is_out, remember, seat_of
from apps.workshops.forms import CodeForm, NameForm
from apps.workshops.models import Invite, Participant, Workshop

CODE = "workshops/join_code.html"
NAME = "workshops/join_name.html"
GET_POST = ["GET", "POST"]


@never_cache
@require_http_methods(GET_POST)
def code_enter(request: HttpRequest) -> HttpResponse:
    """Six characters from the big screen."""
    form = CodeForm(request.POST or None)
    outcome = submit(form, _look_for)
    if outcome == Outcome.SAVED:
        return gone_to(request, form.result)  # type: ignore[attr-defined]
    return page(request, CODE, {"form": form}, fragment="form", status=outcome)


@never_cache
@require_http_methods(GET_POST)
def join_by_code(request: HttpRequest, code: str) -> HttpResponse:
    """The name, for a code that somebody typed; wrong codes are counted."""
    address = _address(request)
    workshop = None if limits.too_many_wrong_codes(address) else queries.room_by_code(codes.tidy(code))
    if workshop is None:
        limits.count_wrong_code(address)
        form = CodeForm({"code": code})
        form.is_valid()
        form.add_error("code", _("No room has this code. Look at the big screen again."))
        return page(request, CODE, {"form": form}, status=404)
    return _join(request, workshop)


@never_cache
@require_http_methods(GET_POST)
def join_by_link(request: HttpRequest, code: str, token: str) -> HttpResponse:
    """The name, for who holds the link; the whole table may come from one address."""
    workshop = queries.room_by_code(codes.tidy(code))
    if workshop is None or not codes.fits(workshop.pk, token):
        raise Http404
    return _join(request, workshop)


@never_cache
@require_http_methods(GET_POST)
def join_invited(request: HttpRequest, code: str, invite_id: UUID, token: str) -> HttpResponse:
    """The seat that is held for whoever has this mail. Looking takes nothing: mail scanners look."""
    invite = queries.invite(invite_id)
    if invite is None or not codes.fits_seat(invite.pk, token):
        raise Http404
    if queries.was_shown_out(invite.workshop, user=invite.user, email=invite.email):
        return _told_out(request, invite.workshop)
    seat = seat_of(request, invite.workshop)
    if seat and seat.pk == invite.seat_id:
        return redirect("workshops:room", invite.workshop_id)
    form = NothingForm(request.POST if request.method == "POST" else None)
    outcome = submit(form, _take_seat, invite, request=request)
    if outcome == Outcome.SAVED:
        return gone_to(request, _room(invite.workshop))
    return page(request, NAME, {**_context(invite.workshop, form), "invite": invite}, fragment="form", status=outcome)


def _take_seat(invite: Invite, *, request: HttpRequest) -> Participant:
    seat, secret = actions.join_as_invited(invite)
    remember(request, invite.workshop, secret)
    return seat


def _look_for(*, code: str) -> str:
    """Where the code leads; the page behind it says whether there is a room, and counts."""
    return reverse("workshops:join_code", args=[code])


def _join(request: HttpRequest, workshop: Workshop) -> HttpResponse:
    if seat_of(request, workshop):
        return redirect("workshops:room", workshop.pk)
    if is_out(request, workshop):
        return _told_out(request, workshop)
    if request.user.is_authenticated:
        return _join_as_member(request, workshop)
    form = NameForm(request.POST or None, initial={"key": secrets.token_urlsafe(24)})
    outcome = submit(form, _sit_down, workshop, request=request)
    if outcome == Outcome.SAVED:
        return gone_to(request, _room(workshop))
    return page(request, NAME, _context(workshop, form), fragment="form", status=outcome)


def _told_out(request: HttpRequest, workshop: Workshop) -> HttpResponse:
    context = {**_context(workshop, None), "shown_out": True}
    return page(request, NAME, context, fragment="form", status=HTTPStatus.FORBIDDEN)


def _join_as_member(request: HttpRequest, workshop: Workshop) -> HttpResponse:
    form = NothingForm(request.POST if request.method == "POST" else None)
    outcome = submit(form, actions.join_as_member, workshop, by=request.user)
    if outcome == Outcome.SAVED:
        return gone_to(request, _room(workshop))
    return page(request, NAME, _context(workshop, form), fragment="form", status=outcome)


def _sit_down(workshop: Workshop, *, name: str, key: str, request: HttpRequest) -> Participant:
    limits.must_admit(workshop.pk)
    seat = actions.join_as_guest(workshop, name=name, key=key)
    remember(request, workshop, key)
    return seat


def _room(workshop: Workshop) -> str:
    return reverse("workshops:room", args=[workshop.pk])


def _context(workshop: Workshop, form: Any) -> dict[str, Any]:
    return {"workshop": workshop, "form": form, "here_now": len(queries.people(workshop).here)}


def _address(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))
