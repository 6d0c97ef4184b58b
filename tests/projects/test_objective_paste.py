"""A sentence becomes fields; what it does not say stays empty."""

from datetime import date
from decimal import Decimal

import pytest

from apps.projects.objective_paste import Read, read_objective

TODAY = date(2026, 11, 22)
D = Decimal


@pytest.mark.parametrize(
    ("sentence", "read"),
    [
        ("2. Median first response from 11 h to 4 h by 30 September 2027, ticket system report, Maja.", Read("Median first response", "Median first response", "h", D(11), "at_most", D(4), date(2027, 9, 30), "ticket system report", "Maja")),
        ("• cost under 0.03 €, invoice, SAP", Read("Cost", "cost", "€", None, "at_most", D("0.03"), None, "invoice, SAP")),
        ("from 11 h to 4 h by 30 September, ticket report", Read("", "", "h", D(11), "at_most", D(4), date(2027, 9, 30), "ticket report")),
        ("Median first response from 11 h to 4 h by 30 September 2027, ticket system report", Read("Median first response", "Median first response", "h", D(11), "at_most", D(4), date(2027, 9, 30), "ticket system report")),
        ("handling time from 12.8 min to 8 min by 2027-09-30, time study of 200 tickets", Read("Handling time", "handling time", "min", D("12.8"), "at_most", D(8), date(2027, 9, 30), "time study of 200 tickets")),
        ("share of drafts sent as they are at least 55 % by Q3 2027", Read("Share of drafts sent as they are", "share of drafts sent as they are", "%", None, "at_least", D(55), date(2027, 9, 30), "")),
        ("errors ≤ 1 % by 30.9.2027, today 2.4 %, weekly sample", Read("Errors", "errors", "%", D("2.4"), "at_most", D(1), date(2027, 9, 30), "weekly sample")),
        ("cost under 0,03 € by December 2027", Read("Cost", "cost", "€", None, "at_most", D("0.03"), date(2027, 12, 31), "")),
        ("requests from 1 200 to 3 500 per day by Sep 30, 2027", Read("Requests", "requests", "", D(1200), "at_least", D(3500), date(2027, 9, 30), "per day")),
        ("CSAT not below 4.1 (today 4.2) until 31.12.2027", Read("CSAT not below 4.1", "CSAT", "", D("4.2"), "at_least", D("4.1"), date(2027, 12, 31), "")),
        ("cost from 0.08 € to at most 0.03 € by the end of June 2027", Read("Cost", "cost", "€", D("0.08"), "at_most", D("0.03"), date(2027, 6, 30), "")),
        ("time to a draft: 14 s → 8 s by 30/06/2027", Read("Time to a draft", "time to a draft", "s", D(14), "at_most", D(8), date(2027, 6, 30), "")),
        ("p99 under 8 s instead of 14 s by H2 2027", Read("P99", "p99", "s", D(14), "at_most", D(8), date(2027, 12, 31), "")),
        ("CSAT no less than 4.1", Read("CSAT no less than 4.1", "CSAT", "", None, "at_least", D("4.1"), None, "")),
        ("Deploy GPT-5 by March 2027", Read("Deploy GPT-5", "", "", None, "", None, date(2027, 3, 31), "")),
        ("Improve customer experience.", Read("Improve customer experience")),
        ("answers by 31 February 2027", Read("Answers by 31 February 2027")),
        ("", Read()),
    ],
)  # fmt: skip
def test_a_sentence_becomes_fields(sentence: str, read: Read) -> None:
    assert read_objective(sentence, TODAY) == read


def test_a_day_without_a_year_is_the_next_one() -> None:
    assert read_objective("x at most 3 by 23 November", TODAY).due == date(2026, 11, 23)
    assert read_objective("x at most 3 by 21 November", TODAY).due == date(2027, 11, 21)


@pytest.mark.parametrize(
    "sentence", ["x at most 3 by 30 aprıl", "x at most 3 by Aprİl 2027", "x at most 3 by 30 February"]
)
def test_what_only_looks_like_a_day_is_none(sentence):
    read = read_objective(sentence, TODAY)

    assert (read.due, read.target) == (None, 3)
