from django.apps import AppConfig


class RisksConfig(AppConfig):
    name = "apps.risks"

    def ready(self) -> None:
        from apps.risks import registered

        registered.register()
