"""What signatures add to the registries."""

from apps.projects import needs, road
from apps.scope import beside
from apps.signoffs import queries


def register() -> None:
    road.register("sign", done=queries.is_signed(), url_name="signoffs:latest")
    needs.register(queries.needs)
    beside.register("doubts", queries.standing_doubts)
