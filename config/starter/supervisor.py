"""Keeps the processes running: what ends by itself is started again, with growing pauses."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from config.starter import say
from config.starter.processes import Child, stop_all
from config.starter.signals import undisturbed

STEADY_SECONDS = 60
LONGEST_PAUSE = 30.0
APPS_SECONDS, SERVERS_SECONDS = 4.0, 4.0


@dataclass
class Service:
    """Something that has to run, and what became of its last start."""

    name: str
    spawn: Callable[[], Child]
    log: Path
    child: Child | None = None
    started: float = 0.0
    failures: int = 0
    due: float = 0.0

    def start(self, now: float) -> None:
        self.child, self.started = self.spawn(), now

    def look(self, now: float) -> None:
        """Notice an end, say it, and start again when the pause is over."""
        if self.child and self.child.running:
            return
        if self.child:
            self._ended(self.child, now)
        elif now >= self.due:
            self.start(now)

    def _ended(self, child: Child, now: float) -> None:
        steady = now - self.started > STEADY_SECONDS
        self.failures = 1 if steady else self.failures + 1
        pause = min(LONGEST_PAUSE, 2.0 ** (self.failures - 1))
        say.warn(f"{self.name} ended with code {child.popen.returncode} (see {self.log}); again in {pause:.0f} s")
        child.kill()  # what is left of its group
        self.child, self.due = None, now + pause


@dataclass
class Supervisor:
    """All services, in the order in which they were started."""

    servers: list[Service] = field(default_factory=list)
    apps: list[Service] = field(default_factory=list)

    def look(self) -> None:
        """One round over all services; a pause between rounds is the caller's."""
        for service in [*self.servers, *self.apps]:
            service.look(time.monotonic())

    def watch(self) -> None:
        """Look after the services until a signal ends it."""
        while True:
            self.look()
            time.sleep(0.5)

    def stop(self) -> None:
        """Stop the apps, then the servers they use, within ten seconds."""
        with undisturbed():
            stop_all([service.child for service in self.apps if service.child], APPS_SECONDS)
            stop_all([service.child for service in self.servers if service.child], SERVERS_SECONDS)
