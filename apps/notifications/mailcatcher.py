"""A real SMTP server on loopback that keeps what it gets: a newcomer reads it at /mailbox/."""

import asyncio
import time
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session


class Keep:
    """Write each mail into a folder, whole or not at all."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        name = f"{time.time_ns():020d}"
        half = self.folder / f"{name}.part"
        half.write_bytes(envelope.original_content or b"")
        half.replace(self.folder / f"{name}.eml")
        return "250 Kept"


async def serve(folder: Path, port: int) -> None:
    """Take mail at 127.0.0.1:`port` until cancelled."""
    loop = asyncio.get_running_loop()

    def protocol() -> Any:
        return SMTP(Keep(folder), hostname="localhost", enable_SMTPUTF8=True, loop=loop)

    server = await loop.create_server(protocol, "127.0.0.1", port)
    async with server:
        await server.serve_forever()
