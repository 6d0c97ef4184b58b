import pytest

from apps.core.errors import DomainError, Stale
from apps.tables import queries
from apps.tables.actions import add_row, change_row, change_rows, move_row, remove_rows, restore_row, undo
from apps.tables.declared import register
from apps.tables.enums import Change
from tests.factories.accounts import UserFactory
from tests.factories.registers import RowFactory

SOURCES = register("data_sources")


def names(project):
    return [str(row) for row in queries.rows(project, SOURCES)]


def test_a_row_is_read_as_a_person_types(project):
    row = add_row(
        project,
        "data_sources",
        values={"name": " Sent  replies ", "party": "First Party", "personal": "yes", "access_by": "10 January 2027"},
        came_from="Card 7",
        by=UserFactory(),
    )

    assert row.values == {"name": "Sent replies", "party": "first party", "personal": True, "access_by": "2027-01-10"}
    assert (row.came_from, row.position, row.version) == ("Card 7", 1, 1)


def test_what_does_not_fit_is_refused_with_the_name_of_the_field(project):
    with pytest.raises(DomainError, match="Legal basis: “maybe” is not one of"):
        add_row(project, "data_sources", values={"name": "Handbook", "legal_basis": "maybe"}, by=UserFactory())


def test_two_people_in_different_fields_both_stay(project):
    row = RowFactory(project=project, values={"name": "Handbook"})
    anna, bo = UserFactory(), UserFactory()

    change_row(row, version=1, values={"name": "Handbook", "owner": "Fatima", "volume": None}, by=anna)
    after = change_row(row, version=1, values={"name": "Handbook", "owner": None, "volume": "140 pages"}, by=bo)

    assert after.values == {"name": "Handbook", "owner": "Fatima", "volume": "140 pages"}
    assert after.version == 3


def test_two_people_in_the_same_field_the_second_chooses_and_nothing_is_lost(project):
    row = RowFactory(project=project, values={"name": "Handbook"})
    change_row(row, version=1, values={"owner": "Fatima"}, by=UserFactory())

    with pytest.raises(Stale):
        change_row(row, version=1, values={"owner": "Erik", "volume": "140 pages"}, by=UserFactory())

    row.refresh_from_db()
    kept = row.revisions.get(change=Change.KEPT)
    assert row.values == {"name": "Handbook", "owner": "Fatima"}
    assert kept.sent == {"owner": "Erik", "volume": "140 pages"}


def test_the_same_value_twice_is_no_conflict(project):
    row = RowFactory(project=project, values={"name": "Handbook"})
    change_row(row, version=1, values={"owner": "Fatima"}, by=UserFactory())

    after = change_row(row, version=1, values={"owner": "Fatima"}, by=UserFactory())

    assert after.version == 2


def test_the_same_sending_twice_counts_once(project):
    anna = UserFactory()

    first = add_row(project, "data_sources", values={"name": "Handbook"}, client_key="k1", by=anna)
    again = add_row(project, "data_sources", values={"name": "Handbook"}, client_key="k1", by=anna)
    change_row(first, version=1, values={"owner": "Fatima"}, client_key="k2", by=anna)
    change_row(first, version=1, values={"owner": "Fatima"}, client_key="k2", by=anna)

    assert again == first
    assert list(first.revisions.values_list("version", flat=True)) == [2, 1]


def test_one_key_for_two_different_things_is_refused(project):
    anna = UserFactory()
    add_row(project, "data_sources", values={"name": "Handbook"}, client_key="k1", by=anna)

    with pytest.raises(DomainError, match="Two different things"):
        add_row(project, "data_sources", values={"name": "Replies"}, client_key="k1", by=anna)


@pytest.mark.parametrize(
    ("to", "order"), [("up", ["B", "A", "C"]), ("down", ["A", "C", "B"]), ("first", ["B", "A", "C"])]
)
def test_a_row_moves(project, to, order):
    rows = [RowFactory(project=project, values={"name": name}, position=at) for at, name in enumerate("ABC", 1)]

    move_row(rows[1], to=to, by=UserFactory())

    assert names(project) == order


def test_a_row_is_put_after_another(project):
    rows = [RowFactory(project=project, values={"name": name}, position=at) for at, name in enumerate("ABC", 1)]

    move_row(rows[0], to=str(rows[2].pk), by=UserFactory())

    assert names(project) == ["B", "C", "A"]


def test_removed_rows_come_back_where_they_were(project):
    rows = [RowFactory(project=project, values={"name": name}, position=at) for at, name in enumerate("ABC", 1)]
    anna = UserFactory()

    batch = remove_rows(project, "data_sources", rows=[rows[0].pk, rows[1].pk], by=anna)
    assert names(project) == ["C"]

    undo(project, "data_sources", batch.id, by=anna)
    assert names(project) == ["A", "B", "C"]


def test_undoing_a_bulk_edit_leaves_what_somebody_changed_since(project):
    first, second = (RowFactory(project=project, values={"name": name, "owner": "Fatima"}) for name in "AB")
    anna = UserFactory()
    batch = change_rows(project, "data_sources", rows=[first.pk, second.pk], values={"owner": "Erik"}, by=anna)
    change_row(second, version=2, values={"owner": "Karin"}, by=UserFactory())

    undone = undo(project, "data_sources", batch.id, by=anna)

    owners = {str(row): row.values["owner"] for row in queries.rows(project, SOURCES)}
    assert owners == {"A": "Fatima", "B": "Karin"}
    assert (len(undone.rows), undone.left) == (1, 1)


def test_any_earlier_state_can_be_had_back(project):
    row = RowFactory(project=project, values={"name": "Handbook", "owner": "Fatima"})
    first = row.revisions.get()
    change_row(row, version=1, values={"owner": None}, by=UserFactory())
    row.refresh_from_db()

    restored = restore_row(row, first, version=2, by=UserFactory())

    assert restored.values == {"name": "Handbook", "owner": "Fatima"}
    assert restored.version == 3


def test_a_number_is_never_given_twice(project):
    anna = UserFactory()
    first = add_row(project, "data_sources", values={"name": "A"}, by=anna)
    remove_rows(project, "data_sources", rows=[first.pk], by=anna)

    second = add_row(project, "data_sources", values={"name": "B"}, by=anna)
    other = add_row(project, "decisions", values={"name": "C"}, by=anna)

    assert [row.ref for row in (first, second, other)] == ["S1", "S2", "D1"]
