"""The scoping workshop: what was said, where the dots went, what was parked."""

from datetime import datetime, time, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5
from zoneinfo import ZoneInfo

from apps.accounts.models import User
from apps.overview.sample import settled, steps
from apps.overview.sample.days import Days
from apps.overview.sample.people import STOCKHOLM, People
from apps.projects.models import Project
from apps.workshops import actions
from apps.workshops.enums import Phase, Template
from apps.workshops.models import Activity, Card, Participant, Workshop

TITLE = "Scoping workshop"
PURPOSE = "Everybody who must live with it says what they hope, fear and cannot change, before anything is built."
GUEST = "Nils Berg"
MINUTES = 87

# prompt, author, words
SAID = [
    ("expectations", "lars-goran", "I get my evenings back in March"),
    ("expectations", "fatima", "One place where the handbook is true"),
    ("expectations", "erik", "Answers in the customer’s language"),
    ("expectations", "jonas", "I can see where it comes from"),
    ("expectations", "erik", "New agents productive in two weeks instead of six"),
    ("expectations", "anders", "I know in spring whether it pays"),
    ("concerns", "fatima", "It will sound sure and be wrong"),
    ("concerns", "anders", "Who is liable?"),
    ("concerns", "karin", "Customers’ personal data go to America"),
    ("concerns", "fatima", "The handbook is out of date in at least four chapters"),
    ("concerns", "lars-goran", "We stop thinking"),
    ("concerns", "tomas", "The price goes up when we depend on it"),
    ("concerns", "guest", "The works council was not asked"),
    ("concerns", "karin", "It leaks mail from vulnerable customers into the prompt"),
    ("concerns", "lars-goran", "Yet another tool to click through"),
    ("constraints", "tomas", "Ticket system is version 9, on premises, 60 API calls a minute"),
    ("constraints", "karin", "Personal data stay in the EU"),
    ("constraints", "erik", "No go-live from February to April"),
    ("constraints", "anders", "The budget is decided in December"),
    ("constraints", "anders", "No extra headcount"),
]
GROUPS = {
    "Sounds sure, is wrong": ["It will sound sure and be wrong", "Who is liable?", "We stop thinking"],
    "Where customers’ words go": [
        "Customers’ personal data go to America", "It leaks mail from vulnerable customers into the prompt",
        "Personal data stay in the EU",
    ],
    "A handbook that is true": [
        "The handbook is out of date in at least four chapters", "One place where the handbook is true",
        "I can see where it comes from",
    ],
    "Time back": ["I get my evenings back in March", "New agents productive in two weeks instead of six"],
}  # fmt: skip
# who: how many dots on which group
DOTS = {
    "maja": {"Sounds sure, is wrong": 2, "A handbook that is true": 1},
    "anders": {"Sounds sure, is wrong": 1, "Time back": 2},
    "erik": {"Sounds sure, is wrong": 1, "A handbook that is true": 1, "Time back": 1},
    "fatima": {"A handbook that is true": 2, "Sounds sure, is wrong": 1},
    "lars-goran": {"Time back": 2, "Sounds sure, is wrong": 1},
    "jonas": {"A handbook that is true": 1, "Where customers’ words go": 2},
    "karin": {"Where customers’ words go": 2, "Sounds sure, is wrong": 1},
    "tomas": {"A handbook that is true": 2, "Where customers’ words go": 1},
    "guest": {"Time back": 1, "Where customers’ words go": 1},
}
PREMORTEM = [
    ("fatima", "Nobody kept the handbook current"),
    ("lars-goran", "Drafts were slower than typing"),
    ("erik", "Agents clicked send without reading"),
    ("maja", "One wrong drought advice in the newspaper"),
    ("priya", "The vendor retired the model with six weeks’ notice"),
    ("jonas", "The token bill tripled when someone added whole threads"),
    ("karin", "The regulator asked for the impact assessment and there was none"),
    ("tomas", "March came and the ticket API was the bottleneck"),
]
PARKED = [
    ("anders", "Voice calls"),
    ("lars-goran", "English only first?"),
    ("tomas", "Reuse for the field crews’ reports"),
]
Seats = dict[str, Participant]


