from uuid import uuid4

import factory

from apps.architecture.models import Component, Flow


class ComponentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Component

    name = factory.Sequence(lambda n: f"Component {n}")
    lane = "sources"
    client_key = factory.LazyFunction(uuid4)


class FlowFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Flow

    source = factory.SubFactory(ComponentFactory, project=factory.SelfAttribute("..project"))
    target = factory.SubFactory(ComponentFactory, project=factory.SelfAttribute("..project"))
