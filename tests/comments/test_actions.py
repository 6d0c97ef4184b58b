"""Talking about a passage, a row or a section."""

import pytest

from apps.comments import actions, queries
from apps.core.errors import DomainError
from apps.events.models import Event
from tests.factories.accounts import UserFactory
from tests.factories.comments import ThreadFactory


@pytest.fixture
def maja(db):
    return UserFactory(name="Maja Lindqvist")


def test_a_comment_opens_a_thread_about_its_passage(project, maja):
    thread = actions.open_thread(project, target="section:purpose", body="Which two?", quote="Two of fourteen", by=maja)

    assert (thread.quote, [comment.body for comment in thread.comments.all()]) == ("Two of fourteen", ["Which two?"])


def test_a_comment_is_told_with_its_target_and_nothing_else(project, maja):
    actions.open_thread(project, target="section:purpose", body="Secret thoughts.", by=maja)

    event = Event.objects.get()
    assert (event.kind, event.name, event.facts) == (
        "comment.added",
        "comments:changed",
        {"target": "section:purpose", "section": "purpose"},
    )


def test_a_thread_is_resolved_and_reopened(project, maja):
    thread = ThreadFactory(project=project)

    resolved = actions.resolve(thread, by=maja)
    assert (resolved.is_open, resolved.resolved_by) == (False, maja)

    assert actions.reopen(thread, by=maja).is_open


def test_a_resolved_thread_is_not_resolved_again(project, maja):
    thread = ThreadFactory(project=project)
    actions.resolve(thread, by=maja)

    with pytest.raises(DomainError, match="resolved already"):
        actions.resolve(thread, by=maja)


def test_an_open_thread_is_not_reopened(project, maja):
    with pytest.raises(DomainError, match="open already"):
        actions.reopen(ThreadFactory(project=project), by=maja)


def test_a_reply_opens_a_resolved_thread_again(project, maja):
    thread = ThreadFactory(project=project)
    actions.resolve(thread, by=maja)

    actions.reply(thread, body="Not quite.", by=maja)

    assert queries.thread(project, thread.pk, maja).get().is_open


def test_nothing_resolved_is_lost(project, maja):
    thread = ThreadFactory(project=project)
    actions.resolve(thread, by=maja)

    conversation = queries.conversation(project, "section:purpose", maja)
    resolved = queries.page_of(project, maja, show="resolved")

    assert (conversation.open, conversation.resolved_count, list(resolved)) == ([], 1, [thread])


def test_open_threads_are_counted_by_target(project, maja):
    ThreadFactory.create_batch(2, project=project)
    ThreadFactory(project=project, target="risk:1")
    actions.resolve(ThreadFactory(project=project, target="risk:2"), by=maja)

    assert queries.open_counts(project) == {"risk:1": 1, "section:purpose": 2}
