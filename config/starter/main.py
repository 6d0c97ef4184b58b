"""The verbs of ./scoperoom."""

import argparse
import sys
from pathlib import Path

from config.starter import backup, quality
from config.starter.doctor import doctor
from config.starter.managing import manage
from config.starter.paths import Var
from config.starter.say import Stop
from config.starter.start import Options, start
from config.starter.testing import run_tests, serve_only

ABOUT = """Scoperoom: the room where LLM projects get scoped.

SCOPEROOM_VAR names the folder that holds all data (default: var/). DATABASE_URL, REDIS_URL, EMAIL_URL and PUBLIC_URL
point it at real servers; what is not named is embedded."""


def main(arguments: list[str]) -> int:
    """Carry out one verb; returns the exit code."""
    try:
        return dispatch(arguments or ["--help"])
    except Stop as stop:
        print(f"scoperoom: {stop}", file=sys.stderr, flush=True)
        return stop.code
    except KeyboardInterrupt:
        return 130


def dispatch(arguments: list[str]) -> int:
    verb, *rest = arguments
    if verb == "test":  # what follows is pytest's, or Django's
        return run_tests(rest)
    if verb == "manage":
        return manage(Var.chosen(), rest)
    options = parser().parse_args(arguments)
    var = Var.chosen(getattr(options, "var", None))
    carry_out = {
        "start": lambda: start(var, Options(options.host, options.port, not options.no_sample, options.open_mailbox)),
        "doctor": lambda: doctor(var, options.port),
        "backup": lambda: backup.backup(var, options.file),
        "restore": lambda: backup.restore(var, options.file, replace=options.replace),
        "servers": lambda: serve_only(var),
        "lint": quality.lint,
        "fmt": quality.fmt,
        "types": quality.types,
    }
    return carry_out[options.verb]()


def parser() -> argparse.ArgumentParser:
    """All verbs and their options, for --help too."""
    top = argparse.ArgumentParser(
        prog="./scoperoom", description=ABOUT, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    verbs = top.add_subparsers(dest="verb", required=True, metavar="VERB")
    begin = verbs.add_parser("start", help="install what is missing, start everything, say where it is")
    begin.add_argument("--host", default="127.0.0.1", help="the address to listen at (default: this machine only)")
    begin.add_argument("--port", type=int, default=8000)
    begin.add_argument("--no-sample", action="store_true", help="leave a new database empty")
    begin.add_argument("--open-mailbox", action="store_true", help="let other machines read all mail and codes too")
    check = verbs.add_parser("doctor", help="look at everything and say how to mend it")
    check.add_argument("--port", type=int, default=8000)
    _add_backup_verbs(verbs)
    verbs.add_parser("manage", help="run a command of Django's manage.py")
    verbs.add_parser("test", help="run the tests against servers of their own; takes pytest's arguments")
    verbs.add_parser("lint", help="check style, templates and imports")
    verbs.add_parser("fmt", help="format the code")
    verbs.add_parser("types", help="check types")
    servers = verbs.add_parser("servers", help="start only PostgreSQL and Valkey, for development")
    servers.add_argument("--var", help="the folder that holds their data")
    return top


def _add_backup_verbs(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    save = verbs.add_parser("backup", help="save the database, keys and files into one file")
    save.add_argument("file", type=Path)
    put = verbs.add_parser("restore", help="put a backup back")
    put.add_argument("file", type=Path)
    put.add_argument("--replace", action="store_true", help="in place of what is there")
