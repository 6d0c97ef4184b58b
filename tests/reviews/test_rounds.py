from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.events.models import Event
from apps.notifications.models import Message
from apps.projects.queries import membership
from apps.reviews.models import Reminder, ReviewRequest, Round
from apps.reviews.registered import answers_asked, answers_missing
from tests.factories.projects import MembershipFactory
from tests.factories.reviews import ReviewRequestFactory, RoundFactory
from tests.fixtures import HTMX
from tests.pages import soup, swap, text


@pytest.fixture
def round(project):
    return RoundFactory(project=project, number=1)


@pytest.fixture
def karin(project):
    return MembershipFactory(project=project, role="reviewer", user__name="Karin Åström").user


def url(name, round):
    return reverse(f"reviews:{name}", args=[round.project_id, round.pk])


def new(project):
    return reverse("reviews:open", args=[project.pk])


def in_days(days):
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def asking(*people, **more):
    return (
        {"due": in_days(9), "sections": ["people", "objectives"], "counted": 1}
        | {f"ask-{person.pk}": "approve" for person in people}
        | more
    )


def test_opening_a_round_asks_everybody_chosen(host, project, karin):
    erik = MembershipFactory(project=project, role="editor").user

    response = host.post(new(project), asking(karin, erik))

    made = Round.objects.get()
    assert (response.status_code, response["Location"]) == (302, made.get_absolute_url())
    assert (made.number, made.sections) == (1, ["people", "objectives"])
    assert sorted(Message.objects.values_list("to", flat=True)) == sorted([karin.email, erik.email])
    assert made.requests.get(user=karin).responses.count() == 2


def test_it_is_due_at_17_00_in_the_projects_zone(host, project, karin):
    project.time_zone = "Asia/Kolkata"
    project.save()

    host.post(new(project), asking(karin))

    due = Round.objects.get().due_at
    assert (due.hour, due.minute) == (11, 30)


def test_htmx_goes_to_the_new_round(host, project, karin):
    response = host.post(new(project), asking(karin), headers=HTMX)

    assert (response.status_code, response["HX-Redirect"]) == (204, Round.objects.get().get_absolute_url())


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_round_without_people_or_sections_comes_back_with_what_was_typed(host, project, karin, headers):
    response = host.post(new(project), {"due": in_days(9), "note": "Look at the flows"}, headers=headers)

    words = text(soup(response))
    assert response.status_code == 422
    assert "Choose at least one person to ask." in words
    assert "Choose at least one section." in words
    assert "Look at the flows" in words


def test_a_due_date_in_the_past_is_refused(host, project, karin):
    response = host.post(new(project), asking(karin, due=in_days(-1)), headers=HTMX)

    assert response.status_code == 409
    assert Round.objects.count() == 0


def test_the_button_says_how_many_are_asked(host, project, karin):
    response = host.get(new(project), asking(karin), headers=HTMX)

    assert soup(response).select_one("#open-foot button").get_text(strip=True) == "Send 1 request"


def test_viewers_are_not_asked(host, project, viewer):
    assert f"ask-{viewer.user.pk}" not in host.get(new(project)).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_alignment_costs_the_same_for_any_number_of_people(host, round, count, django_assert_num_queries):
    for _ in range(count):
        ReviewRequestFactory(round=round)

    with django_assert_num_queries(10):
        response = host.get(url("show", round))

    assert len(soup(response).select("table.alignment tbody tr")) == count


@pytest.mark.parametrize("count", [1, 3])
def test_the_rounds_cost_the_same_at_any_length(host, project, count, django_assert_num_queries):
    for _ in range(count):
        ReviewRequestFactory(round__project=project)

    with django_assert_num_queries(6):
        response = host.get(reverse("reviews:list", args=[project.pk]))

    assert len(soup(response).select("tbody tr")) == count


def test_the_alignment_shows_who_stands_where(host, round, karin):
    doubt = {"sent_answer": "object", "sent_text": "Thirty days at most.", "sent_at": timezone.now()}
    ReviewRequestFactory(round=round, user=karin, opened_at=timezone.now(), responses=doubt)
    ReviewRequestFactory(round=round)

    page = soup(host.get(url("show", round)))

    assert [sign["data-sign"] for sign in page.select("table.alignment .sign")] == ["object", "waiting"]
    assert "Thirty days at most." in page.select_one(".doubt").get_text()


def test_drafts_are_not_shown_to_the_table(host, round, karin):
    ReviewRequestFactory(round=round, user=karin, responses={"answer": "object", "text": "Half a thought"})

    assert "Half a thought" not in host.get(url("show", round)).content.decode()


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_nudge_goes_to_whoever_is_missing(host, round, karin, headers):
    ReviewRequestFactory(round=round, user=karin)
    ReviewRequestFactory(round=round, answered_at=timezone.now())

    page = soup(host.get(url("show", round)))
    host.post(url("nudge", round), headers=headers)

    assert "A mail goes to Karin Åström." in text(page)
    assert list(Message.objects.values_list("to", flat=True)) == [karin.email]


