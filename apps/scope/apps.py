from django.apps import AppConfig


class ScopeConfig(AppConfig):
    name = "apps.scope"

    def ready(self) -> None:
        from apps.scope import registered

        registered.register()
