"""The start verb: from nothing to an address that answers."""

import http.client
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from config.starter import django, install, preflight, say, system
from config.starter import postgres as pg
from config.starter.locks import Held, Tell, already_running, only_one
from config.starter.paths import RUNTIME_LOCK, Var
from config.starter.processes import wait_for
from config.starter.say import Stop
from config.starter.servers import Servers, clear_stale, describe, lay_out
from config.starter.services import Plan, app_services, server_services
from config.starter.signals import terminating
from config.starter.sockets import remove_short
from config.starter.supervisor import Supervisor

LARGEST_LOG = 20_000_000
# What `./scoperoom manage` has to know of a running start.
TOLD = ("PUBLIC_URL", "EMAIL_URL", "SCOPEROOM_MAILBOX", "SCOPEROOM_MAILBOX_OPEN", "SCOPEROOM_EMBEDDED")


@dataclass(frozen=True)
class Options:
    host: str = "127.0.0.1"
    port: int = 8000
    sample: bool = True
    open_mailbox: bool = False


def start(var: Var, options: Options) -> int:
    """Run everything until Ctrl-C or SIGTERM; returns the exit code."""
    lay_out(var)
    url = preflight.public_url(options.host, options.port)
    try:
        with only_one(var.lock, verb="start", url=url) as tell, terminating():
            return _run(var, options, url, tell)
    except Held as held:
        raise Stop(already_running(held.by)) from None


def _run(var: Var, options: Options, url: str, tell: Tell) -> int:
    began = time.monotonic()
    stopped = clear_stale(var)
    if stopped:
        say.line(f"  stopped what an earlier start left behind: {', '.join(stopped)}")
    preflight.require_port(options.host, options.port)
    install.ensure(RUNTIME_LOCK)
    preflight.require_space(var.root)
    system.ensure_pango()
    _trim_logs(var.log)
    with _supervised(var) as supervisor:
        plan = _bring_up(supervisor, var, options, url)
        tell(verb="start", url=url, environment={name: plan.environment.get(name) for name in TOLD})
        say.line(f"\nScoperoom is ready after {time.monotonic() - began:.1f} s at  {url}\n")
        _greet(plan, options, url)
        supervisor.watch()
    return 0


@contextmanager
def _supervised(var: Var) -> Iterator[Supervisor]:
    """A supervisor that stops its services at the end; Ctrl-C and SIGTERM are the ordinary end."""
    supervisor = Supervisor()
    try:
        yield supervisor
    except (KeyboardInterrupt, SystemExit):
        say.line("\n• Stopping")
    finally:
        supervisor.stop()
        remove_short(var.run)
    say.line("  stopped; everything is kept")


def _bring_up(supervisor: Supervisor, var: Var, options: Options, url: str) -> Plan:
    servers = describe(var)
    named = {"PostgreSQL": servers.postgres, "Valkey": servers.valkey}
    names = [name for name, server in named.items() if server]
    if names:
        say.phase(f"Starting {' and '.join(names)}")
    try:
        servers.start()
    finally:
        supervisor.servers = server_services(servers, time.monotonic())
    plan = make_plan(servers, options, url)
    _prepare(var, plan, options)
    say.phase("Starting the web server, the worker and the scheduler")
    supervisor.apps = app_services(servers, plan)
    _await_answer(supervisor, url, options)
    return plan


def make_plan(servers: Servers, options: Options, url: str) -> Plan:
    """Settle where mail goes and what the children are told."""
    mail_port = None if os.environ.get("EMAIL_URL") else preflight.free_port()
    environment = {**django.base_environment(), **servers.environment(), "PUBLIC_URL": url, "SCOPEROOM_EMBEDDED": "1"}
    if mail_port:
        environment |= {"EMAIL_URL": f"smtp://127.0.0.1:{mail_port}", "SCOPEROOM_MAILBOX": "1"}
    if options.open_mailbox:
        environment["SCOPEROOM_MAILBOX_OPEN"] = "1"
    return Plan(options.host, options.port, mail_port, environment)


