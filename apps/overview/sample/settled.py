"""What the workshop settled: how grave each reason is, what the first version does, what was decided, who does what."""

from collections.abc import Callable
from datetime import timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from apps.accounts.models import User
from apps.overview.sample.days import Days
from apps.workshops import actions
from apps.workshops.enums import Kind, Phase
from apps.workshops.models import Activity, Card, Participant, Workshop

Seats = dict[str, Participant]
Go = Callable[[Workshop, Activity, str, User], Workshop]

RATERS = ["anders", "erik", "fatima", "lars-goran", "jonas", "priya", "tomas", "karin"]
# likelihood and impact as each of the raters gave them
RATED = {
    "Agents clicked send without reading": "54 55 55 45 22 23 13 14",
    "One wrong drought advice in the newspaper": "44 22 45 15 33 15 14 25",
    "The regulator asked for the impact assessment and there was none": "14 24 33 15 35 25 45 45",
    "Drafts were slower than typing": "23 34 34 45 23 44 33 24",
    "The token bill tripled when someone added whole threads": "43 33 32 22 43 32 32 23",
    "The vendor retired the model with six weeks’ notice": "33 43 43 44 53 44 43 33",
    "Nobody kept the handbook current": "54 55 54 54 44 54 44 55",
    "March came and the ticket API was the bottleneck": "34 44 33 34 34 23 43 24",
}
# who put it up, words, where it goes, the line of the scope that says it
ITEMS = [
    ("erik", "Drafts for the eleven topics", "in", "Drafts for the eleven topics, in Swedish and English"),
    ("jonas", "The passages a draft rests on", "in", "Passages of the handbook shown beside every draft"),
    ("fatima", "Mend the handbook first", "in", "The handbook cleaned, with an owner for each chapter"),
    ("tomas", "Topics twelve to twenty", "later", "More topics, when the eleven hold"),
    ("anders", "Send the easy ones by itself", "out", "Sending anything without an agent"),
    ("guest", "A chatbot on the web page", "out", "A chatbot for customers"),
    ("lars-goran", "Read attachments", "out", "Reading attachments, voice calls"),
]
SCOPE_DOTS = {
    "Drafts for the eleven topics": ["erik", "fatima", "lars-goran", "maja", "anders", "karin"],
    "The passages a draft rests on": ["jonas", "fatima", "karin", "priya", "tomas", "lars-goran"],
    "Mend the handbook first": ["fatima", "erik", "lars-goran", "jonas", "guest"],
    "Topics twelve to twenty": ["tomas", "priya"],
    "Send the easy ones by itself": ["anders", "anders"],
}
AGREE, CONCERN, OBJECT = "agree", "concern", "object"
# proposal, from whom, who did not simply agree and what they said
PROPOSED = [
    ("Agents send, never the machine", "Fatima", {}),
    (
        "Start with the eleven topics", "Erik",
        {"lars-goran": (CONCERN, "The others are the ones that take long.")},
    ),
    (
        "Try the ticket vendor’s add-on in January, before we build", "Anders",
        {"karin": (OBJECT, "It runs in a US region only. Personal data stay in the EU."),
         "priya": (CONCERN, "Two pilots at once, and half a data scientist.")},
    ),
]  # fmt: skip
# what, who, days from now
ACTIONS = [
    ("Ask the works council for a date", "Maja Lindqvist", 5),
    ("Name an owner for each of the four stale chapters", "Fatima Nouri", 12),
    ("Ask the vendor for a limit on tokens and a year’s notice", "Priya Raman", 19),
]


def rate_the_reasons(step: Activity, seats: Seats) -> None:
    """Each for themselves."""
    keys = dict(step.cards.values_list("text", "pk"))
    for place, who in enumerate(RATERS):
        given = [(keys[words], ratings.split()[place]) for words, ratings in RATED.items()]
        rated = [_rating(card, pair) for card, pair in given]
        actions.give_answers(seats[who], activity=step.pk, answers=rated)


def vote_on_the_scope(room: Workshop, seats: Seats, by: User, go: Go) -> Workshop:
    step = room.activities.get(kind=Kind.VOTE)
    room = go(room, step, Phase.WRITE, by)
    for who, words, _place, _line in ITEMS:
        actions.add_card(seats[who], activity=step.pk, prompt="first", text=words, key=_key("item", words))
    room = go(room, step, Phase.VOTE, by)
    cards = {card.text: card for card in Card.objects.filter(activity=step)}
    for words, voters in SCOPE_DOTS.items():
        for who in set(voters):
            actions.place_dots(seats[who], target="card", item=cards[words].pk, dots=voters.count(who))
    room = go(room, step, Phase.SORT, by)
    for _who, words, place, _line in ITEMS:
        actions.sort_thing(step, thing=f"card:{cards[words].pk}", place=place, by=by)
    lines = {place: [line for _w, _t, at, line in ITEMS if at == place] for place in ("in", "later", "out")}
    actions.put_into_scope(step, in_scope=lines["in"], later=lines["later"], out_of_scope=lines["out"], by=by)
    return room


def decide(room: Workshop, seats: Seats, days: Days, by: User, go: Go) -> Workshop:
    """Two decisions, one of them with a concern, and one proposal that somebody looks after."""
    step = room.activities.get(kind=Kind.DECIDE)
    room = go(room, step, Phase.DECIDE, by)
    for words, who, doubts in PROPOSED:
        item = actions.add_item(step, text=words, key=_key("proposal", words), details={"who": who}, by=by)
        item = actions.open_proposal(item, by=by)
        for key in (*RATERS, "guest"):
            choice, text = doubts.get(key, (AGREE, ""))
            value = {"choice": choice}
            actions.give_answer(seats[key], activity=step.pk, value=value, text=text, target="item", item=item.pk)
        actions.close_proposal(item, by=by)
        if any(choice == OBJECT for choice, _text in doubts.values()):
            actions.hand_on(item, owner="Karin Åström", due=days.review, by=by)
    return room


def hand_out(room: Workshop, days: Days, by: User) -> None:
    """Somebody looks after voice calls, one thing is dropped, and three things are to be done."""
    voice, english = (room.cards.get(text=words) for words in ("Voice calls", "English only first?"))
    actions.settle_parked(room, voice, owner="Anders Holm", due=days.signing, by=by)
    actions.drop_parked(room, english, why="Half of the eleven topics are asked in Swedish only.", by=by)
    for words, who, ahead in ACTIONS:
        due = days.today + timedelta(days=ahead)
        actions.add_action(room, text=words, owner=who, due=due, key=_key("action", words), by=by)


def _rating(card: UUID, pair: str) -> dict[str, object]:
    return {"target": "card", "item": card, "value": {"likelihood": int(pair[0]), "impact": int(pair[1])}}


def _key(kind: str, words: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"{kind}:{words}")
