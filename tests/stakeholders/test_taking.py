"""People who come from a spreadsheet or from another project."""

from zoneinfo import available_timezones

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from apps.core import cells, zones
from apps.stakeholders import taking
from tests.factories.projects import MembershipFactory, ProjectFactory
from tests.factories.stakeholders import StakeholderFactory
from tests.pages import soup, text

LIST = """Full name;E-mail;Role;Department;Influence;Timezone;Shoe size
Anders Holm;Anders@Norrwater.example;Sponsor;Operations;5;Europe/Stockholm;43
Priya Raman;priya@norrwater.example;ML engineer;IT;medium;Asia/Kolkata;37
Inga Dahl;inga@norrwater.example;Chair of the board;;;;38
"""


@pytest.fixture
def paste(project):
    return reverse("stakeholders:paste", args=[project.pk])


def read(project, block, **asked):
    return taking.read_people(project, cells.from_text(block), asked)


def test_a_list_finds_its_columns_and_leaves_out_what_it_does_not_know(project):
    block = read(project, LIST)

    keys = [target.key for target in block.targets]
    assert keys == ["name", "email", "role", "unit", "influence", "time_zone", ""]
    assert block.new[0] == {
        "name": "Anders Holm",
        "email": "anders@norrwater.example",
        "role": "sponsor",
        "unit": "Operations",
        "influence": 5,
        "time_zone": "Europe/Stockholm",
    }
    assert block.new[1]["influence"] == 3
    assert block.new[2]["own_role"] == "Chair of the board"


@pytest.mark.parametrize(
    ("said", "seat", "own"),
    [
        ("product owner, support lead", "product_owner", "support lead"),
        ("data protection officer", "legal", None),
        ("ethics and compliance officer", "ethics", None),
        ("End user representative, agent", "end_user", "agent"),
        ("agent, sponsor", None, "agent, sponsor"),
    ],
)
def test_a_role_that_begins_with_a_seat_takes_it_and_keeps_the_rest(project, said, seat, own):
    new = read(project, f"Name\tRole\nEva Berg\t{said}\n").new[0]

    assert (new.get("role"), new.get("own_role")) == (seat, own)


def test_a_seat_without_a_person_is_passed_over(project):
    block = read(
        project,
        "| name | role | remarks |\n| --- | --- | --- |\n| (empty) | security | ask IT |\n|  | ethics & compliance officer | |\n| Eva | sponsor | |\n| (empty) | | |\n",
    )

    assert (len(block.new), block.passed) == (1, ["Security", "Ethics & compliance officer"])
    assert [refusal.number for refusal in block.refused] == [5]


@pytest.mark.parametrize(
    ("said", "zone"),
    [
        ("Asia/Kolkata", "Asia/Kolkata"),
        ("Bengaluru (UTC+5:30)", "Asia/Kolkata"),
        ("göteborg", "Europe/Stockholm"),
        ("New York", "America/New_York"),
        ("europe/berlin", "Europe/Berlin"),
    ],
)
def test_a_time_zone_is_found_by_a_city(said, zone):
    assert zones.find(said) == zone


def test_every_city_leads_to_a_zone():
    assert set(zones.CITIES) <= available_timezones()


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("Eva;eva at home;;", "E-mail address: “eva at home” is not an e-mail address."),
        (";eva@example.com;;", "It has no name: nothing goes to “Name”."),
        ("Eva;;9;", "Influence: “9” is not a number from 1 to 5."),
        ("Eva;;;Mars/Base", "Time zone: “Mars/Base” is not a time zone. Write a large city, or Europe/Stockholm."),
        ("Eva;EVA@example.com;;", "The same person stands in line 2."),
        (f"{'E' * 121};;;", "Name: This is 121 characters long, and 120 is the most."),
    ],
)
def test_what_does_not_fit_is_refused_with_its_reason(project, line, why):
    block = read(project, f"Name;E-mail;Influence;Time zone\nEva Berg;eva@example.com;;\n{line}\n")

    assert [(refusal.number, refusal.why) for refusal in block.refused] == [(3, why)]
    assert len(block.new) == 1


def test_whoever_is_here_is_left_or_filled_in(project):
    StakeholderFactory(project=project, name="Anders", email="anders@norrwater.example")

    left, filled = read(project, LIST), read(project, LIST, same="update")

    assert (len(left.new), left.there, left.changed) == (2, ["Anders"], [])
    assert filled.changed[0][1]["name"] == "Anders Holm"


