"""A sentence becomes fields; what it does not say stays empty."""

from datetime import date
from decimal import Decimal

import pytest

from apps.projects.models import Objective
from apps.projects.objective_paste import Read, read_objective
from apps.projects.objective_rules import skeleton

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
        ("from 1,200 to 800 mails a week by May 2027", Read("", "", "mails a week", D(1200), "at_most", D(800), date(2027, 5, 31), "")),
        ("from €2,400 to €1,200 a month by June 2027", Read("", "", "€ a month", D(2400), "at_most", D(1200), date(2027, 6, 30), "")),
        ("cost per mail from $1.20 to $0.40 by 12/31/2027", Read("Cost per mail", "cost per mail", "$", D("1.20"), "at_most", D("0.40"), date(2027, 12, 31), "")),
        ("Reduce time to sort a mail from 3 minutes to 30 seconds by end of March", Read("Reduce time to sort a mail", "time to sort a mail", "seconds", D(180), "at_most", D(30), date(2027, 3, 31), "")),
        ("first response from 1 day to 4 h by June 2027", Read("First response", "first response", "h", None, "", D(4), date(2027, 6, 30), "")),
        ("mails from 1.200 to 800 by May 2027", Read("Mails", "mails", "", None, "", D(800), date(2027, 5, 31), "")),
        ("at most 1.200 mails a week", Read("At most 1.200 mails a week")),
        ("Sorting time down to 1 min by Q2 2027 (today 3 min, time study)", Read("Sorting time", "Sorting time", "min", D(3), "at_most", D(1), date(2027, 6, 30), "time study")),
        ("Raise the share in the right pile to 95 % by the end of 2027", Read("Raise the share in the right pile", "share in the right pile", "%", None, "at_least", D(95), date(2027, 12, 31), "")),
        ("from about 11 h to roughly 4 h by 30 September 2027, ticket report, Rosa", Read("", "", "h", D(11), "at_most", D(4), date(2027, 9, 30), "ticket report", "Rosa")),
        ("to 4 h from 11 h by 30 September 2027", Read("", "", "h", D(11), "at_most", D(4), date(2027, 9, 30), "")),
        ("No more than 5 errors per 1,000 mails by 30 June 2027, currently 12", Read("No more than 5 errors", "", "errors per 1,000 mails", D(12), "at_most", D(5), date(2027, 6, 30), "")),
        ("in 2027 from 12 % to 5 %", Read("", "", "%", D(12), "at_most", D(5), date(2027, 12, 31), "")),
        ("at most 5 in the weekly sample", Read("", "", "", None, "at_most", D(5), None, "weekly sample")),
        ("Improve customer experience.", Read("Improve customer experience")),
        ("answers by 31 February 2027", Read("Answers by 31 February 2027")),
        ("", Read()),
    ],
)  # fmt: skip
def test_a_sentence_becomes_fields(sentence: str, read: Read) -> None:
    assert read_objective(sentence, TODAY) == read


def test_where_todays_value_comes_from_stands_in_brackets_behind_it():
    read = read_objective("sorting from 3 min (time study, 1 November 2026) to 1 min by 1 May 2027", TODAY)

    assert (read.baseline, read.baseline_source, read.baseline_on) == (3, "time study", date(2026, 11, 1))
    assert (read.target, read.due) == (1, date(2027, 5, 1))


@pytest.mark.parametrize(
    "known",
    [
        {},
        {"metric": "time to sort", "unit": "min", "target": D(1), "direction": "at_most"},
        {"metric": "time to sort", "unit": "min", "baseline": D(3), "baseline_source": "time study", "baseline_on": date(2026, 11, 1), "target": D(1), "direction": "at_most", "due": date(2027, 9, 30), "method": "log", "owner": "Rosa"},
    ],
)  # fmt: skip
def test_the_sentence_to_aim_for_reads_as_what_it_was_made_of(known):
    read = read_objective(skeleton(Objective(title="Better", **known)), TODAY)

    said = {name: getattr(read, name) for name in ("metric", "unit", "baseline", "baseline_source", "baseline_on", "target", "direction", "due", "method", "owner")}  # fmt: skip
    assert {name: value for name, value in said.items() if value not in ("", None)} == known


def test_a_day_without_a_year_is_the_next_one() -> None:
    assert read_objective("x at most 3 by 23 November", TODAY).due == date(2026, 11, 23)
    assert read_objective("x at most 3 by 21 November", TODAY).due == date(2027, 11, 21)


@pytest.mark.parametrize(
    "sentence", ["x at most 3 by 30 aprıl", "x at most 3 by Aprİl 2027", "x at most 3 by 30 February"]
)
def test_what_only_looks_like_a_day_is_none(sentence):
    read = read_objective(sentence, TODAY)

    assert (read.due, read.target) == (None, 3)
