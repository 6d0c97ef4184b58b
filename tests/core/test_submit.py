from datetime import date

import pytest
from django import forms
from django.http import QueryDict

from apps.core.errors import DomainError, Stale
from apps.core.forms import Outcome, VersionField, show_both, submit, within_reach
from apps.projects.models import Project
from tests.factories.projects import ProjectFactory


class TitleForm(forms.Form):
    title = forms.CharField(label="Title", max_length=10)
    version = VersionField()


def keep(**fields):
    return fields


def test_a_form_that_was_not_sent_is_open():
    form = TitleForm()

    assert submit(form, keep) == Outcome.OPEN == 200
    assert form.result is None


def test_a_form_with_mistakes_is_invalid_and_nothing_is_done():
    done = []

    assert submit(TitleForm({"title": ""}), done.append) == Outcome.INVALID == 422
    assert done == []


def test_a_version_that_no_row_can_reach_is_invalid():
    assert submit(TitleForm({"title": "Reply", "version": 2**31 - 1}), keep) == Outcome.INVALID


@pytest.mark.parametrize("year", [1, 1899, 2201, 9999])
def test_days_at_the_ends_of_the_calendar_are_refused(year):
    with pytest.raises(forms.ValidationError):
        within_reach(date(year, 12, 31))


def test_a_saved_form_holds_what_the_action_returned():
    form = TitleForm({"title": "Reply", "version": 3})

    assert submit(form, keep, by="Maja") == Outcome.SAVED == 303
    assert form.result == {"title": "Reply", "version": 3, "by": "Maja"}


def test_a_refusal_is_the_forms_own_error():
    def refuse(**fields):
        raise DomainError("This risk is already closed.")

    form = TitleForm({"title": "Reply", "version": 1})

    assert submit(form, refuse) == Outcome.REFUSED == 409
    assert (form.non_field_errors(), form.stale) == (["This risk is already closed."], False)


def test_a_stale_save_is_told_from_other_refusals():
    def refuse(**fields):
        raise Stale

    form = TitleForm({"title": "Reply", "version": 1})

    assert submit(form, refuse) == Outcome.REFUSED
    assert form.stale is True


def test_a_bug_is_not_a_refusal():
    def fail(**fields):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        submit(TitleForm({"title": "Reply", "version": 1}), fail)


def test_after_a_stale_save_both_are_shown_and_saving_again_is_deliberate(db):
    def refuse(**fields):
        raise Stale

    project = ProjectFactory(title="Theirs")
    Project.objects.update(version=4)
    form = TitleForm(QueryDict("title=Mine&version=1"))
    submit(form, refuse)

    (both,) = show_both(form, project)

    assert (both.label, both.theirs, both.mine) == ("Title", "Theirs", "Mine")
    assert form["version"].value() == "4"


@pytest.mark.parametrize("version", ["0", "-1", "many", ""])
def test_a_version_is_a_number_from_1(version):
    assert not TitleForm({"title": "Reply", "version": version}).is_valid()
