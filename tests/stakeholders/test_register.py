import pytest
from django.urls import reverse

from apps.core.errors import DomainError, Stale
from apps.projects.queries import membership
from apps.projects.road import steps
from apps.stakeholders import actions, document, grid, roles
from apps.stakeholders.models import Duty, Stakeholder
from tests.factories.accounts import UserFactory
from tests.factories.projects import MembershipFactory, ProjectFactory
from tests.factories.stakeholders import InvitationFactory, StakeholderFactory
from tests.fixtures import HTMX
from tests.pages import soup, swap, text

ANDERS = {"name": "Anders Holm", "email": "Anders@Norrwater.example", "role": "sponsor", "influence": 5, "interest": 3}


@pytest.fixture
def url(project):
    return reverse("stakeholders:list", args=[project.pk])


def edit(person):
    return reverse("stakeholders:edit", args=[person.project_id, person.pk])


def test_an_empty_register_names_the_next_step(host, url):
    page = soup(host.get(url))

    assert "Nobody is in the register yet." in text(page)
    assert page.select_one(".empty a")["href"].endswith("/people/add/")


@pytest.mark.parametrize("count", [1, 3])
def test_the_register_costs_the_same_at_any_length(host, project, url, count, django_assert_num_queries):
    StakeholderFactory.create_batch(count, project=project)

    with django_assert_num_queries(12):
        response = host.get(url)

    assert len(soup(response).select("tbody tr")) == count


def test_adding_a_person_works_without_javascript(host, project, url):
    response = host.post(reverse("stakeholders:add", args=[project.pk]), ANDERS)

    assert (response.status_code, response["Location"]) == (302, url)
    assert project.stakeholders.get().email == "anders@norrwater.example"


def test_whoever_writes_down_their_own_name_is_tied_to_their_account_once(host, project):
    add = reverse("stakeholders:add", args=[project.pk])
    me = project.memberships.get(role="host").user

    for _ in range(2):
        host.post(add, {"name": me.name.upper(), "influence": 4, "interest": 5})

    assert [(person.email, person.user) for person in project.stakeholders.order_by("created_at")] == [
        (me.email, me),
        ("", None),
    ]


def test_adding_a_person_by_htmx_looks_like_a_fresh_page(host, project, url):
    page = soup(host.get(url))
    add = reverse("stakeholders:add", args=[project.pk])

    page = swap(page, host.get(add, headers=HTMX), via=f".empty [hx-get='{add}']")
    page = swap(page, host.post(add, ANDERS, headers=HTMX), via=f"form[hx-post='{add}']")

    assert text(page) == text(soup(host.get(url)))


def test_a_person_without_a_name_comes_back_with_what_was_typed(host, project):
    response = host.post(reverse("stakeholders:add", args=[project.pk]), {**ANDERS, "name": ""}, headers=HTMX)

    assert response.status_code == 422
    assert soup(response).select_one("[name=email]")["value"] == "Anders@Norrwater.example"
    assert project.stakeholders.count() == 0


def test_an_address_stands_once_in_a_register(host, project):
    StakeholderFactory(project=project, email="anders@norrwater.example")

    response = host.post(reverse("stakeholders:add", args=[project.pk]), ANDERS)

    assert response.status_code == 409
    assert "Somebody with this address is in the register already." in text(soup(response))
    assert project.stakeholders.count() == 1


def test_the_same_address_may_stand_in_two_projects(db):
    StakeholderFactory(email="karin@norrwater.example")

    assert StakeholderFactory(email="karin@norrwater.example").pk


def test_a_row_edited_by_htmx_looks_like_a_fresh_page(host, project, url):
    person = StakeholderFactory(project=project)
    page = soup(host.get(url))

    page = swap(page, host.get(edit(person), headers=HTMX), via=f"[hx-get='{edit(person)}']")
    data = {**ANDERS, "version": 1}
    page = swap(page, host.post(edit(person), data, headers=HTMX), via=f"form[hx-post='{edit(person)}']")

    assert text(page) == text(soup(host.get(url)))


def test_giving_up_an_edit_brings_the_row_back(host, project, url):
    person = StakeholderFactory(project=project)
    page = soup(host.get(url))
    before = text(page)

    page = swap(page, host.get(edit(person), headers=HTMX), via=f"[hx-get='{edit(person)}']")
    show = reverse("stakeholders:show", args=[project.pk, person.pk])
    page = swap(page, host.get(show, headers=HTMX), via=f"[hx-get='{show}']")

    assert text(page) == before


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_stale_edit_shows_both_and_can_be_saved_over(host, project, headers):
    person = StakeholderFactory(project=project, name="Karin", influence=4)
    Stakeholder.objects.filter(pk=person.pk).update(version=2, name="Karin Åström")

    response = host.post(edit(person), {**ANDERS, "version": 1}, headers=headers)

    page = soup(response)
    form = page.select_one(f"form[action='{edit(person)}']")
    assert response.status_code == 409
    assert form.select_one("[name=name]")["value"] == "Anders Holm"
    assert "Karin Åström" in form.select_one(".conflict").get_text()
    assert form.select_one("[name=version]")["value"] == "2"


