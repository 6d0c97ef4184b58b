from django.conf import settings
from django.http import HttpRequest

from apps.core.visitors import at_this_machine

THEMES = ("light", "dark")


def product(request: HttpRequest) -> dict[str, object]:
    """What every template may say about this installation and its reader, error pages included."""
    reader = getattr(request, "user", None)
    theme = request.COOKIES.get("theme") or getattr(reader, "theme", "")
    return {
        "PUBLIC_URL": settings.PUBLIC_URL,
        "VERSION": settings.VERSION,
        "MAILBOX": bool(settings.MAILBOX) and (settings.MAILBOX_OPEN or at_this_machine(request)),
        "theme": theme if theme in THEMES else "",
    }
