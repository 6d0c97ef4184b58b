from apps.notifications.models import Message


def lost_mail(about: str) -> Message:
    """A mail about something that the server refused."""
    return Message.objects.create(
        to="nobody@norrwater.example",
        subject="Lost",
        text="Words",
        about=about,
        effect_key=f"lost:{about}",
        state="failed",
        last_error="550 No such person",
    )
