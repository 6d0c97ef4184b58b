"""The pages of the document: plain, with htmx, invalid, refused."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from apps.comments.queries import AT_ONCE
from apps.dprd import actions, queries
from apps.dprd.enums import Key, State, Way
from apps.dprd.models import ConflictCopy, Presence
from apps.projects.models import Project
from apps.projects.sections import all_sections, reading
from apps.tables.actions import add_row
from tests.factories.comments import CommentFactory, ThreadFactory
from tests.factories.dprd import written
from tests.factories.projects import MembershipFactory
from tests.fixtures import HTMX
from tests.pages import soup, swap, text

# Transactions and savepoints included: storing first costs one of its own.
AUTOSAVE = 21


def url(project, name, *more, key="purpose"):
    return reverse(f"dprd:{name}", args=[project.pk, key, *more])


def sending(words, *, base=1, **more):
    return {"text": words, "base_version": base, "client_key": str(uuid4()), **more}


@pytest.fixture
def page_url(project):
    return reverse("dprd:document", args=[project.pk])


@pytest.fixture
def conflict(project, editor):
    """The editor's "eight" stands beside Priya's "ten"."""
    written(project, "We meet at nine.")
    written(project, "We meet at ten.", by=MembershipFactory(project=project, user__name="Priya Raman").user)
    editor.post(url(project, "edit"), sending("We meet at eight.", base=2))
    return ConflictCopy.objects.get()


# The document


def test_the_document_begins_with_what_the_use_case_says_in_two_sentences(host, project, page_url):
    project.summary = "A water company with 410 staff."
    project.save()

    assert soup(host.get(page_url)).select_one(".page-head .lede").text == "A water company with 410 staff."


def test_the_document_shows_every_section_with_its_numeral(project, viewer, page_url):
    page = soup(viewer.get(page_url))

    titles = [heading.get_text() for heading in page.select(".doc-head h2")]
    assert set(map(str, Key.labels)) <= set(titles)
    assert [int(numeral.get_text()) for numeral in page.select(".doc-head .numeral")] == list(range(1, len(titles) + 1))


def test_a_viewer_reads_and_is_offered_nothing_to_change(project, viewer, page_url):
    written(project, "Text.")

    page = soup(viewer.get(page_url))

    assert page.select("[data-open-editor], form.editor, main form[method=post]") == []


@pytest.mark.parametrize("count", [1, 3])
def test_the_document_costs_the_same_at_any_length(project, editor, page_url, count, django_assert_num_queries):
    for key in list(Key)[:count]:
        section = written(project, "First. ", "Second.", key=key)
        ThreadFactory.create_batch(count, project=project, target=section.target)
    editor.get(page_url)
    foreign = foreign_queries(project)

    with django_assert_num_queries(15 + foreign):
        editor.get(page_url)


def foreign_queries(project):
    """What the sections of other apps cost; their own tests say how much that is."""
    with CaptureQueriesContext(connection) as asked, reading(project):
        for section in all_sections():
            if section.key not in Key.values:
                section.snapshot(project)
                section.findings(project)
    return len(asked)


def test_a_commented_passage_is_marked_until_it_is_gone(project, editor, page_url):
    written(project, "Two of fourteen left. The rest stayed.")
    ThreadFactory(project=project, quote="Two of fourteen")
    ThreadFactory(project=project, quote="words that were cut")

    page = soup(editor.get(page_url))

    assert [found.get_text() for found in page.select(".passage")] == ["Two of fourteen"]
    assert page.get_text().count("no longer in the text") == 1


def test_words_that_stand_in_a_table_of_the_section_are_not_gone(project, editor, page_url):
    add_row(project, "metrics", values={"name": "Drafts sent with light edits"}, by=editor.user)
    for quote in ("light  edits", "words that were cut"):
        ThreadFactory(project=project, target="section:metrics", quote=quote)

    for url in (page_url, reverse("comments:list", args=[project.pk])):
        gone = [quote.get_text() for quote in soup(editor.get(url)).select(".note-quote:has(.soft)")]
        assert len(gone) == 1
        assert "words that were cut" in gone[0]


def test_threads_that_follow_are_reachable_and_come_when_asked(project, editor, page_url):
    ThreadFactory.create_batch(AT_ONCE, project=project)
    thread = ThreadFactory(project=project, target="section:data", said=None)
    CommentFactory(thread=thread, body="Whose are they?")
    page = soup(editor.get(page_url))
    region = page.select_one("[data-follows]")

    assert "Whose are they?" not in page.get_text()
    assert region.select_one(f"#thread-{thread.pk}") is not None
    assert "Whose are they?" in soup(editor.get(region.a["href"])).main.get_text()

    page = swap(page, editor.get(region["hx-get"], headers=HTMX), via="[data-follows]")

    assert "Whose are they?" in page.select_one("#data .doc-margin").get_text()
    assert page.select("[data-follows]") == []


def test_hostile_text_stays_text(project, editor, page_url):
    written(project, '<script>alert(1)</script> <img src=x onerror="x"> [x](javascript:x)')

    page = soup(editor.get(page_url))

    assert page.select(".prose script, .prose img, .prose a[href]") == []


# Writing


def test_writing_without_scripts(project, editor, page_url):
    response = editor.post(url(project, "edit"), sending("Fourteen agents."))

    assert (response.status_code, response.url) == (302, f"{page_url}#purpose")
    assert queries.section(project, "purpose").text == "Fourteen agents."


def test_an_editor_opens_in_place_and_closes_to_a_fresh_page(project, editor, page_url):
    page = soup(editor.get(page_url))

    edit = url(project, "edit")
    page = swap(page, editor.get(edit, headers=HTMX), via=f"a[hx-get='{edit}']")
    answer = editor.post(edit, sending("Fourteen agents."), headers=HTMX)
    page = swap(page, answer, via=f"form[hx-post='{edit}']")

    assert (answer.status_code, answer.headers["HX-Trigger"]) == (200, "sections:changed")
    fresh = soup(editor.get(page_url))
    assert page.select_one("#text-purpose").get_text().split() == fresh.select_one("#text-purpose").get_text().split()


def test_the_head_of_an_empty_section_changes_with_its_first_words(project, editor, page_url):
    page = soup(editor.get(page_url))
    assert text_of(page, "#links-purpose")[-2:] == ["Start", "writing"]

    first = soup(editor.post(url(project, "save"), sending("Fourteen agents.")))
    page = swap(page, editor.get(url(project, "section"), headers=HTMX), via="#text-purpose")

    fresh = soup(editor.get(page_url)).select_one("#links-purpose")
    assert first.select_one("#links-purpose") == page.select_one("#links-purpose") == fresh
    assert fresh.get_text().split() == ["History", "Suggest", "Edit"]
    assert soup(editor.post(url(project, "save"), sending("Ten.", base=2))).select_one("#links-purpose") is None


def test_a_text_over_the_limit_is_refused_and_stays_in_the_field(project, editor):
    response = editor.post(url(project, "edit"), sending("x" * 200_001))

    assert response.status_code == 422
    assert "longer than a section can be" in response.content.decode()
    assert len(soup(response).select_one("textarea[name=text]").get_text()) > 200_000


def test_a_sending_without_a_name_is_invalid(project, editor):
    response = editor.post(url(project, "edit"), {"text": "Text.", "base_version": 1}, headers=HTMX)

    assert response.status_code == 422
    assert queries.section(project, "purpose").text == ""


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_a_conflict_shows_both_texts_and_a_proposal(project, editor, headers):
    written(project, "We meet at nine.", "We meet at ten.")

    response = editor.post(url(project, "edit"), sending("We meet at eight.", base=2), headers=headers)

    page = soup(response)
    assert response.status_code == 409
    assert [side.get_text() for side in page.select(".redline")] == ["We meet at nineeight.", "We meet at nineten."]
    assert page.select_one("textarea[name=text]").get_text().strip() == "We meet at ten. We meet at eight."
    assert [button["value"] for button in page.select(".conflict button")] == ["both", "mine", "theirs"]


def test_the_proposal_can_be_sent_as_it_is(project, editor):
    written(project, "We meet at nine.", "We meet at ten.")
    form = soup(editor.post(url(project, "edit"), sending("We meet at eight.", base=2))).select_one("form.editor")
    fields = {field["name"]: field.get("value", "") for field in form.select("input")}

    response = editor.post(url(project, "edit"), {**fields, "text": form.textarea.get_text().strip()})

    assert response.status_code == 302
    assert queries.section(project, "purpose").text == "We meet at ten. We meet at eight."
    assert ConflictCopy.objects.get().way == Way.EDITED


def test_an_unknown_section_is_not_found(project, editor):
    assert editor.get(f"/projects/{project.pk}/sections/nonsense/edit/").status_code == 404


# Autosave


def test_the_editor_is_told_the_merged_text_and_its_version(project, editor):
    written(project, "One. Two.", "One. Two. Three.")

    response = editor.post(url(project, "save"), sending("Zero. One. Two.", base=2))

    answer = soup(response).select_one("[data-answer]")
    assert (response.status_code, answer["data-outcome"], answer["data-version"]) == (200, "saved", "4")
    assert answer.textarea.get_text().strip() == "Zero. One. Two. Three."


def test_the_editor_is_told_of_a_conflict(project, editor):
    written(project, "We meet at nine.", "We meet at ten.")

    response = editor.post(url(project, "save"), sending("We meet at eight.", base=2))

    assert response.status_code == 409
    assert len(soup(response).select(".conflict")) == 1


def test_the_editor_asks_for_what_somebody_else_wrote(project, editor):
    written(project, "Theirs.")

    answer = soup(editor.get(url(project, "save"))).select_one("[data-answer]")

    assert (answer["data-outcome"], answer.textarea.get_text().strip()) == ("current", "Theirs.")


def test_a_refused_autosave_says_why(project, editor):
    response = editor.post(url(project, "save"), sending("Text.", base=99))

    assert response.status_code == 409
    assert "newer than what is stored" in response.content.decode()


# Preview


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_a_preview_shows_what_readers_will_see_and_keeps_nothing(project, editor, headers):
    response = editor.post(url(project, "preview"), {"text": "**Now** <script>"}, headers=headers)

    assert response.status_code == 200
    assert "<strong>Now</strong> &lt;script&gt;" in response.content.decode()
    assert queries.section(project, "purpose").is_stored is False


def test_a_preview_of_too_much_says_so(project, editor):
    response = editor.post(url(project, "preview"), {"text": "x" * 200_001}, headers=HTMX)

    assert response.status_code == 422
    assert "longer than a section can be" in response.content.decode()


# Two texts, one choice


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_a_choice_settles_two_texts(project, editor, conflict, headers):
    answer = {"keep": "both", "client_key": "k"}

    response = editor.post(url(project, "settle", conflict.pk), answer, headers=headers)

    assert response.status_code == (200 if headers else 302)
    assert queries.section(project, "purpose").text == "We meet at ten. We meet at eight."


def test_a_settled_conflict_looks_like_a_fresh_page(project, editor, conflict, page_url):
    page = soup(editor.get(page_url))
    settle = url(project, "settle", conflict.pk)

    answer = editor.post(settle, {"keep": "mine", "client_key": "k"}, headers=HTMX)
    page = swap(page, answer, via=f"form[hx-post='{settle}']")

    fresh = soup(editor.get(page_url))
    assert page.select_one("#text-purpose").get_text().split() == fresh.select_one("#text-purpose").get_text().split()


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_a_choice_that_somebody_made_already_is_refused(project, editor, conflict, headers):
    settle = url(project, "settle", conflict.pk)
    editor.post(settle, {"keep": "theirs", "client_key": "one"})

    response = editor.post(settle, {"keep": "mine", "client_key": "two"}, headers=headers)

    assert response.status_code == 409
    assert "settled this already" in response.content.decode()


def test_a_choice_must_be_one_of_three(project, editor, conflict):
    response = editor.post(url(project, "settle", conflict.pk), {"keep": "neither", "client_key": "k"}, headers=HTMX)

    assert response.status_code == 422


# Owner and state


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_a_section_is_called_ready(project, editor, headers):
    written(project, "Text.")

    response = editor.post(url(project, "state"), {"purpose-state": "ready", "purpose-was": "draft"}, headers=headers)

    assert response.status_code == (200 if headers else 302)
    assert queries.section(project, "purpose").state == State.READY


def test_a_new_owner_looks_like_a_fresh_page(project, editor, page_url):
    written(project, "Text.")
    page = soup(editor.get(page_url))
    owner = url(project, "owner")

    answer = editor.post(owner, {"purpose-owner": editor.user.pk, "purpose-was": ""}, headers=HTMX)
    page = swap(page, answer, via=f"form[hx-post='{owner}']")

    fresh = soup(editor.get(page_url))
    assert page.select_one("#state-purpose").get_text().split() == fresh.select_one("#state-purpose").get_text().split()


def test_a_state_that_somebody_changed_is_refused(project, editor):
    section = written(project, "Text.")
    actions.set_state(section, state=State.READY, was=State.DRAFT, by=editor.user)

    response = editor.post(url(project, "state"), {"purpose-state": "draft", "purpose-was": "draft"}, headers=HTMX)

    assert response.status_code == 409
    assert "in the meantime" in response.content.decode()


def test_an_unknown_state_is_invalid(project, editor):
    assert editor.post(url(project, "state"), {"purpose-state": "perfect"}, headers=HTMX).status_code == 422


def test_a_stranger_as_owner_is_invalid(project, editor, sign_in):
    response = editor.post(url(project, "owner"), {"purpose-owner": uuid4(), "purpose-was": ""}, headers=HTMX)

    assert response.status_code == 422


# History


def test_history_shows_who_wrote_what(project, editor):
    maja = MembershipFactory(project=project, user__name="Maja Lindqvist").user
    priya = MembershipFactory(project=project, user__name="Priya Raman").user
    written(project, "It costs 20 € a day.", by=maja)
    written(project, "It costs 25 € a day.", by=priya)

    page = soup(editor.get(url(project, "history")))

    assert [row.get_text() for row in page.select("tbody td:nth-of-type(1)")] == ["Priya Raman", "Maja Lindqvist"]
    assert str(page.select_one(".redline")).count("<del>20</del><ins>25</ins>") == 1


def test_what_one_person_wrote_within_a_minute_is_one_entry(project, editor):
    written(project, "One.", "One. Two.", "One. Two. Three.", by=editor.user)

    assert len(soup(editor.get(url(project, "history"))).select("tbody tr")) == 1


def test_any_two_revisions_can_be_compared(project, editor):
    section = written(project, "One.", "One. Two.", "One. Three.")
    since, to = section.revisions.get(text="One."), section.revisions.get(text="One. Three.")

    page = soup(editor.get(url(project, "history"), {"since": since.pk, "to": to.pk}))

    assert [found.get_text().strip() for found in page.select(".redline ins")] == ["Three."]


@pytest.mark.parametrize("count", [1, 3])
def test_the_history_costs_the_same_at_any_length(project, editor, count, django_assert_num_queries):
    written(project, *[f"Text {number}." for number in range(count)])
    editor.get(url(project, "history"))

    with django_assert_num_queries(9):
        response = editor.get(url(project, "history"))

    assert len(soup(response).select("tbody tr")) == count


def test_a_long_history_is_leafed_through(project, editor, monkeypatch):
    monkeypatch.setattr(queries, "HISTORY_PAGE", 2)
    written(project, "One.", "Two.", "Three.")
    first = soup(editor.get(url(project, "history")))

    second = soup(editor.get(url(project, "history"), {"page": 2}))

    assert [len(page.select("tbody tr")) for page in (first, second)] == [2, 1]
    assert first.select_one("nav.pager a[rel=next]")["href"] == "?page=2"


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_an_earlier_text_is_brought_back(project, editor, headers):
    section = written(project, "First.", "Second.")
    first = section.revisions.get(text="First.")

    response = editor.post(url(project, "restore", first.pk), {"version": 3, "client_key": "r"}, headers=headers)

    assert response.status_code == (204 if headers else 302)
    assert queries.section(project, "purpose").text == "First."


def test_a_restore_without_a_version_is_invalid(project, editor):
    section = written(project, "First.")

    response = editor.post(url(project, "restore", section.revisions.get().pk), {}, headers=HTMX)

    assert response.status_code == 422


def test_a_restore_over_newer_words_shows_both(project, editor):
    section = written(project, "First thing here.", "Second thing here.", "Third thing here.")
    first = section.revisions.get(text="First thing here.")

    response = editor.post(url(project, "restore", first.pk), {"version": 3, "client_key": "r"})

    assert response.status_code == 409


# Presence


def test_who_is_here_is_shown_and_leaves(project, editor, viewer, page_url):
    here = reverse("dprd:here", args=[project.pk])
    editor.post(here, {"client": "tab", "section": "purpose", "typing": "1"})

    page = soup(viewer.get(page_url))
    assert f"{editor.user.short_name} is writing" in page.select_one("#here-purpose").get_text()

    editor.post(here, {"client": "tab", "leave": "1"})
    assert "is writing" not in soup(viewer.get(page_url)).get_text()


def test_who_is_silent_for_long_is_gone(project, editor, viewer, page_url):
    editor.post(reverse("dprd:here", args=[project.pk]), {"client": "tab", "section": "purpose"})
    Presence.objects.update(seen_at="2020-01-01T00:00Z")

    assert soup(viewer.get(page_url)).select("#outline .initials") == []


def test_presence_in_no_known_section_is_presence_in_the_document(project, viewer):
    viewer.post(reverse("dprd:here", args=[project.pk]), {"client": "tab", "section": "<b>"})

    assert Presence.objects.get().section == ""


def test_the_outline_brings_states_up_to_date(project, viewer, page_url):
    page = soup(viewer.get(page_url))
    written(project, "Text.")

    page = swap(page, viewer.get(reverse("dprd:outline", args=[project.pk]), headers=HTMX), via="#outline")

    assert text_of(page, "#outline") == text_of(soup(viewer.get(page_url)), "#outline")


def text_of(page, region):
    return page.select_one(region).get_text().split()


def test_who_is_here_arrives_in_the_bar_and_at_their_section(project, editor, viewer, page_url):
    page = soup(viewer.get(page_url))
    editor.post(reverse("dprd:here", args=[project.pk]), {"client": "tab", "section": "purpose", "typing": "1"})

    page = swap(page, viewer.get(page.select_one("#presence")["hx-get"], headers=HTMX), via="#presence")

    fresh = soup(viewer.get(page_url))
    for region in ("#outline", "#here-purpose", "#who-purpose", "#presence"):
        assert text_of(page, region) == text_of(fresh, region) != []


@pytest.mark.parametrize("count", [1, 3])
def test_who_is_here_costs_the_same_for_any_number(project, as_role, viewer, count, django_assert_num_queries):
    for _ in range(count):
        as_role("editor").post(reverse("dprd:here", args=[project.pk]), {"client": "tab", "section": "purpose"})

    with django_assert_num_queries(4):
        page = soup(viewer.get(reverse("dprd:present", args=[project.pk])))

    assert len(page.select(".initials")) == count


def test_whoever_is_here_clears_away_those_who_are_gone(project, editor, viewer):
    url = reverse("dprd:here", args=[project.pk])
    editor.post(url, {"client": "tab", "section": "purpose"})
    Presence.objects.update(seen_at=timezone.now() - queries.HERE_FOR - timedelta(seconds=1))

    viewer.post(url, {"client": "other"})

    assert [presence.client for presence in Presence.objects.all()] == ["other"]


def test_all_words_of_a_page_come_from_one_document(project, viewer, page_url):
    written(project, "Only once.")

    assert text(soup(viewer.get(page_url))).count("Only once.") == 1


@pytest.mark.parametrize("count", [1, 3])
def test_an_autosave_costs_the_same_at_any_length(project, editor, count, django_assert_num_queries):
    written(project, *[f"Text {number}." for number in range(count)])
    version = queries.section(project, "purpose").version
    for number in range(count):
        editor.post(url(project, "save"), sending(f"Text {number} other.", base=1))

    with django_assert_num_queries(AUTOSAVE):
        editor.post(url(project, "save"), sending("Something else entirely.", base=version))


def test_the_purpose_says_the_use_case_of_the_frame(project, host, page_url):
    Project.objects.filter(pk=project.pk).update(pain="Agents **copy** replies.", whose="Fourteen agents", users="")

    part = soup(host.get(page_url)).select_one("#attached-frame")

    facts = [
        (name.get_text(), words.get_text().strip())
        for name, words in zip(part.select("dt"), part.select("dd"), strict=True)
    ]
    assert facts == [("What it is about", "Agents copy replies."), ("Whose it is", "Fourteen agents")]