def test_a_list_is_shown_before_anybody_is_added(host, project, paste):
    response = host.post(paste, {"text": LIST})

    page = soup(response)
    assert project.stakeholders.count() == 0
    assert "3 new people." in text(page)
    assert page.select_one("[name=to_2] [selected]")["value"] == "role"


def test_a_list_is_taken_and_what_was_refused_comes_back_to_be_mended(host, project, paste):
    response = host.post(paste, {"text": LIST + "Eva;no address;;;;;\n", "do": "take"})

    page = soup(response)
    assert sorted(project.stakeholders.values_list("name", flat=True)) == ["Anders Holm", "Inga Dahl", "Priya Raman"]
    assert "3 people taken" in text(page)
    assert "no address" in page.select_one("textarea[name=text]").get_text()


def test_taking_the_same_list_twice_adds_nobody(host, project, paste):
    for _time in (1, 2):
        assert host.post(paste, {"text": LIST, "do": "take"}).status_code in (200, 302)

    assert project.stakeholders.count() == 3


def test_those_who_are_here_are_filled_in(host, project, paste):
    person = StakeholderFactory(project=project, name="Anders", email="anders@norrwater.example", influence=1)

    host.post(paste, {"text": LIST, "do": "take", "same": "update"})

    person.refresh_from_db()
    assert (person.name, person.influence, person.role) == ("Anders Holm", 5, "sponsor")


def test_a_file_goes_the_same_way(host, project):
    response = host.post(
        reverse("stakeholders:import", args=[project.pk]),
        {"file": SimpleUploadedFile("people.csv", LIST.encode("cp1252"))},
    )

    assert "3 new people." in text(soup(response))


def test_a_file_that_is_none_is_refused(host, project):
    sent = {"file": SimpleUploadedFile("people.pdf", b"%PDF")}

    response = host.post(reverse("stakeholders:import", args=[project.pk]), sent)

    assert response.status_code == 422
    assert "other kinds of files cannot be read" in text(soup(response))


# From other projects


@pytest.fixture
def reuse(project):
    return reverse("stakeholders:reuse", args=[project.pk])


@pytest.fixture
def earlier(host):
    other = ProjectFactory(title="Leak reports")
    MembershipFactory(project=other, user=host.user)
    return other


def test_people_of_other_projects_are_taken_without_the_remarks(host, project, reuse, earlier):
    anders = StakeholderFactory(project=earlier, name="Anders", role="sponsor", influence=5, remarks="Hates meetings.")
    karin = StakeholderFactory(project=earlier, name="Karin", time_zone="Europe/Stockholm", days="123")

    host.post(reuse, {"chosen": [str(anders.pk), str(karin.pk)]})

    found = {person.name: person for person in project.stakeholders.all()}
    assert (found["Anders"].role, found["Anders"].influence, found["Anders"].remarks) == ("sponsor", 5, "")
    assert (found["Karin"].days, found["Karin"].came_from) == ("123", "Leak reports")


def test_whoever_is_here_is_marked_and_not_taken_twice(host, project, reuse, earlier):
    karin = StakeholderFactory(project=earlier, name="Karin", email="karin@norrwater.example")
    StakeholderFactory(project=project, name="K. Åström", email="Karin@norrwater.example")

    page = soup(host.get(reuse))
    response = host.post(reuse, {"chosen": [str(karin.pk)]})

    assert page.select_one(f"[value='{karin.pk}']").has_attr("disabled")
    assert response.status_code == 422
    assert project.stakeholders.count() == 1


def test_a_person_of_two_projects_is_offered_once_and_strangers_projects_never(host, project, reuse, earlier):
    other = ProjectFactory(title="Meters")
    MembershipFactory(project=other, user=host.user)
    for known in (earlier, other):
        StakeholderFactory(project=known, name="Karin", email="karin@norrwater.example")
    StakeholderFactory(project=ProjectFactory(), name="Nobody you know")

    page = text(soup(host.get(reuse)))

    assert page.count("Karin") == 1
    assert "Nobody you know" not in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_people_one_knows_cost_the_same_at_any_number(
    host, project, reuse, earlier, count, django_assert_num_queries
):
    StakeholderFactory.create_batch(count, project=earlier)

    with django_assert_num_queries(5):
        response = host.get(reuse)

    assert len(soup(response).select("[name=chosen]")) == count
