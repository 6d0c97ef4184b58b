"""A guest who left an address can be asked to read and sign, and is then the same person."""

import pytest

from apps.stakeholders.models import Invitation
from tests.factories.workshops import ParticipantFactory, ended
from tests.fixtures import HTMX
from tests.pages import soup, text
from tests.workshops.asks import inside


@pytest.fixture
def workshop(project, host):
    return ended(project, by=host.user)


@pytest.fixture
def nils(workshop):
    return ParticipantFactory(workshop=workshop, name="Nils Berg", email="Nils@Example.org", title="end user")


def test_the_host_writes_down_an_address_that_was_not_left(workshop, host):
    guest = ParticipantFactory(workshop=workshop, name="Lars-Göran")

    host.post(inside(workshop, "note_address", guest.pk), {"email": "lg@example.org"})

    guest.refresh_from_db()
    assert guest.email == "lg@example.org"


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_wrong_address_comes_back_with_the_error(workshop, host, nils, headers):
    answer = host.post(inside(workshop, "note_address", nils.pk), {"email": "nils at home"}, headers=headers)

    assert answer.status_code == 422
    assert soup(answer).select_one(f"#address-{nils.pk}")["value"] == "nils at home"


def test_a_guest_is_invited_into_the_register_once(workshop, host, nils, project):
    for _ in range(2):
        host.post(inside(workshop, "invite_guest", nils.pk))

    assert (project.stakeholders.get(email__iexact=nils.email).own_role, Invitation.objects.count()) == ("end user", 1)


def test_who_proved_the_address_says_that_was_me(workshop, reviewer, nils):
    reviewer.user.email = "nils@example.org"
    reviewer.user.save()
    assert "left your address" in text(soup(reviewer.get(inside(workshop, "recap"))))

    reviewer.post(inside(workshop, "claim_seat", nils.pk))

    nils.refresh_from_db()
    assert nils.user == reviewer.user
    assert "left your address" not in text(soup(reviewer.get(inside(workshop, "recap"))))


def test_nobody_takes_the_seat_of_another(workshop, reviewer, nils):
    assert reviewer.post(inside(workshop, "claim_seat", nils.pk)).status_code == 409

    nils.refresh_from_db()
    assert nils.user is None


def test_two_seats_of_one_person_stay_two(workshop, reviewer, nils):
    reviewer.user.email = "nils@example.org"
    reviewer.user.save()
    ParticipantFactory(workshop=workshop, name="Nils", user=reviewer.user)

    assert reviewer.post(inside(workshop, "claim_seat", nils.pk)).status_code == 409
