"""Finding words: what is found, by whom, and at what cost."""

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from apps.comments.actions import open_thread
from apps.projects.models import Membership
from apps.search import queries, views
from apps.search.folding import asked, marked
from apps.search.sources import SOURCES
from tests.factories.accounts import UserFactory
from tests.factories.dprd import SectionFactory
from tests.factories.projects import MembershipFactory, ObjectiveFactory, ProjectFactory
from tests.factories.registers import RowFactory
from tests.factories.results import BenefitFactory, MeasurementFactory
from tests.factories.risks import RiskFactory
from tests.factories.stakeholders import StakeholderFactory
from tests.factories.workshops import CardFactory, WorkshopFactory
from tests.fixtures import HTMX
from tests.pages import soup


@pytest.fixture
def reader(project):
    return MembershipFactory(project=project).user


def kinds(user, typed, **more):
    found = queries.search(user, typed, **more)
    return sorted(str(result.kind) for group in found.groups for result in group.results)


def test_every_kind_of_thing_is_found(project, reader):
    SectionFactory(project=project, text="The heliotrope grows.")
    RowFactory(project=project, values={"name": "Heliotrope list"})
    RiskFactory(project=project, cause="No heliotrope")
    ObjectiveFactory(project=project, title="More heliotropes")
    StakeholderFactory(project=project, name="Helga", own_role="Heliotrope keeper")
    workshop = WorkshopFactory(project=project, title="On heliotropes")
    CardFactory(activity=None, workshop=workshop, text="Heliotrope!", revealed_at=timezone.now())
    open_thread(project, target="section:purpose", body="Which heliotrope?", by=reader)

    assert kinds(reader, "heliotr") == [
        "Card", "Comment", "Data source", "Objective", "Person", "Risk", "Section", "Workshop",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "is_found"),
    [
        ("reply", True),
        ("REPLY dra", True),
        ("drafts reply", True),
        ("astrom", True),
        ("Åström", True),
        ("eply", False),
        ("rep drafts", False),
        ("reply elephants", False),
        ("", False),
        ("' | & !:*", False),
        ("reply' | 'x:*", False),
    ],
)
def test_whole_words_and_the_beginning_of_the_last_one_count(project, reader, typed, is_found):
    SectionFactory(project=project, text="Reply drafts, says Karin Åström.")
    project.title = "Something else"
    project.save()

    assert bool(kinds(reader, typed)) == is_found


def hits(user, typed):
    return [result for group in queries.search(user, typed).groups for result in group.results]


def test_a_measured_value_is_found_by_where_it_comes_from_and_leads_to_its_objective(project, reader):
    objective = ObjectiveFactory(project=project, title="First response", unit="h")
    MeasurementFactory(
        project=project, objective=objective.pk, value="6.50", day="2027-09-14", source="Heliotrope desk"
    )

    [found] = hits(reader, "heliotr")

    assert (str(found.kind), str(found.title)) == ("Measured", "First response: 6.5 h, 14 Sep 2027")
    assert found.url == f"{reverse('results:show', args=[project.pk])}#result-{objective.pk}"


def test_an_objective_brings_its_newest_measured_value_once(project, reader):
    objective = ObjectiveFactory(project=project, title="Heliotrope response", unit="h")
    for day, value in (("2027-08-01", 8), ("2027-09-14", 6)):
        MeasurementFactory(project=project, objective=objective.pk, day=day, value=value, source="Desk")

    assert sorted(str(found.title) for found in hits(reader, "heliotrope")) == [
        "<mark>Heliotrope</mark> response",
        "<mark>Heliotrope</mark> response: 6 h, 14 Sep 2027",
    ]
    assert [str(found.kind) for found in hits(reader, "desk")] == ["Measured", "Measured"]


def test_a_value_of_an_objective_that_is_gone_is_found_too(project, reader):
    MeasurementFactory(project=project, objective=project.pk, value=6, day="2027-09-14", source="Heliotrope")

    assert [str(found.title) for found in hits(reader, "heliotrope")] == ["6, 14 Sep 2027"]


def test_a_benefit_is_found(project, reader):
    BenefitFactory(project=project, title="Time saved", assumptions="The heliotrope stays")

    assert kinds(reader, "heliotrope") == ["Benefit"]


def test_strangers_and_former_members_find_nothing(project, reader):
    SectionFactory(project=project, text="heliotrope")
    objective = ObjectiveFactory(project=project, title="Heliotrope")
    MeasurementFactory(project=project, objective=objective.pk)

    assert kinds(UserFactory(), "heliotrope") == []

    Membership.objects.filter(user=reader).delete()
    assert kinds(reader, "heliotrope") == []


