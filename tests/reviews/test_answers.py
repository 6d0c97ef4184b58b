import pytest
from django.urls import reverse
from django.utils import timezone

from apps.events.models import Event
from apps.reviews.models import Response
from tests.factories.reviews import ReviewRequestFactory, RoundFactory
from tests.factories.stakeholders import StakeholderFactory
from tests.fixtures import HTMX
from tests.pages import soup, swap, text


@pytest.fixture
def asked(project, reviewer):
    round = RoundFactory(project=project, number=2, sections=["people", "objectives"])
    return ReviewRequestFactory(round=round, user=reviewer.user)


@pytest.fixture
def url(asked):
    return asked.round.answer_url


def save(asked, section="people"):
    return reverse("reviews:save", args=[asked.round.project_id, asked.round.pk, section])


def said(people=("agree", ""), objectives=("", ""), versions=(1, 1)):
    return {
        "people-answer": people[0],
        "people-text": people[1],
        "people-version": versions[0],
        "objectives-answer": objectives[0],
        "objectives-text": objectives[1],
        "objectives-version": versions[1],
    }


def response(asked, section="people"):
    return Response.objects.get(request=asked, section=section)


def test_the_page_shows_the_text_of_each_section(reviewer, project, asked, url):
    StakeholderFactory(project=project, name="Lars-Göran Öberg")

    page = soup(reviewer.get(url))

    assert [title.get_text() for title in page.select(".review-section h2")] == [
        "Objectives and success criteria",
        "People",
    ]
    assert "Lars-Göran Öberg" in page.select_one("#people").get_text()


def test_a_draft_is_kept_as_one_goes_and_looks_like_a_fresh_page(reviewer, asked, url):
    page = soup(reviewer.get(url))

    data = said(("reservations", "Thirty days"))
    page = swap(page, reviewer.post(save(asked), data, headers=HTMX), via=f"fieldset[hx-post='{save(asked)}']")

    found = response(asked)
    assert (found.answer, found.text, found.sent_answer) == ("reservations", "Thirty days", "")
    fresh = soup(reviewer.get(url))
    assert text(page.select_one("#review-contents")) == text(fresh.select_one("#review-contents"))
    assert text(page.select_one("#review-dock")) == text(fresh.select_one("#review-dock"))
    assert (
        page.select_one("[name=people-version]")["value"] == fresh.select_one("[name=people-version]")["value"] == "2"
    )
    assert page.select_one("#kept-people .saved").get_text(strip=True).startswith("Saved")


def test_a_draft_may_still_lack_its_words(reviewer, asked):
    assert reviewer.post(save(asked), said(("object", "")), headers=HTMX).status_code == 200


def test_a_stale_draft_shows_what_was_kept_meanwhile(reviewer, asked):
    Response.objects.filter(section="people").update(version=2, answer="object", text="From my phone")

    answer = reviewer.post(save(asked), said(("agree", "")), headers=HTMX)

    page = soup(answer)
    assert answer.status_code == 409
    assert "From my phone" in page.get_text()
    assert page.select_one("[name=people-version]")["value"] == "2"


def test_a_draft_that_is_no_answer_is_refused(reviewer, asked):
    assert reviewer.post(save(asked), said(("perhaps", "")), headers=HTMX).status_code == 422


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_sending_shows_the_table_what_was_said(reviewer, asked, url, headers):
    answer = reviewer.post(url, said(("reservations", "Thirty days at most"), ("agree", "")), headers=headers)

    asked.refresh_from_db()
    found = response(asked)
    assert answer.status_code == (200 if headers else 302)
    assert (found.sent_answer, found.sent_text) == ("reservations", "Thirty days at most")
    assert asked.answered_at is not None


def test_sending_by_htmx_looks_like_a_fresh_page(reviewer, asked, url):
    page = soup(reviewer.get(url))

    page = swap(page, reviewer.post(url, said(), headers=HTMX), via=f"form[hx-post='{url}']")

    assert text(page) == text(soup(reviewer.get(url)))


def test_some_sections_may_be_sent_before_others(reviewer, asked, url):
    reviewer.post(url, said())

    asked.refresh_from_db()
    assert asked.answered_at is None
    assert response(asked).sent_answer == "agree"


@pytest.mark.parametrize("headers", [{}, HTMX])
@pytest.mark.parametrize(
    ("answer", "words"), [("reservations", "what your reservation is"), ("object", "what you object to")]
)
def test_doubts_must_be_said_in_words(reviewer, asked, url, headers, answer, words):
    refused = reviewer.post(url, said((answer, " "), ("agree", "")), headers=headers)

    page = soup(refused)
    assert refused.status_code == 422
    assert words in page.select_one("#error-people").get_text()
    assert page.select_one(".error-summary a")["href"] == "#text-people"
    assert page.select_one(f"[name=people-answer][value={answer}]").has_attr("checked")
    assert not Response.objects.exclude(sent_answer="").exists()


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_sending_nothing_is_refused(reviewer, asked, url, headers):
    refused = reviewer.post(url, said(("", "")), headers=headers)

    assert refused.status_code == 409
    assert "There is nothing new to send." in text(soup(refused))


@pytest.fixture
def wide(project, reviewer):
    """Asked about four sections, the risks to approve."""
    round = RoundFactory(project=project, number=2, sections=["people", "objectives", "risks", "data"])
    asked = ReviewRequestFactory(round=round, user=reviewer.user)
    asked.responses.filter(section="risks").update(approves=True)
    return asked


