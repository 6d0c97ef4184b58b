"""A storm over one project at the running product; afterwards a checker proves that nobody's words are lost.

Clients edit two sections, the rows of a register and comments at random: from old bases, with delays, lost answers,
retries, duplicates that come late, sendings that overtake each other, while the web processes are killed with -9 and
started again. Every client writes down what stood on its screen, what it sent and what was acknowledged. Then the
database is read and compared with these diaries; see CHECK. The seed decides who does what; the clock still decides
who comes first.

    .venv/bin/python -m bench.storm [--clients 12] [--turns 60] [--kills 3] [--seed 1]
"""

import argparse
import http.client
import json
import os
import random
import re
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from html import unescape
from threading import Event, Thread
from typing import Any
from urllib.parse import urlencode, urlsplit

from config.starter import django
from config.starter.testing import servers_for_a_while
from tests.house import House, Visitor, _answers, open_house, wait_for

ANSWER = re.compile(r'data-version="(\d+)".*?<textarea hidden>\n(.*?)</textarea>', re.DOTALL)
VERSION = re.compile(r'name="version" value="(\d+)"')
SECTIONS = ("purpose", "monitoring")
REGISTER, FIELDS = "constraints", ("name", "effect")
PATIENCE = 30.0
HEADERS = {"HX-Request": "true"}
TOKEN = re.compile(r"\bc\d+t\d+\b")


@dataclass
class Screen:
    """A section as one client sees it: its text, its version, and its own sending that the text was written from."""

    text: str = ""
    version: int = 1
    key: str = ""


@dataclass(frozen=True)
class Late:
    """A duplicate that is still under way, and how its first sending was answered."""

    address: str
    body: dict[str, str]
    status: int


