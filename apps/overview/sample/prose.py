"""The six sections of prose."""

from pathlib import Path

from apps.accounts.models import User
from apps.dprd import queries
from apps.dprd.actions import save_prose, set_owner, set_state, suggest
from apps.dprd.enums import Key, State
from apps.overview.sample.days import Days
from apps.overview.sample.people import People
from apps.projects.models import Project

TEXTS = Path(__file__).parent / "texts"
OWNERS = {
    Key.PURPOSE: "maja",
    Key.DATA: "karin",
    Key.ARCHITECTURE: "priya",
    Key.DEPENDENCIES: "maja",
    Key.METRICS: "jonas",
    Key.MONITORING: "priya",
}
DRAFTS = {Key.DATA, Key.MONITORING}


def write(project: Project, people: People, days: Days) -> None:
    """Every section by its owner; two are drafts still."""
    for key, who in OWNERS.items():
        owner = people[who]
        _save(project, key, _text(key, days), by=owner)
        section = queries.section(project, key)
        set_owner(section, owner=owner, was=None, by=owner)
        if key not in DRAFTS:
            set_state(section, state=State.READY, was=section.state, by=owner)


def suggest_words(project: Project, people: People) -> None:
    """Lars-Göran, who may comment but not write, knows what March is like."""
    section = queries.section(project, Key.MONITORING)
    before, after = "never on a Friday.", "never on a Friday, never in the spring peak."
    start = section.text.index(before)
    suggest(
        section,
        base_version=section.version,
        start=start,
        end=start + len(before),
        text=after,
        why="In March nobody has the time to look.",
        by=people["lars-goran"],
    )


def _save(project: Project, key: str, text: str, *, by: User) -> None:
    section = queries.section(project, key)
    save_prose(section, base_version=section.version, text=text, client_key=f"sample-{key}-{section.version}", by=by)


def _text(key: str, days: Days) -> str:
    """The Markdown of a section with its days filled in."""
    text = (TEXTS / f"{key}.md").read_text(encoding="utf-8").strip()
    for name, words in days.words.items():
        text = text.replace(f"[{name}]", words)
    return text
