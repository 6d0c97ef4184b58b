"""Secrets in links: made long, stored hashed, compared by hash."""

import hashlib
import secrets


def make_token() -> str:
    """192 random bits, safe in a URL."""
    return secrets.token_urlsafe(24)


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
