"""How django-allauth signs people in here: by a code to their address, and only those who were invited."""

import secrets
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.ids import uuid7
from apps.notifications import outbox


class Adapter(DefaultAccountAdapter):
    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": gettext_lazy("This is not the code. Look at the latest mail and try again."),
        "too_many_login_attempts": gettext_lazy(
            "Too many tries. Nothing is lost: wait five minutes, then ask for a new code."
        ),
        "rate_limited": gettext_lazy("Too many tries. Wait a minute, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts come from an invitation or from the set-up link."""
        return False

    def generate_login_code(self) -> str:
        return f"{secrets.randbelow(1_000_000):06d}"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Through the outbox, like every mail."""
        code = context.get("code", "")
        known = bool(code)
        outbox.send(
            to=email,
            subject=_("%(code)s is your code") % {"code": code} if known else _("Signing in to Scoperoom"),
            template="mail/sign_in_code" if known else "mail/unknown_account",
            context={"code": code, "email": email},
            effect_key=f"sign-in:{uuid7()}",
            secret=True,
        )
