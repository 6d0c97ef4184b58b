"""Where search looks. Each source reads one table of an app below; `words` is word for word the expression that the
app's index is built on (migrations of this app), or PostgreSQL would read the whole table."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy

from apps.core.words import sentence
from apps.projects import sections
from apps.tables import declared


@dataclass(frozen=True)
class Hit:
    """A row that was found: what its table says of it."""

    kind: str
    ident: str
    project: Any
    title: str
    body: str
    extra: str


@dataclass(frozen=True)
class Source:
    """`project`, `title`, `body`, `extra` and `changed` are SQL over `table`; `only` is who may be found at all, with
    `{query}` for what is asked."""

    kind: str
    label: Any
    table: str
    project: str
    title: str
    body: str
    words: str
    changed: str
    url: Callable[[Hit], str]
    extra: str = "''"
    only: str = "true"
    named: Callable[[Hit], str] = lambda hit: hit.title
    called: Callable[[Hit], Any] | None = None


def _workshop(hit: Hit) -> str:
    return reverse("workshops:recap", args=[hit.project, hit.extra])


def _result(hit: Hit) -> str:
    return f"{reverse('results:show', args=[hit.project])}#result-{hit.extra}"


def _section_title(hit: Hit) -> str:
    return str(next((found.title for found in sections.all_sections() if found.key == hit.title), hit.title))


MEASURED = (
    "concat_ws(': ', {o}.title, concat_ws(' ', trim_scale({t}.value)::text, nullif({o}.unit, ''))"
    " || to_char({t}.day, ', FMDD Mon YYYY'))"
)
"""An objective with a value, its unit and its day, in SQL."""

SOURCES = [
    Source(
        "project", gettext_lazy("Project"), "projects_project t", "t.id", "t.title",
        "concat_ws(E'\\n', t.summary, t.pain, t.in_scope, t.out_of_scope)",
        "scoperoom_words(t.title || ' ' || t.summary || ' ' || t.pain || ' ' || t.in_scope || ' ' || t.out_of_scope)",
        "t.updated_at", lambda hit: reverse("overview:project", args=[hit.project]),
    ),
    Source(
        "section", gettext_lazy("Section"), "dprd_section t", "t.project_id", "t.key", "t.text",
        "scoperoom_words(t.text)", "t.updated_at",
        lambda hit: f"{reverse('dprd:document', args=[hit.project])}#{hit.title}", named=_section_title,
    ),
    Source(
        "row", gettext_lazy("Row"), "registers_row t", "t.project_id", "coalesce(t.values ->> 'name', '')",
        "scoperoom_values(t.values)", "scoperoom_words(scoperoom_values(t.values))", "t.updated_at",
        lambda hit: reverse("registers:row", args=[hit.project, hit.extra, hit.ident]),
        extra="t.register", only="t.removed_at IS NULL", called=lambda hit: sentence(str(declared.register(hit.extra).singular)),
    ),
    Source(
        "risk", gettext_lazy("Risk"), "risks_risk t", "t.project_id", "t.title",
        "concat_ws(E'\\n', t.cause, t.event, t.consequence, t.mitigation, t.trigger)",
        "scoperoom_words(t.title || ' ' || t.cause || ' ' || t.event || ' ' || t.consequence || ' ' || t.mitigation"
        " || ' ' || t.trigger || ' ' || t.owner)",
        "t.updated_at", lambda hit: reverse("risks:detail", args=[hit.project, hit.ident]), only="t.removed_at IS NULL",
    ),
    Source(
        "objective", gettext_lazy("Objective"), "projects_objective t", "t.project_id", "t.title",
        "concat_ws(', ', t.metric, t.method, t.owner)",
        "scoperoom_words(t.title || ' ' || t.metric || ' ' || t.method || ' ' || t.owner)", "t.updated_at",
        lambda hit: reverse("projects:objectives", args=[hit.project]), only="t.removed_at IS NULL",
    ),
    Source(
        "measured", gettext_lazy("Measured"),
        "results_measurement t LEFT JOIN projects_objective o ON o.id = t.objective", "t.project_id",
        MEASURED.format(t="t", o="o"), "concat_ws(', ', t.source, nullif(t.remark, ''))",
        "scoperoom_words(t.source || ' ' || t.remark)", "t.updated_at", _result, extra="t.objective::text",
    ),
    # The newest value of an objective that is found by its own words; what the source above finds is not said twice.
    Source(
        "achieved", gettext_lazy("Measured"),
        "projects_objective t JOIN results_measurement m ON m.project_id = t.project_id AND m.objective = t.id",
        "t.project_id", MEASURED.format(t="m", o="t"), "concat_ws(', ', m.source, nullif(m.remark, ''))",
        "scoperoom_words(t.title || ' ' || t.metric || ' ' || t.method || ' ' || t.owner)", "m.updated_at", _result,
        extra="t.id::text",
        only="NOT EXISTS (SELECT 1 FROM results_measurement newer WHERE newer.project_id = t.project_id"
        " AND newer.objective = t.id AND newer.day > m.day)"
        " AND NOT scoperoom_words(m.source || ' ' || m.remark) @@ {query}",
    ),
    Source(
        "benefit", gettext_lazy("Benefit"), "results_benefit t", "t.project_id", "t.title",
        "concat_ws(E'\\n', t.formula, t.assumptions)",
        "scoperoom_words(t.title || ' ' || t.formula || ' ' || t.assumptions || ' ' || t.owner)", "t.updated_at",
        lambda hit: reverse("results:benefits", args=[hit.project]),
    ),
    Source(
        "comment", gettext_lazy("Comment"), "comments_comment t JOIN comments_thread c ON c.id = t.thread_id",
        "c.project_id", "t.body", "''", "scoperoom_words(t.body)", "t.created_at",
        lambda hit: reverse("comments:thread", args=[hit.project, hit.extra]), extra="c.id::text",
    ),
    Source(
        "card", gettext_lazy("Card"), "workshops_card t JOIN workshops_workshop w ON w.id = t.workshop_id",
        "w.project_id", "t.text", "''", "scoperoom_words(t.text)", "t.updated_at", _workshop, extra="w.id::text",
        only="t.revealed_at IS NOT NULL AND NOT w.rehearsal",
    ),
    Source(
        "decision", gettext_lazy("Decision"),
        "workshops_item t JOIN workshops_activity a ON a.id = t.activity_id"
        " JOIN workshops_workshop w ON w.id = a.workshop_id",
        "w.project_id", "t.text", "''", "scoperoom_words(t.text)", "t.updated_at", _workshop, extra="w.id::text",
        only="a.kind = 'decide' AND t.closed_at IS NOT NULL AND NOT w.rehearsal",
    ),
    Source(
        "waiver", gettext_lazy("Decision"), "scope_waiver t", "t.project_id", "t.message", "t.reason",
        "scoperoom_words(t.message || ' ' || t.reason)", "t.at",
        lambda hit: reverse("scope:readiness", args=[hit.project]),
    ),
    Source(
        "person", gettext_lazy("Person"), "stakeholders_stakeholder t", "t.project_id", "t.name",
        "concat_ws(', ', nullif(t.own_role, ''), nullif(t.unit, ''), nullif(t.organisation, ''))",
        "scoperoom_words(t.name || ' ' || t.own_role || ' ' || t.unit || ' ' || t.organisation)", "t.updated_at",
        lambda hit: reverse("stakeholders:show", args=[hit.project, hit.ident]),
    ),
    Source(
        "workshop", gettext_lazy("Workshop"), "workshops_workshop t", "t.project_id", "t.title", "t.purpose",
        "scoperoom_words(t.title || ' ' || t.purpose)", "t.updated_at",
        lambda hit: reverse("workshops:plan", args=[hit.project, hit.ident]), only="NOT t.rehearsal",
    ),
]  # fmt: skip

BY_KIND = {source.kind: source for source in SOURCES}
