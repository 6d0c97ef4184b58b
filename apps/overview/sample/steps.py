"""The steps of the workshop around its two talks: arriving, the problem, the map, the number, the end."""

from collections.abc import Callable
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from apps.accounts.models import User
from apps.overview.sample.days import Days
from apps.projects.enums import Autonomy
from apps.workshops import actions
from apps.workshops.enums import Kind, Phase, Shape, Standing
from apps.workshops.models import Activity, Participant, Workshop

Seats = dict[str, Participant]
Go = Callable[[Workshop, Activity, str, User], Workshop]

# who: part at this table, word
ARRIVED = {
    "maja": ("Product manager", "Ready"),
    "anders": ("Sponsor", "Curious"),
    "erik": ("Product owner", "Overbooked"),
    "fatima": ("Domain expert", "Hopeful"),
    "lars-goran": ("End-user representative", "Doubtful"),
    "jonas": ("Data scientist", "Awake"),
    "priya": ("ML engineer", "Early evening"),
    "tomas": ("Software engineer", "Careful"),
    "karin": ("Legal", "Precise"),
    "guest": ("Works council", "Uninvited"),
}
FIRST_WORDS = "Support is too slow. We want an AI that answers the mail."
# who: clarity of the first words, clarity of the words that were found
CLEAR = {
    "anders": (2, 4), "erik": (3, 5), "fatima": (2, 5), "lars-goran": (1, 4), "jonas": (3, 4),
    "priya": (2, 4), "tomas": (3, 4), "karin": (2, 3), "guest": (1, 4),
}  # fmt: skip
FIT = {
    "anders": (Shape.MODEL, ""),
    "erik": (Shape.MODEL, "Eleven topics, and a thousand ways to ask about each"),
    "fatima": (Shape.SEARCH, "The handbook has the answer; nobody finds it in time"),
    "jonas": (Shape.MODEL, "Two languages, and a reply that must read like ours"),
    "priya": (Shape.MODEL, ""),
    "tomas": (Shape.RULE, "Invoice dates stand in a table"),
    "karin": (Shape.SEARCH, ""),
    "guest": (Shape.NEITHER, "Hire two people for the spring"),
}
# name, influence, affected, what say, missing
MAP = [
    ("anders", "Anders Holm", 5, 3, Standing.DECIDER, False),
    ("karin", "Karin Åström", 4, 3, Standing.APPROVER, False),
    ("erik", "Erik Sandberg", 4, 5, Standing.APPROVER, False),
    ("fatima", "Fatima Nouri", 2, 5, Standing.CONSULTED, False),
    ("tomas", "Tomas Ek", 3, 3, Standing.CONSULTED, False),
    ("guest", "Works council", 4, 4, Standing.APPROVER, False),
    ("lars-goran", "The other twelve agents", 2, 5, "", True),
    ("karin", "Customers in arrears", 1, 4, "", True),
    ("tomas", "IT security", 4, 2, Standing.CONSULTED, True),
]
RECORDED = {
    "anders": ("yes", "", 5), "erik": ("yes", "", 4), "fatima": ("yes", "", 4), "lars-goran": ("yes", "", 3),
    "jonas": ("yes", "", 4), "priya": ("yes", "", 4), "tomas": ("yes", "", 3),
    "karin": ("no", "Where the data stay it must say EU region and EU company.", 4),
}  # fmt: skip


def arrive(room: Workshop, seats: Seats, by: User) -> Workshop:
    step = _of(room, Kind.CHECKIN)
    for who, (title, word) in ARRIVED.items():
        actions.check_in(seats[who], activity=step.pk, value={"name": "", "title": title, "word": word})
    return room


def find_the_words(room: Workshop, seats: Seats, by: User, go: Go) -> Workshop:
    """From the first words to those of the frame, and whether it wants a model at all."""
    step = _of(room, Kind.FRAMING)
    room = go(room, step, Phase.SCORE, by)
    statement = step.items.get()
    found = statement.text
    statement.text, statement.details = FIRST_WORDS, {"first": FIRST_WORDS}
    statement.save(update_fields=["text", "details"])
    _rate(step, seats, {who: first for who, (first, _second) in CLEAR.items()})
    room = go(room, step, Phase.TALK, by)
    statement = actions.change_item(statement, text=found, version=statement.version, by=by)
    room = go(room, step, Phase.AGAIN, by)
    _rate(step, seats, {who: second for who, (_first, second) in CLEAR.items()})
    room = go(room, step, Phase.FIT, by)
    for who, (shape, reason) in FIT.items():
        actions.give_answer(seats[who], activity=step.pk, value={"shape": shape}, text=reason)
    return go(room, step, Phase.RESULT, by)


def draw_the_map(room: Workshop, seats: Seats, by: User, go: Go) -> Workshop:
    """Those who stand in the register already are tied to it; the others wait for the host."""
    step = _of(room, Kind.MAP)
    room = go(room, step, Phase.PLACE, by)
    step.refresh_from_db()
    for who, name, influence, affected, standing, missing in MAP:
        details = {"influence": influence, "affected": affected, "standing": standing, "missing": missing}
        actions.add_entry(step, text=name, key=uuid5(NAMESPACE_URL, f"map:{name}"), details=details, by=seats[who])
    there = set(room.project.stakeholders.values_list("name", flat=True))
    known = [str(item.pk) for item in step.items.all() if item.text in there]
    actions.take_into_register(step, entries=known, by=by)
    return go(room, step, Phase.TALK, by)


def agree_on_the_number(room: Workshop, days: Days, by: User, go: Go) -> Workshop:
    """The sheet; what it says stands in the frame and the registers, where more was added later."""
    step = _of(room, Kind.METRIC)
    room = go(room, step, Phase.TALK, by)
    sheet: dict[str, Any] = {
        "name": "Median first response, all e-mails", "unit": "h", "baseline": "11", "direction": "at_most",
        "target": "4", "due": days.target.isoformat(), "source": "Ticket system report, monthly",
        "owner": "Maja Lindqvist", "guard1_name": "Sent replies with a factual error", "guard1_direction": "at_most",
        "guard1_limit": "1", "guard1_unit": "%", "guard2_name": "Customer satisfaction, of 5",
        "guard2_direction": "at_least", "guard2_limit": "4.1", "guard2_unit": "",
        "must_not": "Send anything without an agent\nAnswer disputes or vulnerable customers\nRead attachments",
        "autonomy": Autonomy.DRAFT, "test_owner": "Jonas Weber",
    }  # fmt: skip
    actions.fill_sheet(step.items.get(), seen={}, said=sheet, by=by)
    return room


def read_back(room: Workshop, seats: Seats, by: User, go: Go) -> Workshop:
    step = _of(room, Kind.WRAP)
    room = go(room, step, Phase.TALK, by)
    for who, (recorded, wrong, worth) in RECORDED.items():
        actions.wrap_up(seats[who], activity=step.pk, value={"recorded": recorded, "worth": worth}, text=wrong)
    return room


def _rate(step: Activity, seats: Seats, clear: dict[str, int]) -> None:
    for who, clarity in clear.items():
        actions.give_answer(seats[who], activity=step.pk, value={"clarity": clarity})


def _of(room: Workshop, kind: str) -> Activity:
    return room.activities.get(kind=kind)
