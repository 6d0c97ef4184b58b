"""Who sits at the table."""

from dataclasses import dataclass

from apps.accounts.models import User
from apps.projects.actions import add_member
from apps.projects.enums import Role
from apps.projects.models import Project
from apps.stakeholders.actions import add_stakeholder, answer_call, note_seat, set_duties, take_proposals
from apps.stakeholders.enums import Answer, Letter

HOST = "maja"
STOCKHOLM = "Europe/Stockholm"
People = dict[str, User]


@dataclass(frozen=True)
class Somebody:
    key: str
    name: str
    unit: str
    seat: str
    own_role: str
    influence: int
    interest: int
    role: str
    remarks: str = ""
    time_zone: str = STOCKHOLM
    days: str = ""
    availability: str = ""

    @property
    def email(self) -> str:
        return f"{self.key}@norrwater.example"


SERVICES, OPERATIONS, ANALYTICS, IT, LEGAL = (
    "Digital services", "Customer operations", "Data & analytics", "IT", "Legal",
)  # fmt: skip
EVERYBODY = [
    Somebody("maja", "Maja Lindqvist", SERVICES, "product_manager", "", 4, 5, Role.HOST),
    Somebody("anders", "Anders Holm", OPERATIONS, "sponsor", "", 5, 3, Role.REVIEWER,
             "Signs. Has 60 k€ in this year’s budget and wants to know whether it is under 50."),
    Somebody("erik", "Erik Sandberg", OPERATIONS, "product_owner", "support lead", 4, 5, Role.EDITOR,
             "Afraid of yet another tool."),
    Somebody("fatima", "Fatima Nouri", OPERATIONS, "domain_expert", "agent", 2, 5, Role.EDITOR,
             "Wrote half the handbook."),
    Somebody("lars-goran", "Lars-Göran Öberg", OPERATIONS, "end_user", "agent", 2, 4, Role.REVIEWER,
             "A sceptic.", days="123", availability="On the phone only."),
    Somebody("jonas", "Jonas Weber", ANALYTICS, "data_scientist", "", 3, 4, Role.EDITOR, availability="Half time until March."),
    Somebody("priya", "Priya Raman", IT, "ml_engineer", "", 3, 4, Role.EDITOR, "In Bengaluru.", time_zone="Asia/Kolkata"),
    Somebody("tomas", "Tomas Ek", IT, "software_engineer", "ticket system", 3, 3, Role.EDITOR),
    Somebody("karin", "Karin Åström", LEGAL, "legal", "", 4, 3, Role.EDITOR,
             "Must approve Data sources, Responsible use and Risks."),
]  # fmt: skip


def host() -> User:
    return _user(next(person for person in EVERYBODY if person.key == HOST))


def seat_everybody(project: Project, by: User) -> People:
    """Everybody becomes a member and stands in the register; two seats stay empty."""
    people = {person.key: _user(person) for person in EVERYBODY}
    for person in EVERYBODY:
        add_member(project, people[person.key], role=person.role, by=by)
        add_stakeholder(
            project,
            name=person.name,
            email=person.email,
            organisation=project.organisation,
            unit=person.unit,
            role=person.seat,
            own_role=person.own_role,
            influence=person.influence,
            interest=person.interest,
            remarks=person.remarks,
            time_zone=person.time_zone,
            days=person.days,
            availability=person.availability,
            by=by,
        )
    return people


def say_who_does_what(project: Project, by: User) -> None:
    """As the catalog proposes; those who keep a text are responsible for it anyway. Karin has to approve."""
    take_proposals(project, section="", by=by)
    karin = project.stakeholders.get(name="Karin Åström")
    for section in ("data", "risks", "responsible"):
        set_duties(project, section, letters={karin.pk: Letter.APPROVES}, was={}, by=by)


def waive_procurement(project: Project, by: User) -> None:
    """The works council is called for too, and nobody has answered yet."""
    reason = "Anders buys through the company’s frame contract; procurement has seen the terms."
    answer_call(project, "spend", answer=Answer.WAIVED, reason=reason, by=by)


def note_the_empty_seats(project: Project, by: User) -> None:
    note_seat(project, "security", words="Ask IT.", seen="", by=by)
    note_seat(project, "ethics", words="Nobody yet.", seen="", by=by)


def _user(person: Somebody) -> User:
    """The account of a person of the sample, made once."""
    there = User.objects.filter(email=person.email).first()
    return there or User.objects.create_user(
        person.email, name=person.name, time_zone=person.time_zone, is_sample=True, is_staff=person.key == HOST
    )
