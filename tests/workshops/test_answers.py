"""Answers: hidden until the room leaves the phase, one each, nameless at the end."""

import pytest

from apps.core.errors import DomainError
from apps.projects.models import Project
from apps.workshops import actions
from apps.workshops.models import Participant, Workshop
from tests.factories.workshops import ParticipantFactory, running


@pytest.fixture
def seat(workshop: Workshop) -> Participant:
    return ParticipantFactory(workshop=workshop)


def test_a_step_that_asks_nothing_takes_no_answer(workshop: Workshop, seat: Participant) -> None:
    with pytest.raises(DomainError, match="takes no answers"):
        actions.give_answer(seat, activity=workshop.activity_id, value={"clarity": 3})


def test_while_the_room_is_paused_nobody_writes(project: Project) -> None:
    room = running(project)
    seat = ParticipantFactory(workshop=room)
    actions.pause_clock(room, by=room.host)

    with pytest.raises(DomainError, match="paused"):
        actions.give_answer(seat, activity=room.activity_id, value={})
