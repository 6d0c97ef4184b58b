"""What the diagram says that calls for more people."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from apps.architecture import queries, section
from apps.architecture.enums import Lane, Zone
from apps.projects.models import Project
from apps.stakeholders.calls import Fact


def of(project: Project) -> Iterator[Fact]:
    drawn, url = queries.diagram(project), section.edit_url(project)
    for one in drawn.components:
        if one.zone == Zone.VENDOR:
            yield Fact("spend", _("“%(name)s” stands at a vendor’s") % {"name": one}, url)
        if one.zone == Zone.PUBLIC and one.lane == Lane.SERVING:
            yield Fact("public", _("“%(name)s” is open to the public") % {"name": one}, url)
        if one.personal:
            yield Fact("personal", _("“%(name)s” keeps personal data") % {"name": one}, url)
    for flow in drawn.flows:
        if flow.personal:
            yield Fact("personal", _("personal data travel: %(flow)s") % {"flow": flow}, url)