@dataclass
class Client:
    """One browser tab with a diary of what it saw, sent and heard."""

    number: int
    visitor: Visitor
    project: str
    rows: list[str]
    chance: random.Random
    screens: dict[str, Screen] = field(default_factory=lambda: {key: Screen() for key in SECTIONS})
    sendings: list[dict[str, Any]] = field(default_factory=list)
    cells: list[dict[str, Any]] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    late: list[Late] = field(default_factory=list)
    otherwise: list[str] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)
    made: int = 0
    patience: float = PATIENCE

    def live(self, turns: int) -> None:
        self.visitor.token = self._token()
        for key in SECTIONS:
            self.look(key)
        for _ in range(turns):
            time.sleep(self.chance.random() * 0.02)
            what = self.chance.random()
            if what < 0.66:
                self.write(self.chance.choice(SECTIONS))
            elif what < 0.82:
                self.change_cell()
            elif what < 0.9:
                self.comment()
            elif what < 0.95:
                self.look(self.chance.choice(SECTIONS))
            else:
                self.send_something_old()

    # Sections

    def write(self, section: str) -> None:
        """One pause in typing, sometimes two before an answer is there."""
        screen = self.screens[section]
        first = self._sending(section, screen, self._edited(screen.text))
        if self.chance.random() < 0.12:
            # the second overtakes the first, as when a tab closes and another one sends what was left
            second = self._sending(
                section,
                Screen(first["text"], first["base_version"], first["key"]),
                self._edited(first["text"]),
                seen=first["base"],
            )
            for sending in (second, first):
                self._deliver(section, sending)
            self.look(section)
            return
        answer = self._deliver(section, first)
        if answer is None:
            return
        version, _text = answer
        if self.chance.random() < 0.25:
            # went on typing while the answer was under way
            on = self._sending(section, Screen(first["text"], version, first["key"]), self._edited(first["text"]))
            answer = self._deliver(section, on)
        if answer and self.chance.random() < 0.75:
            self.screens[section] = Screen(answer[1], answer[0])

    def look(self, section: str) -> None:
        found = ANSWER.search(self._asked(self._address(section), None)[1])
        assert found, f"client {self.number} cannot read {section}"
        self.screens[section] = Screen(unescape(found[2]), int(found[1]))

    def _sending(self, section: str, screen: Screen, text: str, seen: str = "") -> dict[str, Any]:
        """Into the diary; `seen` is what stood on the screen before `screen`, when the server knows no more than that."""
        key = f"{self.number}-{len(self.sendings)}"
        sending = {
            "section": section, "key": key, "text": text, "base": screen.text, "seen": seen,
            "base_version": screen.version, "base_key": screen.key, "acknowledged": False,
        }  # fmt: skip
        self.sendings.append(sending)
        return sending

    def _deliver(self, section: str, sending: dict[str, Any]) -> tuple[int, str] | None:
        body = {
            "text": sending["text"], "base_version": str(sending["base_version"]), "base_key": sending["base_key"],
            "client_key": sending["key"],
        }  # fmt: skip
        address = self._address(section)
        status, page = self._asked(address, body)
        found = ANSWER.search(page)
        if status not in (200, 409) or not found or 'data-outcome="current"' in page:
            self.refused[f"section {status}"] += 1
            return None
        sending["acknowledged"] = True
        if self.chance.random() < 0.2:
            self.late.append(Late(address, body, status))
        return int(found[1]), unescape(found[2])

    def _edited(self, text: str) -> str:
        """A few of the things that people do to a text, each with a word that nobody else ever writes."""
        for _ in range(self.chance.choice((1, 1, 2))):
            text = self._edited_once(text)
        return text

    def _edited_once(self, text: str) -> str:
        parts = re.findall(r"[^.]*\.\s*", text)
        at = self.chance.randrange(len(parts) + 1)
        what = self.chance.random()
        if what < 0.4 or not parts:
            parts.insert(at, f"{self._token_word()} came here. ")
            return "".join(parts)
        at = min(at, len(parts) - 1)
        words = parts[at].split(" ")
        place = self.chance.randrange(len(words))
        if what < 0.65:
            words[place] = self._token_word() + ("." if words[place].endswith(".") else "")
        elif what < 0.85:
            words.insert(place, self._token_word())
        elif what < 0.93:
            words = []
        else:
            words = [f"{self._token_word()} split it.\n\n", *words]
        parts[at] = " ".join(words)
        return "".join(parts)

    def _token_word(self) -> str:
        self.made += 1
        return f"c{self.number}t{self.made}"

    # Rows and comments

    def change_cell(self, place: tuple[str, str] | None = None, value: str = "") -> str:
        """Write into a cell what nobody wrote before, or `value`; what was written."""
        row, column = place or (self.chance.choice(self.rows), self.chance.choice(FIELDS))
        value = value or self._token_word()
        page = self._asked(f"/projects/{self.project}/registers/{REGISTER}/{row}/edit/", None)[1]
        version = VERSION.search(page)
        if not version:
            self.refused["row read"] += 1
            return value
        time.sleep(self.chance.random() * 0.05)
        key = f"cell-{self.number}-{len(self.cells)}"
        address = f"/projects/{self.project}/registers/{REGISTER}/{row}/cell/{column}/"
        body = {column: value, "version": version[1], "client_key": key}
        status, _page = self._asked(address, body)
        if status not in (200, 302, 409):
            self.refused[f"cell {status}"] += 1
            return value
        self.cells.append({
            "row": row, "column": column, "value": value, "version": int(version[1]), "key": key, "taken": status != 409,
        })  # fmt: skip
        if place or self.chance.random() < 0.4:
            self.late.append(Late(address, body, status))
        return value

    def comment(self) -> None:
        body = f"{self._token_word()} said so."
        target = f"section:{self.chance.choice(SECTIONS)}"
        sent = {"target": target, "body": body, "quote": "", "sending": f"{self.number}-{self.made}"}
        address = f"/projects/{self.project}/comments/add/"
        status, _page = self._asked(address, sent)
        if status not in (200, 302):
            self.refused[f"comment {status}"] += 1
            return
        self.comments.append(body)
        if self.chance.random() < 0.4:
            self.late.append(Late(address, sent, status))

    # The network

    def send_something_old(self) -> None:
        """A duplicate that was under way for long arrives after everything else."""
        if self.late:
            late = self.late.pop(self.chance.randrange(len(self.late)))
            status, _page = self._asked(late.address, late.body)
            if status != late.status:
                what = late.address.removeprefix(f"/projects/{self.project}/").split("/")[0]
                self.otherwise.append(f"{what}: a duplicate was answered {status}, its first sending {late.status}")

    def _asked(self, address: str, body: dict[str, str] | None) -> tuple[int, str]:
        """As the editor does: ask again under the same key until there is an answer; now and then one gets lost."""
        until, status = time.monotonic() + self.patience, 0
        while time.monotonic() < until:
            if body is not None and self.chance.random() < 0.06:
                self._lose_the_answer(address, body)
            with suppress(OSError, http.client.HTTPException):
                status, page = (
                    self.visitor.get(address) if body is None else self.visitor.post(address, body, **HEADERS)
                )
                if status < 500:
                    return status, page
            time.sleep(0.1 + self.chance.random() * 0.2)
        return status, ""

    def _lose_the_answer(self, address: str, body: dict[str, str]) -> None:
        connection = http.client.HTTPConnection(urlsplit(self.visitor.base).netloc, timeout=10)
        cookie = "; ".join(f"{key}={value}" for key, value in self.visitor.cookies.items())
        sent = urlencode({"csrfmiddlewaretoken": self.visitor.token, **body})
        headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded", **HEADERS}
        with suppress(OSError):
            connection.request("POST", address, sent, headers)
        connection.close()

    def _token(self) -> str:
        self._asked(f"/projects/{self.project}/sections/purpose/edit/", None)
        return self.visitor.token

    def _address(self, section: str) -> str:
        return f"/projects/{self.project}/sections/{section}/save/"


