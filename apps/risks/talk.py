"""Risks as things to comment on."""

from collections.abc import Collection

from apps.comments import targets
from apps.comments.targets import Place
from apps.projects.models import Project
from apps.risks import section


def places(project: Project, idents: Collection[str]) -> dict[str, Place]:
    found = targets.rows(project.risks.select_related("owner_user"), idents)
    return {
        ident: Place(
            f"{risk.ref} {risk.title}",
            risk.get_absolute_url(),
            section.KEY,
            [risk.owner_user] if risk.owner_user else [],
        )
        for ident, risk in found.items()
    }
