"""Saving prose: nothing that anyone sent is lost or silently overwritten."""

from uuid import uuid4

import pytest

from apps.core.errors import DomainError, Stale
from apps.dprd import actions, queries
from apps.dprd.enums import Key, Outcome, State, Way
from apps.dprd.models import ConflictCopy, Revision
from apps.events.models import Event
from tests.factories.accounts import UserFactory
from tests.factories.dprd import written
from tests.factories.projects import MembershipFactory


@pytest.fixture
def maja(project):
    return MembershipFactory(project=project, user__name="Maja Lindqvist").user


@pytest.fixture
def priya(project):
    return MembershipFactory(project=project, user__name="Priya Raman").user


def save(project, text, *, base, by, key="purpose", client_key=None, **more):
    section = queries.section(project, key)
    return actions.save_prose(
        section, base_version=base, text=text, client_key=client_key or str(uuid4()), by=by, **more
    )


def test_the_first_words_make_a_draft(project, maja):
    saving = save(project, "Fourteen agents.", base=1, by=maja)

    assert (saving.section.text, saving.section.version, saving.section.state) == ("Fourteen agents.", 2, State.DRAFT)
    assert saving.outcome == Outcome.SAVED


def test_an_emptied_section_is_empty_again(project, maja):
    written(project, "Something.")

    assert save(project, "", base=2, by=maja).section.state == State.EMPTY


def test_saves_from_one_base_are_merged_by_sentences(project, maja, priya):
    written(project, "One is here. Two is here.")

    save(project, "One is changed. Two is here.", base=2, by=maja)
    saving = save(project, "One is here. Two is new.", base=2, by=priya)

    assert (saving.section.text, saving.outcome) == ("One is changed. Two is new.", Outcome.SAVED)


def test_a_woven_sentence_is_reported(project, maja, priya):
    written(project, "An alarm at 20 € for Priya.")

    save(project, "An alarm at 25 € for Priya.", base=2, by=maja)
    saving = save(project, "An alarm at 20 € for Erik.", base=2, by=priya)

    assert (saving.section.text, saving.outcome) == ("An alarm at 25 € for Erik.", Outcome.WOVEN)


def test_the_same_words_changed_twice_are_both_kept(project, maja, priya):
    written(project, "We meet at nine.")

    save(project, "We meet at ten.", base=2, by=maja)
    saving = save(project, "We meet at eight.", base=2, by=priya)

    assert (saving.section.text, saving.outcome) == ("We meet at ten.", Outcome.CONFLICT)
    (copy,) = ConflictCopy.objects.all()
    assert (copy.base, copy.saved, copy.other) == ("We meet at nine.", "We meet at ten.", "We meet at eight.")
    assert (copy.author, copy.saved_author) == (priya, maja)


def test_sending_the_same_thing_again_changes_nothing(project, maja):
    first = save(project, "Once.", base=1, by=maja, client_key="k")
    again = save(project, "Once.", base=1, by=maja, client_key="k")

    assert (again.outcome, again.section.version) == (first.outcome, 2)
    assert Revision.objects.count() == 1


def test_one_key_is_never_two_texts(project, maja):
    save(project, "Once.", base=1, by=maja, client_key="k")

    with pytest.raises(DomainError, match="Two different texts"):
        save(project, "Twice.", base=1, by=maja, client_key="k")


def test_two_people_may_choose_the_same_key(project, maja, priya):
    save(project, "Mine.", base=1, by=maja, client_key="k")

    assert save(project, "Mine. Hers.", base=2, by=priya, client_key="k").outcome == Outcome.SAVED


def test_the_text_is_stored_before_it_is_merged(project, maja, monkeypatch):
    def broken(*texts):
        raise RuntimeError

    monkeypatch.setattr(actions.prose, "merge", broken)

    with pytest.raises(RuntimeError):
        save(project, "Precious.", base=1, by=maja)

    assert Revision.objects.values_list("submitted", "outcome").get() == ("Precious.", Outcome.KEPT)


