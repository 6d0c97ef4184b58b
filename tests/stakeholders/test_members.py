import pytest
from django.urls import reverse

from apps.events.models import Event
from tests.factories.projects import MembershipFactory
from tests.fixtures import HTMX
from tests.pages import soup, swap, text


@pytest.fixture
def url(project):
    return reverse("stakeholders:members", args=[project.pk])


def role_url(member):
    return reverse("stakeholders:member_role", args=[member.project_id, member.pk])


def remove_url(member):
    return reverse("stakeholders:member_remove", args=[member.project_id, member.pk])


@pytest.mark.parametrize("count", [1, 3])
def test_the_members_cost_the_same_at_any_length(host, project, url, count, django_assert_num_queries):
    MembershipFactory.create_batch(count, project=project)

    with django_assert_num_queries(5):
        response = host.get(url)

    assert len(soup(response).select("tbody tr")) == count + 1


def test_a_role_is_changed_without_javascript(host, project, url):
    member = MembershipFactory(project=project, role="viewer")

    response = host.post(role_url(member), {"role": "editor"})

    member.refresh_from_db()
    assert (response.status_code, response["Location"], member.role) == (302, url, "editor")


def test_a_role_changed_by_htmx_looks_like_a_fresh_page(host, project, url):
    member = MembershipFactory(project=project, role="viewer")
    page = soup(host.get(url))

    page = swap(
        page, host.post(role_url(member), {"role": "host"}, headers=HTMX), via=f"form[hx-post='{role_url(member)}']"
    )

    assert text(page) == text(soup(host.get(url)))


def test_a_role_that_is_none_changes_nothing(host, project):
    member = MembershipFactory(project=project, role="viewer")

    response = host.post(role_url(member), {"role": "emperor"}, headers=HTMX)

    member.refresh_from_db()
    assert (response.status_code, member.role) == (422, "viewer")


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_the_last_host_stays_host(host, project, headers):
    me = project.memberships.get(user=host.user)

    changed = host.post(role_url(me), {"role": "viewer"}, headers=headers)
    removed = host.post(remove_url(me), headers=headers)

    assert (changed.status_code, removed.status_code) == (409, 409)
    assert "A project needs a host." in text(soup(changed))
    assert "A project needs a host." in text(soup(removed))


def test_a_removed_member_is_out_and_their_stream_is_told(host, project, url):
    member = MembershipFactory(project=project)

    response = host.post(remove_url(member))

    assert (response.status_code, response["Location"]) == (302, url)
    assert not project.memberships.filter(pk=member.pk).exists()
    assert Event.objects.latest("id").name == "rights:changed"


def test_a_host_among_two_may_leave(host, project):
    MembershipFactory(project=project, role="host")

    response = host.post(remove_url(project.memberships.get(user=host.user)))

    assert response["Location"] == "/"
