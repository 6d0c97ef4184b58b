from django.conf import settings
from django.http import HttpRequest


def product(request: HttpRequest) -> dict[str, object]:
    """What every template may say about this installation."""
    return {"PUBLIC_URL": settings.PUBLIC_URL, "VERSION": settings.VERSION, "MAILBOX": bool(settings.MAILBOX)}
