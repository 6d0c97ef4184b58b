"""One port for everything: `/live/` to the stream app, the rest to the pages under WSGI threads.

Good to about two hundred people in one room; larger installations run `config.wsgi` and `config.live` apart.
"""

import gc
import sys
from typing import Any

from a2wsgi import WSGIMiddleware

from config.live import application as streams
from config.wsgi import application as wsgi

# A thread that draws a page lets the event loop in after half a millisecond instead of five: each write to a stream waits
# for it anew, and a full room has hundreds.
sys.setswitchinterval(0.0005)
# What was loaded stays; looking through all of it for garbage would hold up everybody for a tenth of a second.
gc.collect()
gc.freeze()
_pages: Any = WSGIMiddleware(wsgi, workers=8)  # type: ignore[arg-type]


async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Split by path, and answer the server's lifespan questions."""
    if scope["type"] == "lifespan" or scope.get("path", "").startswith("/live/"):
        await streams(scope, receive, send)
    else:
        await _pages(scope, receive, send)