PEOPLE = """
import json
from django.test import Client
from apps.accounts.models import User
from apps.dprd import actions, queries
from apps.projects.actions import add_member, create_project
from apps.tables.actions import add_row
people = [User.objects.create_user(f"storm{{n}}@storm.example", name=f"Storm {{n}}") for n in range({clients})]
project = create_project(by=people[0], title="Storm", pain="x", users="y", in_scope="z")
for person in people[1:]:
    add_member(project, person, role="editor", by=people[0])
for key in {sections!r}:
    text = " ".join(f"Sentence c999t{{n}} of the start stands here quietly." for n in range(8))
    actions.save_prose(queries.section(project, key), base_version=1, text=text, client_key="start", by=people[0])
rows = [add_row(project, {register!r}, values={{"name": f"Row {{n}}"}}, by=people[0]) for n in range(4)]
def session(person):
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client.cookies["sessionid"].value
print(json.dumps([str(project.pk), [str(row.pk) for row in rows], [session(person) for person in people]]))
"""

# What must hold, whatever happened. A diary says what stood on a client's screen (`base`) and what it sent (`text`).
CHECK = r"""
import json, re
from collections import Counter
from apps.comments.models import Comment
from apps.dprd.models import ConflictCopy, Revision, Section
from apps.registers.models import Row, RowRevision
TOKEN = re.compile(r"\bc\d+t\d+\b")
def tokens(text): return set(TOKEN.findall(text))
def twice(text): return {{word for word, count in Counter(TOKEN.findall(text)).items() if count > 1}}
diary = json.loads(open({diary!r}).read())
wrong = []
counts = {{}}
for section in Section.objects.filter(project_id={project!r}, key__in={sections!r}):
    sent = {{one["key"]: one for one in diary["sendings"] if one["section"] == section.key}}
    found = list(section.revisions.exclude(client_key="start").order_by("version", "updated_at").prefetch_related("conflicts"))
    kept = {{one.client_key: one for one in found}}
    if len(kept) != len(found): wrong.append(f"{{section.key}}: a sending was taken in twice")
    for key, one in sent.items():
        if one["acknowledged"] and key not in kept: wrong.append(f"{{section.key}}: acknowledged, but not there: {{key}}")
        if key in kept and kept[key].submitted != one["text"].replace("\r\n", "\n"): wrong.append(f"{{section.key}}: stored otherwise than sent: {{key}}")
    before = section.revisions.get(client_key="start")
    # what a sending brought that came after the one written on top of it: both know these words, neither from the other
    overtaken = set().union(*(tokens(one["base"]) - tokens(one["seen"]) for one in sent.values() if one["seen"]))
    everything = set(tokens(section.text))
    for one in found:
        if one.outcome == "kept":
            if sent.get(one.client_key, {{}}).get("acknowledged"): wrong.append(f"{{section.key}}: acknowledged, but never merged: {{one.client_key}}")
            continue
        told = sent.get(one.client_key)
        if told is None: wrong.append(f"{{section.key}}: from nowhere: {{one.client_key}}"); continue
        beside = set().union(*(tokens(copy.other + copy.saved + copy.base) for copy in one.conflicts.all()))
        everything |= beside
        came, went = tokens(told["text"]) - tokens(told["base"]), tokens(told["base"] + told["seen"]) - tokens(told["text"])
        if missing := came - tokens(one.text) - beside: wrong.append(f"{{section.key}} v{{one.version}}: typed, but in no text or copy: {{sorted(missing)}}")
        if lost := tokens(before.text) - tokens(one.text) - went - beside: wrong.append(f"{{section.key}} v{{one.version}}: gone, though {{one.client_key}} had not seen it: {{sorted(lost)}}")
        if undone := (tokens(told["base"]) - tokens(told["text"])) & tokens(one.text) - beside: wrong.append(f"{{section.key}} v{{one.version}}: taken out, but still there: {{sorted(undone)}} {{one.client_key}}")
        if doubled := twice(one.text) - overtaken: wrong.append(f"{{section.key}} v{{one.version}}: written once, there twice: {{sorted(doubled)}} {{one.client_key}}")
        if strange := tokens(one.text) - tokens(before.text) - tokens(told["text"]): wrong.append(f"{{section.key}} v{{one.version}}: words from nowhere: {{sorted(strange)}} {{one.client_key}} {{one.outcome}}")
        if one.version not in (before.version, before.version + 1): wrong.append(f"{{section.key}}: a gap before v{{one.version}}")
        before = one
    if before.text != section.text or before.version != section.version: wrong.append(f"{{section.key}}: the history does not end in the text")
    # what an acknowledged sending brought is in the text, beside it, or was taken out by somebody who had seen it
    taken_out = set().union(*(tokens(one["base"]) - tokens(one["text"]) for one in sent.values()))
    for one in sent.values():
        if one["acknowledged"] and (lost := tokens(one["text"]) - tokens(one["base"]) - everything - taken_out):
            wrong.append(f"{{section.key}}: lost for good: {{sorted(lost)}}")
    for number, (version, text) in diary["screens"][section.key].items():
        if (version, text) != (section.version, section.text): wrong.append(f"{{section.key}}: client {{number}} ends with another text")
    counts[section.key] = dict(version=section.version, sent=len(sent), revisions=len(found), conflicts=ConflictCopy.objects.filter(section=section).count())
noted = {{}}
for one in RowRevision.objects.filter(row__project_id={project!r}).exclude(change="added").order_by("version"):
    if not one.client_key.startswith("cell-"): wrong.append(f"row: from nowhere: v{{one.version}} {{one.sent}} {{one.client_key}}")
    noted.setdefault(one.client_key, []).append(one)
last, stands = {{}}, {{}}
for cell in sorted(diary["cells"], key=lambda cell: min((one.version or 0 for one in noted.get(cell["key"], [])), default=0)):
    rows = noted.get(cell["key"], [])
    if len(rows) != 1 or rows[0].sent.get(cell["column"]) != cell["value"]: wrong.append(f"row: {{cell}} is {{len(rows)}} times in the history"); continue
    if (rows[0].version is not None) != cell["taken"]: wrong.append(f"row: answered otherwise than stored: {{cell}}")
    if rows[0].version is None: continue
    place = (cell["row"], cell["column"])
    if place in last and cell["version"] < last[place]: wrong.append(f"row: {{cell}} went over a value that its writer had not seen")
    last[place], stands[place] = rows[0].version, cell
for (row, column), cell in stands.items():
    if (now := Row.objects.get(pk=row).values.get(column)) != cell["value"]: wrong.append(f"row: {{now}} went over what was written last: {{cell}}")
said = Counter(Comment.objects.filter(thread__project_id={project!r}).values_list("body", flat=True))
wrong += [f"comment is there {{said[body]}} times: {{body}}" for body in diary["comments"] if said[body] != 1]
counts["cells"], counts["comments"] = len(diary["cells"]), len(diary["comments"])
print(json.dumps([wrong[:40], counts]))
"""


