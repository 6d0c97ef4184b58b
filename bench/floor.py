"""The least that could work: insert a row, ring, read it, write it to every open stream. No Django, no rights, no page.

Started by `bench.room` as a process of its own; prints the port that it listens on. Ends with its standard input.
"""

import asyncio
import json
import os
import sys

import psycopg

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\nretry: 2000\n\n"
DONE = b"HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n"


class Floor:
    def __init__(self, url: str) -> None:
        self.url = url
        self.writers: set[asyncio.StreamWriter] = set()
        self.told = 0

    async def run(self) -> None:
        self.mouth = await psycopg.AsyncConnection.connect(self.url, autocommit=True)
        await self.mouth.execute(
            "CREATE UNLOGGED TABLE IF NOT EXISTS bench_floor (seq bigserial PRIMARY KEY, body text)"
        )
        self.reader = await psycopg.AsyncConnection.connect(self.url, autocommit=True)
        ear = await psycopg.AsyncConnection.connect(self.url, autocommit=True)
        await ear.execute("LISTEN bench_floor")
        server = await asyncio.start_server(self.answer, "127.0.0.1", 0)
        print(server.sockets[0].getsockname()[1], flush=True)
        hearing = asyncio.create_task(self.hear(ear))
        await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
        hearing.cancel()
        # What is still open ends with the process.
        os._exit(0)

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """A stream for a GET; for each POST on the connection one row."""
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                if head.startswith(b"GET"):
                    writer.write(HEAD)
                    self.writers.add(writer)
                    continue
                length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
                body = (await reader.readexactly(length)).decode()
                async with self.mouth.transaction():
                    await self.mouth.execute("INSERT INTO bench_floor (body) VALUES (%s)", [body])
                    await self.mouth.execute("NOTIFY bench_floor")
                writer.write(DONE)
        except (asyncio.IncompleteReadError, OSError):
            self.writers.discard(writer)
            writer.close()

    async def hear(self, ear: psycopg.AsyncConnection) -> None:
        async for _notice in ear.notifies():
            rows = await (
                await self.reader.execute("SELECT seq, body FROM bench_floor WHERE seq > %s ORDER BY seq", [self.told])
            ).fetchall()
            for seq, body in rows:
                self.told = seq
                frame = f"id: {seq}\ndata: {json.dumps({'seq': seq, 'html': body})}\n\n".encode()
                for writer in self.writers:
                    writer.write(frame)


if __name__ == "__main__":
    asyncio.run(Floor(os.environ["DATABASE_URL"]).run())
