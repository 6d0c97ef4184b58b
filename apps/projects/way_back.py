"""The way back to readiness, for whom it sent somewhere to mend something. The address carries it: `?from=readiness.data`."""

import re
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest
from django.urls import reverse

from apps.projects.models import Project

SAID = re.compile(r"readiness(?:\.(?P<section>[a-z_]{1,40}))?")


@dataclass(frozen=True)
class WayBack:
    """`url` is the place in readiness; `word` is what the address of a form carries on, as `from`."""

    url: str
    word: str

    @property
    def query(self) -> str:
        return f"?{urlencode({'from': self.word})}"


def leading_back(url: str, section: str = "") -> str:
    """The same address, knowing that readiness sent there; with a section, the way back ends at its findings."""
    found = urlsplit(url)
    said = urlencode({"from": f"readiness.{section}" if section else "readiness"})
    return found._replace(query=f"{found.query}&{said}" if found.query else said).geturl()


def way_back(request: HttpRequest, project: Project) -> WayBack | None:
    """None for whom readiness did not send."""
    said = SAID.fullmatch(request.GET.get("from", ""))
    if said is None:
        return None
    section = said["section"]
    url = reverse("scope:readiness", args=[project.pk])
    return WayBack(f"{url}#in-{section}" if section else url, said[0])
