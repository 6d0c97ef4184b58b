"""What the register of people adds: a section of the document and a step of the road."""

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from apps.projects import copying, named, road, sections
from apps.projects.models import Membership
from apps.stakeholders import document, pieces, queries


def register() -> None:
    sections.register(
        sections.Section(
            key=document.KEY,
            title=_("People"),
            order=30,
            snapshot=document.snapshot,
            template="stakeholders/section.html",
            findings=document.findings,
            edit_url=document.edit_url,
        )
    )
    named.register(queries.pages)
    # More than whoever made the project: somebody came.
    others = Membership.objects.filter(project=OuterRef("pk")).order_by("created_at")[1:2]
    road.register("invite", done=Exists(others), url_name="stakeholders:list")
    copying.register(pieces.PIECE)
