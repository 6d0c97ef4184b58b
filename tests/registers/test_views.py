import re
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from apps.registers.models import Row
from apps.tables import queries
from apps.tables.actions import change_row, remove_rows
from apps.tables.declared import register
from tests.factories.comments import ThreadFactory
from tests.factories.projects import ObjectiveFactory
from tests.factories.registers import RowFactory
from tests.fixtures import HTMX
from tests.pages import soup

KEY = "data_sources"


def url(project, name="list", *more, key=KEY):
    return reverse(f"registers:{name}", args=[project.pk, key, *more])


def names(project, key=KEY):
    return [str(row) for row in queries.rows(project, register(key))]


def cells(page, column):
    return [" ".join(cell.get_text().split()) for cell in page.select(f"tr[data-row] [data-cell={column}]")]


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("key", "queries_asked"), [("data_sources", 8), ("metrics", 8)])
def test_a_register_costs_the_same_at_any_length(project, host, count, key, queries_asked, django_assert_num_queries):
    for row in RowFactory.create_batch(count, project=project, register=key):
        ThreadFactory(project=project, target=row.topic)
    host.get(url(project, key=key))

    with django_assert_num_queries(queries_asked):
        response = host.get(url(project, key=key))

    assert len(soup(response).select("tr[data-row] .count")) == count


def test_readers_see_the_table_and_nothing_to_change(project, viewer):
    RowFactory(project=project, values={"name": "Handbook"})

    page = soup(viewer.get(url(project)))

    assert "Handbook" in page.main.get_text()
    assert page.select("main form, main [data-cell], main input") == []


def test_a_line_added_in_the_table_looks_like_a_fresh_page(project, host):
    page = soup(host.get(url(project)))
    add = url(project, "add")

    answer = host.post(add, {"name": "Handbook", "client_key": "k"}, headers=HTMX)

    assert answer.status_code == 200
    fresh = soup(host.get(url(project))).select_one("tr[data-row]")
    assert soup(answer).select_one("tr").get_text().split() == fresh.get_text().split()
    assert page.select_one(f"form[hx-post='{add}']")["hx-target"] == "#new-row"


def test_a_line_without_a_name_comes_back_with_a_sentence(project, host):
    answer = host.post(url(project, "add"), {"name": " "}, headers=HTMX)

    assert answer.status_code == 422
    assert soup(answer).select_one("tr[data-new] .error").get_text() == "Give it a name first."


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_a_cell_is_changed(project, host, headers):
    row = RowFactory(project=project, values={"name": "Handbook"})

    response = host.post(
        url(project, "cell", row.pk, "access_by"), {"access_by": "2027-01-10", "version": 1}, headers=headers
    )

    row.refresh_from_db()
    assert response.status_code == (200 if headers else 302)
    assert row.values == {"name": "Handbook", "access_by": "2027-01-10"}


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_a_changed_cell_can_be_undone_at_once(project, host, headers):
    row = RowFactory(project=project, values={"name": "Handbook", "owner": "Fatima"})

    answer = host.post(url(project, "cell", row.pk, "owner"), {"owner": "Erik", "version": 1}, headers=headers)
    page = soup(answer if headers else host.get(answer["Location"]))
    bar = page.select_one("#undo form")
    change_row(row, version=2, values={"volume": "140 pages"}, by=host.user)
    undone = host.post(bar["action"], {}, headers=headers)

    assert "“Handbook”: Owner changed." in bar.get_text()
    row.refresh_from_db()
    assert row.values == {"name": "Handbook", "owner": "Fatima", "volume": "140 pages"}
    assert undone.status_code == (200 if headers else 302)


