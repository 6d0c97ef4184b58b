from django.apps import AppConfig


class SignoffsConfig(AppConfig):
    name = "apps.signoffs"

    def ready(self) -> None:
        from apps.signoffs import registered

        registered.register()
