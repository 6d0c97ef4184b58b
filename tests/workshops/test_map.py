"""The stakeholder map: many hands, nothing lost."""

from uuid import uuid4

import pytest

from apps.core.errors import DomainError
from apps.stakeholders.models import Stakeholder
from apps.workshops import actions
from apps.workshops.enums import Phase
from apps.workshops.models import Item
from apps.workshops.weaving import weave
from tests.factories.stakeholders import StakeholderFactory
from tests.fixtures import HTMX
from tests.pages import soup, swap, text
from tests.workshops.asks import inside, room, still
from tests.workshops.blocks import go, step_of


@pytest.fixture
def placing(workshop):
    return go(workshop, "map", Phase.PLACE)


def entry(text="Works council", **more):
    fields = {"influence": "4", "affected": "3", "standing": "approver", "missing": "on", **more}
    return {"text": text, "key": uuid4(), **fields}


def add(browser, workshop, data, **more):
    return browser.post(room(workshop, "add_entry", step_of(workshop, "map").pk), data, **more)


def seen(browser, url):
    """The form as this browser got it, ready to be sent back."""
    form = browser.get(url).context["form"]
    data = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in data.items() if value not in (None, False)}


def test_what_one_adds_everybody_sees_at_once(workshop, placing, guest, join, sign_in):
    other = join(workshop, "Anders")

    assert add(guest, workshop, entry()).status_code == 302

    pages = [
        other.get(room(workshop)),
        *(sign_in(workshop.host).get(inside(workshop, name)) for name in ("console", "present")),
    ]
    assert all("Works council" in text(soup(page)) and soup(page).select("svg circle") for page in pages)
    assert "Works council: influence 4, affected 3." in str(soup(pages[0]).select_one("svg title"))


def test_the_same_entry_sent_twice_stands_once(workshop, placing, guest):
    data = entry()
    add(guest, workshop, data)
    add(guest, workshop, data)

    assert Item.objects.get(activity=placing).text == "Works council"


@pytest.mark.parametrize("headers", [{}, HTMX])
@pytest.mark.parametrize(
    ("data", "status"), [(entry("works COUNCIL"), 409), (entry(" "), 422), (entry(influence="9"), 422)]
)
def test_what_cannot_be_added_says_why_and_stays_typed(workshop, placing, guest, data, status, headers):
    add(guest, workshop, entry())

    refused = add(guest, workshop, data, headers=headers)

    assert refused.status_code == status
    assert soup(refused).select_one("#entry-text").get("value", "").strip() == data["text"].strip()


def test_an_entry_swapped_in_looks_like_a_fresh_page(workshop, placing, guest):
    url = room(workshop, "add_entry", placing.pk)
    page = soup(guest.get(room(workshop)))

    page = swap(page, add(guest, workshop, entry(), headers=HTMX), via=f"form[hx-post='{url}']")

    assert still(page) == still(soup(guest.get(room(workshop))))


def test_two_who_change_different_things_of_one_entry_both_have_their_way(workshop, placing, guest, join):
    other = join(workshop, "Anders")
    add(guest, workshop, entry())
    url = room(workshop, "change_entry", Item.objects.get(activity=placing).pk)
    mine, theirs = seen(guest, url), seen(other, url)

    answers = [guest.post(url, {**mine, "influence": "2"}), other.post(url, {**theirs, "standing": "decider"})]

    item = Item.objects.get(activity=placing)
    assert [answer.status_code for answer in answers] == [302, 302]
    assert (item.details["influence"], item.details["standing"], item.details["missing"]) == (2, "decider", True)


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_who_changes_the_same_thing_a_moment_later_sees_both_and_chooses(workshop, placing, guest, join, headers):
    other = join(workshop, "Anders")
    add(guest, workshop, entry())
    url = room(workshop, "change_entry", Item.objects.get(activity=placing).pk)
    theirs = {**seen(other, url), "influence": "1"}
    guest.post(url, {**seen(guest, url), "influence": "2"})

    clash = other.post(url, theirs, headers=headers)
    first = Item.objects.get(activity=placing).details["influence"]
    again = other.post(url, {**theirs, "seen": soup(clash).select_one("input[name=seen]")["value"]}, headers=headers)

    assert (clash.status_code, first) == (409, 2)
    assert "They: 2. You: 1 little." in text(soup(clash))
    assert (again.status_code, Item.objects.get(activity=placing).details["influence"]) == (200 if headers else 302, 1)


