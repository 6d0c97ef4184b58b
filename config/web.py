"""The web server of `./scoperoom start`: uvicorn in a few processes, on a socket that sends every write at once.

asyncio turns Nagle's algorithm off only on sockets that say they are TCP; the one that uvicorn shares between its
processes does not, and each page waited 40 ms for the browser to acknowledge its head. uvloop and httptools do in C what
a full room does most: a write to each of hundreds of streams.

    python -m config.web --host 127.0.0.1 --port 8000 [--workers 2] [--log-level info]
"""

import argparse
import socket

import uvicorn
from uvicorn.supervisors import Multiprocess


class PromptConfig(uvicorn.Config):
    """uvicorn's settings with a listening socket whose connections inherit TCP_NODELAY."""

    def bind_socket(self) -> socket.socket:
        listening = super().bind_socket()
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return listening


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--log-level", default="info")
    chosen = parser.parse_args()
    config = PromptConfig(
        "config.asgi:application",
        host=chosen.host,
        port=chosen.port,
        workers=chosen.workers,
        loop="uvloop",
        http="httptools",
        log_level=chosen.log_level,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=2,
        timeout_worker_healthcheck=30,
    )
    Multiprocess(config, sockets=[config.bind_socket()]).run()


if __name__ == "__main__":
    main()
