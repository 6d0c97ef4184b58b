"""Comments: whoever takes part may speak."""

from apps.comments.actions import resolve
from tests.access.table import Row, World
from tests.factories.comments import ThreadFactory


def a_thread(world: World) -> list:
    return [world.project.pk, ThreadFactory(project=world.project).pk]


def a_resolved_thread(world: World) -> list:
    thread = ThreadFactory(project=world.project)
    resolve(thread, by=world.host)
    return [world.project.pk, thread.pk]


def a_look(world: World) -> dict:
    return {"upto": str(ThreadFactory(project=world.project).comments.get().pk)}


SPEAKS = {"host": 302, "editor": 302, "reviewer": 302, "viewer": 403}
BODY = {"target": "section:purpose", "body": "Fair."}

ROWS = [
    Row("comments:list", "GET", host=200, editor=200, reviewer=200, viewer=200),
    Row("comments:thread", "GET", host=200, editor=200, reviewer=200, viewer=200, args=a_thread),
    Row("comments:people", "GET", host=200, editor=200, reviewer=200, viewer=403),
    Row("comments:look", "POST", host=302, editor=302, reviewer=302, viewer=302, data=a_look),
    Row("comments:add", "POST", **SPEAKS, data=lambda world: BODY),
    Row("comments:reply", "GET", host=200, editor=200, reviewer=200, viewer=403, args=a_thread),
    Row("comments:reply", "POST", **SPEAKS, args=a_thread, data=lambda world: BODY),
    Row("comments:resolve", "POST", **SPEAKS, args=a_thread),
    Row("comments:reopen", "POST", **SPEAKS, args=a_resolved_thread),
]