def test_an_invalid_edit_keeps_what_was_typed(host, project):
    person = StakeholderFactory(project=project)

    response = host.post(edit(person), {**ANDERS, "influence": 9, "version": 1}, headers=HTMX)

    assert response.status_code == 422
    assert soup(response).select_one("[name=name]")["value"] == "Anders Holm"


def test_a_person_of_another_project_is_not_there(host):
    assert host.get(edit(StakeholderFactory(project=ProjectFactory()))).status_code == 404


def test_removing_a_person_leaves_their_membership(host, project):
    member = MembershipFactory(project=project)
    person = StakeholderFactory(project=project, user=member.user)

    host.post(reverse("stakeholders:remove", args=[project.pk, person.pk]))

    assert project.stakeholders.count() == 0
    assert project.memberships.filter(pk=member.pk).exists()


def test_a_removed_persons_invitation_stops_working(host, project):
    invitation = InvitationFactory(stakeholder__project=project, token="t1")

    host.post(reverse("stakeholders:remove", args=[project.pk, invitation.stakeholder_id]))

    assert host.get(reverse("stakeholders:accept", args=["t1"])).status_code == 404


def test_a_person_with_a_members_address_is_that_member(project):
    member = MembershipFactory(project=project, user__email="erik@norrwater.example").user

    person = actions.add_stakeholder(project, by=member, name="Erik", email="erik@norrwater.example")

    assert person.user == member


def test_a_stale_write_is_refused(project):
    person = StakeholderFactory(project=project)

    with pytest.raises(Stale):
        actions.change_stakeholder(person, version=7, by=UserFactory(), name="Other")


def test_the_database_keeps_influence_between_1_and_5(project):
    with pytest.raises(Exception, match="influence_from_1_to_5"):
        StakeholderFactory(project=project, influence=6)


def test_every_seat_of_the_catalog_says_why_it_matters():
    assert len(roles.seats()) == 20
    assert all(seat.why_empty and seat.duty for seat in roles.seats())


def test_no_sponsor_blocks_the_sign_off(project):
    StakeholderFactory(project=project, role="ethics")

    found = {finding.rule: finding.level for finding in document.findings(project)}

    assert found == {
        "people.no_sponsor": "blocker",
        "people.no_legal": "warning",
        "people.no_end_user": "warning",
        "people.empty_seats": "warning",
    }


def test_a_full_table_where_everybody_has_something_to_do_has_no_findings(project):
    for seat in roles.seats():
        user = MembershipFactory(project=project).user
        person = StakeholderFactory(project=project, role=seat.key, user=user)
        Duty.objects.create(project=project, section="risks", person=person, letter="C")
    actions.take_proposals(project, section="", by=user)
    Duty.objects.filter(person__role="product_manager", section="risks").update(letter="AR")

    assert document.findings(project) == []


def test_the_snapshot_holds_no_addresses(project):
    StakeholderFactory(project=project, email="karin@norrwater.example")

    assert "norrwater" not in str(document.snapshot(project))


def test_the_invite_step_is_done_when_somebody_came(project):
    host = MembershipFactory(project=project, role="host").user
    alone = [step.state for step in steps(membership(host, project.pk).project) if step.key == "invite"]
    MembershipFactory(project=project)

    both = [step.state for step in steps(membership(host, project.pk).project) if step.key == "invite"]

    assert (alone, both) == (["open"], ["done"])


def test_the_drawing_has_its_lines_and_numbers(host, project, url):
    StakeholderFactory(project=project)

    drawn = soup(host.get(url)).select_one("svg.influence")

    assert len(drawn.select("line")) == 2 * (grid.STEPS + 1)
    assert [number.get_text() for number in drawn.select("text")].count("3") == 2


def test_people_of_one_cell_stand_beside_each_other():
    people = [{"name": name, "influence": 5, "interest": 5, "key": name} for name in "abc"]

    placed = grid.dots(people)

    assert len({(dot.x, dot.y) for dot in placed}) == 3
    assert all(grid.LEFT + 4 * grid.CELL < dot.x < grid.LEFT + grid.SIDE for dot in placed)
    assert all(dot.y < grid.TOP + grid.CELL for dot in placed)


@pytest.mark.parametrize("role", ["viewer", "reviewer"])
def test_readers_see_no_buttons_that_write(as_role, project, url, role):
    StakeholderFactory(project=project)

    assert soup(as_role(role).get(url)).select(".people-actions, .add-row") == []


def test_a_refusal_of_the_register_is_a_sentence(project):
    StakeholderFactory(project=project, email="a@b.example")

    with pytest.raises(DomainError, match="in the register already"):
        actions.add_stakeholder(project, by=None, name="Other", email="A@B.example")