@pytest.mark.parametrize(("headers", "hours", "mails"), [({}, 23, 1), (HTMX, 23, 1), ({}, 25, 2)])
def test_a_person_is_nudged_once_in_24_hours(host, round, karin, time_machine, headers, hours, mails):
    ReviewRequestFactory(round=round, user=karin)
    time_machine.move_to(timezone.now())
    host.post(url("nudge", round))
    time_machine.shift(timedelta(hours=hours))

    response = host.post(url("nudge", round), headers=headers)

    assert Message.objects.count() == mails
    assert (response.status_code == 409) == (mails == 1)


@pytest.mark.parametrize(
    ("name", "data"), [("nudge", {}), ("move", {"due": in_days(30), "version": 1}), ("close", {"version": 1})]
)
def test_changing_a_round_by_htmx_looks_like_a_fresh_page(host, round, name, data):
    ReviewRequestFactory(round=round)
    page = soup(host.get(url("show", round)))
    change = url(name, round)

    if name != "nudge":
        page = swap(page, host.get(change, headers=HTMX), via=f"[hx-get='{change}']")
    page = swap(page, host.post(change, data, headers=HTMX), via=f"form[hx-post='{change}']")

    assert text(page) == text(soup(host.get(url("show", round))))


@pytest.mark.parametrize("headers", [{}, HTMX])
@pytest.mark.parametrize("name", ["move", "close"])
def test_a_stale_change_of_a_round_is_refused(host, round, headers, name):
    Round.objects.update(version=2, due_at=timezone.now() + timedelta(days=3))

    response = host.post(url(name, round), {"due": in_days(30), "version": 1}, headers=headers)

    page = soup(response)
    assert response.status_code == 409
    assert "Somebody changed this" in text(page)
    assert page.select_one(f"form[action='{url(name, round)}'] [name=version]")["value"] == "2"


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_due_date_that_is_none_comes_back(host, round, headers):
    response = host.post(url("move", round), {"due": "soon", "version": 1}, headers=headers)

    assert response.status_code == 422
    assert soup(response).select_one("[name=due]")["value"] == "soon"


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_closed_round_stays_closed(host, project, headers):
    closed = RoundFactory(project=project, closed_at=timezone.now())

    for name, data in (("nudge", {}), ("move", {"due": in_days(9), "version": 1}), ("close", {"version": 1})):
        assert host.post(url(name, closed), data, headers=headers).status_code == 409


def test_closing_takes_the_reminders_away(host, project, karin):
    host.post(new(project), asking(karin))
    made = Round.objects.get()
    assert Reminder.objects.count() == 2

    host.post(url("close", made), {"version": 1})

    assert Reminder.objects.count() == 0
    assert Event.objects.latest("id").name == "reviews:changed"


def test_the_review_step_is_done_when_all_have_answered(host, project, round):
    asked = ReviewRequestFactory(round=round)

    def state():
        return {step.key: step.state for step in membership(host.user, project.pk).project.road}["review"]

    before = state()
    ReviewRequest.objects.filter(pk=asked.pk).update(answered_at=timezone.now())

    assert (before, state()) == ("open", "done")


def test_what_waits_for_the_asked_and_for_the_host(host, round, karin):
    ReviewRequestFactory(round=round, user=karin, asked="approve")

    asked, missing = answers_asked(karin), answers_missing(host.user)

    assert [need.url for need in asked] == [round.answer_url]
    assert asked[0].detail == "The host asks you to approve 1 section."
    assert [need.title for need in missing] == ["One answer is missing"]
    assert missing[0].detail == f"{round.project.title}: {karin.name}."
    assert answers_asked(host.user) == answers_missing(karin) == []


def test_a_removed_member_is_asked_nothing_more(round, karin):
    ReviewRequestFactory(round=round, user=karin)

    karin.memberships.all().delete()

    assert answers_asked(karin) == []


def test_a_host_does_not_nudge_themselves(host, round):
    ReviewRequestFactory(round=round, user=host.user)

    page = soup(host.get(url("show", round)))

    assert page.select(f"form[action='{url('nudge', round)}']") == []
    assert host.post(url("nudge", round)).status_code == 409


def test_a_second_round_opens_the_step_again(host, project, round):
    Round.objects.filter(pk=round.pk).update(closed_at=timezone.now())
    ReviewRequestFactory(round=round)
    assert {step.key: step.state for step in membership(host.user, project.pk).project.road}["review"] == "done"

    ReviewRequestFactory(round=RoundFactory(project=project, number=2))

    assert {step.key: step.state for step in membership(host.user, project.pk).project.road}["review"] == "open"
