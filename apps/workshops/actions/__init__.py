"""One public function for each thing a person can do in or around a workshop."""

from apps.workshops.actions.answers import add_item, change_item, give_answer, remove_item
from apps.workshops.actions.board import (
    create_group,
    dissolve_group,
    move_card,
    park_card,
    rename_group,
    unpark_card,
)
from apps.workshops.actions.cards import add_card, add_to_parking_lot, change_card, delete_card, place_dots
from apps.workshops.actions.outcomes import leave_card, make_outcome, make_outcome_of_group, place_cards
from apps.workshops.actions.plan import (
    add_activity,
    change_activity,
    change_workshop,
    create_workshop,
    remove_activity,
    shift_activity,
)
from apps.workshops.actions.recap import send_recap
from apps.workshops.actions.seats import (
    bring_everyone,
    join_as_guest,
    join_as_member,
    leave_address,
    look_at,
    mark_ready,
    remove_participant,
    show_presence,
)
from apps.workshops.actions.steps import (
    add_time,
    end_workshop,
    move_everyone,
    open_room,
    pause_clock,
    resume_clock,
    start_workshop,
)

__all__ = [
    "add_activity",
    "add_card",
    "add_item",
    "add_time",
    "add_to_parking_lot",
    "bring_everyone",
    "change_activity",
    "change_card",
    "change_item",
    "change_workshop",
    "create_group",
    "create_workshop",
    "delete_card",
    "dissolve_group",
    "end_workshop",
    "give_answer",
    "join_as_guest",
    "join_as_member",
    "leave_address",
    "leave_card",
    "look_at",
    "make_outcome",
    "make_outcome_of_group",
    "mark_ready",
    "move_card",
    "move_everyone",
    "open_room",
    "park_card",
    "pause_clock",
    "place_cards",
    "place_dots",
    "remove_activity",
    "remove_item",
    "remove_participant",
    "rename_group",
    "resume_clock",
    "send_recap",
    "shift_activity",
    "show_presence",
    "start_workshop",
    "unpark_card",
]
