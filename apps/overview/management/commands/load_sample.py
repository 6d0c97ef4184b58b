from typing import Any

from django.core.management.base import BaseCommand

from apps.overview.sample.load import load


class Command(BaseCommand):
    help = "Load the sample project, complete; one that is there already is left alone."

    def handle(self, *args: Any, **options: Any) -> None:
        project, made = load()
        said = "The sample is loaded" if made else "The sample is there already"
        self.stdout.write(f"{said}: {project.title}")
