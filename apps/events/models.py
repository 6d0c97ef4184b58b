from django.db import models

from apps.core.models import Base


class Stream(models.Model):
    """The end of one chain. Its row lock orders the events of the stream as they are committed."""

    name = models.CharField(max_length=80, primary_key=True)
    seq = models.PositiveBigIntegerField(default=0)
    head = models.CharField(max_length=64, default="")

    def __str__(self) -> str:
        return f"{self.name} at {self.seq}"


class Event(models.Model):
    """Something that happened. Append-only: the table refuses UPDATE, DELETE and TRUNCATE.

    No name, address or agent stands here: `actor` is a salted commitment to the `Actor` row,
    which may be erased while the chain stays verifiable.
    """

    id = models.BigAutoField(primary_key=True)
    stream = models.CharField(max_length=80)
    seq = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=120)
    at = models.DateTimeField()
    payload = models.JSONField(default=dict)
    actor = models.CharField(max_length=64)
    prev_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    # What listeners are told; not history, so not in the chain.
    name = models.CharField(max_length=80)
    facts = models.JSONField(null=True, blank=True)
    origin = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stream", "seq"], name="one_event_per_step")]

    def __str__(self) -> str:
        return f"{self.stream}#{self.seq} {self.kind}"


class Actor(Base):
    """Who did it and from where: personal data, kept beside the chain so that it can be erased."""

    event = models.OneToOneField(Event, models.DO_NOTHING, related_name="who", db_constraint=False)
    salt = models.CharField(max_length=32)
    user_id_text = models.CharField(max_length=64, blank=True)
    label = models.CharField(max_length=160)
    ip = models.GenericIPAddressField(null=True, blank=True)
    agent = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return self.label
