from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from apps.assessments import triage
from apps.assessments.enums import Need, Tier
from apps.assessments.models import Triage
from apps.assessments.triage import Catalog, Duty, Question, Result
from apps.core.text.diff import as_html, redline
from apps.projects import sections
from apps.projects.models import Project
from apps.tables import catalogs
from apps.tables.models import OwnEntry

OWN = "triage"
"""What the company's own questions are kept under."""


def of(project: Project) -> Triage:
    """The project's triage; one that nobody has begun is there too, unsaved."""
    return sections.once(project, "triage", _triage)


def _triage(project: Project) -> Triage:
    found = Triage.objects.filter(project=project).select_related("answered_by", "decided_by").first()
    return found or Triage(project=project, edition=triage.catalog().edition)


def asked(project: Project) -> Catalog:
    """The shipped questions and the company's own."""
    return sections.once(project, "triage asks", lambda _project: triage.catalog().and_own(own_questions()))


def own_questions() -> list[Question]:
    return [_question(entry) for entry in catalogs.own_entries(OWN)]


def _question(entry: OwnEntry) -> Question:
    said = entry.values
    return Question(catalogs.own_key(entry), entry.name, said["help"], said["follows"], said["lands"])


def result(project: Project) -> Result:
    """What follows from the answers by the questions of today."""
    return triage.assess(of(project).answers, asked(project))


def outcome(project: Project) -> dict[str, Any]:
    """What follows as it stands in the document: a newer edition changes nothing before it is taken."""
    found = of(project)
    if is_older(found) and found.outcome:
        return dict(found.outcome)
    return triage.as_data(result(project), asked(project))


def is_older(found: Triage) -> bool:
    return bool(found.answers) and found.edition != triage.catalog().edition


@dataclass(frozen=True)
class Newer:
    """What another edition than the one that was answered says, before anybody takes it.

    `new` and `gone` are questions, `reworded` those asked in other words; `more` and `less` is what follows.
    """

    edition: str
    new: Sequence[str]
    gone: Sequence[str]
    reworded: Sequence[SafeString]
    tier: tuple[str, str]
    need: tuple[str, str]
    more: Sequence[str]
    less: Sequence[str]

    @property
    def is_same(self) -> bool:
        """The answers lead to the same, and every question was answered."""
        return not (self.new or self.more or self.less or len(set(self.tier)) > 1 or len(set(self.need)) > 1)


def newer(project: Project) -> Newer | None:
    """None while the answers are on today's edition, or nobody knows what was asked then."""
    found = of(project)
    if not is_older(found) or not found.outcome:
        return None
    now, then = {key: one.ask for key, one in triage.catalog().asked.items()}, found.asked
    before, after = found.outcome, triage.as_data(result(project), asked(project))
    followed, follows = ([duty["what"] for duty in one["duties"]] for one in (before, after))
    return Newer(
        edition=found.edition,
        new=[ask for key, ask in now.items() if key not in then],
        gone=[ask for key, ask in then.items() if key not in now],
        reworded=[as_html(redline(then[key], ask)) for key, ask in now.items() if then.get(key, ask) != ask],
        tier=(str(Tier(before["tier"]).label), str(Tier(after["tier"]).label)),
        need=(str(Need(before["need"]).label), str(Need(after["need"]).label)),
        more=[what for what in follows if what not in followed],
        less=[what for what in followed if what not in follows],
    )


SEAT = "seat"
"""Where a duty lands that asks for a person."""
SEATS = {"seat_dpo": "legal", "seat_supervisor": "regulatory"}
"""The seat that a duty asks for."""


def seated(project: Project) -> set[str]:
    """The duties whose seat somebody has."""
    roles = set(project.stakeholders.filter(role__in=SEATS.values()).values_list("role", flat=True))
    return {key for key, role in SEATS.items() if role in roles}


@dataclass(frozen=True)
class Landing:
    """What follows and belongs into one register, or to the table when it is a seat: each with whether it is there."""

    register: str
    duties: list[tuple[Duty, bool]]

    @property
    def is_seat(self) -> bool:
        return self.register == SEAT

    @property
    def waiting(self) -> int:
        return sum(not is_there for _duty, is_there in self.duties)


def landings(project: Project) -> list[Landing]:
    """What follows, by where it goes, in the order of the law."""
    there, seats = taken(project), seated(project)
    found: dict[str, list[tuple[Duty, bool]]] = defaultdict(list)
    for duty in result(project).duties:
        found[duty.lands].append((duty, duty.key in seats if duty.lands == SEAT else is_taken(duty, there)))
    return [Landing(register, duties) for register, duties in found.items()]


def is_taken(duty: Duty, there: set[tuple[str, str]]) -> bool:
    return (duty.name, origin(duty)) in there


def origin(duty: Duty) -> str:
    """Where a row says that it came from."""
    return _("Triage, %(article)s") % {"article": duty.article}


def taken(project: Project) -> set[tuple[str, str]]:
    """Name and origin of every row that came from somewhere."""
    rows = project.rows.filter(removed_at=None).exclude(came_from="")
    return {(values.get("name", ""), came_from) for values, came_from in rows.values_list("values", "came_from")}
