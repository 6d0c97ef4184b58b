"""Putting a mail into the outbox: part of the caller's transaction."""

from datetime import datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from apps.accounts.models import User
from apps.core.wake import wake
from apps.notifications import tasks
from apps.notifications.models import Message


def send(
    *,
    to: User | str,
    subject: str,
    template: str,
    context: dict[str, Any],
    effect_key: str,
    secret: bool = False,
    about: str = "",
    due_at: datetime | None = None,
) -> Message:
    """Write a mail that leaves once, after the commit. The same `effect_key` twice is one mail.

    `template` is a path below `templates/` without ending: `<template>.txt` is the mail,
    `<template>.html`, when it exists, its better-looking twin. Addresses of pages in `context`
    are made absolute by the template with `{{ base }}`.
    """
    user = to if isinstance(to, User) else None
    address = user.email if user else str(to)
    context = {"base": settings.PUBLIC_URL, "person": user, **context}
    message, made = Message.objects.get_or_create(
        effect_key=effect_key,
        defaults={
            "recipient": user,
            "to": address,
            "subject": " ".join(subject.split())[:250],
            "text": render_to_string(f"{template}.txt", context),
            "html": render_to_string(
                "mail/base.html", {**context, "subject": subject, "content": _html(template, context)}
            ),
            "secret": secret,
            "about": about,
            "due_at": due_at or timezone.now(),
        },
    )
    if made and message.due_at <= timezone.now():
        transaction.on_commit(partial(wake, tasks.deliver, str(message.pk)))
    return message


def _html(template: str, context: dict[str, Any]) -> str:
    return render_to_string(f"{template}.html", context)
