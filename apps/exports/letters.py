from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.exports.models import Export
from apps.notifications import outbox
from apps.signoffs.models import SignRequest


def sealed(export: Export) -> None:
    """The sealed file, as a link, to everyone who signed and to whoever asked them."""
    baseline = export.baseline
    requests = SignRequest.objects.filter(baseline=baseline).select_related("signer", "asked_by")
    people: set[User] = {person for request in requests for person in (request.signer, request.asked_by)}
    for person in people:
        outbox.send(
            to=person,
            subject=_("Signed by all: %(title)s, baseline %(number)s")
            % {"title": baseline.project.title, "number": baseline.number},
            template="mail/signed_pdf",
            context={"baseline": baseline, "export": export, "path": export.get_absolute_url()},
            effect_key=f"signed-pdf:{export.pk}:{person.pk}",
            about=f"export:{export.pk}",
        )
