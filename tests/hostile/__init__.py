"""Strings that must stay strings: one a line, of our own collecting."""

from pathlib import Path

STRINGS = [line for line in (Path(__file__).parent / "strings.txt").read_text(encoding="utf-8").split("\n") if line]
