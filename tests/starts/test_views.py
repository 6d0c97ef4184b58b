import pytest
from django.test import Client
from django.urls import reverse

from apps.projects.models import Project
from apps.starts.models import ProjectTemplate
from tests.factories.accounts import UserFactory
from tests.factories.projects import MembershipFactory, ObjectiveFactory, ProjectFactory
from tests.factories.starts import TemplateFactory
from tests.pages import soup, text

NEW, LIST = "starts:new", "starts:templates"


@pytest.fixture
def client(sign_in):
    return sign_in(UserFactory())


def test_who_creates_a_project_hosts_it(client):
    response = client.post(reverse(NEW), {"title": "Outage texts", "way": "empty"})

    project = Project.objects.get(title="Outage texts")
    assert response["Location"] == reverse("projects:frame", args=[project.pk])
    assert project.memberships.get().role == "host"


def test_the_samples_outline_brings_objectives_to_fill_in(client):
    client.post(reverse(NEW), {"title": "Outage texts", "way": "sample"})

    project = Project.objects.get(title="Outage texts")
    assert project.objectives.count() == 5
    assert project.pain == ""


def test_a_project_without_a_name_is_not_created(client):
    response = client.post(reverse(NEW), {"organisation": "Norrwater", "way": "empty"})

    assert response.status_code == 422
    assert soup(response).select_one("[name=organisation]")["value"] == "Norrwater"


def test_a_template_and_a_copy_are_chosen_from_before_anything_is_created(client):
    source, template = MembershipFactory(user=client.user).project, TemplateFactory()
    said = {"title": "Outage texts", "organisation": "Norr & Co"}

    ways = {"copy": {"source": source.pk}, "template": {"template": template.pk}}
    went = [client.post(reverse(NEW), {**said, "way": way, **more})["Location"] for way, more in ways.items()]

    query = "?title=Outage+texts&organisation=Norr+%26+Co"
    assert went == [
        reverse("starts:copy", args=[source.pk]) + query,
        reverse("starts:use", args=[template.pk]) + query,
    ]
    assert soup(client.get(went[0])).select_one("[name=organisation]")["value"] == "Norr & Co"
    assert not Project.objects.filter(title="Outage texts").exists()


@pytest.mark.parametrize("way", ["copy", "template"])
def test_choosing_a_way_without_saying_which_is_answered_at_the_field(client, way):
    MembershipFactory(user=client.user)
    TemplateFactory()

    response = client.post(reverse(NEW), {"title": "Outage texts", "way": way})

    name = {"copy": "source", "template": "template"}[way]
    assert response.status_code == 422
    assert soup(response).select_one(f"#id_{name}_error")


def test_a_strangers_project_is_not_offered_and_not_taken(client):
    foreign = ProjectFactory(title="Secret plans")

    response = client.post(reverse(NEW), {"title": "Mine", "way": "copy", "source": foreign.pk})

    assert response.status_code == 422
    assert "Secret plans" not in text(soup(response))
    assert client.post(reverse("starts:copy", args=[foreign.pk]), {"title": "Mine"}).status_code == 404


def test_a_copy_is_made_of_what_was_ticked(host, project):
    ObjectiveFactory(project=project, title="Shorter waits")
    url = reverse("starts:copy", args=[project.pk])
    ticked = [box["value"] for box in soup(host.get(url)).select("[name=pieces][checked]")]

    response = host.post(url, {"title": "Again", "pieces": ticked, "days": "clear", "names": "on"})

    copy = Project.objects.get(title="Again")
    assert response["Location"] == reverse("projects:frame", args=[copy.pk])
    assert copy.objectives.get().title == "Shorter waits"


def test_a_form_that_lacks_something_comes_back_with_what_was_typed(host, project):
    ObjectiveFactory(project=project)
    said = {"title": "Again", "days": "shift", "start": "", "organisation": "Norrwater"}

    response = host.post(reverse("starts:copy", args=[project.pk]), said)

    page = soup(response)
    assert response.status_code == 422
    assert page.select_one("#id_pieces_error")
    assert page.select_one("#id_start_error")
    assert page.select_one("[name=organisation]")["value"] == "Norrwater"
    assert page.select_one("[name=days][checked]")["value"] == "shift"
    assert page.select("[name=pieces][checked]") == []


