"""Two rounds: those who have to approve say so before the first baseline; then the review of what changed since, in
which five of eight have answered."""

from apps.accounts.models import User
from apps.overview.sample.days import Days
from apps.overview.sample.people import People
from apps.projects.models import Project
from apps.reviews.actions import close_round, note_opened, open_round, send_answers
from apps.reviews.enums import Answer, Asked
from apps.reviews.models import ReviewRequest, Round

SECTIONS = ["purpose", "objectives", "data", "metrics", "monitoring", "risks"]
NOTE = (
    "Since the first baseline: the baseline of “light edits” is open again, wrong advice has no owner, "
    "and the cost alarm moved. Please answer for your sections; Anders signs the next baseline after that."
)
ASKED = {
    "karin": Asked.APPROVE, "erik": Asked.APPROVE, "fatima": Asked.COMMENT, "jonas": Asked.COMMENT,
    "priya": Asked.COMMENT, "tomas": Asked.COMMENT, "lars-goran": Asked.COMMENT, "maja": Asked.COMMENT,
}  # fmt: skip
# What is not simply agreed to, by person and section.
DOUBTS = {
    ("lars-goran", "objectives"): "0 % was never true: we have templates. Measure them first, then promise a number.",
    ("lars-goran", "monitoring"): "Under 40 % used for a week is too late. By then nobody opens it any more.",
    ("fatima", "data"): "Four chapters is what I know of. Plan for six.",
}
ANSWERED = ("fatima", "jonas", "priya", "lars-goran", "maja")
READING = ("karin", "erik")


NEED_APPROVAL = [
    "data", "architecture", "dependencies", "metrics", "monitoring", "feasibility", "model", "risks", "responsible",
]  # fmt: skip
CONDITION = "Only with the legal basis settled before any reply leaves the ticket system."


def approve_the_first(project: Project, people: People, days: Days, by: User) -> Round:
    """Karin and Erik must approve before Anders is asked to sign; Tomas and Maja answer for the other sections."""
    asked = [(people[who], Asked.APPROVE) for who in ("karin", "erik", "tomas", "maja")]
    title = "Approvals before the first baseline"
    opened = open_round(project, sections=NEED_APPROVAL, people=asked, due=days.review, title=title, by=by)
    for request in opened.requests.select_related("round__project", "user"):
        given = request.responses.all()
        answers: dict[str, tuple[str, str, int]] = {one.section: (Answer.AGREE, "", one.version) for one in given}
        if request.user == people["karin"]:
            answers["data"] = (Answer.RESERVATIONS, CONDITION, answers["data"][2])
        note_opened(request, by=request.user)
        send_answers(request, answers=answers, by=request.user)
    return close_round(opened, version=opened.version, by=by)


def open_review(project: Project, people: People, days: Days, by: User) -> Round:
    asked = [(people[who], what) for who, what in ASKED.items()]
    opened = open_round(
        project,
        sections=SECTIONS,
        people=asked,
        due=days.review,
        title="Review before the second baseline",
        note=NOTE,
        by=by,
    )
    for who in (*ANSWERED, *READING):
        note_opened(_request(opened, people[who]), by=people[who])
    for who in ANSWERED:
        _answer(opened, who, people[who])
    return opened


def _answer(opened: Round, who: str, user: User) -> None:
    request = _request(opened, user)
    answers = {
        response.section: (*_said(who, response.section), response.version) for response in request.responses.all()
    }
    send_answers(request, answers=answers, by=user)


def _said(who: str, section: str) -> tuple[str, str]:
    doubt = DOUBTS.get((who, section), "")
    return (Answer.RESERVATIONS if doubt else Answer.AGREE), doubt


def _request(opened: Round, user: User) -> ReviewRequest:
    return opened.requests.select_related("round__project", "user").get(user=user)
