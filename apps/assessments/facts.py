"""What the triage says that calls for more people."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from apps.assessments import queries, triage
from apps.assessments.enums import Reply
from apps.projects.models import Project
from apps.stakeholders.calls import Fact

KINDS = {
    "personal": "personal",
    "staff": "staff",
    "public": "public",
    "vulnerable": "vulnerable",
    "sensitive": "special",
    "area": "high_risk",
    "sector": "supervised",
}


def of(project: Project) -> Iterator[Fact]:
    """“Not sure” counts as yes, here as in the triage itself."""
    answers = queries.of(project).answers
    url = reverse("assessments:triage", args=[project.pk])
    asked = triage.catalog().asked
    for key, kind in KINDS.items():
        if answers.get(key) in (Reply.YES, Reply.UNSURE):
            word = _("yes") if answers[key] == Reply.YES else _("not sure")
            yield Fact(
                kind, _("the triage: %(question)s %(answer)s") % {"question": asked[key].ask, "answer": word}, url
            )