def sent(asked):
    return dict(asked.responses.order_by("section").values_list("section", "sent_answer"))


def filled(page, **more):
    """What a browser sends of the form: fields as they stand, and the button."""
    fields = {
        field["name"]: field.get("value", field.get_text())
        for field in page.select("form.review [name]:not([type=radio], button)")
    }
    return {**fields, **more}


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_agreeing_to_the_rest_answers_each_section_but_those_to_approve(reviewer, wide, headers):
    url = wide.round.answer_url
    page = soup(reviewer.get(url))
    button = page.select_one("button[name=rest]")
    data = filled(page, rest=button["value"], **{"people-answer": "object", "people-text": "Too many"})

    statuses = [reviewer.post(url, data, headers=headers).status_code for _ in range(2)]

    assert "Agree to the other 3" in text(button)
    assert statuses == [200 if headers else 302] * 2
    assert sent(wide) == {"data": "agree", "objectives": "agree", "people": "object", "risks": ""}
    assert wide.responses.get(section="data").seen is not None
    assert Event.objects.filter(kind="review.answered").count() == 1
    wide.refresh_from_db()
    assert wide.answered_at is None


def test_agreeing_to_more_than_the_button_said_is_refused(reviewer, wide):
    refused = reviewer.post(wide.round.answer_url, filled(soup(reviewer.get(wide.round.answer_url)), rest=2))

    assert refused.status_code == 409
    assert "More sections wait for your answer than the button said." in text(soup(refused))
    assert set(sent(wide).values()) == {""}


def test_agreeing_to_the_rest_leaves_what_was_chosen_in_another_tab(reviewer, wide):
    data = filled(soup(reviewer.get(wide.round.answer_url)), rest=3)
    wide.responses.filter(section="data").update(version=2, answer="object", text="From my phone")

    refused = reviewer.post(wide.round.answer_url, data)

    assert refused.status_code == 409
    assert "From my phone" in soup(refused).select_one("#kept-data").get_text()
    assert set(sent(wide).values()) == {""}


def test_the_rest_is_counted_as_one_goes(reviewer, wide):
    save_url = reverse("reviews:save", args=[wide.round.project_id, wide.round.pk, "data"])
    page = soup(reviewer.get(wide.round.answer_url))

    data = filled(page, **{"data-answer": "agree"})
    page = swap(page, reviewer.post(save_url, data, headers=HTMX), via=f"fieldset[hx-post='{save_url}']")

    assert page.select_one("button[name=rest]")["value"] == "2"


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_stale_sending_shows_both(reviewer, asked, url, headers):
    Response.objects.filter(section="people").update(version=2, answer="object", text="From my phone")

    refused = reviewer.post(url, said(("agree", "")), headers=headers)

    page = soup(refused)
    assert refused.status_code == 409
    assert "From my phone" in page.select_one("#kept-people").get_text()
    assert page.select_one("[name=people-answer][value=agree]").has_attr("checked")
    assert page.select_one("[name=people-version]")["value"] == "2"


def test_an_answer_may_be_changed_until_the_round_closes(reviewer, asked, url):
    reviewer.post(url, said(("agree", ""), ("agree", "")))

    reviewer.post(url, said(("object", "On second thought"), ("agree", ""), versions=(2, 2)))

    assert response(asked).sent_answer == "object"


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_closed_round_takes_no_answers(reviewer, asked, url, headers):
    asked.round.closed_at = timezone.now()
    asked.round.save()

    assert reviewer.post(url, said(), headers=headers).status_code == 409
    assert reviewer.post(save(asked), said(), headers=HTMX).status_code == 409
    assert soup(reviewer.get(url)).select(".picker, .dock") == []


def test_who_is_not_asked_finds_nothing(editor, url, asked):
    assert editor.get(url).status_code == 404
    assert editor.post(save(asked), said(), headers=HTMX).status_code == 404


def test_opening_is_noted_by_a_post_not_by_a_get(reviewer, asked, url):
    reviewer.get(url)
    asked.refresh_from_db()
    assert asked.opened_at is None

    reviewer.post(reverse("reviews:opened", args=[asked.round.project_id, asked.round.pk]))

    asked.refresh_from_db()
    assert asked.opened_at is not None


def test_the_next_round_says_what_changed_since_the_answer(reviewer, project, asked, url):
    StakeholderFactory(project=project, name="Karin", remarks="Reads on Mondays.")
    reviewer.post(url, said(("agree", ""), ("agree", "")))
    project.stakeholders.update(remarks="Reads on Fridays.")

    again = ReviewRequestFactory(
        round=RoundFactory(project=project, number=3, sections=["people", "objectives"]), user=reviewer.user
    )
    page = soup(reviewer.get(again.round.answer_url))

    assert "1 change since" in text(page.select_one("#people"))
    assert page.select_one("#people ins").get_text() == "Fridays"
    assert "unchanged since" in text(page.select_one("#objectives"))


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_after_any_number_of_rounds(
    reviewer, project, asked, url, count, django_assert_num_queries
):
    for number in range(count):
        earlier = {"sent_answer": "agree", "sent_at": timezone.now(), "seen": {}}
        ReviewRequestFactory(round__project=project, round__number=10 + number, user=reviewer.user, responses=earlier)

    with django_assert_num_queries(19):
        assert reviewer.get(url).status_code == 200


def test_the_database_wants_doubts_in_words(asked):
    with pytest.raises(Exception, match="doubts_are_said_in_words"):
        Response.objects.filter(request=asked).update(sent_answer="object", sent_text="")
