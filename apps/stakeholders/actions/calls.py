from django.db import transaction
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.core.errors import DomainError
from apps.events.log import record
from apps.projects.models import Project
from apps.stakeholders import calls
from apps.stakeholders.enums import Answer
from apps.stakeholders.models import Call


@transaction.atomic
def answer_call(project: Project, key: str, *, answer: str, reason: str = "", by: User) -> Call | None:
    """Add the seat that is called for, say why it is not needed, or, with no answer, take back what was said."""
    if calls.trigger(key) is None:
        raise DomainError(_("Nothing calls for this any more."))
    if answer == Answer.WAIVED and not reason:
        raise DomainError(_("Say why nobody is needed: the document records it."))
    if not answer:
        project.calls.filter(key=key).delete()
        call = None
    else:
        kept = reason if answer == Answer.WAIVED else ""
        call, _made = Call.objects.update_or_create(
            project=project, key=key, defaults={"answer": Answer(answer), "reason": kept, "by": by}
        )
    record(
        "call.answered",
        subject=call or f"call:{key}",
        by=by,
        stream=project.stream,
        changed="stakeholders:changed",
        key=key,
        answer=answer,
    )
    return call
