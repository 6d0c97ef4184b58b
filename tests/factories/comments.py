import factory

from apps.comments.models import Comment, Thread
from tests.factories.accounts import UserFactory
from tests.factories.projects import ProjectFactory


class ThreadFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Thread
        skip_postgeneration_save = True

    project = factory.SubFactory(ProjectFactory)
    target = "section:purpose"
    section = factory.LazyAttribute(
        lambda made: made.target.partition(":")[2] if made.target.startswith("section:") else ""
    )
    said = factory.RelatedFactory("tests.factories.comments.CommentFactory", factory_related_name="thread")


class CommentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Comment

    thread = factory.SubFactory(ThreadFactory, said=None)
    author = factory.SubFactory(UserFactory)
    body = "It was also the tool before this one."
