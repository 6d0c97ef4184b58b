from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from apps.projects.models import Project
from apps.workshops.models import Participant, Workshop
from tests.factories.workshops import running


@pytest.fixture
def workshop(project: Project) -> Workshop:
    """Running, while people write."""
    return running(project)


@pytest.fixture
def join(db: None) -> Callable[..., Client]:
    """A browser of a guest who came in by the link; `client.seat` is their place."""

    def enter(workshop: Workshop, name: str = "Lars-Göran") -> Any:
        client = Client()
        url = workshop.join_url.replace("http://127.0.0.1:8000", "")
        url = reverse("workshops:join_link", args=url.strip("/").split("/")[-2:])
        key = client.get(url).context["form"].initial["key"]
        assert client.post(url, {"name": name, "key": key}).status_code == 302
        client.seat = Participant.objects.get(workshop=workshop, name=name)  # type: ignore[attr-defined]
        client.workshop = workshop  # type: ignore[attr-defined]
        return client

    return enter


@pytest.fixture
def guest(workshop: Workshop, join: Callable[..., Any]) -> Any:
    return join(workshop)
