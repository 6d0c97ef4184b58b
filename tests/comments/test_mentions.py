"""Names in what people write, who is told, and what each has read."""

import pytest

from apps.comments import actions, mentions, queries
from apps.comments.models import Comment
from apps.comments.registered import mentions as needs
from apps.notifications.models import Notice
from apps.projects.models import Membership
from tests.factories.accounts import UserFactory
from tests.factories.comments import CommentFactory, ThreadFactory
from tests.factories.dprd import SectionFactory

PEOPLE = [("Karin Åström", "karin@b.example"), ("Karin Ek", "ek@b.example"), ("Jonas Weber", "jonas@b.example")]
PEOPLE += [("Iris Weber", "iris@b.example"), ("Max Strauß", "max@b.example")]


@pytest.fixture
def people(db):
    return [UserFactory(name=name, email=email) for name, email in PEOPLE]


@pytest.mark.parametrize(
    ("body", "names"),
    [
        ("@Karin Åström, please.", ["Karin Åström"]),
        ("(@karin ÅSTRÖM)", ["Karin Åström"]),
        ("@Jonas?", ["Jonas Weber"]),
        ("@Karin which of the two?", []),
        ("@ek@b.example and @Jonas Weber's list", ["Jonas Weber", "Karin Ek"]),
        ("write to jonas@b.example, or @Jonasson", []),
        ("a@Jonas", []),
        ("@Jonas Weber and @ıris, @Max Strauß", ["Jonas Weber", "Max Strauß"]),
    ],
)
def test_a_name_after_an_at_sign_means_somebody(people, body, names):
    assert sorted(user.name for user in mentions.mentioned(body, people)) == sorted(names)


def test_marked_names_stay_text(people):
    drawn = mentions.drawn("<b>@Jonas Weber</b> & co", people)

    assert drawn == '<p>&lt;b&gt;<b class="mention">@Jonas Weber</b>&lt;/b&gt; &amp; co</p>'


def notices(user):
    return list(Notice.objects.filter(recipient=user).values_list("kind", "pace"))


def test_who_is_named_who_took_part_and_who_owns_the_section_are_told_once_each(project, member):
    maja, karin, erik, owner = member("Maja Lindqvist"), member("Karin Åström"), member("Erik Ek"), member("Olga Owner")
    SectionFactory(project=project, key="purpose", owner=owner)
    thread = actions.open_thread(project, target="section:purpose", body="@Karin Åström, look.", by=erik)

    actions.reply(thread, body="@Karin Åström and @Erik Ek: fair.", by=maja)

    assert notices(karin) == [("mention", "now"), ("mention", "now")]
    assert notices(erik) == [("mention", "now")]
    assert notices(owner) == [("own", "daily")]
    assert notices(maja) == []


def test_somebody_who_took_part_is_told_of_an_answer(project, member):
    maja, erik = member("Maja Lindqvist"), member("Erik Ek")
    thread = actions.open_thread(project, target="section:purpose", body="Hm.", by=erik)

    actions.reply(thread, body="Fair.", by=maja)

    assert notices(erik) == [("answer", "daily")]


def test_strangers_are_not_named(project, member):
    stranger = UserFactory(name="Sven Stranger")

    thread = actions.open_thread(project, target="section:purpose", body="@Sven Stranger", by=member("Erik Ek"))

    assert thread.comments.get().mentions.count() == 0
    assert notices(stranger) == []


def test_a_mention_needs_its_person_until_they_have_looked(project, member):
    karin, erik = member("Karin Åström"), member("Erik Ek")
    thread = actions.open_thread(project, target="section:purpose", body="@Karin Åström, look.", by=erik)

    assert [need.title for need in needs(karin)] == ["Erik Ek mentions you"]
    assert needs(erik) == []

    actions.look(project, upto=[thread.comments.get().pk], by=karin)

    assert needs(karin) == []


