from django.apps import AppConfig


class WorkshopsConfig(AppConfig):
    name = "apps.workshops"

    def ready(self) -> None:
        from apps.workshops import registered

        registered.register()
