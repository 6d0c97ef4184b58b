"""The verbs of ./scoperoom."""

import argparse
import sys

from config.starter.paths import Var
from config.starter.say import Stop
from config.starter.testing import run_tests, serve_only


def main(arguments: list[str]) -> int:
    """Carry out one verb; returns the exit code."""
    try:
        return dispatch(arguments)
    except Stop as stop:
        print(f"scoperoom: {stop}", file=sys.stderr, flush=True)
        return stop.code
    except KeyboardInterrupt:
        return 130


def dispatch(arguments: list[str]) -> int:
    verb, rest = (arguments[0], arguments[1:]) if arguments else ("--help", [])
    if verb == "test":
        return run_tests(rest)
    options = parser().parse_args(arguments)
    return serve_only(Var.chosen(options.var))


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="./scoperoom", description="The room where LLM projects get scoped.")
    verbs = top.add_subparsers(dest="verb", required=True)
    servers = verbs.add_parser("servers", help="start only PostgreSQL and Valkey, for development")
    servers.add_argument("--var")
    return top
