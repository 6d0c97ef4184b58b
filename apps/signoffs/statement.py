"""The words that are signed."""

from hashlib import sha256

from django.utils.translation import gettext as _

from apps.scope.models import Baseline

MEANING = "approval"
METHOD = "code sent to the signer's own address"


def statement(baseline: Baseline, *, name: str, role: str) -> str:
    """What the signer declares: about this text and no other, which its fingerprint says."""
    return _(
        "I, %(name)s, have read baseline %(number)s of “%(title)s” with its accepted risks and reservations, "
        "and approve it as %(role)s. Its fingerprint is %(fingerprint)s."
    ) % {
        "name": name,
        "number": baseline.number,
        "title": baseline.snapshot["project"]["title"],
        "role": role,
        "fingerprint": baseline.fingerprint,
    }


def statement_hash(text: str) -> str:
    """SHA-256, 64 hexadecimal digits."""
    return sha256(text.encode()).hexdigest()
