"""The outline of the sample without its figures, for a project that begins with it."""

from typing import Any

from django.utils.translation import gettext as _

from apps.projects.enums import Direction


def frame() -> dict[str, Any]:
    """Texts of the use case. What only this project can say stays empty, so that it shows as missing."""
    return {
        "frequency_and_cost": _("How many a month? How long does one take? What does an hour cost?"),
        "process": _("What happens before, what after? Which tool is open on the screen?"),
        "out_of_scope": _(
            "Anything that is sent without a person reading it\nCases where a wrong answer harms somebody"
        ),
    }


def objectives() -> list[dict[str, Any]]:
    """Objectives without figures: the findings beside each say what to fill in."""
    most, least = Direction.AT_MOST, Direction.AT_LEAST
    return [
        {
            "title": _("The wait gets shorter"),
            "metric": _("median time to the first answer"),
            "unit": "h",
            "direction": most,
        },
        {
            "title": _("The work gets quicker"),
            "metric": _("handling time of one case"),
            "unit": "min",
            "direction": most,
        },
        {
            "title": _("What is sent is right"),
            "metric": _("share of sent answers with a factual error"),
            "unit": "%",
            "direction": most,
        },
        {
            "title": _("It is used"),
            "metric": _("share of drafts sent with light edits"),
            "unit": "%",
            "direction": least,
        },
        {
            "title": _("People stay as content as today"),
            "metric": _("satisfaction after the answer"),
            "unit": "",
            "direction": least,
        },
    ]
