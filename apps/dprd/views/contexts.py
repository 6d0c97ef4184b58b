"""What several pages show."""

from typing import Any

from apps.accounts.typing import Request
from apps.dprd import queries
from apps.dprd.forms import ProseForm, new_key
from apps.projects.models import Project


def people_context(project: Project) -> dict[str, Any]:
    """Who can own a section."""
    return {"members": queries.members(project)}


def section_context(request: Request, project: Project, key: str) -> dict[str, Any]:
    part = queries.part(project, key, reader=request.user)
    assert part.prose is not None
    return {
        "project": project,
        "part": part,
        "form": ProseForm(part.prose),
        **people_context(project),
        "here": "draft",
        "client_key": new_key(),
    }


def proposal_context(request: Request, project: Project, key: str) -> dict[str, Any]:
    """The saved text with the words beside it put in: what one may send, or change before sending."""
    context = section_context(request, project, key)
    prose = context["part"].prose
    waiting = [choice.copy for choice in context["part"].conflicts]
    proposed = {"text": queries.with_both(prose, waiting), "resolves": [copy.pk for copy in waiting]}
    return context | {"form": ProseForm(prose, initial=proposed), "is_proposal": True}