def test_undoing_a_cell_leaves_what_somebody_wrote_there_since(project, host, editor):
    row = RowFactory(project=project, values={"name": "Handbook", "owner": "Fatima"})
    answer = host.post(url(project, "cell", row.pk, "owner"), {"owner": "Erik", "version": 1}, headers=HTMX)
    change_row(row, version=2, values={"owner": "Tomas"}, by=editor.user)

    refused = host.post(soup(answer).select_one("#undo form")["action"], {}, headers=HTMX)

    row.refresh_from_db()
    assert refused.status_code == 409
    assert "Somebody has changed this since." in soup(refused).get_text()
    assert row.values["owner"] == "Tomas"


def test_a_cell_that_was_left_as_it_was_offers_nothing_to_undo(project, host):
    row = RowFactory(project=project, values={"name": "Handbook", "owner": "Fatima"})
    change_row(row, version=1, values={"owner": "Erik"}, by=host.user)

    answer = host.post(url(project, "cell", row.pk, "owner"), {"owner": "Erik", "version": 2}, headers=HTMX)

    assert soup(answer).select("#undo") == []


@pytest.mark.parametrize("name", ["add", "edit"])
def test_what_was_added_or_changed_in_the_form_can_be_undone(project, host, name):
    row = RowFactory(project=project, values={"name": "Handbook"})
    sent = {"name": "Sent replies", "version": 1, "client_key": "k"}

    answer = host.post(url(project, name, *([row.pk] if name == "edit" else [])), sent)
    bar = soup(host.get(answer["Location"])).select_one("#undo form")
    host.post(bar["action"])

    assert names(project) == ["Handbook"]


def test_a_cell_that_does_not_fit_comes_back_open(project, host):
    row = RowFactory(project=project, values={"name": "Handbook"})

    answer = host.post(url(project, "cell", row.pk, "access_by"), {"access_by": "soon", "version": 1}, headers=HTMX)

    cell = soup(answer).select_one("[data-cell=access_by]")
    assert answer.status_code == 422
    assert cell.select_one("input[name=access_by]")["value"] == "soon"
    assert "is not a day" in cell.select_one(".error").get_text()


def test_the_same_cell_twice_shows_both_and_saving_again_is_deliberate(project, host):
    row = RowFactory(project=project, values={"name": "Handbook"})
    change_row(row, version=1, values={"owner": "Fatima"}, by=host.user)

    answer = host.post(url(project, "cell", row.pk, "owner"), {"owner": "Erik", "version": 1}, headers=HTMX)
    form = soup(answer).select_one("[data-cell=owner] form")
    again = {field["name"]: field.get("value", "") for field in form.select("input[name]")}

    assert answer.status_code == 409
    assert form.select_one("q").get_text() == "Fatima"
    assert again["owner"] == "Erik"
    assert host.post(form["action"], again, headers=HTMX).status_code == 200
    row.refresh_from_db()
    assert row.values["owner"] == "Erik"


def test_the_whole_form_keeps_what_others_changed_elsewhere(project, host):
    row = RowFactory(project=project, values={"name": "Handbook", "volume": "100 pages"})
    change_row(row, version=1, values={"owner": "Fatima", "volume": "140 pages"}, by=host.user)
    mine = {"name": "Handbook", "owner": "Erik", "volume": "100 pages", "version": 1, "client_key": "k1"}

    refused = host.post(url(project, "edit", row.pk), mine)
    form = soup(refused).select_one("#row-form")
    both = soup(refused).select_one(".conflict").get_text()

    assert refused.status_code == 409
    assert "Fatima" in both
    assert "140 pages" not in both
    assert form.select_one("[name=owner]")["value"] == "Erik"
    # Nobody here touched the volume, so the form takes over what somebody else made of it.
    assert form.select_one("[name=volume]")["value"] == "140 pages"
    assert form.select_one("[name=version]")["value"] == "2"


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_ticked_rows_are_removed_and_undone(project, host, headers):
    rows = RowFactory.create_batch(3, project=project)
    before = names(project)

    answer = host.post(url(project, "bulk"), {"do": "remove", "rows": [rows[0].pk, rows[2].pk]}, headers=headers)
    page = soup(answer if headers else host.get(answer["Location"]))
    assert names(project) == before[1:2]
    undo = page.select_one("#undo form")
    assert "2 rows removed." in undo.get_text()

    host.post(undo["action"], {}, headers=headers)
    assert names(project) == before


