"""What people are told by mail."""

from django.utils.translation import gettext_lazy

from apps.dprd.enums import Verdict
from apps.dprd.models import Suggestion
from apps.notifications import outbox

SUBJECTS = {
    Verdict.ACCEPTED: gettext_lazy("Accepted: your words for %(section)s"),
    Verdict.DECLINED: gettext_lazy("Declined: your words for %(section)s"),
}


def settled(suggestion: Suggestion) -> None:
    """Tell whoever suggested something what became of it, unless they did it themselves."""
    subject = SUBJECTS.get(Verdict(suggestion.verdict))
    if subject is None or suggestion.author is None or suggestion.author == suggestion.settled_by:
        return
    section = suggestion.section
    outbox.send(
        to=suggestion.author,
        subject=subject % {"section": section.title},
        template="mail/suggestion_settled",
        context={
            "suggestion": suggestion,
            "section": section,
            "project": section.project,
            "path": section.get_absolute_url(),
        },
        effect_key=f"suggestion-settled:{suggestion.pk}",
        about=f"suggestion:{suggestion.pk}",
    )
