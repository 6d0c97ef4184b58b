"""The problem: rated in silence, mended together, rated again; then whether it wants a model."""

import pytest

from apps.projects.models import Project
from apps.workshops import actions, kinds
from apps.workshops.enums import Phase
from apps.workshops.kinds.framing import solutions_in
from apps.workshops.models import Answer, Card
from tests.factories.workshops import ParticipantFactory
from tests.fixtures import HTMX
from tests.pages import soup, swap, text
from tests.workshops.asks import inside, room, still
from tests.workshops.blocks import answer, go, item_of, step_of

PAIN = "Agents copy the answer from a handbook of 140 pages."


@pytest.fixture
def project(project):
    project.pain = PAIN
    project.save()
    return project


@pytest.fixture
def rating(workshop):
    return go(workshop, "framing", Phase.SCORE)


def board(workshop):
    return kinds.behaviour("framing").board(workshop, step_of(workshop, "framing"))


def rate(browser, workshop, clarity, text="", **more):
    return answer(browser, workshop, "framing", clarity=clarity, text=text, **more)


def test_the_statement_starts_as_the_pain_of_the_use_case(workshop, rating, guest):
    assert PAIN in text(soup(guest.get(room(workshop))))
    assert item_of(workshop, "framing").text == PAIN


def test_a_rating_and_its_objection_are_one_each_however_often_they_are_sent(workshop, rating, guest):
    rate(guest, workshop, 2, "Whose handbook?")
    rate(guest, workshop, 2, "Whose handbook?")
    answered = rate(guest, workshop, 4, "Whose handbook, and since when?")

    assert (answered.status_code, Answer.objects.get().value) == (302, {"clarity": 4})
    assert list(Card.objects.values_list("text", "anonymous")) == [("Whose handbook, and since when?", True)]


def test_an_objection_that_is_taken_back_is_gone(workshop, rating, guest):
    rate(guest, workshop, 2, "Whose handbook?")
    rate(guest, workshop, 2, "")

    assert not Card.objects.exists()


@pytest.mark.parametrize("headers", [{}, HTMX])
@pytest.mark.parametrize("clarity", ["", "0", "6", "x"])
def test_a_rating_off_the_scale_is_refused_and_the_words_stay(workshop, rating, guest, clarity, headers):
    refused = rate(guest, workshop, clarity, "Whose handbook?", headers=headers)

    assert refused.status_code == 422
    assert soup(refused).select_one("textarea#answer-text").text.strip() == "Whose handbook?"
    assert not Answer.objects.exists()


def test_a_rating_swapped_in_looks_like_a_fresh_page(workshop, rating, guest):
    url = room(workshop, "give_answer")
    page = soup(guest.get(room(workshop)))

    page = swap(page, rate(guest, workshop, 3, "Since when?", headers=HTMX), via=f"form[hx-post='{url}']")

    assert still(page) == still(soup(guest.get(room(workshop))))
    assert page.select_one("input[name=clarity][value='3']").has_attr("checked")


def test_shown_ratings_are_counted_and_have_no_author_any_more(workshop, rating, join):
    for name, clarity in (("Anders", 2), ("Fatima", 4), ("Karin", 2)):
        rate(join(workshop, name), workshop, clarity)
    before = set(Answer.objects.values_list("pk", flat=True))

    go(workshop, "framing", Phase.TALK)

    assert [bar.count for bar in board(workshop)["before"].bars] == [0, 2, 0, 1, 0]
    assert set(Answer.objects.values_list("participant", flat=True)) == {None}
    assert before.isdisjoint(Answer.objects.values_list("pk", flat=True))
    assert all(found.created_at >= found.revealed_at for found in Answer.objects.all())


def test_an_objection_loses_its_author_when_it_is_shown(workshop, rating, guest):
    rate(guest, workshop, 2, "Whose handbook?")

    go(workshop, "framing", Phase.TALK)

    card = Card.objects.get()
    assert (card.author, card.revealed_at is None) == (None, False)
    assert "Whose handbook?" in text(soup(guest.get(room(workshop))))


def test_before_and_after_stand_side_by_side(workshop, rating, guest):
    rate(guest, workshop, 2)
    go(workshop, "framing", Phase.AGAIN)
    answer(guest, workshop, "framing", clarity=5)

    hidden = board(workshop)["after"]
    go(workshop, "framing", Phase.FIT)

    shown = board(workshop)
    assert (hidden, shown["before"].middle, shown["after"].middle) == (None, 2, 5)


def test_going_back_to_rate_anew_keeps_the_first_try_in_the_record(workshop, rating, join):
    one, other = join(workshop, "Anders"), join(workshop, "Karin")
    rate(one, workshop, 1)
    rate(other, workshop, 2)
    go(workshop, "framing", Phase.TALK)
    go(workshop, "framing", Phase.SCORE)
    open_again = board(workshop)["before"]
    rate(one, workshop, 5)

    go(workshop, "framing", Phase.TALK)

    assert (open_again, [bar.count for bar in board(workshop)["before"].bars]) == (None, [0, 0, 0, 0, 1])
    assert sorted(Answer.objects.values_list("round", flat=True)) == [1, 101, 101]


