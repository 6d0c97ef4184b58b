"""The door of a room: for those who sit in it. Hosts come through the project's door as well."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect

from apps.workshops import codes, queries
from apps.workshops.live_rights import ROOMS, secret_in
from apps.workshops.models import Participant, Workshop

View = Callable[..., HttpResponse]


class RoomRequest(HttpRequest):
    """A request of somebody who sits in the room."""

    workshop: Workshop
    seat: Participant


def room_view(*, methods: Sequence[str] = ("GET",)) -> Callable[[View], View]:
    """Let participants of the room in; everybody else is shown to the page that asks for the code.

    Whether the room exists is not said: who has no seat gets the same answer for any address. Who was shown out
    has been there, and is told.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def behind(request: HttpRequest, workshop_id: UUID, *args: Any, **kwargs: Any) -> HttpResponse:
            workshop = queries.room(workshop_id)
            seat = seat_of(request, workshop) if workshop else None
            if workshop and seat is None and is_out(request, workshop):
                return redirect("workshops:join_link", workshop.code, codes.token(workshop.pk))
            if workshop is None or seat is None:
                return redirect("workshops:join")
            if request.method not in methods and not (request.method == "HEAD" and "GET" in methods):
                return HttpResponseNotAllowed(methods)
            seat.workshop = workshop
            request.workshop, request.seat = workshop, seat  # type: ignore[attr-defined]
            return view(request, workshop, *args, **kwargs)

        behind.room = True  # type: ignore[attr-defined]
        return behind

    return decorate


def seat_of(request: HttpRequest, workshop: Workshop) -> Participant | None:
    """The seat of whoever asks: by account, or by the secret in their session."""
    secret_hash = secret_in(request.session, workshop.pk)
    return queries.participant_of(workshop, user=request.user, secret_hash=secret_hash)


def is_out(request: HttpRequest, workshop: Workshop) -> bool:
    """Whether who asks was shown out, by account or by what their session holds."""
    secret_hash = secret_in(request.session, workshop.pk)
    return queries.was_shown_out(workshop, user=request.user, secret_hash=secret_hash)


def remember(request: HttpRequest, workshop: Workshop, secret: str) -> None:
    """Keep a guest's seat in their session."""
    rooms = request.session.get(ROOMS) or {}
    request.session[ROOMS] = {**rooms, str(workshop.pk): secret}
