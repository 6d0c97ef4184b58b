"""What comes along into a copy, and what never does."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps

from apps.architecture.actions import add_flow
from apps.assessments import triage
from apps.assessments.actions import answer_triage
from apps.dprd import actions as prose
from apps.dprd.queries import section
from apps.events.models import Event
from apps.projects import copying
from apps.projects.models import Objective, Project
from apps.risks.actions import close_risk, raise_risk
from apps.stakeholders.actions import set_duties
from apps.starts import actions
from apps.starts.models import Origin
from apps.tables.actions import add_row
from apps.tracing.actions import tie
from tests.factories.accounts import UserFactory
from tests.factories.architecture import ComponentFactory
from tests.factories.comments import ThreadFactory
from tests.factories.results import BenefitFactory, MeasurementFactory
from tests.factories.stakeholders import StakeholderFactory
from tests.factories.starts import TemplateFactory
from tests.factories.workshops import ended

EVERYTHING = [piece.key for piece in copying.pieces()]
FRIDAY = date(2027, 1, 8)


@pytest.fixture
def by(db):
    return UserFactory(name="Maja Lindqvist")


@pytest.fixture
def source(project, by):
    """A project with something of every kind. It began on Monday 2 November 2026."""
    Project.objects.filter(pk=project.pk).update(
        created_at=datetime(2026, 11, 2, 9, tzinfo=ZoneInfo("UTC")), pain="Copy and paste", in_scope="Drafts"
    )
    project.refresh_from_db()
    waits = Objective.objects.create(
        project=project, title="Shorter waits", baseline=Decimal(11), target=Decimal(4), due=FRIDAY, owner="Maja"
    )
    MeasurementFactory(project=project, objective=waits.pk)
    BenefitFactory(project=project, objective=waits)
    karin = StakeholderFactory(project=project, name="Karin", remarks="A sceptic")
    set_duties(project, "purpose", letters={karin.pk: "A"}, was={}, by=by)
    save = {"base_version": 1, "client_key": "one", "by": by}
    prose.save_prose(section(project, "purpose"), text="By 4 December it is quick.", **save)
    add_row(project, "metrics", values={"name": "Faithfulness", "objective": str(waits.pk), "owner": "Jonas"}, by=by)
    values = {"name": "Handbook", "access": "granted", "access_by": FRIDAY, "owner": "Fatima"}
    add_row(project, "data_sources", values=values, by=by)
    risk = raise_risk(project, title="Wrong advice", likelihood=4, impact=3, owner="Erik", mitigation_due=FRIDAY, by=by)
    gone = raise_risk(project, title="Long past", by=by)
    close_risk(gone, note="over", version=1, by=by)
    mails, model = ComponentFactory(project=project, name="Mails"), ComponentFactory(project=project, lane="model")
    add_flow(project, source=mails, target=model, carries="text", personal=True, by=by)
    answer_triage(project, answers=dict.fromkeys(triage.catalog().keys, "no"), version=1, by=by)
    ended(project, by=by)
    tie(project, one=f"objective:{waits.pk}", other=f"risk:{risk.pk}", by=by)
    ThreadFactory(project=project)
    return project


def copied(source, by, *, pieces=EVERYTHING, names=True, start=None):
    return actions.copy_project(
        source, title="Again", organisation="", pieces=pieces, names=names, start=start, by=by
    )  # fmt: skip


def test_every_piece_packs_something_of_a_full_project(source):
    assert set(copying.pack(source, names=True)) >= {
        "frame", "objectives", "benefits", "people", "prose", "register-metrics", "register-data_sources", "risks",
        "architecture", "triage", "agendas", "ties",
    }  # fmt: skip


def test_everything_comes_along_that_was_chosen(source, by):
    copy = copied(source, by)

    assert (copy.title, copy.pain) == ("Again", "Copy and paste")
    assert copy.objectives.get().target == 4
    assert copy.benefits.get().objective == copy.objectives.get()
    assert copy.stakeholders.get().name == "Karin"
    assert copy.duties.values_list("section", "letter").get() == ("purpose", "A")
    assert copy.sections.get().text == "By 4 December it is quick."
    assert copy.risks.get().score == source.risks.get(title="Wrong advice").score
    assert copy.flows.get().target.lane == "model"
    assert copy.triage.answers == source.triage.answers
    steps = source.workshops.get().activities.values_list("title", flat=True)
    assert list(copy.workshops.get().activities.values_list("title", flat=True)) == list(steps)


def test_links_lead_to_what_came_along(source, by):
    copy = copied(source, by)

    objective, risk = copy.objectives.get(), copy.risks.get()
    assert copy.rows.get(register="metrics").values["objective"] == str(objective.pk)
    assert set(copy.ties.values_list("one", "other").get()) == {f"objective:{objective.pk}", f"risk:{risk.pk}"}


def test_a_safeguard_stands_against_the_risk_that_came_along(source, by):
    risk = source.risks.get(title="Wrong advice")
    add_row(source, "safeguards", values={"name": "An agent reads it", "risk": str(risk.pk)}, by=by)

    copy = copied(source, by)

    assert copy.rows.get(register="safeguards").values["risk"] == str(copy.risks.get().pk)


def test_links_to_what_stays_behind_are_left_out(source, by):
    copy = copied(source, by, pieces=["register-metrics", "risks", "benefits", "ties"])

    assert "objective" not in copy.rows.get().values
    assert copy.benefits.get().objective is None
    assert not copy.ties.exists()


def test_what_people_gave_there_stays_behind(source, by):
    copy = copied(source, by)

    workshop = copy.workshops.get()
    assert not copy.threads.exists()
    assert not copy.measurements.exists()
    assert [workshop.cards.count(), workshop.participants.count(), workshop.ended_at] == [0, 0, None]
    assert copy.stakeholders.get().remarks == ""
    assert list(copy.memberships.values_list("user", "role")) == [(by.pk, "host")]
    assert copy.triage.verdict == ""


def test_how_things_stand_there_says_nothing_of_here(source, by):
    copy = copied(source, by)

    assert "access" not in copy.rows.get(register="data_sources").values
    assert [risk.title for risk in copy.risks.all()] == ["Wrong advice"]


def test_what_was_not_chosen_stays_behind(source, by):
    copy = copied(source, by, pieces=["objectives"])

    assert copy.objectives.count() == 1
    assert [copy.rows.count(), copy.risks.count(), copy.components.count(), copy.pain] == [0, 0, 0, ""]


def test_names_can_be_left_out(source, by):
    copy = copied(source, by, names=False)

    assert copy.objectives.get().owner == ""
    assert copy.risks.get().owner == ""
    assert [row.values.get("owner") for row in copy.rows.all()] == [None, None]
    assert not copy.stakeholders.exists()


def test_days_are_left_out_unless_they_move(source, by):
    copy = copied(source, by)

    assert copy.objectives.get().due is None
    assert copy.risks.get().mitigation_due is None
    assert "access_by" not in copy.rows.get(register="data_sources").values


def test_days_move_by_whole_weeks_so_that_a_friday_stays_one(source, by):
    copy = copied(source, by, start=date(2026, 11, 18))

    moved = FRIDAY + timedelta(weeks=2)
    assert copy.objectives.get().due == moved
    assert copy.risks.get().mitigation_due == moved
    assert copy.rows.get(register="data_sources").values["access_by"] == moved.isoformat()


def test_a_day_that_would_leave_the_calendar_is_left_out(source, by):
    assert copied(source, by, start=date(9999, 12, 27)).objectives.get().due is None


def test_a_copy_remembers_where_it_came_from(source, by):
    copy = copied(source, by, pieces=["objectives", "risks"])

    origin = Origin.objects.get(project=copy)
    assert (origin.source, origin.title, origin.pieces) == (source, source.title, ["objectives", "risks"])
    assert copy.risks.get().came_from == f"Copied from “{source.title}”"
    told = Event.objects.get(stream=copy.stream, kind="project.copied").payload
    assert told == {"source": str(source.pk), "pieces": ["objectives", "risks"]}


def test_a_copy_changes_nothing_in_what_it_was_made_from(source, by):
    before = copying.pack(source, names=True), Event.objects.filter(stream=source.stream).count()

    copied(source, by)

    assert (copying.pack(source, names=True), Event.objects.filter(stream=source.stream).count()) == before


def test_a_copy_of_a_copy_has_the_same_content(source, by):
    once = copied(source, by, start=date(2026, 11, 2))
    twice = copied(once, by, start=once.created_at.date())

    assert without_ids(copying.pack(twice, names=True)) == without_ids(copying.pack(once, names=True))


def without_ids(packed):
    if isinstance(packed, dict):
        return {
            key: without_ids(value)
            for key, value in packed.items()
            if key not in ("id", "objective", "source", "target")
        }
    if isinstance(packed, list):
        return [without_ids(value) for value in packed] if not packed or not isinstance(packed[0], str) else len(packed)
    return packed


def test_a_template_holds_nobodys_name_and_no_people(source, by):
    template = actions.keep_template(source, name="Drafts", about="", pieces=EVERYTHING, by=by)

    words = str(template.content)
    assert not any(name in words for name in ("Karin", "Erik", "Jonas", "Fatima", "Maja"))
    assert "people" not in template.content


def test_a_template_outlives_its_project(source, by):
    template = actions.keep_template(source, name="Drafts", about="", pieces=["objectives"], by=by)
    Objective.objects.filter(project=source).update(title="Something else")

    made = actions.use_template(template, title="New", organisation="", pieces=["objectives"], start=None, by=by)

    assert made.objectives.get().title == "Shorter waits"
    assert Origin.objects.get(project=made).template == template


def test_a_template_from_older_days_is_read_as_far_as_it_can(by):
    rows = [
        {"id": "a", "values": {"name": "Handbook", "party": "nobody knows", "a_column_that_went": "x"}},
        {"id": "b", "values": {"owner": "no name"}},
    ]
    content = {"register-data_sources": rows, "a-piece-that-went": [1], "triage": {"a question that went": "yes"}}
    template = TemplateFactory(content=content)

    made = actions.use_template(template, title="New", organisation="", pieces=[*content], start=None, by=by)

    assert [row.values for row in made.rows.all()] == [{"name": "Handbook"}]


# What is given to one project and to no other: nobody asks why it is not copied.
STAYS = {
    "projects.Membership",
    "starts.Origin",
    "comments.Thread",
    "dprd.Presence",
    "scope.Baseline",
    "scope.Waiver",
    "scope.Reading",
    "reviews.Round",
    "results.Measurement",
    "stakeholders.Call",
    "stakeholders.SeatNote",
}
# Model → the piece that takes it along.
COMES = {
    "projects.Objective": "objectives",
    "stakeholders.Stakeholder": "people",
    "stakeholders.Duty": "people",
    "dprd.Section": "prose",
    "risks.Risk": "risks",
    "registers.Row": "register-metrics",
    "architecture.Component": "architecture",
    "architecture.Flow": "architecture",
    "assessments.Triage": "triage",
    "workshops.Workshop": "agendas",
    "tracing.Tie": "ties",
    "results.Benefit": "benefits",
}


def test_everything_of_a_project_either_comes_along_or_stays_for_a_reason():
    hanging = {
        model._meta.label
        for model in apps.get_models()
        for field in model._meta.fields
        if field.related_model is Project and not (model is Origin and field.name == "source")
    }

    assert hanging - STAYS - set(COMES) == set(), "say in apps.projects.copying how it is copied, or here why not"
    assert set(COMES.values()) <= set(EVERYTHING)
