"""Many people save the same section at once; afterwards the history must account for every word.

Each client writes one sentence of its own and sometimes a sentence that all of them fight over, from a base that is
often behind, and now and then sends the same thing twice. The checker reads the database: every acknowledged save is
a revision with the text as it was sent, and every word that anyone sent stands in the text, in a conflict copy, or in
the history. Prints saves per second and milliseconds per save.

    .venv/bin/python -m bench.writers [--clients 20] [--saves 100]
"""

import argparse
import json
import os
import random
import re
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from config.starter import django
from config.starter.testing import servers_for_a_while
from tests.house import House, Visitor, open_house

ANSWER = re.compile(r'data-version="(\d+)".*?<textarea hidden>\n(.*?)</textarea>', re.DOTALL)


RETRIES = 5


@dataclass
class Writer:
    """One browser tab: the text it shows, the version it started from, what the server has acknowledged."""

    visitor: Visitor
    url: str
    number: int
    chance: random.Random
    text: str = ""
    version: int = 1
    acknowledged: list[tuple[str, str]] = field(default_factory=list)
    took: list[float] = field(default_factory=list)
    refused: list[int] = field(default_factory=list)

    def read(self) -> None:
        self._take(self.visitor.get(self.url)[1])

    def write(self, times: int) -> None:
        for turn in range(times):
            mine = self._edited(turn)
            key = f"{self.number}-{turn}"
            for _ in range(2 if self.chance.random() < 0.1 else 1):
                self._send(mine, key)

    def _edited(self, turn: int) -> str:
        """The own sentence written anew, and in one turn of eight the shared one too."""
        own = f"Writer{self.number} says word{self.number}x{turn}."
        text, found = re.subn(rf"Writer{self.number} says [^.]*\.", own, self.text)
        text = text if found else f"{text} {own}".strip()
        if self.chance.random() < 0.125:
            text = re.sub(r"Shared is [^.]*\.", f"Shared is fight{self.number}x{turn}.", text)
        return text

    def _send(self, text: str, key: str) -> None:
        started = time.perf_counter()
        sending = {"text": text, "base_version": str(self.version), "client_key": key}
        status, answer = self._posted(sending)
        self.took.append((time.perf_counter() - started) * 1000)
        if status not in (200, 409) or not ANSWER.search(answer):
            self.refused.append(status)
            return
        self.acknowledged.append((key, text))
        # now and then somebody does not look at the answer and goes on from an old base
        if self.chance.random() < 0.7:
            self._take(answer)

    def _posted(self, sending: dict[str, str]) -> tuple[int, str]:
        """As the editor does: an answer that got lost is asked for again under the same key."""
        for _ in range(RETRIES):
            try:
                return self.visitor.post(self.url, sending)
            except OSError:
                continue
        return 0, ""

    def _take(self, answer: str) -> None:
        found = ANSWER.search(answer)
        assert found, answer[:500]
        self.version, self.text = int(found[1]), found[2]


PEOPLE = """
import json
from uuid import uuid4
from django.test import Client
from apps.accounts.models import User
from apps.dprd import actions, queries
from apps.projects.actions import add_member, create_project
people = [User.objects.create_user(f"writer{{n}}@writers.example", name=f"Writer {{n}}") for n in range({clients})]
project = create_project(by=people[0], title="Writers", pain="x", users="y", in_scope="z")
for person in people[1:]:
    add_member(project, person, role="editor", by=people[0])
actions.save_prose(queries.section(project, "purpose"), base_version=1, text="Shared is nothing.", client_key="start", by=people[0])
def session(person):
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client.cookies["sessionid"].value
print(json.dumps([str(project.pk), [session(person) for person in people]]))
"""

CHECK = """
import json
from apps.core.text.tokens import word_counts
from apps.dprd.models import ConflictCopy, Revision
sent = json.loads({sent!r})
section = Revision.objects.filter(section__project_id={project!r}).first().section
kept = {{(str(r.author), r.client_key): r for r in section.revisions.select_related("author")}}
missing = [(who, key) for who, key, text in sent if (who, key) not in kept or kept[who, key].submitted != text]
waiting = section.revisions.filter(outcome="kept").count()
everywhere = word_counts(section.text)
for copy in ConflictCopy.objects.filter(section=section):
    everywhere += word_counts(copy.other) + word_counts(copy.saved) + word_counts(copy.base)
# a writer's last word is theirs alone, so nobody else may have taken it out of the text
last = {{}}
for who, key, text in sent:
    last[who] = next((word for word in word_counts(text) if word.startswith("word" + who.split()[-1] + "x")), None)
lost = [word for word in last.values() if word and word not in everywhere]
versions = list(section.revisions.exclude(outcome="kept").values_list("version", flat=True))
gaps = sorted(set(range(2, section.version + 1)) - set(versions))
print(json.dumps({{"missing": missing, "waiting": waiting, "lost": lost, "gaps": gaps, "version": section.version,
                  "revisions": len(kept), "conflicts": ConflictCopy.objects.filter(section=section).count()}}))
"""


def rehearse(house: House, *, clients: int, saves: int, seed: int = 7) -> tuple[list[Writer], dict[str, Any]]:
    """Let `clients` save `saves` times each at a running installation, and account for every word."""
    made = house.shell(PEOPLE.format(clients=clients)).splitlines()[-1]
    project, sessions = json.loads(made)
    url = f"/projects/{project}/sections/purpose/save/"
    writers = [
        Writer(Visitor(house.base, session), url, number, random.Random(seed + number))
        for number, session in enumerate(sessions)
    ]
    for writer in writers:
        writer.visitor.get(f"/projects/{project}/sections/purpose/edit/")
        writer.read()
    with ThreadPoolExecutor(clients) as together:
        list(together.map(lambda writer: writer.write(saves), writers))
    sent = [(f"Writer {writer.number}", key, text) for writer in writers for key, text in writer.acknowledged]
    report = house.shell(CHECK.format(sent=json.dumps(sent), project=project)).splitlines()[-1]
    return writers, json.loads(report)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=20)
    parser.add_argument("--saves", type=int, default=100)
    chosen = parser.parse_args()
    with servers_for_a_while() as servers:
        os.environ |= {**django.base_environment(), **servers.environment(), "PLAIN_STATIC": "1"}
        writers, report, seconds = _measured(chosen.clients, chosen.saves)
    took = sorted(ms for writer in writers for ms in writer.took)
    print(f"{len(took)} saves in {seconds:.1f} s: {len(took) / seconds:.0f} a second")
    print(f"p50 {took[len(took) // 2]:.0f} ms, p95 {took[int(len(took) * 0.95)]:.0f} ms")
    print(f"refused {sum(len(writer.refused) for writer in writers)}, {report}")


def _measured(clients: int, saves: int) -> tuple[list[Writer], dict[str, Any], float]:
    with open_house(sample=False) as house:
        started = time.perf_counter()
        writers, report = rehearse(house, clients=clients, saves=saves)
        return writers, report, time.perf_counter() - started


if __name__ == "__main__":
    main()
