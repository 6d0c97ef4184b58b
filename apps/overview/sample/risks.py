"""Fourteen risks: most from cards, two from the catalog's usual ones, one from a comment."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from apps.accounts.models import User
from apps.overview.sample.days import Days
from apps.overview.sample.people import People
from apps.overview.sample.workshop import card
from apps.projects.models import Project
from apps.risks.actions import change_risk, raise_risk
from apps.risks.enums import Response, State
from apps.risks.models import Risk
from apps.workshops.actions import make_outcome
from apps.workshops.enums import Became
from apps.workshops.models import Workshop


@dataclass(frozen=True)
class Known:
    """A risk: from which card, what it says, how it is rated before and after, and who answers for it."""

    title: str
    card: str
    cause: str
    event: str
    consequence: str
    before: tuple[int, int]
    after: tuple[int, int]
    response: Response
    mitigation: str
    owner: str
    state: State
    category: str
    due_in: int = 0
    trigger: str = ""
    known: str = ""
    """The entry of the catalog that says the same of all such projects."""


AVOID, REDUCE, TRANSFER, ACCEPT = Response.AVOID, Response.REDUCE, Response.TRANSFER, Response.ACCEPT
OPEN, REDUCING, ACCEPTED = State.OPEN, State.REDUCING, State.ACCEPTED
RISKS = [
    Known("Wrong advice reaches a customer", "It will sound sure and be wrong",
          "the handbook is stale or the model invents", "an agent in a hurry sends a draft with a factual error",
          "a drought advice ends in the newspaper and Norrwater is liable", (4, 5), (2, 4), REDUCE,
          "- No draft without a citation\n- Weekly sample of 150 replies, read by two agents",
          "erik", OPEN, "Model quality", trigger="more than two errors in a weekly sample", known="R13"),
    Known("The handbook is out of date and nobody keeps it", "The handbook is out of date in at least four chapters",
          "no chapter has an owner", "four stale chapters feed wrong passages into good-looking drafts",
          "agents stop trusting the drafts", (4, 4), (2, 3), REDUCE,
          "- An owner for each chapter\n- A review date on each page; pages past it are not retrieved",
          "fatima", REDUCING, "Data", 45, "a cited page older than twelve months", known="R02"),
    Known("Customers’ mail leaks into prompts or logs", "It leaks mail from vulnerable customers into the prompt",
          "vulnerable customers write everything", "the topic filter lets one of them through to the model and its logs",
          "personal data leave their purpose, and somebody is hurt", (3, 5), (2, 3), REDUCE,
          "- Topic filter with at most 0.5 % false passes\n- Pseudonymise before the model\n- Log ids, not text",
          "karin", REDUCING, "Data", 45, known="R04"),
    Known("The vendor raises the price or retires the model", "The vendor retired the model with six weeks’ notice",
          "the drafts depend on one supplier", "the model is withdrawn with six weeks’ notice, or its price doubles",
          "drafts stop, or cost more than they save", (3, 4), (3, 3), ACCEPT,
          "- Pinned version, regression set ready\n- A second model tried once a quarter",
          "priya", ACCEPTED, "Vendor", trigger="a deprecation notice", known="R44"),
    Known("Agents click send without reading", "Agents clicked send without reading",
          "a hundred good drafts make the next one look good", "agents send without reading",
          "errors pass that a person was there to stop", (4, 3), (2, 3), REDUCE,
          "- The passage must be opened once per draft in the pilot\n- One planted error a week, told afterwards",
          "erik", REDUCING, "Human factors", 75, "median editing time under five seconds", known="R32"),
    Known("Drafts are slower than typing", "Drafts were slower than typing",
          "eight seconds feel long when the answer is known by heart", "agents type before the draft is there",
          "nobody uses it and the effort is lost", (3, 3), (2, 4), ACCEPT,
          "- 95 of 100 drafts within 8 s, measured in the pilot", "erik", ACCEPTED, "Operations", known="R45"),
    Known("The token bill triples", "The token bill tripled when someone added whole threads",
          "somebody adds whole threads to the prompt", "tokens per draft triple without anyone noticing",
          "the running cost passes what the budget holds", (3, 3), (2, 2), REDUCE,
          "- Alarm at 25 € a day\n- Cap of 6,000 tokens a draft", "priya", REDUCING, "Cost", 60, known="R27"),
    Known("The works council was not asked", "The works council was not asked",
          "consultation takes six weeks and nobody has started it", "it starts after the pilot",
          "the pilot waits six weeks, with everybody watching", (5, 2), (1, 2), AVOID,
          "- Ask now; the consultation ends before the pilot begins", "maja", OPEN, "Organisation", 12),
    Known("The regulator asks for the impact assessment", "The regulator asked for the impact assessment and there was none",
          "there is none yet, and replies are to leave the ticket system", "the authority asks to see it",
          "processing stops until it is there", (3, 4), (1, 4), AVOID,
          "- Screening now, full assessment before any reply leaves the ticket system", "karin", OPEN, "Legal", 45, known="R36"),
    Known("The ticket API gives 60 calls a minute", "Ticket system is version 9, on premises, 60 API calls a minute",
          "the filter alone needs 40 calls a minute in the March peak", "drafts queue up",
          "agents wait in the weeks in which they need help most", (3, 3), (2, 2), REDUCE,
          "- Read in batches\n- Test at peak load before the pilot", "tomas", OPEN, "Operations", 60),
    Known("Drafts are worse in English than in Swedish", "Answers in the customer’s language",
          "the handbook is Swedish and translated in passing", "English drafts miss the point more often",
          "every eighth customer gets the worse answer", (2, 3), (1, 3), REDUCE,
          "- Evaluate both languages apart", "jonas", OPEN, "Fairness", known="R15"),
    Known("Jonas is gone before the evaluation stands", "",
          "he is on half time until March", "the evaluation set is finished by nobody",
          "nobody can say whether it is good enough", (2, 3), (1, 3), REDUCE,
          "- Fatima labels with him from the first day", "maja", OPEN, "Organisation", known="R38"),
    Known("Yet another tool to click through", "Yet another tool to click through",
          "the draft opens beside the ticket instead of in it", "agents do not look there",
          "the drafts are right and unread", (2, 2), (1, 2), AVOID,
          "- Only in the ticket, or not at all", "tomas", OPEN, "Human factors", known="R37"),
    Known("Budget is decided without the numbers", "The budget is decided in December",
          "the estimate is not ready by the day of the decision", "the board decides on a feeling",
          "the project starts with too little or not at all", (1, 4), (1, 2), REDUCE,
          "- Estimate with ranges to Anders a week before", "anders", OPEN, "Project"),
]  # fmt: skip
SCEPTIC = "Wrong advice reaches a customer"


def fill(project: Project, workshop: Workshop, people: People, days: Days, by: User) -> None:
    for known in RISKS:
        risk = _from_card(workshop, known, by) if known.card else raise_risk(project, title=known.title, by=by)
        change_risk(risk, version=risk.version, by=by, **_fields(known, people, days))
        risk.catalog_id = known.known
        risk.save(update_fields=["catalog_id"])


def hand_back(project: Project, by: User) -> None:
    """Erik cannot answer for wrong advice alone: since the signing nobody does."""
    risk = Risk.objects.get(project=project, title=SCEPTIC)
    change_risk(risk, owner="", version=risk.version, by=by)


def _from_card(workshop: Workshop, known: Known, by: User) -> Risk:
    said = card(workshop, known.card)
    words = {"title": known.title, "cause": known.cause, "consequence": known.consequence}
    (outcome,) = make_outcome([said], Became.RISK, by=by, **words)
    return Risk.objects.get(pk=outcome.target)


def _fields(known: Known, people: People, days: Days) -> dict[str, Any]:
    return {
        "cause": known.cause,
        "event": known.event,
        "consequence": known.consequence,
        "category": known.category,
        "likelihood": known.before[0],
        "impact": known.before[1],
        "residual_likelihood": known.after[0],
        "residual_impact": known.after[1],
        "response": known.response,
        "mitigation": known.mitigation,
        "mitigation_due": days.today + timedelta(days=known.due_in) if known.due_in else None,
        "owner": people[known.owner].name,
        "state": known.state,
        "trigger": known.trigger,
    }
