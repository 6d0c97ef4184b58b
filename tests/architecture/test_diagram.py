"""The diagram as people draw it."""

import re
from uuid import uuid4

import pytest
from django.urls import reverse

from apps.architecture import actions
from apps.architecture.drawing import as_mermaid
from apps.architecture.enums import Lane
from apps.architecture.models import Component, Flow
from apps.architecture.section import findings, snapshot
from tests.factories.architecture import ComponentFactory, FlowFactory
from tests.factories.projects import ProjectFactory
from tests.factories.registers import RowFactory
from tests.fixtures import HTMX
from tests.pages import soup, swap, text
from tests.workshops.test_races import together


def url(project, name, *args):
    return reverse(f"architecture:{name}", args=[project.pk, *args])


def box(**more):
    return {"lane": "model", "name": "Language model", "zone": "vendor", "key": uuid4(), **more}


def test_sending_a_box_twice_draws_it_once(host, project):
    sent = box()
    for _ in range(2):
        host.post(url(project, "add_component"), sent)

    assert [one.name for one in project.components.all()] == ["Language model"]


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_box_needs_a_name_and_what_was_typed_comes_back(host, project, headers):
    answer = host.post(url(project, "add_component"), box(name="", detail="through an API"), headers=headers)

    assert answer.status_code == 422
    assert soup(answer).select_one("[name=detail]")["value"] == "through an API"


def test_moving_makes_room(host, project):
    first, second, third = (ComponentFactory(project=project, position=at) for at in range(3))

    host.post(url(project, "move_component", third.pk), {"lane": "sources", "place": 0})

    assert list(project.components.order_by("position")) == [third, first, second]


def test_an_arrow_to_itself_is_refused_with_what_was_typed(host, project):
    one, _other = ComponentFactory.create_batch(2, project=project)

    answer = host.post(url(project, "add_flow"), {"source": one.pk, "target": one.pk, "carries": "mail"})

    assert (answer.status_code, Flow.objects.count()) == (409, 0)
    assert soup(answer).select_one("[name=carries]")["value"] == "mail"


def test_an_arrow_drawn_by_hand_is_asked_at_once_what_travels(host, project):
    one, other = ComponentFactory.create_batch(2, project=project)
    add = url(project, "add_flow")

    answer = host.post(add, {"source": one.pk, "target": other.pk, "drawn": 1}, headers=HTMX)

    flow = project.flows.get()
    form = soup(answer).select_one("#change-title ~ form")
    assert form["action"] == url(project, "change_flow", flow.pk)
    assert form.select_one("[name=carries]").has_attr("data-focus")
    assert (
        host.post(form["action"], {"source": one.pk, "target": other.pk, "carries": "mail", "version": 1}).status_code
        == 302
    )


def test_without_javascript_an_arrow_drawn_by_hand_leads_to_its_form(host, project):
    one, other = ComponentFactory.create_batch(2, project=project)

    answer = host.post(url(project, "add_flow"), {"source": one.pk, "target": other.pk, "drawn": 1})

    assert answer["Location"] == url(project, "change_flow", project.flows.get().pk)


@pytest.mark.parametrize(("role", "links"), [("editor", 4), ("viewer", 0)])
def test_both_drawings_can_be_worked_on_by_whoever_may(as_role, project, role, links):
    FlowFactory(project=project, source__zone="vendor", carries="mail", personal=True)

    page = soup(as_role(role).get(url(project, "show")))

    assert len(page.select("svg.architecture")) == 2
    assert len(page.select("svg.architecture .arch-box")) == links
    assert text(page.select_one(".arch-legend")) == "personal data trust boundary: outside your own network"


def test_components_of_another_project_cannot_be_joined(host, project):
    mine, foreign = ComponentFactory(project=project), ComponentFactory(project=ProjectFactory())

    answer = host.post(url(project, "add_flow"), {"source": mine.pk, "target": foreign.pk})

    assert (answer.status_code, project.flows.count()) == (422, 0)


def test_who_changes_a_box_that_moved_on_sees_both(host, project):
    one = ComponentFactory(project=project, name="Index")
    host.post(url(project, "change_component", one.pk), box(name="Passage index", lane="storage", version=1))

    answer = host.post(url(project, "change_component", one.pk), box(name="Vector index", lane="storage", version=1))

    assert answer.status_code == 409
    assert "Passage index" in text(soup(answer))
    assert "Vector index" in answer.content.decode()


def test_a_swapped_diagram_looks_like_a_fresh_page(host, project):
    FlowFactory(project=project, carries="mail")
    page = soup(host.get(url(project, "show")))
    add = url(project, "add_component")

    page = swap(page, host.post(add, box(), headers=HTMX), via=f"form[hx-post='{add}']")

    assert text(page).split() == text(soup(host.get(url(project, "show")))).split()


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_at_any_size(host, project, count, django_assert_num_queries):
    FlowFactory.create_batch(count, project=project)
    host.get(url(project, "show"))

    with django_assert_num_queries(9):
        host.get(url(project, "show"))


@pytest.mark.django_db(transaction=True)
def test_two_people_who_move_boxes_at_once_leave_one_order(host, project):
    boxes = [ComponentFactory(project=project, position=at) for at in range(6)]

    together(*[
        lambda one=one: actions.move_component(
            Component.objects.select_related("project").get(pk=one.pk), lane="sources", place=0, by=host.user
        )
        for one in boxes[3:]
    ])  # fmt: skip

    assert sorted(project.components.values_list("position", flat=True)) == list(range(6))


def test_the_snapshot_names_ends_by_number_and_the_words_say_the_flow(project):
    flow = FlowFactory(project=project, carries="mail", personal=True)

    drawn = snapshot(project)

    assert drawn["flows"] == [{"source": 0, "target": 1, "carries": "mail", "personal": True}]
    assert drawn["components"][0]["name"] == flow.source.name