def test_people_do_not_come_without_names(host, project):
    MembershipFactory(project=project)
    project.stakeholders.create(name="Karin")
    said = {"title": "Again", "days": "clear", "pieces": ["people"]}

    response = host.post(reverse("starts:copy", args=[project.pk]), said)

    assert response.status_code == 422
    assert "People cannot come without their names" in text(soup(response))


def test_the_page_of_a_copy_leads_back_only_for_those_who_may(host, project, sign_in):
    ObjectiveFactory(project=project)
    host.post(reverse("starts:copy", args=[project.pk]), {"title": "Again", "pieces": ["objectives"], "days": "clear"})
    copy = Project.objects.get(title="Again")
    other = sign_in(MembershipFactory(project=copy).user)

    mine, theirs = (soup(who.get(copy.get_absolute_url())).select_one(".page-foot") for who in (host, other))

    assert mine.select_one(f"a[href='{project.get_absolute_url()}']")
    assert theirs.select_one(f"a[href='{project.get_absolute_url()}']") is None
    assert f"Copied from “{project.title}”" in text(theirs)


def test_a_host_keeps_a_template_and_everybody_may_use_it(host, project, client):
    ObjectiveFactory(project=project, title="Shorter waits")
    said = {"name": "Support drafts", "about": "For mail", "pieces": ["objectives"]}

    kept = host.post(reverse("starts:keep", args=[project.pk]), said)
    template = ProjectTemplate.objects.get()
    client.post(reverse("starts:use", args=[template.pk]), {"title": "New", "pieces": ["objectives"], "days": "clear"})

    assert kept["Location"] == reverse(LIST)
    assert Project.objects.get(title="New").objectives.get().title == "Shorter waits"
    page = soup(client.get(Project.objects.get(title="New").get_absolute_url()))
    assert "From the template “Support drafts”" in text(page)


def test_a_name_is_given_once(host, project):
    TemplateFactory(name="Support drafts")
    ObjectiveFactory(project=project)
    said = {"name": "support DRAFTS", "pieces": ["objectives"]}

    response = host.post(reverse("starts:keep", args=[project.pk]), said)

    assert response.status_code == 409
    assert "a template of this name already" in text(soup(response))


def test_who_kept_it_renames_and_removes_it(sign_in):
    template = TemplateFactory(name="Drafts")
    author = sign_in(template.author)
    edit = reverse("starts:template_edit", args=[template.pk])

    renamed = author.post(edit, {"name": "Mail drafts", "about": "For mail", "version": 1})
    stale = author.post(edit, {"name": "Other", "version": 1})
    removed = author.post(reverse("starts:template_remove", args=[template.pk]))

    assert (renamed.status_code, stale.status_code, removed.status_code) == (302, 409, 302)
    assert "Mail drafts" in text(soup(stale))
    assert not ProjectTemplate.objects.exists()


def test_others_use_a_template_and_leave_it_as_it_is(client, sign_in):
    template = TemplateFactory()
    urls = [reverse(f"starts:template_{verb}", args=[template.pk]) for verb in ("edit", "remove")]

    assert [client.post(url, {"name": "Mine", "version": 1}).status_code for url in urls] == [403, 403]
    operator = sign_in(UserFactory(is_staff=True))
    assert operator.post(urls[1]).status_code == 302


@pytest.mark.parametrize("name", [NEW, LIST])
def test_beginning_needs_an_account(db, name):
    assert Client().get(reverse(name)).status_code == 302


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_templates_costs_the_same_at_any_length(client, count, django_assert_num_queries):
    TemplateFactory.create_batch(count)

    with django_assert_num_queries(3):
        response = client.get(reverse(LIST))

    assert len(soup(response).select("main .row")) == count
