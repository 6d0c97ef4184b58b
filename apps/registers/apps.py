from django.apps import AppConfig


class RegistersConfig(AppConfig):
    name = "apps.registers"

    def ready(self) -> None:
        from apps.registers import registered

        registered.register()
