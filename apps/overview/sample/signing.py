"""The first baseline, and three signatures on it."""

from apps.accounts.models import User
from apps.overview.sample.days import Days
from apps.overview.sample.people import People
from apps.projects.models import Project
from apps.scope.actions import freeze
from apps.scope.models import Baseline
from apps.signoffs import codes
from apps.signoffs.actions import ask_to_sign, sign
from apps.signoffs.queries import requests

DECISION = "Go, with two conditions: the legal basis before any reply leaves the ticket system, and no go-live in the spring peak."
SIGNERS = [("karin", "data protection officer", 1), ("erik", "product owner", 1), ("anders", "sponsor", 2)]


def sign_first_baseline(project: Project, people: People, days: Days, by: User) -> Baseline:
    """Frozen by the host, signed by everybody who was asked, each with a code of their own."""
    baseline = freeze(project, decision=DECISION, by=by)
    for who, role, step in SIGNERS:
        ask_to_sign(baseline, signers=[people[who]], role=role, step=step, due=days.signing, by=by)
    for request in requests(baseline):
        _code, digits = codes.make(request)
        sign(request, code=digits, name=request.signer.name, agreed=True, by=request.signer)
    return baseline