def test_a_text_that_was_only_stored_is_merged_when_it_is_sent_again(project, maja, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(actions.prose, "merge", None)
        with pytest.raises(TypeError):
            save(project, "Precious.", base=1, by=maja, client_key="k")

    assert save(project, "Precious.", base=1, by=maja, client_key="k").section.text == "Precious."


def test_who_went_on_typing_builds_on_what_they_sent(project, maja, priya):
    written(project, "One. Two.")
    save(project, "One. Two. Hers.", base=2, by=priya)
    save(project, "One. Two. Mine", base=2, by=maja, client_key="first")

    saving = save(project, "One. Two. Mine and more.", base=2, by=maja, base_key="first")

    assert saving.section.text == "One. Two. Hers. Mine and more."


def test_a_version_from_the_future_is_refused_but_kept(project, maja):
    with pytest.raises(DomainError, match="newer"):
        save(project, "Text.", base=9, by=maja)

    assert Revision.objects.get().submitted == "Text."


def test_a_save_that_changes_nothing_tells_nobody(project, maja):
    written(project, "Text.")
    before = Event.objects.count()

    assert save(project, "Text.", base=2, by=maja).outcome == Outcome.SAME
    assert Event.objects.count() == before


def test_a_save_is_told_with_key_and_version(project, maja):
    save(project, "Text.", base=1, by=maja)

    event = Event.objects.get(kind="section.saved")
    assert event.name == "sections:changed"
    assert event.facts == {"key": "purpose", "version": 2, "by": "Maja"}


def test_line_ends_are_normalised(project, maja):
    assert save(project, "a\r\nb", base=1, by=maja).section.text == "a\nb"


@pytest.mark.parametrize(
    ("keep", "text"),
    [
        (Way.BOTH, "Before. We meet at ten. We meet at eight. After."),
        (Way.MINE, "Before. We meet at eight. After."),
        (Way.THEIRS, "Before. We meet at ten. After."),
    ],
)
def test_two_texts_are_settled_by_a_choice(project, maja, priya, keep, text):
    written(project, "Before. We meet at nine. After.")
    save(project, "Before. We meet at ten. After.", base=2, by=maja)
    (copy,) = save(project, "Before. We meet at eight. After.", base=2, by=priya).copies

    saving = actions.settle_conflict(copy, keep=keep, client_key="settle", by=priya)

    copy.refresh_from_db()
    assert (saving.section.text, copy.way, copy.resolved_by) == (text, keep, priya)


def test_settling_keeps_what_was_written_elsewhere_since(project, maja, priya):
    written(project, "We meet at nine.")
    save(project, "We meet at ten.", base=2, by=maja)
    (copy,) = save(project, "We meet at eight.", base=2, by=priya).copies
    save(project, "We meet at ten. Bring coffee.", base=3, by=maja)

    saving = actions.settle_conflict(copy, keep=Way.MINE, client_key="settle", by=priya)

    assert saving.section.text == "We meet at eight. Bring coffee."


def test_a_passage_that_changed_again_is_not_guessed(project, maja, priya):
    written(project, "We meet at nine.")
    save(project, "We meet at ten.", base=2, by=maja)
    (copy,) = save(project, "We meet at eight.", base=2, by=priya).copies
    save(project, "We meet at eleven.", base=3, by=maja)

    with pytest.raises(DomainError, match="changed again"):
        actions.settle_conflict(copy, keep=Way.MINE, client_key="settle", by=priya)

    copy.refresh_from_db()
    assert copy.resolved_at is None


def test_a_settled_choice_stays_settled(project, maja, priya):
    written(project, "We meet at nine.")
    save(project, "We meet at ten.", base=2, by=maja)
    (copy,) = save(project, "We meet at eight.", base=2, by=priya).copies
    actions.settle_conflict(copy, keep=Way.MINE, client_key="one", by=priya)

    with pytest.raises(DomainError, match="settled this already"):
        actions.settle_conflict(ConflictCopy.objects.get(), keep=Way.THEIRS, client_key="two", by=maja)


def test_a_proposal_that_was_sent_settles_what_it_contains(project, maja, priya):
    written(project, "We meet at nine.")
    save(project, "We meet at ten.", base=2, by=maja)
    (copy,) = save(project, "We meet at eight.", base=2, by=priya).copies

    save(project, "We meet at eight or ten.", base=3, by=priya, resolves=[copy])

    copy.refresh_from_db()
    assert copy.way == Way.EDITED


def test_an_earlier_text_comes_back_as_a_new_revision(project, maja):
    section = written(project, "First.", "Second.")
    first = section.revisions.get(text="First.")

    saving = actions.restore_revision(section, first, version=section.version, client_key="r", by=maja)

    assert (saving.section.text, saving.section.version) == ("First.", 4)
    assert section.revisions.count() == 3


def test_a_passage_from_elsewhere_stands_at_the_end_and_remembers(project, maja):
    written(project, "First.")

    saving = actions.add_passage(project, Key.PURPOSE, text="From a card.", origin="Card 7", by=maja)

    assert saving.section.text == "First.\n\nFrom a card."
    assert saving.revision.origin == "Card 7"


def test_the_state_is_what_somebody_says_about_a_text(project, maja):
    section = written(project, "Text.")

    assert actions.set_state(section, state=State.READY, was=State.DRAFT, by=maja).state == State.READY


def test_a_state_is_set_from_the_one_that_was_seen(project, maja, priya):
    section = written(project, "Text.")
    actions.set_state(section, state=State.READY, was=State.DRAFT, by=maja)

    with pytest.raises(Stale, match="ready"):
        actions.set_state(section, state=State.READY, was=State.DRAFT, by=priya)


def test_nothing_is_not_ready(project, maja):
    with pytest.raises(DomainError, match="no text"):
        actions.set_state(queries.section(project, "data"), state=State.READY, was=State.EMPTY, by=maja)


def test_a_change_of_state_does_not_disturb_who_is_writing(project, maja, priya):
    section = written(project, "Text.")
    actions.set_state(section, state=State.READY, was=State.DRAFT, by=maja)

    saving = save(project, "Text. More.", base=2, by=priya)

    assert (saving.section.text, saving.outcome) == ("Text. More.", Outcome.SAVED)


def test_a_member_can_own_a_section(project, maja, priya):
    section = actions.set_owner(queries.section(project, "data"), owner=priya, was=None, by=maja)

    assert section.owner == priya


def test_a_stranger_cannot_own_a_section(project, maja):
    with pytest.raises(DomainError, match="Only members"):
        actions.set_owner(queries.section(project, "data"), owner=UserFactory(), was=None, by=maja)


def test_an_owner_is_changed_from_the_one_that_was_seen(project, maja, priya):
    actions.set_owner(queries.section(project, "data"), owner=priya, was=None, by=maja)

    with pytest.raises(Stale, match="another owner"):
        actions.set_owner(queries.section(project, "data"), owner=maja, was=None, by=maja)
