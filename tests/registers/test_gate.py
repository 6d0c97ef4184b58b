"""What data sources lack before the first sprint."""

import pytest
from django.urls import reverse

from apps.registers import queries
from apps.tables.declared import register
from tests.factories.registers import RowFactory
from tests.pages import soup, text

READY = {
    "name": "Handbook", "owner": "Fatima", "contents": "Eleven chapters", "used": "from the start", "personal": False,
    "legal_basis": "not personal", "quality": "Four stale chapters", "access": "granted",
}  # fmt: skip


def lacking(**values):
    """The keys that a source with these values lacks; none when it does not wait at all."""
    row = {key: value for key, value in {**READY, **values}.items() if value is not None}
    waiting = queries.waiting(register("data_sources"), [row])
    return waiting and [cell.column.key for gap in waiting.gaps for cell in gap.lacks]


@pytest.mark.parametrize(
    ("values", "lacks"),
    [
        ({}, []),
        ({"access": "promised"}, ["access"]),
        ({"personal": True}, ["legal_basis"]),
        ({"personal": True, "legal_basis": "consent"}, []),
        ({"personal": True, "legal_basis": "open"}, ["legal_basis"]),
        ({"personal": None}, ["personal"]),
        ({"personal": True, "special": True, "legal_basis": "consent"}, ["special_basis"]),
        ({"personal": True, "special": True, "legal_basis": "consent", "special_basis": "care"}, []),
        ({"owner": None, "quality": None, "contents": None}, ["owner", "contents", "quality"]),
        ({"party": "third party"}, ["licence"]),
        ({"used": None, "access": None}, ["access"]),
        ({"used": "later", "access": "not asked"}, None),
        ({"used": "not used", "owner": None}, None),
    ],
)
def test_what_a_source_lacks_before_the_first_sprint(values, lacks):
    assert lacking(**values) == lacks


@pytest.mark.parametrize("count", [1, 3])
def test_the_table_says_what_is_missing_and_leads_to_the_field(project, host, count, django_assert_max_num_queries):
    rows = [RowFactory(project=project, values={**READY, "name": f"S{n}", "access": "asked"}) for n in range(count)]
    RowFactory(project=project, values=READY)
    url = reverse("registers:list", args=[project.pk, "data_sources"])
    host.get(url)

    with django_assert_max_num_queries(20):
        page = soup(host.get(url))

    assert f"Before sprint 1: 1 of {count + 1} ready" in text(page)
    links = [link["href"] for link in page.select("#rows-summary li a")]
    assert links == [
        f"{reverse('registers:edit', args=[project.pk, 'data_sources', row.pk])}#id_access" for row in rows
    ]


def test_a_long_table_names_the_first_that_lack_something_and_counts_the_rest(project, host):
    RowFactory.create_batch(queries.MOST_GAPS + 2, project=project, values={"name": "Bare", "used": "from the start"})

    page = text(soup(host.get(reverse("registers:list", args=[project.pk, "data_sources"]))))

    assert page.count("Bare lacks") == queries.MOST_GAPS
    assert "2 more rows lack something." in page


def test_the_document_says_it_too(project, host):
    RowFactory(project=project, values={**READY, "access": "asked"})

    page = soup(host.get(reverse("registers:part", args=[project.pk, "data_sources"])))

    assert "Before sprint 1 Handbook lacks access (asked)." in " ".join(text(page).split())
