"""One public function for each thing a person can do in or around a workshop."""

from collections.abc import Callable, Mapping
from typing import Any

from apps.workshops.actions.agenda import (
    add_activity,
    add_live_writing,
    change_activity,
    delete_agenda,
    keep_overrun,
    remove_activity,
    rename_agenda,
    repeat_activity,
    save_agenda,
    shift_activity,
    shorten_agenda,
    skip_activity,
    use_agenda,
)
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
from apps.workshops.actions.checkin import check_in
from apps.workshops.actions.decisions import close_proposal, give_voice, hand_on, open_proposal
from apps.workshops.actions.estimate import put_into_plan, take_steps, take_tasks
from apps.workshops.actions.framing import keep_statement
from apps.workshops.actions.hosting import (
    lock_room,
    make_host,
    rename_participant,
    show_host,
    stand_in,
    take_over,
)
from apps.workshops.actions.identity import claim_seat, invite_guest, note_address
from apps.workshops.actions.invites import Asked, call_off, invite_people, join_as_invited, plan_around
from apps.workshops.actions.lot import add_action, change_action, drop_parked, settle_parked, tick_action
from apps.workshops.actions.map import add_entry, change_entry, take_into_register, values_of
from apps.workshops.actions.metric import fill_sheet, sheet_of, take_sheet
from apps.workshops.actions.outcomes import leave_card, make_outcome, make_outcome_of_group, place_cards
from apps.workshops.actions.plan import change_workshop, create_workshop
from apps.workshops.actions.premortem import make_risks, order_ratings, rate_again
from apps.workshops.actions.recap import send_recap
from apps.workshops.actions.rehearsal import act_as_pretend, delete_rehearsal, rehearse
from apps.workshops.actions.seats import (
    bring_everyone,
    join_as_guest,
    join_as_member,
    leave_address,
    let_in_again,
    look_at,
    mark_ready,
    remove_participant,
    show_presence,
)
from apps.workshops.actions.several import give_answers
from apps.workshops.actions.steps import (
    add_time,
    end_workshop,
    move_everyone,
    open_room,
    pause_clock,
    resume_clock,
    start_workshop,
)
from apps.workshops.actions.votes import change_unit, put_card, put_into_scope, sort_thing
from apps.workshops.actions.wrap import wrap_up
from apps.workshops.enums import Kind

# Kinds whose answers do more than being kept.
ANSWERING: Mapping[str, Callable[..., Any]] = {
    Kind.CHECKIN: check_in,
    Kind.ESTIMATE: give_answers,
    Kind.PREMORTEM: give_answers,
    Kind.WRAP: wrap_up,
}

__all__ = [
    "ANSWERING",
    "Asked",
    "act_as_pretend",
    "add_action",
    "add_activity",
    "add_card",
    "add_entry",
    "add_item",
    "add_live_writing",
    "add_time",
    "add_to_parking_lot",
    "bring_everyone",
    "call_off",
    "change_action",
    "change_activity",
    "change_card",
    "change_entry",
    "change_item",
    "change_unit",
    "change_workshop",
    "check_in",
    "claim_seat",
    "close_proposal",
    "create_group",
    "create_workshop",
    "delete_agenda",
    "delete_card",
    "delete_rehearsal",
    "dissolve_group",
    "drop_parked",
    "end_workshop",
    "fill_sheet",
    "give_answer",
    "give_answers",
    "give_voice",
    "hand_on",
    "invite_guest",
    "invite_people",
    "join_as_guest",
    "join_as_invited",
    "join_as_member",
    "keep_overrun",
    "keep_statement",
    "leave_address",
    "leave_card",
    "let_in_again",
    "lock_room",
    "look_at",
    "make_host",
    "make_outcome",
    "make_outcome_of_group",
    "make_risks",
    "mark_ready",
    "move_card",
    "move_everyone",
    "note_address",
    "open_proposal",
    "open_room",
    "order_ratings",
    "park_card",
    "pause_clock",
    "place_cards",
    "place_dots",
    "plan_around",
    "put_card",
    "put_into_plan",
    "put_into_scope",
    "rate_again",
    "rehearse",
    "remove_activity",
    "remove_item",
    "remove_participant",
    "rename_agenda",
    "rename_group",
    "rename_participant",
    "repeat_activity",
    "resume_clock",
    "save_agenda",
    "send_recap",
    "settle_parked",
    "sheet_of",
    "shift_activity",
    "shorten_agenda",
    "show_host",
    "show_presence",
    "skip_activity",
    "sort_thing",
    "stand_in",
    "start_workshop",
    "take_into_register",
    "take_over",
    "take_sheet",
    "take_steps",
    "take_tasks",
    "tick_action",
    "unpark_card",
    "use_agenda",
    "values_of",
    "wrap_up",
]
