"""What risks add to the registries."""


def register() -> None:
    pass
