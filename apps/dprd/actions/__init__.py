"""One public function for each thing a person can do to a section of prose."""

from apps.dprd.actions.presence import be_present, leave
from apps.dprd.actions.prose import Saving, add_passage, restore_revision, save_prose, settle_conflict
from apps.dprd.actions.reading import mark_seen
from apps.dprd.actions.rows import CHANGED
from apps.dprd.actions.sections import set_owner, set_state
from apps.dprd.actions.suggestions import (
    SUGGESTED,
    accept_edited,
    accept_suggestion,
    decline_suggestion,
    suggest,
    withdraw_suggestion,
)

__all__ = [
    "CHANGED",
    "SUGGESTED",
    "Saving",
    "accept_edited",
    "accept_suggestion",
    "add_passage",
    "be_present",
    "decline_suggestion",
    "leave",
    "mark_seen",
    "restore_revision",
    "save_prose",
    "set_owner",
    "set_state",
    "settle_conflict",
    "suggest",
    "withdraw_suggestion",
]
