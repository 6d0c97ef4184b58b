from django.apps import AppConfig


class ArchitectureConfig(AppConfig):
    name = "apps.architecture"

    def ready(self) -> None:
        from apps.architecture import registered

        registered.register()
