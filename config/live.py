"""Streams alone, a bare ASGI app: what compose runs beside the pages."""

from apps.events.stream import live
from config.wsgi import application as _pages  # sets Django up: settings, registered rights

assert _pages
application = live
