"""The request as views see it."""

from typing import TYPE_CHECKING

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

if TYPE_CHECKING:
    from apps.accounts.models import User


class Request(HttpRequest):
    """A request behind a door: somebody is signed in."""

    user: "User"
    htmx: HtmxDetails