@dataclass
class Report:
    wrong: list[str]
    counts: dict[str, Any]
    refused: dict[str, int]
    kills: int
    seconds: float
    errors: list[str]


def storm(house: House, *, clients: int, turns: int, kills: int, seed: int) -> Report:
    """Let it rage, wait until everybody has looked once more, and compare the diaries with the database."""
    started = time.monotonic()
    stdin = PEOPLE.format(clients=clients, sections=SECTIONS, register=REGISTER)
    project, rows, sessions = json.loads(house.shell(stdin).splitlines()[-1])
    people = [
        Client(number, Visitor(house.base, session), project, rows, random.Random(seed * 1000 + number))
        for number, session in enumerate(sessions)
    ]
    over = Event()
    killer = Killer(house, kills, random.Random(seed), over)
    killer.start()
    with ThreadPoolExecutor(clients) as together:
        list(together.map(lambda person: person.live(turns), people))
    over.set()
    killer.join()
    for person, other in zip(people, [*people[1:], people[0]], strict=True):
        _put_back(person, other)
    for person in people:
        person.patience = 5.0
        while person.late:
            person.send_something_old()
    for person in people:
        for section in SECTIONS:
            person.look(section)
    wrong, counts = _checked(house, project, people)
    wrong += [line for person in people for line in person.otherwise]
    refused = sum((person.refused for person in people), Counter())
    return Report(wrong, counts, dict(refused), killer.done, time.monotonic() - started, _errors(house))


