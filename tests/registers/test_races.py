"""Several people at once, each in a thread with a database connection of their own."""

import itertools

import pytest

from apps.core.errors import Stale
from apps.registers.models import Row
from apps.tables import actions, queries
from apps.tables.declared import register
from apps.tables.enums import Change
from tests.factories.accounts import UserFactory
from tests.factories.projects import ProjectFactory
from tests.factories.registers import RowFactory
from tests.together import run_together

pytestmark = pytest.mark.django_db(transaction=True)
FIELDS = ["owner", "contents", "volume", "freshness", "licence", "quality", "cost", "consent"]


def test_eight_people_in_eight_fields_all_stay():
    row = RowFactory(values={"name": "Handbook"})
    people = [(UserFactory(), key) for key in FIELDS]
    turn = itertools.count()

    def write():
        who, key = people[next(turn)]
        actions.change_row(Row.objects.get(pk=row.pk), version=1, values={key: f"by {who.pk}"}, by=who)

    assert run_together(len(people), write) == [None] * 8
    row.refresh_from_db()
    assert row.values == {"name": "Handbook", **{key: f"by {who.pk}" for who, key in people}}
    assert row.version == 9


def test_five_people_in_one_field_one_is_taken_and_four_are_kept():
    row = RowFactory(values={"name": "Handbook"})
    people = [UserFactory() for _ in range(5)]
    turn = itertools.count()

    def write():
        who = people[next(turn)]
        actions.change_row(Row.objects.get(pk=row.pk), version=1, values={"owner": str(who.pk)}, by=who)

    told = run_together(5, write)

    row.refresh_from_db()
    kept = {revision.sent["owner"] for revision in row.revisions.filter(change=Change.KEPT)}
    assert sum(isinstance(outcome, Stale) for outcome in told) == 4
    assert kept | {row.values["owner"]} == {str(who.pk) for who in people}


def test_the_same_click_six_times_at_once_is_one_row():
    project, somebody = ProjectFactory(), UserFactory()

    def add():
        return actions.add_row(project, "data_sources", values={"name": "Handbook"}, client_key="k", by=somebody).pk

    assert len(set(run_together(6, add))) == 1
    assert Row.objects.count() == 1


def test_the_same_block_sent_twice_at_once_is_taken_once():
    project, somebody = ProjectFactory(), UserFactory()
    new = [{"name": name} for name in ("A", "B", "C")]

    def take():
        return actions.take_rows(project, "data_sources", new=new, changed=[], client_key="k", by=somebody).id

    assert len(set(run_together(4, take))) == 1
    assert Row.objects.count() == 3


def test_rows_added_and_moved_at_once_keep_one_order():
    project, somebody = ProjectFactory(), UserFactory()
    first = actions.add_row(project, "data_sources", values={"name": "first"}, by=somebody)
    turn = itertools.count()

    def work():
        if (number := next(turn)) % 2:
            actions.add_row(project, "data_sources", values={"name": str(number)}, by=somebody)
        else:
            actions.move_row(Row.objects.get(pk=first.pk), to="down", by=somebody)

    assert run_together(8, work) == [None] * 8
    assert len(queries.rows(project, register("data_sources"))) == 5


def test_two_batches_over_the_same_rows_do_not_wait_for_each_other_for_ever():
    project, somebody = ProjectFactory(), UserFactory()
    ids = [actions.add_row(project, "data_sources", values={"name": name}, by=somebody).pk for name in "ABCD"]
    turn = itertools.count()

    def change():
        mine = ids if next(turn) % 2 else ids[::-1]
        return actions.change_rows(project, "data_sources", rows=mine, values={"owner": str(next(turn))}, by=somebody)

    assert all(isinstance(outcome, actions.Batch) for outcome in run_together(6, change))