def test_several_rows_take_the_same_owner(project, host):
    rows = RowFactory.create_batch(2, project=project)
    ids = [row.pk for row in rows]

    chosen = soup(host.post(url(project, "bulk"), {"do": "choose", "rows": ids}))
    answer = host.post(url(project, "bulk"), {"do": "set", "rows": ids, "owner": "Fatima", "access": ""})

    assert [field["value"] for field in chosen.select("[name=rows]")] == [str(pk) for pk in ids]
    assert answer.status_code == 302
    assert [row.values.get("owner") for row in queries.rows(project, register(KEY))] == ["Fatima", "Fatima"]


def test_a_batch_with_nothing_to_set_comes_back_with_its_rows(project, host):
    row = RowFactory(project=project)

    answer = host.post(url(project, "bulk"), {"do": "set", "rows": [row.pk]})

    assert answer.status_code == 409
    assert soup(answer).select_one("[name=rows]")["value"] == str(row.pk)
    assert "Choose what to set first." in soup(answer).get_text()


@pytest.mark.parametrize("sent", ["no-uuid", "../../etc", "00000000-0000-7000-8000-000000000000"])
def test_rows_that_are_not_there_are_not_removed(project, host, sent):
    RowFactory(project=project)

    answer = host.post(url(project, "bulk"), {"do": "remove", "rows": [sent]})

    assert answer.status_code in (409, 422)
    assert len(names(project)) == 1


def test_rows_of_another_project_are_out_of_reach(project, host):
    foreign = RowFactory()

    host.post(url(project, "bulk"), {"do": "remove", "rows": [foreign.pk]})

    foreign.refresh_from_db()
    assert foreign.removed_at is None
    assert host.get(url(project, "row", foreign.pk)).status_code == 404
    assert host.get(url(project, "row", RowFactory(project=project).pk, key="metrics")).status_code == 404


def test_the_order_is_changed_by_buttons(project, host):
    RowFactory(project=project, values={"name": "A"})
    second = RowFactory(project=project, values={"name": "B"})

    answer = host.post(url(project, "move", second.pk), {"to": "up"}, headers=HTMX)

    assert cells(soup(answer), "name") == ["B", "A"]
    assert names(project) == ["B", "A"]


def test_a_row_that_was_dragged_goes_back(project, host):
    rows = [RowFactory(project=project, values={"name": name}) for name in "ABC"]

    answer = soup(host.post(url(project, "move", rows[0].pk), {"to": str(rows[2].pk)}, headers=HTMX))
    assert names(project) == ["B", "C", "A"]
    bar = answer.select_one("#undo form")
    host.post(bar["action"], {"to": bar.select_one("[name=to]")["value"]}, headers=HTMX)

    assert names(project) == ["A", "B", "C"]


# --- pasting and importing ---


def test_a_block_is_shown_before_it_is_taken(project, host):
    text = "Source\tOwner\tPersonal data\nHandbook\tFatima\tno\nReplies\tTomas\tperhaps\n\t\tyes"

    preview = soup(host.post(url(project, "paste"), {"text": text}))

    assert names(project) == []
    assert [chosen["value"] for chosen in preview.select("select[name^=to_] option[selected]")] == ["name", "owner", "personal"]  # fmt: skip
    refused = preview.select_one("#refused").get_text(" ", strip=True)
    assert "Line 3" in refused
    assert "“perhaps” is neither yes nor no." in refused
    assert "Line 4" in refused
    assert "It has no name" in refused


