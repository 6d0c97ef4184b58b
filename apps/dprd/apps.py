from django.apps import AppConfig


class DprdConfig(AppConfig):
    name = "apps.dprd"

    def ready(self) -> None:
        from apps.dprd import registered

        registered.register()