def _prepare(var: Var, plan: Plan, options: Options) -> None:
    """Bring the database to this version; fill a new one with the sample."""
    pending = var.root / "sample_pending"
    if options.sample and is_new(plan.environment["DATABASE_URL"]):
        pending.touch()  # so that a start cut off in the middle loads it the next time
    say.phase("Bringing the database up to date")
    django.call(plan.environment, "migrate", "--noinput", "--verbosity=0")
    django.collect_static(plan.environment, var.root)
    if options.sample and pending.exists():
        say.phase("Loading the sample project")
        if not _attempt(plan, "load_sample"):
            return  # the next start tries again
    pending.unlink(missing_ok=True)


def _attempt(plan: Plan, command: str) -> str | None:
    """The output of a command that Scoperoom can do without; None, said loudly, when it fails."""
    try:
        return django.call(plan.environment, command, optional=True) or " "
    except Stop as stop:
        say.warn(str(stop))
        return None


def is_new(url: str) -> bool:
    """Whether nothing was ever migrated in this database."""
    found = pg.query(url, "select to_regclass('django_migrations') is null")
    if found is None:
        raise Stop("The database named by DATABASE_URL does not answer: check the address, or unset it to use the "
                   "embedded one.")  # fmt: skip
    return found == "t"


def _await_answer(supervisor: Supervisor, url: str, options: Options) -> None:
    """Wait for the first page; say why when it does not come."""

    def settled() -> bool:
        supervisor.look()
        return answers(url, options) or web.failures > 2

    web = next(service for service in supervisor.apps if service.name == "web")
    wait_for(settled, 60, every=0.1)
    if not answers(url, options):
        raise Stop(f"The web server does not answer: see {web.log}, or type  ./scoperoom doctor.")


def answers(url: str, options: Options) -> bool:
    """Whether /readyz says that people can work."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(options.host, options.host)  # noqa: S104 - a comparison
    connection = http.client.HTTPConnection(host, options.port, timeout=5)
    try:
        connection.request("GET", "/readyz", headers={"Host": urlsplit(url).netloc})
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _greet(plan: Plan, options: Options, url: str) -> None:
    """Say how to get in, and who else can."""
    say.line((_attempt(plan, "start_link") or "").rstrip())
    if plan.mail_port:
        say.line(f"Mail that Scoperoom sends stays here; read it at  {mailbox_url(options, url)}")
    for sentence in warnings(plan):
        say.warn(sentence)
    say.line("Ctrl-C stops it and keeps everything.")


def mailbox_url(options: Options, url: str) -> str:
    """Where the mailbox opens: on this machine's own address, unless it is open to all."""
    everywhere = options.host in {"0.0.0.0", "::"}  # noqa: S104 - a comparison
    inside = everywhere and not options.open_mailbox
    return f"http://127.0.0.1:{options.port}/mailbox/" if inside else f"{url}/mailbox/"


def warnings(plan: Plan) -> list[str]:
    """What somebody has to know who lets other machines in."""
    if preflight.is_loopback(plan.host):
        return []
    said = [f"Everybody whose machine reaches port {plan.port} of this one can open Scoperoom, without encryption."]
    if plan.mail_port and plan.environment.get("SCOPEROOM_MAILBOX_OPEN"):
        said.append("They can read the mailbox too, with everybody's sign-in codes: leave --open-mailbox out "
                    "unless you trust them all.")  # fmt: skip
    elif plan.mail_port:
        said.append("They get no mail: set EMAIL_URL to your mail server. The mailbox with its sign-in codes opens "
                    "on this machine only.")  # fmt: skip
    return said


def _trim_logs(folder: Path) -> None:
    """Keep one older copy of a log that has grown large."""
    for log in folder.glob("*.log"):
        if log.stat().st_size > LARGEST_LOG:
            log.replace(log.with_suffix(".log.1"))