def test_what_is_taken_is_one_batch_and_what_is_refused_comes_back(project, host):
    text = "Source\tPersonal data\nHandbook\tno\nReplies\tperhaps"
    sent = {"text": text, "do": "take", "client_key": "p1", "head": "yes", "to_0": "name", "to_1": "personal"}

    answer = soup(host.post(url(project, "paste"), sent))
    host.post(url(project, "paste"), sent)

    assert names(project) == ["Handbook"]
    assert answer.select_one("[name=text]").get_text().strip() == "Source\tPersonal data\nReplies\tperhaps"
    done = re.search(r"done=([0-9a-f-]+)", str(answer))[1]
    host.post(url(project, "undo", done))
    assert names(project) == []


def test_cells_that_do_not_fit_may_be_left_empty_and_lines_mended_where_they_are_shown(project, host):
    text = "Source\tPersonal data\nHandbook\tno\nReplies\tperhaps\n\tyes"

    seen = soup(host.post(url(project, "paste"), {"text": text}))
    host.post(url(project, "paste"), {"text": text, "unfit": "empty", "do": "take", "client_key": "p"})

    assert "1 cell does not fit" in seen.select_one("[name=unfit]").parent.get_text()
    assert not seen.select_one("[name=text]").has_attr("hidden")
    assert names(project) == ["Handbook", "Replies"]
    assert "personal" not in Row.objects.get(values__name="Replies").values


def test_columns_may_be_sent_elsewhere(project, host):
    sent = {"text": "Handbook\t140", "do": "take", "head": "no", "to_0": "name", "to_1": "volume", "client_key": "p"}

    host.post(url(project, "paste"), sent)

    assert Row.objects.get().values == {"name": "Handbook", "volume": "140"}


@pytest.mark.parametrize(("same", "volumes"), [("skip", ["100"]), ("update", ["140"]), ("add", ["100", "140"])])
def test_names_that_are_there_already(project, host, same, volumes):
    RowFactory(project=project, values={"name": "Handbook", "volume": "100", "owner": "Fatima"})
    sent = {"text": "Source\tHow much\thandbook\nHandbook\t140", "same": same, "do": "take", "client_key": "p"}

    host.post(url(project, "paste"), sent)

    rows = queries.rows(project, register(KEY))
    assert [row.values["volume"] for row in rows] == volumes
    assert rows[0].values["owner"] == "Fatima"