def test_mermaid_takes_nothing_in_a_name_for_syntax(project):
    ComponentFactory(project=project, name='A"] --> evil["<b>')

    assert '"A#34;#93; --#62; evil#91;#34;#60;b#62;"' in as_mermaid(snapshot(project))


@pytest.mark.parametrize("sign", ["%%{init: {}}%%", "`md`", "#quot;", "a\nb", "1. list", "- list", "[x]; click c0"])
def test_mermaid_reads_words_as_words(sign):
    one = {"lane": "model", "name": sign, "detail": "", "zone": "ours", "personal": False}

    [drawn] = [line for line in as_mermaid({"components": [one], "flows": []}).splitlines() if "c0" in line]

    words = drawn.strip().removeprefix('c0["').removesuffix('"]')
    shown = re.sub(r"#(\d+);", lambda code: chr(int(code[1])), words)
    assert shown == " ".join(sign.split())
    assert not re.search(r'[%`\[\]{}"<>]|#(?!\d+;)|^-|\d\. ', words)


def test_mermaid_shows_trust_boundaries_and_what_is_kept(project):
    ComponentFactory(
        project=project, lane="model", name="Language model", detail="in the EU", zone="vendor", personal=True
    )

    drawn = as_mermaid(snapshot(project))

    assert '["Language model<br/>in the EU<br/>a vendor’s cloud<br/>personal"]:::outside' in drawn
    assert "classDef outside stroke-dasharray: 6 4" in drawn


def said(project):
    return {found.rule for found in findings(project)}


def test_a_reviewer_misses_what_is_not_there(project):
    assert said(project) == {"architecture.none"}

    ComponentFactory(project=project, lane="model")

    assert said(project) == {"architecture.loose", "architecture.no_checks", "architecture.no_monitoring"}


def test_personal_data_that_leave_the_network_are_named(project):
    ours = ComponentFactory(project=project, lane="checks")
    theirs = ComponentFactory(project=project, lane="monitoring", zone="vendor")
    FlowFactory(project=project, source=ours, target=theirs, personal=True)

    assert said(project) == {"architecture.personal_leaves"}


@pytest.mark.parametrize(
    ("name", "product"),
    [
        ("GPT-4o", True),
        ("PostgreSQL 18", True),
        ("OpenSearch", True),
        ("Mistral", True),
        ("Azure search", True),
        ("Language model", False),
        ("Ticket system", False),
    ],
)
def test_a_product_that_comes_too_early_is_noticed(project, name, product):
    ours = ComponentFactory(project=project, lane="checks", name=name)
    FlowFactory(project=project, source=ours, target=ComponentFactory(project=project, lane="monitoring", name="Watch"))

    assert ("architecture.product" in said(project)) == product


def test_a_product_is_noticed_in_what_a_box_does_and_not_where_data_come_from(project):
    ComponentFactory(project=project, lane="sources", name="SharePoint")
    ComponentFactory(project=project, lane="model", name="Language model", detail="ChatGPT, EU region")

    found = [one for one in findings(project) if one.rule == "architecture.product"]

    assert [one.message for one in found] == ["“Language model” names a product."]
    assert found[0].url.endswith(f"{project.components.get(lane='model').pk}/change/#id_name")


def test_the_usual_parts_are_a_drawing_that_lacks_nothing(host, project):
    RowFactory(project=project, register="data_sources", values={"name": "Claims letters", "personal": True})

    for _ in range(2):
        host.post(url(project, "draw_usual"))

    assert findings(project) == []
    assert set(project.components.values_list("lane", flat=True)) == set(Lane.values)
    first = project.flows.get(source__name="Claims letters")
    assert (first.target.name, first.personal) == ("Cleaning", True)
    assert not project.flows.filter(target__zone="vendor", personal=True)


def test_the_usual_parts_are_offered_while_nothing_is_drawn(host, project):
    page = soup(host.get(url(project, "show")))

    page = swap(
        page, host.post(url(project, "draw_usual"), headers=HTMX), via=f"form[hx-post='{url(project, 'draw_usual')}']"
    )

    assert text(page).split() == text(soup(host.get(url(project, "show")))).split()
    assert "Draw the usual parts" not in text(page)
    assert project.components.filter(name="Documents").exists()


def test_the_sources_of_the_table_are_drawn_once(host, project):
    for values in (
        {"name": "Handbook", "personal": False},
        {"name": "Replies", "personal": True},
        {"name": "Record", "used": "not used"},
    ):
        RowFactory(project=project, register="data_sources", values=values)
    ComponentFactory(project=project, name="The handbook")

    for _ in range(2):
        host.post(url(project, "draw_sources"))

    assert list(
        project.components.filter(lane="sources").exclude(name="The handbook").values_list("name", "personal")
    ) == [("Replies", True)]
    assert "not drawn yet" not in text(soup(host.get(url(project, "show"))))


def test_who_adds_one_goes_on_in_the_same_lane_and_from_the_end_of_the_arrow(host, project):
    one, two = ComponentFactory.create_batch(2, project=project)

    added = soup(host.post(url(project, "add_component"), box(lane="serving"), headers=HTMX))
    joined = soup(host.post(url(project, "add_flow"), {"source": one.pk, "target": two.pk}, headers=HTMX))

    assert added.select_one("[name=lane] option[selected]")["value"] == "serving"
    assert added.select_one("[data-focus]")["name"] == "name"
    assert joined.select_one("[name=source] option[selected]")["value"] == str(two.pk)
    assert joined.select_one("[data-focus]")["name"] == "target"
