import factory
from django.utils import timezone

from apps.scope.models import Baseline
from apps.scope.snapshot import canonical, fingerprint, snapshot
from tests.factories.accounts import UserFactory
from tests.factories.projects import ProjectFactory


class BaselineFactory(factory.django.DjangoModelFactory):
    """A frozen scope; `sections` and `findings` replace what the registry would give."""

    class Meta:
        model = Baseline
        exclude = ("decision", "findings", "sections", "content")

    project = factory.SubFactory(ProjectFactory)
    frozen_by = factory.SubFactory(UserFactory)
    number = factory.Sequence(lambda n: n + 1)
    frozen_at = factory.LazyFunction(timezone.now)
    decision = "A pilot with four agents."
    findings = ()
    sections = None
    canonical = factory.LazyAttribute(lambda made: canonical(_content(made)))
    fingerprint = factory.LazyAttribute(lambda made: fingerprint(made.canonical))


def _content(made: object) -> dict:
    content = snapshot(
        made.project,
        number=made.number,
        frozen_at=made.frozen_at,
        frozen_by=str(made.frozen_by),
        decision=made.decision,
        findings=made.findings,
    )
    return content if made.sections is None else {**content, "sections": made.sections}
