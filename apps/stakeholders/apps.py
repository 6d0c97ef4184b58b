from django.apps import AppConfig


class StakeholdersConfig(AppConfig):
    name = "apps.stakeholders"

    def ready(self) -> None:
        from apps.stakeholders import registered

        registered.register()
