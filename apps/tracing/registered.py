"""What ties add to the registries."""

from apps.projects import copying
from apps.tracing import pieces


def register() -> None:
    copying.register(pieces.PIECE)
