"""The processes of a running Scoperoom: web, worker, beat and, when nobody named a mail server, the mail catcher."""

import signal
from dataclasses import dataclass

from config.starter.paths import ROOT, VENV_PYTHON
from config.starter.processes import Child, spawn
from config.starter.servers import Servers
from config.starter.supervisor import Service

PYTHON = str(VENV_PYTHON)


@dataclass(frozen=True)
class Plan:
    """Where to listen and what the children find in their environment."""

    host: str
    port: int
    mail_port: int | None
    environment: dict[str, str]


def commands(plan: Plan, schedule: str) -> dict[str, list[str]]:
    """The command of each process, by its name."""
    celery = [PYTHON, "-m", "celery", "-A", "config"]
    found = {
        "web": [PYTHON, "-m", "config.web", "--host", plan.host, "--port", str(plan.port)],
        "worker": [*celery, "worker", "--loglevel", "INFO", "--concurrency", "2", "--without-gossip",
                   "--without-mingle"],
        "beat": [*celery, "beat", "--loglevel", "WARNING", "--schedule", schedule, "--pidfile="],
    }  # fmt: skip
    if plan.mail_port:
        found["mail"] = [PYTHON, str(ROOT / "manage.py"), "mailcatcher", "--port", str(plan.mail_port)]
    return found


def app_services(servers: Servers, plan: Plan) -> list[Service]:
    schedule = servers.var.run / "beat-schedule"
    schedule.unlink(missing_ok=True)  # only intervals are in it; one torn by a crash would stop beat
    return [_service(servers, plan, name, command) for name, command in commands(plan, str(schedule)).items()]


def _service(servers: Servers, plan: Plan, name: str, command: list[str]) -> Service:
    def start() -> Child:
        return spawn(
            name, command,
            run=servers.var.run, log=servers.log(name), env=plan.environment, cwd=ROOT, stop_signal=signal.SIGTERM,
        )  # fmt: skip

    return Service(name, start, servers.log(name))


def server_services(servers: Servers, started: float) -> list[Service]:
    """The embedded servers, running already."""
    starters = {"postgres": servers.start_postgres, "valkey": servers.start_valkey}
    return [
        Service(child.name, starters[child.name], servers.log(child.name), child, started) for child in servers.children
    ]
