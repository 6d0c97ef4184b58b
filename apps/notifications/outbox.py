"""Putting a mail into the outbox: part of the caller's transaction."""

from datetime import datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.core.errors import DomainError
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
    headers: dict[str, str] | None = None,
    calendar: str = "",
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
            "headers": headers or {},
            "calendar": calendar,
            "due_at": due_at or timezone.now(),
        },
    )
    if made and message.due_at <= timezone.now():
        transaction.on_commit(partial(wake, tasks.deliver, str(message.pk)))
    return message


@transaction.atomic
def send_again(about: str) -> Message:
    """The newest mail of `about` once more, word for word, when it was lost. Pressed twice, it leaves once."""
    lost = Message.objects.select_for_update(of=("self",)).filter(about=about).order_by("-created_at").first()
    if lost is None or not lost.is_lost:
        raise DomainError(_("This mail is on its way or has left already."))
    if lost.secret:
        raise DomainError(_("This mail held a code and is not kept. A new code can be asked for."))
    message = Message.objects.create(
        effect_key=f"again:{lost.pk}",
        recipient=lost.recipient,
        to=lost.recipient.email if lost.recipient else lost.to,
        subject=lost.subject,
        text=lost.text,
        html=lost.html,
        about=lost.about,
        headers=lost.headers,
        calendar=lost.calendar,
    )
    transaction.on_commit(partial(wake, tasks.deliver, str(message.pk)))
    return message


def _html(template: str, context: dict[str, Any]) -> str:
    return render_to_string(f"{template}.html", context)
