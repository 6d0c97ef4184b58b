"""Other words for a passage: proposed by a reader, taken or declined by an editor, never lost."""

import pytest
from django.urls import reverse

from apps.core.errors import DomainError
from apps.dprd import actions, past, proposals, queries
from apps.dprd.enums import Verdict
from apps.dprd.models import Revision, Suggestion
from apps.notifications.models import Message
from apps.projects import needs
from tests.factories.dprd import written
from tests.factories.projects import MembershipFactory
from tests.fixtures import HTMX
from tests.pages import soup, swap, text

TEXT = "Fourteen agents answer. We meet at nine. The rest stays."


@pytest.fixture
def section(project):
    return written(project, TEXT)


@pytest.fixture
def suggestion(section, reviewer):
    """The reviewer would rather meet at ten."""
    start = TEXT.index("We meet")
    return actions.suggest(
        section, base_version=section.version, start=start, end=start + 16, text="We meet at ten.", by=reviewer.user
    )


def url(project, name, *more):
    return reverse(f"dprd:{name}", args=[project.pk, "purpose", *more])


def now(project):
    return queries.section(project, "purpose").text


# What people can do


def test_a_suggestion_leaves_the_text_alone(project, suggestion):
    assert now(project) == TEXT
    assert (suggestion.quote, suggestion.replacement) == ("We meet at nine.", "We meet at ten.")


def test_a_whole_text_becomes_a_suggestion_for_what_differs(section, reviewer):
    made = actions.suggest(
        section, base_version=2, start=0, end=len(TEXT), text=TEXT.replace("nine", "ten"), by=reviewer.user
    )

    assert (made.quote.strip(), made.replacement.strip()) == ("We meet at nine.", "We meet at ten.")


def test_accepting_merges_even_when_the_text_around_moved_on(project, section, suggestion, editor):
    written(project, "Before that. " + TEXT.replace("The rest stays.", "The rest goes."))

    actions.accept_suggestion(suggestion, by=editor.user)

    assert now(project) == "Before that. Fourteen agents answer. We meet at ten. The rest goes."
    suggestion.refresh_from_db()
    assert (suggestion.verdict, suggestion.settled_by) == (Verdict.ACCEPTED, editor.user)
    assert suggestion.revision.origin == f"suggested by {suggestion.author}"


def test_accepting_says_so_when_the_passage_is_gone(project, suggestion, editor):
    written(project, TEXT.replace("We meet at nine.", "We meet at eleven."))

    with pytest.raises(DomainError, match="passage has changed"):
        actions.accept_suggestion(suggestion, by=editor.user)

    assert "eleven" in now(project)
    suggestion.refresh_from_db()
    assert suggestion.is_open


def test_what_is_gone_can_be_fitted_in_by_hand(project, suggestion, editor):
    changed = written(project, TEXT.replace("We meet at nine.", "We meet at eleven."))

    text, fits = proposals.fitted(suggestion, changed.text)
    actions.accept_edited(suggestion, base_version=changed.version, text=text, by=editor.user)

    assert not fits
    assert now(project) == "Fourteen agents answer. We meet at eleven. We meet at ten. The rest stays."


def test_the_same_words_are_no_suggestion(section, reviewer):
    with pytest.raises(DomainError, match="stand there already"):
        actions.suggest(section, base_version=2, start=0, end=len(TEXT), text=TEXT, by=reviewer.user)


def test_a_place_outside_of_the_text_is_refused(section, reviewer):
    with pytest.raises(DomainError, match="no longer where they were"):
        actions.suggest(section, base_version=2, start=5, end=500, text="x", by=reviewer.user)


@pytest.mark.parametrize("settle", ["accept_suggestion", "decline_suggestion"])
def test_what_is_settled_stays_settled(suggestion, editor, settle):
    actions.decline_suggestion(suggestion, word="No.", by=editor.user)

    with pytest.raises(DomainError, match="settled this already"):
        getattr(actions, settle)(suggestion, by=editor.user, **({"word": "x"} if settle.startswith("decline") else {}))


def test_only_its_author_takes_a_suggestion_back(suggestion, editor):
    with pytest.raises(DomainError, match="Only who made"):
        actions.withdraw_suggestion(suggestion, by=editor.user)

    actions.withdraw_suggestion(suggestion, by=suggestion.author)
    assert Message.objects.count() == 0


def test_whoever_suggested_is_told_with_both_texts(suggestion, editor):
    actions.decline_suggestion(suggestion, word="Nine suits the shift.", by=editor.user)

    told = Message.objects.get()
    assert told.recipient == suggestion.author
    for words in ("Nine suits the shift.", "We meet at ten.", "We meet at nine."):
        assert words in told.text


