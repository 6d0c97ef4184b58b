from django.apps import AppConfig


class TracingConfig(AppConfig):
    name = "apps.tracing"

    def ready(self) -> None:
        from apps.tracing import registered

        registered.register()
