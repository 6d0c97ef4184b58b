"""Ratings of a pre-mortem on the host's screen: which come first, and one of them rated once more."""

import pytest

from apps.core.errors import DomainError
from apps.workshops import actions
from apps.workshops.enums import Kind, Phase
from apps.workshops.models import Answer
from tests.factories.activities import again, reason, standing
from tests.factories.workshops import move
from tests.fixtures import HTMX
from tests.pages import soup, text
from tests.workshops.asks import inside, room

FAR, GRAVE = "Nobody kept the handbook current", "The price tripled"


def rate(browser, activity, card, likelihood, impact):
    said = {f"likelihood:card:{card.pk}": likelihood, f"impact:card:{card.pk}": impact}
    return browser.post(room(activity.workshop, "give_answer"), {"activity": activity.pk, **said})


@pytest.fixture
def shown(project, host, join):
    """Two reasons: about one the room is far apart, the other is grave. The spread is shown."""
    activity = standing(project, Kind.PREMORTEM, Phase.SCORE, by=host.user)
    far, grave = reason(activity, FAR), reason(activity, GRAVE)
    one, other = join(activity.workshop, "One"), join(activity.workshop, "Other")
    for browser, pair in ((one, (5, 1)), (other, (1, 2))):
        assert rate(browser, activity, far, *pair).status_code == 302
        assert rate(browser, activity, grave, 4, 5).status_code == 302
    move(activity.workshop, activity, Phase.TALK)
    return activity, far, grave, one, other


def order(page):
    return [head.text for head in page.select(".rated h3")]


def press(host, activity, card, **more):
    workshop = again(activity).workshop
    data = {"step": workshop.step, "thing": f"card:{card.pk}"}
    return host.post(inside(workshop, "rate_again", activity.pk), data, **more)


def test_highest_first_is_for_every_screen_and_back(shown, host):
    activity, _far, _grave, one, _other = shown
    workshop, url = activity.workshop, inside(activity.workshop, "order_ratings", activity.pk)
    console = inside(workshop, "console")
    before = order(soup(host.get(console)))

    answer = host.post(url, {"order": "highest"}, headers=HTMX)
    screens = [soup(answer), *(soup(page) for page in (host.get(inside(workshop, "present")), one.get(room(workshop))))]
    host.post(url, {"order": "apart"})

    assert before == order(soup(host.get(console))) == [FAR, GRAVE]
    assert [order(page) for page in screens] == [[GRAVE, FAR]] * 3
    assert soup(answer).select_one("#order-highest")["aria-pressed"] == "true"
    assert "Highest first" in screens[0].select_one(".step-head").text


def test_an_order_that_is_none_is_refused(shown, host):
    activity = shown[0]

    answer = host.post(inside(activity.workshop, "order_ratings", activity.pk), {"order": "loudest"})

    assert answer.status_code == 422


def test_only_that_one_is_rated_again_and_the_rest_stays_shown(shown, host):
    activity, far, grave, one, other = shown

    assert press(host, activity, far).status_code == 302

    asked = soup(one.get(room(activity.workshop)))
    assert [legend.text for legend in asked.select("#ratings legend")] == [FAR]
    assert [box["value"] for box in asked.select("#ratings input[checked]")] == ["5", "1"]
    assert f"Only “{FAR}” is rated again" in text(soup(host.get(inside(activity.workshop, "console"))))
    assert FAR in soup(host.get(inside(activity.workshop, "present"))).select_one(".proposal").text
    assert rate(other, activity, grave, 1, 1).status_code == 409
    assert not Answer.objects.filter(card=grave, revealed_at=None).exists()


def test_what_was_said_before_stays_in_the_record_beside_it(shown, host):
    activity, far, _grave, _one, other = shown
    press(host, activity, far)
    rate(other, activity, far, 5, 1)

    move(activity.workshop, activity, Phase.TALK)

    rated = soup(host.get(inside(activity.workshop, "console"))).select_one(f"#rated-{far.pk}")
    assert "was 2.5" in text(rated)
    assert rated.select_one("dl > div:last-child b").text == "0.0"
    assert (Answer.objects.filter(card=far, round=1).count(), Answer.objects.filter(card=far).count()) == (2, 4)
    assert "was 2.5" in text(soup(host.get(inside(activity.workshop, "recap"))))


def test_a_third_rating_keeps_the_two_before(shown, host):
    activity, far, *_browsers = shown
    for _ in range(2):
        assert press(host, activity, far).status_code == 302
        move(activity.workshop, activity, Phase.TALK)

    assert sorted(Answer.objects.filter(card=far).values_list("round", flat=True)) == [1, 1, 101, 101, 201, 201]


def test_afterwards_the_step_is_as_before(shown, host):
    activity, far, _grave, one, _other = shown
    press(host, activity, far)
    move(activity.workshop, activity, Phase.TALK)
    move(activity.workshop, activity, Phase.SCORE)

    assert len(soup(one.get(room(activity.workshop))).select("#ratings legend")) == 2


def test_pressing_twice_moves_the_room_once(shown, host):
    activity, far, *_browsers = shown
    workshop = again(activity).workshop
    data = {"step": workshop.step, "thing": f"card:{far.pk}"}

    answers = [host.post(inside(workshop, "rate_again", activity.pk), data) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 409]
    assert Answer.objects.filter(card=far, round=101).count() == 2


def test_a_risk_is_not_rated_again(shown, host):
    activity, far, *_browsers = shown
    words = {"title": FAR, "cause": "", "likelihood": 3, "impact": 2, "owner": "", "mitigation": "", "trigger": ""}
    actions.make_risks(again(activity), risks=[(f"card:{far.pk}", words)], by=host.user)

    assert press(host, activity, far).status_code == 409
    with pytest.raises(DomainError, match="risk already"):
        actions.rate_again(again(activity), thing=f"card:{far.pk}", step=again(activity).workshop.step, by=host.user)
    assert soup(host.get(inside(activity.workshop, "console"))).select_one(f"#again-{far.pk}") is None


def test_at_the_end_all_rounds_are_nameless(shown, host):
    activity, far, *_browsers = shown
    press(host, activity, far)

    workshop = again(activity).workshop
    actions.end_workshop(workshop, step=workshop.step, by=host.user)

    assert not Answer.objects.exclude(participant=None).exists()
    assert not Answer.objects.filter(revealed_at=None).exists()
