from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.overview import queries
from apps.projects import needs
from apps.projects.needs import Need
from tests.factories.accounts import UserFactory
from tests.factories.projects import MembershipFactory, ProjectFactory
from tests.pages import soup, text


@pytest.fixture
def waiting(monkeypatch):
    """What the apps below would say; tests put their own needs into it."""
    found = []
    monkeypatch.setattr(needs, "_askers", [lambda user: found])
    return found


def a_need(**changes):
    fields = {"label": "Sign", "title": "Sign the scope", "detail": "Baseline 1", "url": "/x/", "button": "Sign"}
    return Need(**{**fields, **changes})


def test_somebody_signed_out_sees_the_ways_in(client, db):
    page = soup(client.get("/"))

    assert [link.text for link in page.select("main .need h2 a")] == [
        "Sign in",
        "Join a workshop",
        "Check a signed PDF",
    ]


def test_somebody_new_is_led_to_their_first_project(sign_in, waiting):
    page = soup(sign_in(UserFactory()).get("/"))

    assert page.select_one("h1").text == "Nothing needs you today"
    assert page.select_one("main .empty a")["href"] == reverse("starts:new")


@pytest.mark.parametrize(("count", "title"), [(1, "One thing needs you"), (4, "Four things need you")])
def test_the_title_counts_what_needs_me(sign_in, waiting, count, title):
    waiting.extend([a_need()] * count)

    page = soup(sign_in(UserFactory()).get("/"))

    assert page.select_one("h1").text == title
    assert page.select_one("#needs-count").text == str(count)


@pytest.mark.parametrize(
    ("days", "words", "soon"), [(-1, "Late since", True), (0, "Today", True), (3, "Due", False), (None, "Since", False)]
)
def test_a_need_says_how_close_it_is(days, words, soon):
    now = timezone.now()
    due = None if days is None else now + timedelta(days=days)

    row = queries.need_row(a_need(due=due, since=now))

    assert (row.when, row.soon) == (words, soon)


def test_a_project_shows_what_needs_me_in_it(sign_in, waiting):
    membership = MembershipFactory()
    waiting.append(a_need(title="Three answers are missing", url=f"/projects/{membership.project.pk}/review/"))

    page = soup(sign_in(membership.user).get("/"))

    assert "Three answers are missing" in text(page.select_one(f"#project-{membership.project.pk}"))


def test_projects_of_others_are_not_listed(sign_in, waiting):
    ProjectFactory(title="Secret plans")

    assert "Secret plans" not in text(soup(sign_in(UserFactory()).get("/")))


def test_the_switch_in_the_bar_lists_my_projects(sign_in):
    membership = MembershipFactory()

    page = soup(sign_in(membership.user).get(reverse("overview:menu")))

    assert [link["href"] for link in page.select("a")] == [
        membership.project.get_absolute_url(),
        reverse("starts:new"),
    ]


@pytest.mark.parametrize("name", ["overview:menu", "overview:needs_count"])
def test_the_bars_fragments_are_for_people_who_are_signed_in(client, db, name):
    assert client.get(reverse(name)).status_code == 302


@pytest.mark.parametrize("count", [1, 3])
def test_home_costs_the_same_with_any_number_of_projects(sign_in, waiting, count, django_assert_num_queries):
    user = UserFactory()
    for membership in MembershipFactory.create_batch(count, user=user):
        assert membership.project
    client = sign_in(user)

    with django_assert_num_queries(3):
        response = client.get("/")

    assert len(soup(response).select("tbody tr")) == count
