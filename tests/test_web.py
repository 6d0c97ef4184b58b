"""The web server of the one-command start."""

import socket

from config.web import PromptConfig


def test_an_answer_does_not_wait_for_the_browser_to_acknowledge_its_head() -> None:
    """Without it each page came 40 ms later than it was ready."""
    with PromptConfig("config.asgi:application", port=0, log_level="critical").bind_socket() as listening:
        listening.listen()
        with socket.create_connection(listening.getsockname()):
            taken, _ = listening.accept()
            with taken:
                assert taken.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