def hold(project: Project, people: People, days: Days, by: User) -> Workshop:
    """Hold the whole workshop, from the waiting room to the end."""
    starts = datetime.combine(days.workshop, time(13), tzinfo=ZoneInfo(STOCKHOLM))
    room = actions.create_workshop(
        project, title=TITLE, purpose=PURPOSE, template=Template.SCOPING, scheduled_at=None, by=by
    )
    room = actions.open_room(room, by=by)
    seats = _come_in(room, people)
    room = actions.start_workshop(room, step=room.step, by=by)
    hopes, reasons = _brainstorms(room)
    room = steps.arrive(room, seats, by)
    room = steps.find_the_words(room, seats, by, _go)
    room = steps.draw_the_map(room, seats, by, _go)
    room = _talk_about_hopes(room, hopes, seats, by)
    room = _look_back_from_next_year(room, reasons, seats, by)
    room = steps.agree_on_the_number(room, days, by, _go)
    room = settled.vote_on_the_scope(room, seats, by, _go)
    room = settled.decide(room, seats, days, by, _go)
    for who, words in PARKED:
        actions.add_to_parking_lot(seats[who], text=words, key=_key("parked", words))
    settled.hand_out(room, days, by)
    room = steps.read_back(room, seats, by, _go)
    room = actions.end_workshop(room, step=room.step, by=by)
    return _as_of(room, starts)


def card(workshop: Workshop, words: str) -> Card:
    return workshop.cards.select_related("workshop__project").get(text=words)


def _come_in(room: Workshop, people: People) -> Seats:
    seats = {key: actions.join_as_member(room, by=user) for key, user in people.items()}
    seats["guest"] = actions.join_as_guest(room, name=GUEST, key=f"sample-{room.pk}")
    return seats


def _brainstorms(room: Workshop) -> tuple[Activity, Activity]:
    """The two steps in which most was said: hopes and worries, and the pre-mortem."""
    by_prompt = {prompt.key: step for step in room.activities.all() for prompt in step.plan.prompts}
    return by_prompt["concerns"], by_prompt["reasons"]


def _talk_about_hopes(room: Workshop, step: Activity, seats: Seats, by: User) -> Workshop:
    room = _go(room, step, Phase.WRITE, by)
    for prompt, who, words in SAID:
        actions.add_card(seats[who], activity=step.pk, prompt=prompt, text=words, key=_key("card", words))
    room = _go(room, step, Phase.GROUP, by)
    groups = {name: _group(room, step, name, cards, by) for name, cards in GROUPS.items()}
    room = _go(room, step, Phase.VOTE, by)
    for who, given in DOTS.items():
        for name, dots in given.items():
            actions.place_dots(seats[who], target="group", item=groups[name], dots=dots)
    return _go(room, step, Phase.TALK, by)


def _look_back_from_next_year(room: Workshop, step: Activity, seats: Seats, by: User) -> Workshop:
    room = _go(room, step, Phase.WRITE, by)
    for who, words in PREMORTEM:
        actions.add_card(seats[who], activity=step.pk, prompt="reasons", text=words, key=_key("card", words))
    room = _go(room, step, Phase.SCORE, by)
    settled.rate_the_reasons(step, seats)
    return _go(room, step, Phase.TALK, by)


def _go(room: Workshop, step: Activity, phase: str, by: User) -> Workshop:
    return actions.move_everyone(room, activity=step.pk, phase=phase, step=room.step, by=by)


def _group(room: Workshop, step: Activity, name: str, words: list[str], by: User) -> UUID:
    cards = list(step.cards.filter(text__in=words))
    return actions.create_group(step, name=name, cards=cards, by=by).pk


def _key(kind: str, words: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"{kind}:{words}")


def _as_of(room: Workshop, starts: datetime) -> Workshop:
    """The meeting was ten days ago; nobody can do that by an action."""
    ended = starts + timedelta(minutes=MINUTES)
    Workshop.objects.filter(pk=room.pk).update(scheduled_at=starts, started_at=starts, ended_at=ended)
    room.refresh_from_db()
    return room
