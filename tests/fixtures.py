"""Fixtures that every test may use; loaded as a plugin by conftest.py."""

from collections.abc import Callable, Iterator

import pytest
from django.db.backends.postgresql.operations import DatabaseOperations
from django.test import Client

from apps.accounts.models import User
from apps.projects.enums import Role
from apps.projects.models import Project
from tests.access.table import World
from tests.factories.accounts import UserFactory
from tests.factories.projects import MembershipFactory, ProjectFactory

HTMX = {"HX-Request": "true"}
EACH_GUARDED = """
DO $$ DECLARE guarded regclass; BEGIN
  FOR guarded IN SELECT DISTINCT tgrelid FROM pg_trigger WHERE NOT tgisinternal AND tgtype & 32 = 32 LOOP
    EXECUTE 'ALTER TABLE ' || guarded || ' %s TRIGGER USER';
  END LOOP;
END $$
"""


@pytest.fixture(scope="session", autouse=True)
def flushes_past_triggers() -> Iterator[None]:
    """Tests that commit are cleaned up by TRUNCATE, which append-only tables refuse to everybody else."""
    flush = DatabaseOperations.execute_sql_flush

    def past_triggers(self: DatabaseOperations, sql_list: list[str]) -> None:
        flush(self, [EACH_GUARDED % "DISABLE", *sql_list, EACH_GUARDED % "ENABLE"])

    DatabaseOperations.execute_sql_flush = past_triggers
    yield
    DatabaseOperations.execute_sql_flush = flush


@pytest.fixture
def project(db: None) -> Project:
    return ProjectFactory()


@pytest.fixture
def sign_in(db: None) -> Callable[[User], Client]:
    """A browser in which `user` is signed in."""

    def enter(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        client.user = user  # type: ignore[attr-defined]
        return client

    return enter


@pytest.fixture
def as_role(project: Project, sign_in: Callable[[User], Client]) -> Callable[[str], Client]:
    """A browser of a new member of `project` with the role."""

    def enter(role: str) -> Client:
        return sign_in(MembershipFactory(project=project, role=role).user)

    return enter


@pytest.fixture
def host(as_role: Callable[[str], Client]) -> Client:
    return as_role(Role.HOST)


@pytest.fixture
def editor(as_role: Callable[[str], Client]) -> Client:
    return as_role(Role.EDITOR)


@pytest.fixture
def reviewer(as_role: Callable[[str], Client]) -> Client:
    return as_role(Role.REVIEWER)


@pytest.fixture
def viewer(as_role: Callable[[str], Client]) -> Client:
    return as_role(Role.VIEWER)


@pytest.fixture
def world(project: Project) -> Iterator[World]:
    people = {role: MembershipFactory(project=project, role=role).user for role in Role}
    return World(project=project, stranger=UserFactory(), **people)
