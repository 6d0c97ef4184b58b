"""Finding words in everything that a person may see: two queries, however many projects and kinds there are."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.db import connection
from django.utils.safestring import SafeString

from apps.accounts.models import User
from apps.projects.models import Project
from apps.search.folding import Asked, asked, marked
from apps.search.sources import BY_KIND, SOURCES, Hit, Source

IN_PROJECT = 8
IN_BAR = 4
MOST = 60
# Ranking reads every candidate again, so that of each kind the newest are ranked.
CANDIDATES = 300

FOUND = """
WITH found AS ({sources}),
ranked AS (
    SELECT *, ts_rank(scoperoom_words(title), {query}) * 4 + ts_rank(scoperoom_words(title || ' ' || body), {query}) AS rank
    FROM found
),
placed AS (
    SELECT *,
        row_number() OVER (PARTITION BY project ORDER BY rank DESC, changed DESC, ident) AS nth,
        count(*) OVER (PARTITION BY project) AS total,
        max(rank) OVER (PARTITION BY project) AS best
    FROM ranked
)
SELECT kind, ident, project, title, body, extra, total FROM placed
WHERE nth <= %(shown)s ORDER BY best DESC, project, nth LIMIT %(most)s
"""
SOURCE = """
(SELECT '{kind}' AS kind, t.id::text AS ident, {project} AS project, ({title})::text AS title, ({body})::text AS body,
    ({extra})::text AS extra, {changed} AS changed
FROM {table}
WHERE {words} @@ {query} AND {project} = ANY(%(projects)s) AND {only}
ORDER BY {changed} DESC LIMIT %(candidates)s)
"""
QUERY = "(plainto_tsquery('simple', %(whole)s) && to_tsquery('simple', %(prefix)s))"


@dataclass(frozen=True)
class Result:
    """One row that was found, as its line shows it."""

    kind: Any
    url: str
    title: SafeString
    words: SafeString


@dataclass(frozen=True)
class Group:
    """What was found in one project: the best, and how many there are."""

    project: Project
    results: Sequence[Result]
    total: int

    @property
    def more_count(self) -> int:
        return self.total - len(self.results)


@dataclass(frozen=True)
class Found:
    typed: str
    groups: Sequence[Group] = field(default_factory=list)

    @property
    def total(self) -> int:
        return sum(group.total for group in self.groups)


def search(user: User, typed: str, *, only: str = "", shown: int = IN_PROJECT) -> Found:
    """What the person may see of what they typed, by project, the best first; `only` keeps one project."""
    words = asked(typed)
    if words is None:
        return Found(typed)
    projects = {project.pk: project for project in user.projects.filter(archived_at=None)}
    if only:
        projects = {pk: project for pk, project in projects.items() if str(pk) == only}
        shown = MOST
    if not projects:
        return Found(typed)
    rows = groupby(_rows(words, list(projects), shown), key=lambda row: row[0].project)
    return Found(typed, [_group(projects[pk], list(found), words) for pk, found in rows])


def statement() -> str:
    """The one question that is asked of all tables."""
    sources = " UNION ALL ".join(_source(source) for source in SOURCES)
    return FOUND.format(sources=sources, query=QUERY)


def values(words: Asked, projects: Sequence[Any], shown: int) -> dict[str, Any]:
    return {
        "whole": words.whole,
        "prefix": f"{words.prefix}:*",
        "projects": list(projects),
        "candidates": CANDIDATES,
        "shown": shown,
        "most": MOST,
    }


def _rows(words: Asked, projects: Sequence[Any], shown: int) -> list[tuple[Hit, int]]:
    with connection.cursor() as cursor:
        cursor.execute(statement(), values(words, projects, shown))
        return [(Hit(*row[:6]), row[6]) for row in cursor.fetchall()]


def _source(source: Source) -> str:
    return SOURCE.format(
        kind=source.kind,
        project=source.project,
        title=source.title,
        body=source.body,
        extra=source.extra,
        changed=source.changed,
        table=source.table,
        words=source.words,
        only=source.only.format(query=QUERY),
        query=QUERY,
    )


def _group(project: Project, found: Sequence[tuple[Hit, int]], words: Asked) -> Group:
    return Group(project, [_result(hit, words.words) for hit, _total in found], found[0][1])


def _result(hit: Hit, words: list[str]) -> Result:
    source = BY_KIND[hit.kind]
    title = source.named(hit)
    return Result(
        kind=source.called(hit) if source.called else source.label,
        url=source.url(hit),
        title=marked(title, words, whole=len(title) < 120),
        words=marked(hit.body, words) if hit.body else SafeString(""),
    )
