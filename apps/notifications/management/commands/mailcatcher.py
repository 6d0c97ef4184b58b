import asyncio
import contextlib
import signal
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from apps.notifications.mailcatcher import serve


class Command(BaseCommand):
    help = "Take mail on loopback and keep it for the mailbox page. For trying Scoperoom out, not for a company."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8025)

    def handle(self, *args: Any, port: int, **options: Any) -> None:
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        with contextlib.suppress(KeyboardInterrupt):
            asyncio.run(serve(settings.VAR / "mail", port))
