from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apps.events import queries


class Command(BaseCommand):
    help = "Walk every chain of the log from its beginning, and say where one does not fit."

    def handle(self, *args: Any, **options: Any) -> None:
        found = {stream: queries.verified(stream) for stream in queries.streams()}
        broken = {stream: verdict for stream, verdict in found.items() if not verdict.whole}
        for stream, verdict in broken.items():
            self.stdout.write(f"{stream}: event {verdict.broken_at} is not what was recorded, or is missing")
        if broken:
            raise CommandError(
                f"{len(broken)} of {len(found)} chains do not fit: somebody changed the log beside the product. "
                "Compare with a backup."
            )
        entries = sum(verdict.length for verdict in found.values())
        self.stdout.write(f"The log is whole: {entries} events in {len(found)} chains, each hangs on the one before.")
