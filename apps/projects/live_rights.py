from uuid import UUID

from apps.events.rights import Identity
from apps.projects.models import Membership


def may_listen(identity: Identity, ident: str) -> bool:
    """Members hear their project."""
    try:
        project_id = UUID(ident)
    except ValueError:
        return False
    return (
        identity.user_id is not None
        and Membership.objects.filter(project_id=project_id, user_id=identity.user_id).exists()
    )
