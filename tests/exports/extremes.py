"""Projects with nothing in them, with far too much, and with words that run from right to left."""

from typing import Any
from uuid import uuid4

from apps.architecture.actions import add_component, add_flow
from apps.architecture.enums import Lane
from apps.dprd import queries as prose
from apps.dprd.actions import save_prose
from apps.dprd.enums import Key
from apps.projects.actions import add_objective, create_project, frame_project
from apps.projects.models import Project
from apps.registers.declared import registers
from apps.risks.actions import raise_risk
from apps.stakeholders.actions import add_stakeholder
from apps.tables.actions import add_row
from apps.tables.declared import Register
from apps.tables.enums import Kind
from tests.factories.accounts import UserFactory

UNBROKEN = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 3
HEBREW = "אם התשובה נראית בטוחה והיא שגויה, מי אחראי? 42 %"
ARABIC = "إذا بدت الإجابة واثقة وكانت خاطئة (مثل GPT-5) فمن المسؤول؟"


def empty() -> Project:
    return create_project(by=UserFactory(), title="Ø")


def huge(*, rows: int = 12, boxes: int = 40) -> Project:
    """Every field as long as it may be, many rows of each kind, a word that does not break."""
    return _filled("W" * 118, f"{UNBROKEN} and words that go on. ", rows=rows, boxes=boxes)


def right_to_left() -> Project:
    return _filled(HEBREW, f"{ARABIC} {HEBREW} ", rows=1, boxes=8)


def _filled(title: str, words: str, *, rows: int, boxes: int) -> Project:
    host = UserFactory(name=title[:100])
    project = create_project(by=host, title=title[:120], organisation=words[:120])
    long = (words * 400)[:900].strip()
    frame_project(
        project, version=1, by=host, pain=long, whose=words[:300], in_scope=long, out_of_scope=long, must_not=long,
        later=long, other_use_cases=long, alternatives=long, autonomy="draft", ranking=["quality", "cost", "latency", "time"],
        signs=["reading", "bought"], users=long, expectations=long, process=long, frequency_and_cost=long,
    )  # fmt: skip
    for key in Key:
        text = f"# {words[:60]}\n\n{long}\n\n- {words}\n- {words}\n\n| {words[:80]} | b |\n| --- | --- |\n| {words} | 1 |\n\n> {words}\n\n`{words[:200]}`"
        save_prose(prose.section(project, key), base_version=1, text=text, client_key=f"x-{key}", by=host)
    for number in range(rows):
        name = f"{number} {words}"
        add_objective(project, title=name[:200], metric=words[:160], unit=words[:40], baseline=number, target="99999999999.999", baseline_source=words[:200], direction="at_most", method=words[:200], owner=words[:120], by=host)  # fmt: skip
        raise_risk(project, title=name[:160], cause=long[:1000], event=long[:1000], consequence=long[:1000], owner=words[:120], mitigation=long, likelihood=1 + number % 5, impact=1 + number // 5 % 5, by=host)  # fmt: skip
        add_stakeholder(project, name=name[:120], organisation=words[:120], unit=words[:120], own_role=words[:120], remarks=long[:1000], influence=1 + number % 5, interest=1 + number // 5 % 5, by=host)  # fmt: skip
        for register in registers():
            add_row(project, register.key, values=_values(register, number, words, long), by=host)
    _draw(project, words, boxes, host)
    return project


def _values(register: Register, number: int, words: str, long: str) -> dict[str, Any]:
    of_kind = {
        Kind.TEXT: words[:300], Kind.PERSON: words[:120], Kind.LONG: long, Kind.NUMBER: "99999999999",
        Kind.DAY: "2099-12-31", Kind.YES_NO: "yes",
    }  # fmt: skip
    values = {
        column.key: column.choices[number % len(column.choices)][0] if column.choices else of_kind.get(column.kind)
        for column in register.columns
    }
    return {key: value for key, value in {**values, "name": f"{number} {words}"[:300]}.items() if value}


def _draw(project: Project, words: str, boxes: int, by: Any) -> None:
    lanes = list(Lane)
    made = [
        add_component(
            project, key=uuid4(), lane=lanes[number * len(lanes) // boxes], name=f"{number} {words}"[:60],
            detail=words[:80], zone=("ours", "vendor", "public")[number % 3], personal=number % 4 == 0, by=by,
        )
        for number in range(boxes)
    ]  # fmt: skip
    for number, one in enumerate(made):
        for step in (1, 5, 11) if number % 3 == 0 else (2,):
            other = made[(number + step) % boxes]
            add_flow(project, source=one, target=other, carries=words[:80], personal=number % 4 == 0, by=by)