def test_the_owner_is_told_what_waits(project, section, suggestion, editor):
    actions.set_owner(section, owner=editor.user, was=None, by=editor.user)

    (need,) = [need for need in needs.of(editor.user) if need.label == "Suggestion"]
    assert need.title == "1 suggestion for Purpose"

    actions.accept_suggestion(suggestion, by=editor.user)
    assert [need for need in needs.of(editor.user) if need.label == "Suggestion"] == []


def test_words_that_were_taken_belong_to_who_suggested_them(project, suggestion, editor):
    actions.accept_suggestion(suggestion, by=editor.user)

    stretches = past.authorship(queries.section(project, "purpose")).stretches
    assert [stretch.text for stretch in stretches if "suggested by" in stretch.who.name] == ["ten"]


# Pages


def test_selected_words_come_as_they_were_written(project, reviewer):
    written(project, "See [the **list**](https://norrwater.example/) today. And the rest.")

    page = soup(reviewer.get(url(project, "suggest"), {"quote": "See the list today."}))

    field = page.select_one("textarea[name=text]")
    assert field.get_text().strip() == "See [the **list**](https://norrwater.example/) today."


def test_words_that_cannot_be_found_give_the_whole_text(project, section, reviewer):
    page = soup(reviewer.get(url(project, "suggest"), {"quote": "never written"}))

    assert page.select_one("textarea[name=text]").get_text().strip() == TEXT
    assert "could not be found" in page.get_text()


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_a_reviewer_suggests(project, section, reviewer, headers):
    sent = {"base_version": 2, "start": 0, "end": len(TEXT), "text": TEXT.replace("nine", "ten"), "why": "Trains."}

    response = reviewer.post(url(project, "suggest"), sent, headers=headers)

    assert response.status_code == (200 if headers else 302)
    assert Suggestion.objects.get().why == "Trains."


def test_a_suggestion_without_a_place_is_invalid(project, section, reviewer):
    response = reviewer.post(url(project, "suggest"), {"text": "My words."}, headers=HTMX)

    assert response.status_code == 422
    assert "My words." in response.content.decode()


def test_a_suggestion_of_nothing_new_is_refused_and_keeps_the_words(project, section, reviewer):
    sent = {"base_version": 2, "start": 0, "end": len(TEXT), "text": TEXT}

    response = reviewer.post(url(project, "suggest"), sent, headers=HTMX)

    assert response.status_code == 409
    assert TEXT in response.content.decode()


def test_an_accepted_suggestion_looks_like_a_fresh_page(project, suggestion, editor):
    document = reverse("dprd:document", args=[project.pk])
    page = soup(editor.get(document))
    accept = url(project, "suggestion_accept", suggestion.pk)

    answer = editor.post(accept, headers=HTMX)
    page = swap(page, answer, via=f"form[hx-post='{accept}']")

    assert answer.headers["HX-Trigger"] == "suggestions:changed, sections:changed"
    assert page.select("#suggestions-purpose article") == soup(editor.get(document)).select(
        "#suggestions-purpose article"
    )


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_accepting_what_is_gone_is_refused(project, suggestion, editor, headers):
    written(project, "Something else.")

    response = editor.post(url(project, "suggestion_accept", suggestion.pk), headers=headers)

    assert response.status_code == 409
    assert "passage has changed" in response.content.decode()


def test_editing_first_shows_the_text_with_the_suggestion_in_it(project, suggestion, editor):
    edit = url(project, "suggestion_edit", suggestion.pk)
    page = soup(editor.get(edit))
    assert page.select_one("textarea[name=text]").get_text().strip() == TEXT.replace("nine", "ten")

    response = editor.post(edit, {"text": TEXT.replace("nine", "half past nine"), "base_version": 2})

    assert response.status_code == 302
    assert "half past nine" in now(project)
    assert Revision.objects.latest("created_at").author == editor.user


def test_declining_needs_a_word(project, suggestion, editor):
    response = editor.post(url(project, "suggestion_decline", suggestion.pk), {"word": ""}, headers=HTMX)

    assert response.status_code == 422
    assert "Say why" in response.content.decode()


def test_what_became_of_suggestions_stays_readable(project, suggestion, editor, viewer):
    actions.decline_suggestion(suggestion, word="Nine suits the shift.", by=editor.user)

    told = text(soup(viewer.get(url(project, "suggestions"))))

    assert "declined by" in told
    assert "Nine suits the shift." in told


@pytest.mark.parametrize("count", [1, 3])
def test_suggestions_cost_the_same_at_any_length(project, section, viewer, count, django_assert_num_queries):
    for number in range(count):
        author = MembershipFactory(project=project).user
        actions.suggest(section, base_version=2, start=0, end=0, text=f"Word {number}. ", by=author)
    viewer.get(url(project, "suggestions"))

    with django_assert_num_queries(5):
        response = viewer.get(url(project, "suggestions"))

    assert len(soup(response).select("article.note")) == count
