from apps.reviews.views.answers import answer_opened, answer_save, answer_write
from apps.reviews.views.rounds import (
    request_resend,
    round_close,
    round_list,
    round_move,
    round_nudge,
    round_open,
    round_show,
)

__all__ = [
    "answer_opened",
    "answer_save",
    "answer_write",
    "request_resend",
    "round_close",
    "round_list",
    "round_move",
    "round_nudge",
    "round_open",
    "round_show",
]
