"""Files in SCOPEROOM_VAR/files: complete or not there, and none left over."""

import os
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from django.conf import settings


def folder() -> Path:
    return Path(settings.FILES_ROOT) / "exports"


def put(export_id: UUID, content: bytes) -> str:
    """Store `content` for good and return its name; what earlier tries of this export left is removed."""
    where = folder()
    where.mkdir(parents=True, exist_ok=True, mode=0o700)
    for stale in where.glob(f"{export_id}-*"):
        stale.unlink(missing_ok=True)
    name = f"{export_id}-{sha256(content).hexdigest()[:16]}.pdf"
    part = where / f"{name}.part"
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.replace(where / name)
    return name


def path(name: str) -> Path:
    return folder() / name


def drop(name: str) -> None:
    path(name).unlink(missing_ok=True)