def test_going_back_without_a_new_answer_changes_nothing(workshop, rating, guest):
    rate(guest, workshop, 3)
    go(workshop, "framing", Phase.TALK)
    go(workshop, "framing", Phase.SCORE)

    go(workshop, "framing", Phase.TALK)

    assert board(workshop)["before"].n == 1


def test_an_objection_that_comes_too_late_waits_where_it_can_be_added(workshop, rating, guest):
    go(workshop, "framing", Phase.TALK)

    late = rate(guest, workshop, 2, "Whose handbook?")

    assert late.status_code == 409
    assert soup(late).select_one("#late textarea").text.strip() == "Whose handbook?"


def test_what_it_wants_is_shown_as_counts_with_reasons(workshop, join):
    go(workshop, "framing", Phase.FIT)
    one, other = join(workshop, "Anders"), join(workshop, "Karin")
    answer(one, workshop, "framing", shape="search", text="It stands in the handbook")
    answer(other, workshop, "framing", shape="model")
    hidden = board(workshop)["verdicts"]

    go(workshop, "framing", Phase.RESULT)

    verdicts = {verdict.shape: (verdict.count, verdict.reasons) for verdict in board(workshop)["verdicts"]}
    assert hidden == []
    assert verdicts["search"] == (1, ["It stands in the handbook"])
    assert (verdicts["model"], verdicts["rule"]) == ((1, []), (0, []))
    words = text(soup(one.get(room(workshop))))
    assert "It stands in the handbook" in words
    assert "Answers scattered over many documents" in words


def test_words_are_saved_while_the_host_types(workshop, rating, sign_in, guest):
    host, item = sign_in(workshop.host), item_of(workshop, "framing")
    url = inside(workshop, "say_statement", item.pk)

    said = host.post(url, {"text": "Customers wait 11 hours.", "version": 1}, headers=HTMX)

    assert (said.status_code, soup(said).select_one("#statement-state input")["value"]) == (200, "2")
    assert "Customers wait 11 hours." in text(soup(guest.get(room(workshop))))


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_of_two_hosts_who_mend_at_once_the_second_sees_both(workshop, rating, sign_in, headers):
    host, item = sign_in(workshop.host), item_of(workshop, "framing")
    url = inside(workshop, "say_statement", item.pk)
    host.post(url, {"text": "The first one's words.", "version": 1})

    stale = host.post(url, {"text": "The other one's words.", "version": 1}, headers=headers)
    item.refresh_from_db()
    kept = item.text
    chosen = host.post(url, {"text": "The other one's words.", "version": 1, "replace": 2}, headers=headers)

    item.refresh_from_db()
    assert (stale.status_code, kept) == (409, "The first one's words.")
    assert "The first one's words." in text(soup(stale))
    assert (chosen.status_code, item.text) == (200 if headers else 302, "The other one's words.")


def test_the_words_go_into_the_use_case_on_a_click(workshop, rating, sign_in):
    host, item = sign_in(workshop.host), item_of(workshop, "framing")
    actions.change_item(item, text="Customers wait 11 hours.", version=1, by=workshop.host)
    version = Project.objects.get().version
    url = inside(workshop, "keep_statement", item.pk)

    first = host.post(url, {"version": version})
    again = host.post(url, {"version": version})

    assert (first.status_code, again.status_code) == (302, 302)
    assert (Project.objects.get().pain, Project.objects.get().version) == ("Customers wait 11 hours.", version + 1)


def test_a_use_case_that_was_changed_meanwhile_is_not_overwritten(workshop, rating, sign_in):
    host, item = sign_in(workshop.host), item_of(workshop, "framing")
    actions.change_item(item, text="Customers wait 11 hours.", version=1, by=workshop.host)
    version = Project.objects.get().version
    Project.objects.update(pain="Somebody's newer words", version=version + 1)

    refused = host.post(inside(workshop, "keep_statement", item.pk), {"version": version})

    assert (refused.status_code, Project.objects.get().pain) == (409, "Somebody's newer words")
    assert "Somebody's newer words" in text(soup(refused))


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("An AI drafts the reply", ["AI"]),
        ("A chatbot, or ChatGPT", ["chatbot", "ChatGPT"]),
        ("Agents said it again in the rain", []),
        ("We want an LLM and a language model", ["LLM", "language model"]),
    ],
)
def test_a_solution_in_the_problem_is_noticed(words, found):
    assert solutions_in(words) == found


@pytest.mark.parametrize("count", [1, 3])
def test_the_result_costs_the_same_for_any_number(workshop, sign_in, count, django_assert_num_queries):
    host = sign_in(workshop.host)
    step = go(workshop, "framing", Phase.FIT)
    for n in range(count):
        seat = ParticipantFactory(workshop=workshop)
        Answer.objects.create(activity=step, round=3, participant=seat, value={"shape": "model"}, text=f"Because {n}")
    go(workshop, "framing", Phase.RESULT)
    host.get(inside(workshop, "console"))

    with django_assert_num_queries(16):
        page = host.get(inside(workshop, "console"))

    assert page.context["told"]["verdicts"][0].count == count
