"""Comments on the page: plain, with htmx, invalid, refused."""

import pytest
from django.urls import reverse

from apps.comments import actions
from tests.factories.comments import CommentFactory, ThreadFactory
from tests.fixtures import HTMX
from tests.pages import soup, swap

TARGET = "section:purpose"


def url(project, name, *args):
    return reverse(f"comments:{name}", args=[project.pk, *args])


@pytest.fixture
def page_url(project):
    return f"{url(project, 'list')}?target={TARGET}"


def same(page, fresh):
    return page.select_one("main").get_text().split() == fresh.select_one("main").get_text().split()


def test_a_comment_without_scripts(project, reviewer, page_url):
    response = reviewer.post(url(project, "add"), {"target": TARGET, "body": "Which two?"})

    assert (response.status_code, response.url) == (302, page_url)


def test_a_new_comment_looks_like_a_fresh_page(project, reviewer, page_url):
    page = soup(reviewer.get(page_url))
    add = url(project, "add")

    answer = reviewer.post(add, {"target": TARGET, "body": "Which two?", "quote": "Two of fourteen"}, headers=HTMX)
    page = swap(page, answer, via=f"form[hx-post='{add}']")

    assert (answer.status_code, answer.headers["HX-Trigger"]) == (200, "comments:changed")
    assert same(page, soup(reviewer.get(page_url)))


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_an_empty_comment_is_invalid(project, reviewer, headers):
    response = reviewer.post(url(project, "add"), {"target": TARGET, "body": " "}, headers=headers)

    assert response.status_code == 422
    assert "Write your comment first." in response.content.decode()


def test_what_was_typed_comes_back_beside_the_error(project, reviewer):
    response = reviewer.post(url(project, "add"), {"target": TARGET, "body": "x" * 4001, "quote": "my words"})

    assert response.status_code == 422
    assert soup(response).select_one("textarea[name=quote]").get_text() == "my words"


@pytest.mark.parametrize("target", ["", "nonsense", "section:", "Section:purpose", "section:<b>", "a:b:c"])
def test_there_is_nothing_to_say_about_an_unknown_thing(project, reviewer, target):
    response = reviewer.post(url(project, "add"), {"target": target, "body": "Hm."})

    assert response.status_code == 404
    assert not project.threads.exists()


def test_a_reply_looks_like_a_fresh_page(project, reviewer, page_url):
    thread = ThreadFactory(project=project)
    page = soup(reviewer.get(page_url))
    reply = url(project, "reply", thread.pk)

    page = swap(page, reviewer.post(reply, {"body": "Fair."}, headers=HTMX), via=f"form[hx-post='{reply}']")

    assert same(page, soup(reviewer.get(page_url)))


def test_an_empty_reply_is_invalid(project, reviewer):
    thread = ThreadFactory(project=project)

    response = reviewer.post(url(project, "reply", thread.pk), {"body": ""}, headers=HTMX)

    assert response.status_code == 422
    assert "Write your reply first." in response.content.decode()


def test_a_resolved_thread_looks_like_a_fresh_page(project, reviewer, page_url):
    thread = ThreadFactory(project=project)
    page = soup(reviewer.get(page_url))
    resolve = url(project, "resolve", thread.pk)

    page = swap(page, reviewer.post(resolve, headers=HTMX), via=f"form[hx-post='{resolve}']")

    assert same(page, soup(reviewer.get(page_url)))


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_resolving_twice_is_refused(project, reviewer, headers):
    thread = ThreadFactory(project=project)
    actions.resolve(thread, by=reviewer.user)

    response = reviewer.post(url(project, "resolve", thread.pk), headers=headers)

    assert response.status_code == 409
    assert "resolved already" in response.content.decode()


def test_a_thread_of_another_project_is_not_found(project, reviewer):
    thread = ThreadFactory()

    assert reviewer.post(url(project, "reply", thread.pk), {"body": "Hm."}).status_code == 404
    assert thread.comments.count() == 1


def test_the_list_has_everything_that_was_said(project, viewer):
    ThreadFactory(project=project)
    ThreadFactory(project=project, target="section:data")

    page = soup(viewer.get(url(project, "list")))

    assert [heading.get_text() for heading in page.select(".band h2")] == ["Purpose", "Data sources"]


@pytest.mark.parametrize("count", [1, 3])
def test_comments_cost_the_same_at_any_length(project, viewer, count, django_assert_num_queries, page_url):
    for thread in ThreadFactory.create_batch(count, project=project):
        CommentFactory.create_batch(count, thread=thread)

    with django_assert_num_queries(7):
        response = viewer.get(page_url)

    assert len(soup(response).select("article.note")) == count


def test_hostile_comments_stay_text(project, viewer, page_url):
    thread = ThreadFactory(project=project, quote="<img src=x>")
    CommentFactory(thread=thread, body="<script>alert(1)</script>")

    page = soup(viewer.get(page_url))

    assert page.select("main script, main img") == []
    assert "<script>alert(1)</script>" in page.get_text()


@pytest.mark.parametrize("beside", ["\0", "x" * 20_000, "section:x\r\nSet-Cookie: a=b"])
def test_a_reply_beside_nothing_known_is_answered_beside_its_thread(project, reviewer, page_url, beside):
    thread = ThreadFactory(project=project, target=TARGET)

    response = reviewer.post(url(project, "reply", thread.pk), {"body": "Fair.", "beside": beside})

    assert (response.status_code, response.url) == (302, page_url)
