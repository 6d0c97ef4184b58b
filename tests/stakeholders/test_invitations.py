import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import User
from apps.core.errors import DomainError
from apps.notifications.models import Message
from apps.projects.models import Membership
from apps.stakeholders import actions
from apps.stakeholders.models import Invitation
from tests.factories.accounts import UserFactory
from tests.factories.projects import MembershipFactory
from tests.factories.stakeholders import InvitationFactory, StakeholderFactory
from tests.fixtures import HTMX
from tests.pages import soup, swap, text
from tests.together import run_together


@pytest.fixture
def url(project):
    return reverse("stakeholders:invite", args=[project.pk])


def ticked(*people, role="reviewer"):
    return {"counted": 1} | {f"invite-{p.pk}": "on" for p in people} | {f"role-{p.pk}": role for p in people}


def link(message):
    return re.search(r"/invitations/[^/\s]+/", message.text)[0]


def accept(token):
    return reverse("stakeholders:accept", args=[token])


def test_several_are_invited_at_once(host, project, url):
    karin, erik = StakeholderFactory.create_batch(2, project=project)

    response = host.post(url, ticked(karin, erik))

    assert (response.status_code, response["Location"]) == (302, url)
    assert sorted(Message.objects.values_list("to", flat=True)) == sorted([karin.email, erik.email])
    assert Message.objects.filter(secret=False).count() == 0


def test_the_button_says_how_many_it_sends(host, project, url):
    karin, erik, _priya = StakeholderFactory.create_batch(3, project=project)

    fresh = soup(host.get(url)).select_one("#invite-foot button").get_text(strip=True)
    fewer = (
        soup(host.get(url, ticked(karin, erik), headers=HTMX)).select_one("#invite-foot button").get_text(strip=True)
    )

    assert (fresh, fewer) == ("Send 3 invitations", "Send 2 invitations")


def test_inviting_by_htmx_looks_like_a_fresh_page_but_for_the_notice(host, project, url):
    karin = StakeholderFactory(project=project)
    page = soup(host.get(url))

    page = swap(page, host.post(url, ticked(karin), headers=HTMX), via=f"form[hx-post='{url}']")

    page.select_one("[role=status].message").extract()
    assert text(page) == text(soup(host.get(url)))


def test_inviting_nobody_is_said_at_the_form(host, project, url):
    StakeholderFactory(project=project)

    response = host.post(url, {"counted": 1}, headers=HTMX)

    assert response.status_code == 422
    assert "Choose at least one person." in text(soup(response))


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_invitations_costs_the_same_at_any_length(host, project, url, count, django_assert_num_queries):
    for _ in range(count):
        InvitationFactory(stakeholder__project=project)

    with django_assert_num_queries(8):
        response = host.get(url)

    assert len(soup(response).select("tbody tr")) == count


def test_looking_at_a_link_uses_nothing_up(project):
    invitation = InvitationFactory(stakeholder__project=project, token="t1")

    for _ in range(2):
        assert Client().get(accept("t1")).status_code == 200

    invitation.refresh_from_db()
    assert invitation.accepted_at is None
    assert Membership.objects.count() == 0


def test_accepting_makes_an_account_a_member_and_signs_in(host, project, url):
    karin = StakeholderFactory(project=project, name="Karin Åström", time_zone="Asia/Kolkata")
    host.post(url, ticked(karin, role="editor"))
    newcomer = Client()

    newcomer.post(link(Message.objects.get()), {"name": "Karin Å."})

    user = User.objects.get(email=karin.email)
    karin.refresh_from_db()
    assert (user.name, user.time_zone) == ("Karin Å.", "Asia/Kolkata")
    assert Membership.objects.get(user=user).role == "editor"
    assert karin.user == user
    assert newcomer.session["_auth_user_id"] == str(user.pk)


def test_accepting_with_an_account_asks_for_no_name(project):
    user = UserFactory(email="karin@norrwater.example", name="Karin")
    InvitationFactory(stakeholder__project=project, email="Karin@norrwater.example", token="t1")

    Client().post(accept("t1"))

    user.refresh_from_db()
    assert user.name == "Karin"
    assert Membership.objects.get().user == user


