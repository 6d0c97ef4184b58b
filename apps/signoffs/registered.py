"""What signatures add to the registries."""

from apps.core import due
from apps.projects import needs, road
from apps.scope import beside
from apps.signoffs import approvals, mail, queries
from apps.signoffs.models import SignReminder


def register() -> None:
    road.register("sign", done=queries.is_signed(), url_name="signoffs:latest")
    needs.register(queries.needs)
    due.register(SignReminder, mail.remind)
    beside.register("doubts", queries.standing_doubts)
    beside.register("approvals", approvals.frozen)
