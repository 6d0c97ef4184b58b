"""The register is everybody's to read, editors' to write; members and invitations are the host's."""

from typing import Any
from uuid import uuid4

from apps.stakeholders.queries import OWN
from tests.access.table import Row, World
from tests.factories.registers import OwnEntryFactory
from tests.factories.stakeholders import InvitationFactory, StakeholderFactory


def person(world: World) -> list[Any]:
    return [world.project.pk, StakeholderFactory(project=world.project).pk]


def invitation(world: World) -> list[Any]:
    return [world.project.pk, InvitationFactory(stakeholder__project=world.project).pk]


def viewer(world: World) -> list[Any]:
    return [world.project.pk, world.project.memberships.get(user=world.viewer).pk]


def fields(world: World) -> dict[str, Any]:
    return {"name": "Anders Holm", "influence": 5, "interest": 3, "version": 1}


def a_duty(world: World) -> list[Any]:
    return [world.project.pk, "purpose"]


def listed(world: World) -> dict[str, Any]:
    return {"text": "Name\tE-mail\nEva\teva@example.com", "do": "take"}


def a_call(world: World) -> list[Any]:
    return [world.project.pk, "staff"]


def a_seat(world: World) -> dict[str, Any]:
    return {"title": f"Council {uuid4()}", "duty": "is heard", "why_empty": "Nobody asked.", "seat": "optional"}


def an_empty_seat(world: World) -> list[Any]:
    return [world.project.pk, "security"]


def anothers_seat(world: World) -> list[Any]:
    values = {key: value for key, value in a_seat(world).items() if key != "title"}
    return [world.project.pk, OwnEntryFactory(register=OWN, values=values).pk]


ROWS = [
    Row("stakeholders:import", "GET", host=200, editor=200, reviewer=403, viewer=403),
    Row("stakeholders:import", "POST", host=422, editor=422, reviewer=403, viewer=403),
    Row("stakeholders:paste", "POST", host=302, editor=302, reviewer=403, viewer=403, data=listed),
    Row("stakeholders:reuse", "GET", host=200, editor=200, reviewer=403, viewer=403),
    Row("stakeholders:reuse", "POST", host=422, editor=422, reviewer=403, viewer=403, data=lambda world: {"sent": 1}),
    Row(
        "stakeholders:call",
        "POST",
        host=302,
        editor=302,
        reviewer=403,
        viewer=403,
        args=a_call,
        data=lambda world: {"answer": "seat"},
    ),
    Row("stakeholders:seats", "GET", host=200, editor=200, reviewer=200, viewer=200),
    Row("stakeholders:seat_add", "POST", host=302, editor=302, reviewer=403, viewer=403, data=a_seat),
    Row("stakeholders:seat_drop", "POST", host=403, editor=403, reviewer=403, viewer=403, args=anothers_seat),
    Row("stakeholders:seat_note", "POST", host=302, editor=302, reviewer=403, viewer=403, args=an_empty_seat),
    Row("stakeholders:duties", "GET", host=200, editor=200, reviewer=200, viewer=200),
    Row("stakeholders:duties_edit", "GET", host=200, editor=200, reviewer=403, viewer=403, args=a_duty),
    Row(
        "stakeholders:duties_edit",
        "POST",
        host=302,
        editor=302,
        reviewer=403,
        viewer=403,
        args=a_duty,
        data=lambda world: {"sent": 1},
    ),
    Row("stakeholders:duties_take", "POST", host=302, editor=302, reviewer=403, viewer=403),
    Row("stakeholders:list", "GET", host=200, editor=200, reviewer=200, viewer=200),
    Row("stakeholders:add", "GET", host=200, editor=200, reviewer=403, viewer=403),
    Row("stakeholders:add", "POST", host=302, editor=302, reviewer=403, viewer=403, data=fields),
    Row("stakeholders:show", "GET", host=200, editor=200, reviewer=200, viewer=200, args=person),
    Row("stakeholders:edit", "GET", host=200, editor=200, reviewer=403, viewer=403, args=person),
    Row("stakeholders:edit", "POST", host=302, editor=302, reviewer=403, viewer=403, args=person, data=fields),
    Row("stakeholders:place", "POST", host=302, editor=302, reviewer=403, viewer=403, args=person, data=fields),
    Row("stakeholders:remove", "GET", host=200, editor=200, reviewer=403, viewer=403, args=person),
    Row("stakeholders:remove", "POST", host=302, editor=302, reviewer=403, viewer=403, args=person),
    Row("stakeholders:invite", "GET", host=200, editor=403, reviewer=403, viewer=403),
    Row(
        "stakeholders:invite", "POST", host=422, editor=403, reviewer=403, viewer=403, data=lambda world: {"counted": 1}
    ),
    Row("stakeholders:resend", "POST", host=302, editor=403, reviewer=403, viewer=403, args=invitation),
    Row("stakeholders:withdraw", "POST", host=302, editor=403, reviewer=403, viewer=403, args=invitation),
    Row("stakeholders:members", "GET", host=200, editor=200, reviewer=200, viewer=200),
    Row(
        "stakeholders:member_role",
        "POST",
        host=302,
        editor=403,
        reviewer=403,
        viewer=403,
        args=viewer,
        data=lambda world: {"role": "viewer"},
    ),
    Row("stakeholders:member_remove", "GET", host=200, editor=403, reviewer=403, viewer=403, args=viewer),
    Row("stakeholders:member_remove", "POST", host=302, editor=403, reviewer=403, viewer=403, args=viewer),
]
# For whoever holds the link: tests/stakeholders/test_invitations.py.
OPEN = {"stakeholders:accept"}