@pytest.mark.parametrize("why", ["resolved", "left"])
def test_a_mention_that_is_over_needs_nobody(project, member, why):
    karin, erik = member("Karin Åström"), member("Erik Ek")
    thread = actions.open_thread(project, target="section:purpose", body="@Karin Åström, look.", by=erik)

    if why == "resolved":
        actions.resolve(thread, by=erik)
    else:
        Membership.objects.filter(user=karin).delete()

    assert needs(karin) == []


def test_what_others_said_is_unread_until_one_has_looked(project, member):
    karin, erik = member("Karin Åström"), member("Erik Ek")
    thread = actions.open_thread(project, target="section:purpose", body="One.", by=erik)
    first = thread.comments.get()

    assert (queries.counts(project, karin).unread, queries.counts(project, erik).unread) == (1, 0)

    actions.look(project, upto=[first.pk], by=karin)
    assert queries.counts(project, karin).unread == 0

    actions.reply(thread, body="Two.", by=erik)
    assert queries.counts(project, karin).unread == 1


def test_whoever_answers_has_read_what_they_answer(project, member):
    karin, erik = member("Karin Åström"), member("Erik Ek")
    thread = actions.open_thread(project, target="section:purpose", body="One.", by=erik)

    actions.reply(thread, body="Two.", by=karin)

    assert (queries.counts(project, karin).unread, queries.counts(project, erik).unread) == (0, 1)


def test_a_look_never_goes_back(project, member):
    karin, erik = member("Karin Åström"), member("Erik Ek")
    thread = actions.open_thread(project, target="section:purpose", body="One.", by=erik)
    second = actions.reply(thread, body="Two.", by=erik)

    actions.look(project, upto=[second.pk], by=karin)
    actions.look(project, upto=[thread.comments.first().pk], by=karin)

    assert queries.counts(project, karin).unread == 0


def test_what_was_said_before_one_came_is_not_news(project, member):
    ThreadFactory(project=project)

    assert queries.counts(project, member("Karin Åström")).unread == 0


def test_the_tabs_keep_open_mine_unread_and_resolved(project, member):
    karin, erik = member("Karin Åström"), member("Erik Ek")
    mine = actions.open_thread(project, target="section:purpose", body="Mine.", by=karin)
    named = actions.open_thread(project, target="section:data", body="@Karin Åström?", by=erik)
    other = actions.open_thread(project, target="section:purpose", body="Hm.", by=erik)
    done = actions.open_thread(project, target="section:purpose", body="Done.", by=karin)
    actions.resolve(done, by=karin)

    tabs = {show: list(queries.page_of(project, karin, show=show)) for show in queries.SHOWN}

    assert tabs["open"] == [mine, other, named]
    assert tabs["mine"] == [mine, named]
    assert tabs["unread"] == [other, named]
    assert tabs["resolved"] == [done]
    assert len(tabs["all"]) == 4


def test_a_margin_holds_the_newest_and_counts_the_rest(project, member):
    threads = ThreadFactory.create_batch(queries.IN_MARGIN + 2, project=project)

    margin = queries.by_section(project, member("Karin Åström"))["purpose"]

    assert margin.open == threads[2:]
    assert (margin.open_count, margin.more_count) == (queries.IN_MARGIN + 2, 2)


def test_margins_further_down_follow_those_that_are_full(project, member):
    ThreadFactory.create_batch(queries.AT_ONCE, project=project, target="section:data")
    for key in ("purpose", "metrics"):
        ThreadFactory(project=project, target=f"section:{key}")

    margins = queries.by_section(project, member("Karin Åström"))

    assert {key: found.follows for key, found in margins.items()} == {"purpose": False, "data": False, "metrics": True}


@pytest.mark.parametrize("count", [1, 30])
def test_margins_cost_the_same_at_any_length(project, member, count, django_assert_num_queries):
    karin = member("Karin Åström")
    for thread in ThreadFactory.create_batch(count, project=project):
        CommentFactory(thread=thread)

    with django_assert_num_queries(4):
        queries.by_section(project, karin)

    assert Comment.objects.count() == 2 * count
