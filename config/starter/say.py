"""What the starter tells the person at the terminal."""

import sys


class Stop(Exception):
    """Ends the starter with one sentence that says what is wrong and what to type."""

    def __init__(self, sentence: str, code: int = 1) -> None:
        super().__init__(sentence)
        self.code = code


def line(text: str) -> None:
    """Print one line at once, also into a pipe."""
    print(text, flush=True)


def phase(text: str) -> None:
    """Announce a step that takes a moment."""
    line(f"• {text}")


def warn(text: str) -> None:
    """Say loudly that something is missing, and go on."""
    print(f"! {text}", file=sys.stderr, flush=True)


class Counter:
    """A count that moves on one line of a terminal, and is printed now and then into a log."""

    def __init__(self, label: str, total: int) -> None:
        self.label, self.total, self.shown = label, total, -1
        self.live = sys.stdout.isatty()

    def show(self, count: int) -> None:
        step = 1 if self.live else max(1, self.total // 4)
        if count == self.shown or (count - self.shown < step and count < self.total):
            return
        self.shown = count
        print(f"  {self.label} {count} of {self.total}", end="\r" if self.live else "\n", flush=True)

    def done(self) -> None:
        if self.live and self.shown >= 0:
            print(" " * 72, end="\r", flush=True)
