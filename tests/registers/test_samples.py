"""How much a number of examples can tell."""

import pytest
from django.urls import reverse

from apps.registers import samples
from apps.registers.shipped.metrics import told
from tests.fixtures import HTMX
from tests.pages import soup, text


@pytest.mark.parametrize(
    ("share", "n", "points"), [(0.5, 100, 9.8), (0.95, 300, 2.5), (0.9, 50, 8.3), (1.0, 10, 30.0), (0.0, 300, 1.0), (0.995, 100, 2.5)]
)  # fmt: skip
def test_the_half_width_of_a_share(share, n, points):
    assert round(100 * samples.half_width(share, n), 1) == points


@pytest.mark.parametrize(("n", "share"), [(300, 0.01), (1000, 0.003), (2, 1.0)])
def test_what_may_be_true_though_it_was_never_seen(n, share):
    assert samples.most_without_one(n) == pytest.approx(share)


@pytest.mark.parametrize(
    ("share", "within", "n"), [(0.5, 0.05, 385), (0.95, 0.05, 73), (0.5, 0.1, 97), (1.0, 0.05, 60), (0.99, 0.01, 381)]
)
def test_examples_that_tell_a_share_exactly_enough(share, within, n):
    assert samples.needed(share, within) == n
    assert samples.half_width(share, n) <= within


@pytest.mark.parametrize(("rate", "n"), [(0.01, 300), (0.005, 600), (0.03, 100)])
def test_examples_without_a_failure_that_show_a_rate(rate, n):
    assert samples.needed_without_one(rate) == n


def test_a_metric_says_what_its_examples_tell():
    values = {"direction": "at least", "threshold": "0.95", "unit": "share", "sample": "300"}

    assert told(values) == (
        "300 examples: a share near 95 % is known to within about 2.5 points. Not one failure in them still allows 1 %."
    )
    assert "100 % is known to within about 1.0 points" in told({**values, "threshold": "1"})
    assert told({**values, "unit": "s"}) == ""
    assert told({**values, "sample": ""}) == ""


def test_the_page_works_it_out(project, host):
    url = reverse("registers:samples", args=[project.pk])

    shown = text(soup(host.get(url, {"share": "97", "within": "2", "sample": "300"})))

    assert "known to within 1.9 points" in shown
    assert "280 examples tell the share to within 2 points" in " ".join(shown.split())
    assert "100 examples without one failure show that at most 3" in " ".join(shown.split())


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_what_is_no_number_is_said_at_the_field(project, host, headers):
    answer = host.get(reverse("registers:samples", args=[project.pk]), {"share": "x", "within": "0", "sample": "-1"}, headers=headers)  # fmt: skip

    assert answer.status_code == 422
    assert len(soup(answer).select(".field .error")) == 3


def test_a_share_of_nothing_or_everything_has_an_answer(project, host):
    url = reverse("registers:samples", args=[project.pk])

    assert [host.get(url, {"share": share, "within": "5", "sample": "1"}).status_code for share in ("0", "100")] == [200, 200]  # fmt: skip
