from django.apps import AppConfig


class CommentsConfig(AppConfig):
    name = "apps.comments"

    def ready(self) -> None:
        from apps.comments import registered

        registered.register()
