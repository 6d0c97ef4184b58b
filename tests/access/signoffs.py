"""Signing. Whoever is not asked finds no request of theirs, whatever their role."""

from tests.access.scope import numbered
from tests.access.table import Row, World
from tests.factories.notifications import lost_mail
from tests.factories.signoffs import SignRequestFactory


def asked(world: World) -> list[object]:
    project, number = numbered(world)
    baseline = world.project.baselines.get(number=number)
    return [project, number, SignRequestFactory(baseline=baseline).pk]


def lost(world: World) -> list[object]:
    args = asked(world)
    lost_mail(f"sign-request:{args[-1]}")
    return args


def signers(world: World) -> dict[str, object]:
    return {"signers": [str(world.viewer.pk)], "role": "sponsor", "step": 1}


ROWS = [
    Row("signoffs:latest", "GET", host=200, editor=200, reviewer=200, viewer=200),
    Row("signoffs:show", "GET", host=200, editor=200, reviewer=200, viewer=200, args=numbered),
    Row("signoffs:ask", "POST", host=302, editor=403, reviewer=403, viewer=403, args=numbered, data=signers),
    Row("signoffs:code", "POST", host=404, editor=404, reviewer=404, viewer=404, args=numbered),
    Row("signoffs:sign", "POST", host=404, editor=404, reviewer=404, viewer=404, args=numbered),
    Row("signoffs:decline", "GET", host=404, editor=404, reviewer=404, viewer=404, args=numbered),
    Row("signoffs:decline", "POST", host=404, editor=404, reviewer=404, viewer=404, args=numbered),
    Row("signoffs:resend", "POST", host=302, editor=403, reviewer=403, viewer=403, args=lost),
    Row("signoffs:withdraw", "POST", host=302, editor=403, reviewer=403, viewer=403, args=asked),
]