def test_a_newcomer_without_a_name_is_asked_again(project):
    InvitationFactory(stakeholder__project=project, token="t1")

    response = Client().post(accept("t1"), {"name": ""})

    assert response.status_code == 422
    assert User.objects.count() == 0


def test_who_is_a_member_already_keeps_their_role(project):
    member = MembershipFactory(project=project, role="host")
    InvitationFactory(stakeholder__project=project, email=member.user.email, role="viewer", token="t1")

    Client().post(accept("t1"))

    member.refresh_from_db()
    assert member.role == "host"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"accepted_at": timezone.now()}, "You have accepted this invitation"),
        ({"withdrawn_at": timezone.now()}, "has withdrawn it"),
        ({"expires_at": timezone.now() - timedelta(days=1)}, "It is too old"),
    ],
)
def test_a_dead_link_says_why(project, change, words):
    InvitationFactory(stakeholder__project=project, token="t1", **change)

    seen, pressed = Client().get(accept("t1")), Client().post(accept("t1"), {"name": "Karin"})

    assert (seen.status_code, pressed.status_code) == (409, 409)
    assert words in text(soup(seen))
    assert Membership.objects.count() == 0


def test_an_unknown_link_is_no_invitation(db):
    response = Client().get(accept("nothing"))

    assert response.status_code == 404
    assert "This address is not an invitation" in text(soup(response))


def test_sending_again_makes_the_old_link_stop(host, project):
    invitation = InvitationFactory(stakeholder__project=project, token="t1")

    host.post(reverse("stakeholders:resend", args=[project.pk, invitation.pk]))

    assert Client().get(accept("t1")).status_code == 404
    assert Client().get(link(Message.objects.get())).status_code == 200


def test_sending_again_mends_an_expired_invitation(host, project):
    invitation = InvitationFactory(stakeholder__project=project, expires_at=timezone.now() - timedelta(days=1))

    host.post(reverse("stakeholders:resend", args=[project.pk, invitation.pk]))

    invitation.refresh_from_db()
    assert invitation.state == "open"


@pytest.mark.parametrize("verb", ["resend", "withdraw"])
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_an_accepted_invitation_cannot_be_changed(host, project, verb, headers):
    invitation = InvitationFactory(stakeholder__project=project, accepted_at=timezone.now())

    response = host.post(reverse(f"stakeholders:{verb}", args=[project.pk, invitation.pk]), headers=headers)

    assert response.status_code == 409
    assert "This invitation has been used already." in text(soup(response))


@pytest.mark.parametrize("verb", ["resend", "withdraw"])
def test_changing_an_invitation_by_htmx_looks_like_a_fresh_page(host, project, url, verb):
    invitation = InvitationFactory(stakeholder__project=project)
    change = reverse(f"stakeholders:{verb}", args=[project.pk, invitation.pk])
    page = soup(host.get(url))

    page = swap(page, host.post(change, headers=HTMX), via=f"form[hx-post='{change}']")

    assert text(page) == text(soup(host.get(url)))


def test_a_person_has_one_invitation_at_a_time(project):
    person = InvitationFactory(stakeholder__project=project).stakeholder

    with pytest.raises(DomainError, match="has an invitation already"):
        actions.invite_people(project, chosen=[(person, "viewer")], by=UserFactory())


def test_no_address_stands_in_the_chain(project):
    person = StakeholderFactory(project=project)
    actions.invite_people(project, chosen=[(person, "viewer")], by=UserFactory())

    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(payload::text || subject || coalesce(facts::text, ''), '') FROM events_event")
        assert person.email not in cursor.fetchone()[0]


@pytest.mark.django_db(transaction=True)
def test_of_two_who_press_at_once_one_accepts():
    invitation = InvitationFactory(token="t1")

    def press():
        return actions.accept_invitation(Invitation.objects.get(pk=invitation.pk), name="Karin")

    outcomes = run_together(2, press)

    assert sum(isinstance(outcome, DomainError) for outcome in outcomes) == 1
    assert Membership.objects.count() == 1