def test_a_workbook_is_read(project, host):
    book = Workbook()
    book.active.append(["Source", "Access by", "Personal data"])
    book.active.append(["Handbook", "2027-01-10", True])
    out = BytesIO()
    book.save(out)

    preview = soup(host.post(url(project, "import"), {"file": SimpleUploadedFile("rows.xlsx", out.getvalue())}))

    assert preview.select_one("textarea[name=text]").get_text().strip().split("\n")[1] == "Handbook\t2027-01-10\tTrue"
    assert "1 new row." in preview.get_text()


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("rows.xlsx", b"not a zip", "not a workbook"),
        ("rows.pdf", b"%PDF", "Save it as .xlsx or .csv"),
        ("rows.csv", b"\n\n", "empty"),
        ("rows.csv", b"a\n" * 1500, "more than 1000 lines"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(project, host, name, data, said):
    answer = host.post(url(project, "import"), {"file": SimpleUploadedFile(name, data)})

    assert answer.status_code == 422
    assert said in soup(answer).select_one("main").get_text()


# --- exporting ---


def test_an_export_can_be_imported_again(project, host):
    values = {"name": "Sent replies", "personal": True, "legal_basis": "consent", "access_by": "2027-01-10"}
    RowFactory(project=project, values=values)
    data = host.get(url(project, "export", "xlsx")).content
    Row.objects.update(removed_at="2026-01-01T00:00Z")

    preview = soup(host.post(url(project, "import"), {"file": SimpleUploadedFile("rows.xlsx", data)}))
    sent = {field["name"]: field.get("value") or field.get_text().strip() for field in preview.select("main [name]:not(select)")}  # fmt: skip
    host.post(url(project, "paste"), {**sent, "do": "take"})

    assert [row.values for row in queries.rows(project, register(KEY))] == [values]


@pytest.mark.parametrize("evil", ["=cmd|' /C calc'!A0", "+1+1", "-2", "@SUM(A1)", "\t=1"])
def test_nothing_in_an_export_is_run_as_a_formula(project, host, evil):
    RowFactory(project=project, values={"name": evil, "volume": "=1+1"})

    text = host.get(url(project, "export", "csv")).content.decode("utf-8-sig")
    sheet = load_workbook(BytesIO(host.get(url(project, "export", "xlsx")).content)).active

    assert all(not cell.startswith(("=", "+", "-", "@")) for cell in text.splitlines()[1].replace('"', "").split(","))
    assert {cell.data_type for cell in sheet[2] if cell.value is not None} == {"s"}


# --- one row, its history, the catalog ---


def test_a_row_shows_all_its_fields_and_what_is_wrong_with_it(project, viewer):
    row = RowFactory(project=project, values={"name": "Sent replies", "personal": True, "motivation": "To answer"})

    said = soup(viewer.get(row.get_absolute_url())).main.get_text()

    assert "To answer" in said
    assert "has personal data and no legal basis" in said


def test_history_says_who_changed_what(project, host):
    row = RowFactory(project=project, values={"name": "Handbook", "owner": "Fatima Nouri"})
    change_row(row, version=1, values={"owner": "Fatima Ek"}, by=host.user)

    page = soup(host.get(url(project, "row_history", row.pk)))

    newest = page.select_one(".row-done")
    assert host.user.name in newest.get_text()
    assert (newest.select_one("del").get_text(), newest.select_one("ins").get_text()) == ("Nouri", "Ek")


def test_a_removed_row_can_be_had_back_for_ever(project, host):
    row = RowFactory(project=project, values={"name": "Handbook"})
    remove_rows(project, KEY, rows=[row.pk], by=host.user)

    link = soup(host.get(url(project, "history"))).select_one(".rows a")["href"]
    form = soup(host.get(link)).select_one("form[action$='/restore/']")
    host.post(form["action"], {"version": form.select_one("[name=version]")["value"]})

    assert names(project) == ["Handbook"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_history_costs_the_same_at_any_length(project, host, count, django_assert_num_queries):
    for row in RowFactory.create_batch(count, project=project):
        change_row(row, version=1, values={"owner": "Fatima"}, by=host.user)
    host.get(url(project, "history"))

    with django_assert_num_queries(6):
        response = host.get(url(project, "history"))

    assert len(soup(response).select(".row-done")) == 2 * count


def test_a_metric_comes_from_the_catalog_once(project, host):
    add = url(project, "catalog_add", key="metrics")

    assert host.post(add, {"known": "E01"}).status_code == 302
    again = host.post(add, {"known": "E01"})

    row = Row.objects.get()
    assert (row.values["name"], row.values["direction"]) == ("Faithfulness (groundedness)", "at least")
    assert again.status_code == 409
    assert "is in the table already" in soup(again).get_text()


def test_every_metric_of_the_catalog_is_offered(project, host):
    assert len(soup(host.get(url(project, "catalog", key="metrics"))).select(".catalog-list > li")) == 52


def test_links_are_said_in_words(project, host):
    objective = ObjectiveFactory(project=project, title="Customers wait less")
    RowFactory(project=project, register="metrics", values={"name": "Faithfulness", "objective": str(objective.pk)})

    assert cells(soup(host.get(url(project, key="metrics"))), "objective") == ["Customers wait less"]


def test_an_unknown_register_or_column_is_not_there(project, host):
    row = RowFactory(project=project)

    assert host.get(f"/projects/{project.pk}/registers/secrets/").status_code == 404
    assert host.post(url(project, "cell", row.pk, "version"), {"version": 1}).status_code == 404
    assert host.get(url(project, "export", "exe")).status_code == 404
    assert host.post(url(project, "undo", uuid4())).status_code == 409


def test_swapping_a_moved_table_equals_a_fresh_page(project, host):
    RowFactory(project=project, values={"name": "A"})
    second = RowFactory(project=project, values={"name": "B"})
    page = soup(host.get(url(project)))
    move = url(project, "move", second.pk)
    button, form = page.select_one(f"button[formaction='{move}'][value=up]"), page.select_one("#row-act")

    answer = host.post(move, {"to": "up"}, headers=HTMX)
    page.select_one(form["hx-target"]).replace_with(soup(answer))

    fresh = soup(host.get(url(project)))
    assert button["form"] == form["id"]
    assert page.select_one("#rows").get_text().split() == fresh.select_one("#rows").get_text().split()


def shown(page):
    return [row.select_one("th .words").get_text() for row in page.select("tr[data-row]")]


def test_a_long_register_comes_in_parts_that_follow_each_other(project, host):
    RowFactory.create_batch(90, project=project)
    page = soup(host.get(url(project)))
    seen = shown(page)
    assert len(seen) == 40

    while more := page.select_one("tr[data-more] a"):
        assert shown(soup(host.get(more["href"]))) == shown(soup(host.get(more["hx-get"], headers=HTMX)))
        page = soup(host.get(more["hx-get"], headers=HTMX))
        seen += shown(page)

    assert seen == names(project)


@pytest.mark.parametrize("length", [41, 90])
def test_a_long_register_asks_no_more_than_a_short_one(project, host, length, django_assert_num_queries):
    RowFactory.create_batch(length, project=project)
    host.get(url(project))

    with django_assert_num_queries(8):
        host.get(url(project))


def test_what_is_drawn_again_is_as_long_as_what_is_there(project, host):
    RowFactory.create_batch(90, project=project)

    answer = soup(host.get(url(project), {"from": 0, "until": 80}, headers=HTMX))

    assert len(shown(answer)) == 80
    assert "10 more rows" in answer.select_one("tr[data-more]").get_text()


def test_a_row_far_down_is_where_one_comes_back_to_after_its_form(project, host):
    row = RowFactory.create_batch(90, project=project)[50]

    answer = host.post(url(project, "edit", row.pk), {"name": "Handbook, new", "version": 1})
    page = soup(host.get(answer["Location"]))

    assert "Handbook, new" in shown(page)
    assert page.select_one("[data-earlier] a")["href"].endswith("?from=0")


def test_rows_are_found_by_any_of_their_words(project, host):
    RowFactory.create_batch(45, project=project)
    RowFactory(project=project, values={"name": "Price list", "owner": "Karin Åström"})

    assert shown(soup(host.get(url(project), {"find": "åström price"}))) == ["Price list"]
    assert "No row has these words." in soup(host.get(url(project), {"find": "nothing"})).get_text()


@pytest.mark.parametrize("nonsense", ["-1", "x", "9" * 40, "²"])
def test_a_place_that_is_none_is_the_beginning(project, host, nonsense):
    RowFactory.create_batch(2, project=project)

    assert len(shown(soup(host.get(url(project), {"from": nonsense, "until": nonsense, "at": nonsense})))) == 2


def test_a_cell_that_does_not_fit_answers_with_the_whole_page_too(project, host):
    row = RowFactory(project=project, register=KEY)

    response = host.post(url(project, "cell", row.pk, "name"), {"name": "x" * 301, "version": 1})

    assert response.status_code == 422
    assert soup(response).select_one("#rows-summary")


@pytest.mark.parametrize(("query", "then"), [("?from=readiness", "scope:readiness"), ("", "registers:list")])
def test_who_came_from_a_finding_goes_back_to_the_rest_of_them(project, host, query, then):
    row = RowFactory(project=project, register=KEY)
    edit = url(project, "edit", row.pk) + query
    page = soup(host.get(edit))

    answer = host.post(page.select_one("#row-form")["action"], {"name": "Handbook", "version": 1})

    assert answer.status_code == 302
    assert answer["Location"].split("?")[0] == reverse(then, args=[project.pk, *([KEY] if query == "" else [])])
