import pytest

from tests.factories.projects import MembershipFactory


@pytest.fixture
def member(project):
    """Makes members of the project by name."""

    def make(name, **more):
        return MembershipFactory(
            project=project, user__name=name, user__email=f"{name.split()[0].lower()}@b.example", **more
        ).user

    return make