def test_cards_that_are_hidden_and_rehearsals_are_never_found(project, reader):
    CardFactory(activity=None, workshop=WorkshopFactory(project=project), text="heliotrope", revealed_at=None)
    rehearsal = WorkshopFactory(project=project, rehearsal=True, title="heliotrope")
    CardFactory(activity=None, workshop=rehearsal, text="heliotrope", revealed_at=timezone.now())

    assert kinds(reader, "heliotrope") == []


def test_what_was_removed_is_not_found(project, reader):
    RowFactory(project=project, values={"name": "heliotrope"}, removed_at=timezone.now())

    assert kinds(reader, "heliotrope") == []


def test_what_is_called_so_stands_before_what_mentions_it(project, reader):
    RiskFactory(project=project, title="Other", cause="A heliotrope among many other words that say little.")
    RiskFactory(project=project, title="Heliotrope")

    [group] = queries.search(reader, "heliotrope").groups

    assert [str(result.title) for result in group.results] == ["<mark>Heliotrope</mark>", "Other"]


def test_projects_are_found_apart_and_cut_with_a_number(project, reader):
    other = MembershipFactory(user=reader, project__title="Other").project
    RiskFactory.create_batch(queries.IN_PROJECT + 2, project=project, title="Heliotrope")
    RiskFactory(project=other, title="Heliotrope")

    found = queries.search(reader, "heliotrope")

    assert {(group.project, len(group.results), group.more_count) for group in found.groups} == {
        (project, queries.IN_PROJECT, 2),
        (other, 1, 0),
    }
    assert len(queries.search(reader, "heliotrope", only=str(project.pk)).groups[0].results) == queries.IN_PROJECT + 2


def test_found_words_are_marked_and_stay_text():
    words = asked("b åst").words

    assert marked("<b>B, says Åström</b>", words) == (
        "&lt;<mark>b</mark>&gt;<mark>B</mark>, says <mark>Åst</mark>röm&lt;/<mark>b</mark>&gt;"
    )


def test_a_long_text_is_shown_around_the_first_place():
    shown = marked("word " * 100 + "heliotrope " + "word " * 100, ["heliotr"])

    assert shown.startswith("… word")
    assert "<mark>heliotr</mark>ope" in shown
    assert len(shown) < 200


@pytest.mark.parametrize("count", [1, 3])
def test_searching_costs_the_same_for_any_number_of_projects(reader, count, django_assert_num_queries):
    for project in ProjectFactory.create_batch(count):
        MembershipFactory(user=reader, project=project)
        RiskFactory(project=project, title="Heliotrope")

    with django_assert_num_queries(2):
        found = queries.search(reader, "heliotrope")

    assert len(found.groups) == count


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.kind)
def test_every_source_has_an_index_for_its_words(db, source):
    table = source.table.split()[0]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")
        cursor.execute(f"EXPLAIN SELECT 1 FROM {table} t WHERE {source.words} @@ to_tsquery('simple', 'a:*')")
        plan = "\n".join(line for (line,) in cursor.fetchall())

    assert f"Bitmap Index Scan on search_{table}" in plan


def test_the_page_and_the_bar_show_the_same_without_and_with_scripts(project, host):
    SectionFactory(project=project, text="The heliotrope grows.")
    url = reverse("search:find")

    page = soup(host.get(url, {"q": "heliotrope"}))
    bar = soup(host.get(url, {"q": "heliotrope", "bar": ""}, headers=HTMX))

    links = [[link["href"] for link in each.select("[data-found] .search-hit a")] for each in (page, bar)]
    assert links[0] == links[1] == [f"{reverse('dprd:document', args=[project.pk])}#purpose"]
    assert bar.select("html") == []


def test_whoever_is_signed_out_is_asked_to_sign_in(client, db):
    assert client.get(reverse("search:find"), {"q": "a"}).status_code == 302


def test_who_searches_without_a_pause_waits_a_minute_and_keeps_the_words(project, sign_in, reader, monkeypatch):
    monkeypatch.setattr(views, "MOST_A_MINUTE", 2)
    browser, other = sign_in(reader), sign_in(MembershipFactory(project=project).user)
    url = reverse("search:find")

    answers = [browser.get(url, {"q": "helio"}) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert soup(answers[2]).select_one("#main [name=q]")["value"] == "helio"
    assert "Wait a minute" in soup(answers[2]).select_one("#found").text
    assert other.get(url, {"q": "helio"}).status_code == 200
    assert browser.get(url).status_code == 200
