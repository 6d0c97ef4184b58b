"""What is settled for every step of a kind, said where the step is set up: who sees what when, and where it goes."""

from django.utils.translation import gettext as _

from apps.workshops.enums import Kind


def of(kind: str) -> list[tuple[str, str]]:
    """What people give, and what becomes of it: pairs of a few words each."""
    known: dict[str, list[tuple[str, str]]] = {
        Kind.CHECKIN: [
            (_("One word each"), _("with their name, seen by everybody at once")),
            (_("Goes to"), _("who was there, in the minutes")),
        ],
        Kind.FRAMING: [
            (_("Ratings and answers"), _("hidden until you go on, then counted without names")),
            (_("Objections"), _("one each, hidden while people rate")),
            (_("Goes to"), _("the words of the use case, on a click")),
        ],
        Kind.MAP: [
            (_("Who is on the map"), _("seen by everybody at once, without who put it there")),
            (_("Goes to"), _("the people of the project, on a click")),
        ],
        Kind.BRAINSTORM: [(_("Goes to"), _("wherever you put each card or group"))],
        Kind.PREMORTEM: [
            (_("Ratings"), _("hidden until you show the spread, then one dot a person without a name")),
            (_("Goes to"), _("the risk register, with the middle rating")),
        ],
        Kind.METRIC: [
            (_("The sheet"), _("followed by everybody while you fill it in")),
            (_("Goes to"), _("objectives, evaluation metrics and the frame, on a click")),
        ],
        Kind.VOTE: [(_("Goes to"), _("what is in and out of scope, in the frame"))],
        Kind.ESTIMATE: [
            (_("Numbers"), _("hidden until you show them all at once")),
            (_("Goes to"), _("the minutes, both rounds; in sprints also the delivery plan, on a click")),
        ],
        Kind.DECIDE: [
            (_("Answers"), _("hidden until you close the proposal, then with names")),
            (_("Goes to"), _("the decision log, dissent included")),
        ],
        Kind.PARKING: [
            (_("What was parked"), _("with names, seen by everybody at once")),
            (_("Goes to"), _("actions with owner and day, or to the next workshop")),
        ],
        Kind.WRAP: [
            (_("Recorded correctly?"), _("with names, in the minutes")),
            (_("Worth the time?"), _("without names, shown when the workshop is over")),
        ],
        Kind.TALK: [(_("Nothing to fill in"), _("what comes up goes to the parking lot"))],
        Kind.BREAK: [(_("Nothing to fill in"), _("the board stays readable"))],
    }
    return known[kind]
