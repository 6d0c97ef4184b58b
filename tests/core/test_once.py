from uuid import uuid4

import pytest
from django import forms
from django.http import QueryDict

from apps.core.errors import DomainError
from apps.core.forms import Outcome, submit
from apps.core.once import once
from apps.projects.models import Project
from tests.factories.accounts import UserFactory
from tests.factories.projects import ProjectFactory


class TitleForm(forms.Form):
    title = forms.CharField()


def make(title="Reply drafts", by=None):
    return ProjectFactory(title=title)


def test_the_second_time_gives_the_row_of_the_first(db):
    key = uuid4()

    first, second = (once(key, make) for _ in range(2))

    assert first == second
    assert Project.objects.count() == 1


def test_what_makes_no_row_runs_once_all_the_same(db):
    key, ran = uuid4(), []

    assert [once(key, lambda: ran.append(1)) for _ in range(2)] == [None, None]
    assert ran == [1]


def test_a_refusal_does_not_use_the_key_up(db):
    def refuse():
        raise DomainError("Not now.")

    key = uuid4()
    with pytest.raises(DomainError):
        once(key, refuse)

    assert once(key, make).title == "Reply drafts"


def test_what_was_removed_since_is_not_made_again(db):
    key = uuid4()
    once(key, make).delete()

    with pytest.raises(DomainError, match="removed since"):
        once(key, make)


def test_the_key_of_somebody_else_gives_nothing_of_theirs(db):
    said = QueryDict("title=Mine&sending=one")

    for person in UserFactory.create_batch(2):
        assert submit(TitleForm(said), make, by=person) == Outcome.SAVED

    assert Project.objects.count() == 2


def test_a_form_without_a_key_is_taken_each_time(db):
    for _ in range(2):
        submit(TitleForm(QueryDict("title=Mine")), make, by=None)

    assert Project.objects.count() == 2