@pytest.mark.parametrize(
    ("now", "seen", "said", "woven", "clashes"),
    [
        ({"a": 1, "b": 1}, {"a": 1, "b": 1}, {"a": 2, "b": 1}, {"a": 2, "b": 1}, []),
        ({"a": 1, "b": 2}, {"a": 1, "b": 1}, {"a": 2, "b": 1}, {"a": 2, "b": 2}, []),
        ({"a": 3}, {"a": 1}, {"a": 2}, {"a": 3}, ["a"]),
        ({"a": 2}, {"a": 1}, {"a": 2}, {"a": 2}, []),
        ({"a": None}, {"a": ""}, {"a": False}, {"a": None}, []),
    ],
)
def test_weaving_takes_what_each_of_them_changed(now, seen, said, woven, clashes):
    assert weave(now, seen, said) == (woven, clashes)


def test_a_map_that_the_room_has_not_reached_takes_nothing(workshop, guest):
    assert add(guest, workshop, entry()).status_code == 409


def test_entries_go_into_the_register_once_and_remember_where_they_came_from(workshop, placing, project, sign_in):
    host = sign_in(workshop.host)
    there = StakeholderFactory(project=project, name="Karin Åström", influence=4)
    for name in ("Works council", "karin åström"):
        host.post(inside(workshop, "add_entry_as_host", placing.pk), entry(name))
    ticked = {"entries": [str(item.pk) for item in placing.items.all()]}

    for _ in range(2):
        assert host.post(inside(workshop, "take_entries", placing.pk), ticked).status_code == 302

    council = Stakeholder.objects.exclude(pk=there.pk).get()
    assert (council.name, council.influence, council.interest) == ("Works council", 4, 3)
    assert council.came_from == "Scoping workshop: stakeholder map"
    assert council.came_from_url.endswith(f"/recap/#block-{placing.pk}")
    assert placing.items.get(text="karin åström").details["stakeholder"] == str(there.pk)


def test_nothing_ticked_is_told(workshop, placing, sign_in):
    assert sign_in(workshop.host).post(inside(workshop, "take_entries", placing.pk), {}).status_code == 422


def test_a_guest_who_left_an_address_stands_in_the_register_with_it(workshop, placing, guest):
    actions.leave_address(guest.seat, email="lars@example.org")
    item = actions.add_entry(placing, text=guest.seat.name, key=uuid4(), details={}, by=guest.seat)

    actions.take_into_register(placing, entries=[str(item.pk)], by=workshop.host)

    assert Stakeholder.objects.get().email == "lars@example.org"


def test_after_the_end_the_map_stays_as_it_is(workshop, placing):
    item = actions.add_entry(placing, text="Works council", key=uuid4(), details={}, by=workshop.host)
    workshop.refresh_from_db()
    actions.end_workshop(workshop, step=workshop.step, by=workshop.host)

    with pytest.raises(DomainError, match="over"):
        actions.change_entry(item, seen={}, said={"text": "Other"}, by=workshop.host)


def test_who_is_missing_is_in_the_minutes(workshop, placing, guest, reviewer):
    add(guest, workshop, entry())

    assert "Must be heard: Works council" in text(soup(reviewer.get(inside(workshop, "recap"))))


@pytest.mark.parametrize("count", [1, 3])
def test_the_map_costs_the_same_for_any_number(workshop, placing, guest, count, django_assert_num_queries):
    for n in range(count):
        actions.add_entry(
            placing, text=f"Team {n}", key=uuid4(), details={"influence": 3, "affected": 2}, by=guest.seat
        )
    guest.get(room(workshop))

    with django_assert_num_queries(9):
        page = guest.get(room(workshop))

    assert len(soup(page).select(".map-table tbody tr")) == count
