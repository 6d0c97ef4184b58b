"""Streams alone, a bare ASGI app: what compose runs beside the pages."""

from config.wsgi import application as _pages  # sets Django up: settings, registered rights

from apps.events.stream import live

assert _pages
application = live
