from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Max, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.projects.models import Project
from apps.risks.enums import Impact, Likelihood, Response, State
from apps.tables.declared import Register
from apps.tables.models import FieldEntry, Live, Revision

HIGH = 12
"""From this score on a risk is high: it needs an owner and a plan before anybody signs."""


def rated(*fields: str) -> Q:
    """All of them from 1 to 5. A comparison with nothing is not false, so that is said apart."""
    return Q(*(Q(**{f"{field}__range": (1, 5), f"{field}__isnull": False}) for field in fields))


class RiskQuerySet(models.QuerySet["Risk"]):
    def live(self) -> "RiskQuerySet":
        return self.exclude(state=State.CLOSED)

    def by_score(self) -> "RiskQuerySet":
        """The worst first, those that nobody has rated last; equal ones in the order of the table."""
        return self.order_by((F("likelihood") * F("impact")).desc(nulls_last=True), "position", "number")


class Risk(FieldEntry):
    """Something that may happen to the project: because of a cause, an event, so that a consequence.

    Without likelihood and impact nobody has rated it yet: it has no score, and is neither high nor low.
    """

    REGISTER = "risks"
    NOUN = "risk"
    ADDED = "raised"

    project = models.ForeignKey(Project, models.CASCADE, related_name="risks")
    number = models.PositiveIntegerField(editable=False)
    position = models.PositiveIntegerField(default=0, editable=False)
    title = models.CharField(_("risk"), max_length=160)
    category = models.CharField(_("category"), max_length=40, blank=True)
    cause = models.TextField(_("because"), max_length=1000, blank=True)
    event = models.TextField(_("it happens"), max_length=1000, blank=True)
    consequence = models.TextField(_("so that"), max_length=1000, blank=True)
    likelihood = models.PositiveSmallIntegerField(_("likelihood"), choices=Likelihood, null=True, blank=True)
    impact = models.PositiveSmallIntegerField(_("impact"), choices=Impact, null=True, blank=True)
    residual_likelihood = models.PositiveSmallIntegerField(
        _("likelihood after"), choices=Likelihood, null=True, blank=True
    )
    residual_impact = models.PositiveSmallIntegerField(_("impact after"), choices=Impact, null=True, blank=True)
    response = models.CharField(_("response"), max_length=10, choices=Response, default=Response.REDUCE)
    owner = models.CharField(_("owner"), max_length=120, blank=True)
    mitigation = models.TextField(_("what is done"), max_length=2000, blank=True)
    mitigation_due: "models.DateField[date | None, date | None]" = models.DateField(_("by"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    closing_note = models.TextField(blank=True, max_length=1000)
    trigger = models.CharField(_("early sign"), max_length=300, blank=True)
    catalog_id = models.CharField(max_length=20, blank=True, editable=False)
    came_from = models.CharField(max_length=300, blank=True, editable=False)
    came_from_url = models.CharField(max_length=200, blank=True, editable=False)

    objects = Live.from_queryset(RiskQuerySet)()
    everything = models.Manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="one_risk_per_number"),
            models.CheckConstraint(
                condition=Q(likelihood=None, impact=None) | rated("likelihood", "impact"),
                name="risk_rated_both_or_neither",
                violation_error_message=_("Rate both likelihood and impact from 1 to 5, or neither."),
            ),
            models.CheckConstraint(
                condition=Q(residual_likelihood=None, residual_impact=None)
                | Q(rated("residual_likelihood", "residual_impact"), likelihood__isnull=False),
                name="risk_after_rated_both_or_neither",
                violation_error_message=_("Rate both likelihood and impact after mitigation, or neither."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ref} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("risks:detail", args=[self.project_id, self.pk])

    @classmethod
    def begin(cls, project: Any, register: Register) -> "Risk":
        last = cls.everything.filter(project=project).aggregate(number=Max("number", default=0))
        return cls(project=project, number=last["number"] + 1)

    def note_known(self, ident: str) -> list[str]:
        self.catalog_id = ident
        return ["catalog_id"]

    @property
    def ref(self) -> str:
        return f"R{self.number}"

    @property
    def rating(self) -> tuple[int, int] | None:
        """Likelihood and impact; None while nobody has rated it."""
        return _rating(self.likelihood, self.impact)

    @property
    def residual_rating(self) -> tuple[int, int] | None:
        return _rating(self.residual_likelihood, self.residual_impact)

    @property
    def score(self) -> int | None:
        """Likelihood times impact, 1 to 25; None while nobody has rated it."""
        return _score(self.rating)

    @property
    def residual_score(self) -> int | None:
        return _score(self.residual_rating)

    @property
    def is_high(self) -> bool:
        return self.score is not None and self.score >= HIGH

    @property
    def is_closed(self) -> bool:
        return self.state == State.CLOSED


def _rating(likelihood: int | None, impact: int | None) -> tuple[int, int] | None:
    return None if likelihood is None or impact is None else (likelihood, impact)


def _score(rating: tuple[int, int] | None) -> int | None:
    return rating[0] * rating[1] if rating else None


class RiskRevision(Revision):
    """What a risk has been."""

    row = models.ForeignKey(Risk, models.CASCADE, related_name="revisions")