def _put_back(person: Client, other: Client) -> None:
    """One changes a cell, another gives it back what it held: nothing but its key shows that a duplicate is one."""
    place = person.chance.choice(person.rows), person.chance.choice(FIELDS)
    before = other.change_cell(place)
    person.change_cell(place)
    other.change_cell(place, before)


class Killer(Thread):
    """Kills the web processes with -9, and starts them again."""

    def __init__(self, house: House, kills: int, chance: random.Random, over: Event) -> None:
        super().__init__()
        self.house, self.kills, self.chance, self.over, self.done = house, kills, chance, over, 0

    def run(self) -> None:
        for _ in range(self.kills):
            if self.over.wait(0.5 + self.chance.random() * 2):
                return
            self.house.kill("web")
            time.sleep(self.chance.random() * 0.5)
            self.house.start("web")
            wait_for(lambda: _answers(f"{self.house.base}/livez"), "the web process")
            self.done += 1


def _checked(house: House, project: str, people: list[Client]) -> tuple[list[str], dict[str, Any]]:
    diary = {
        "sendings": [sending for person in people for sending in person.sendings],
        "cells": [cell for person in people for cell in person.cells],
        "comments": [body for person in people for body in person.comments],
        "screens": {
            key: {person.number: (person.screens[key].version, person.screens[key].text) for person in people}
            for key in SECTIONS
        },
    }
    place = house.folder / "diary.json"
    place.write_text(json.dumps(diary))
    code = CHECK.format(diary=str(place), project=project, sections=SECTIONS)
    wrong, counts = json.loads(house.shell(code).splitlines()[-1])
    return wrong, counts


def _errors(house: House) -> list[str]:
    """What the web processes complained of, each kind once."""
    log = (house.folder / "web.log").read_text(errors="replace")
    return sorted(
        set(
            re.findall(
                r"(?:^|\\n)([A-Za-z_.]+(?:Error|Exception|Timeout|Detected|DoesNotExist): [^\"\\\n]{0,200})", log
            )
        )
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=12)
    parser.add_argument("--turns", type=int, default=60)
    parser.add_argument("--kills", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    with servers_for_a_while() as servers:
        os.environ |= {**django.base_environment(), **servers.environment(), "PLAIN_STATIC": "1"}
        with open_house(sample=False) as house:
            report = storm(house, clients=chosen.clients, turns=chosen.turns, kills=chosen.kills, seed=chosen.seed)
    print(f"seed {chosen.seed}: {report.counts}")
    print(f"{report.kills} kills, refused {report.refused}, {report.seconds:.0f} s")
    print("\n".join(report.errors), end="")
    print("\n".join(report.wrong) or "nothing is lost, everybody has the same text")
    sys.exit(bool(report.wrong))


if __name__ == "__main__":
    main()
