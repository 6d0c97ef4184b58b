"""One public function for each thing a person can do to a section of prose."""

from apps.dprd.actions.presence import be_present, leave
from apps.dprd.actions.prose import Saving, add_passage, restore_revision, save_prose, settle_conflict
from apps.dprd.actions.rows import CHANGED
from apps.dprd.actions.sections import set_owner, set_state

__all__ = [
    "CHANGED",
    "Saving",
    "add_passage",
    "be_present",
    "leave",
    "restore_revision",
    "save_prose",
    "set_owner",
    "set_state",
    "settle_conflict",
]
