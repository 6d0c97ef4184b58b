"""What rows say that calls for more people."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from apps.projects.models import Project
from apps.registers import section
from apps.stakeholders.calls import Fact
from apps.tables.declared import register

SUM = re.compile(r"[1-9]")
"""“none” and “0 €” are no money."""


def of(project: Project) -> Iterator[Fact]:
    for row in section.rows_of(project, register("data_sources")):
        values, url, name = row.values, row.get_absolute_url(), {"name": row.name}
        if values.get("used") == "not used":
            continue
        if values.get("personal"):
            yield Fact("personal", _("“%(name)s” holds personal data") % name, url)
        if values.get("special"):
            yield Fact("special", _("“%(name)s” holds special categories of data") % name, url)
        if SUM.search(str(values.get("cost", ""))):
            yield Fact("spend", _("“%(name)s” costs %(cost)s") % {**name, "cost": values["cost"]}, url)
    for row in section.rows_of(project, register("dependencies")):
        if row.values.get("kind") == "vendor" and row.values.get("state") != "not needed":
            yield Fact("spend", _("“%(name)s” comes from a vendor") % {"name": row.name}, row.get_absolute_url())
