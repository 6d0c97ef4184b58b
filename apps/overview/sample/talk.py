"""What people said about the draft."""

from apps.comments.actions import look, open_thread, reply, resolve
from apps.comments.models import Comment
from apps.overview.sample.people import People
from apps.overview.sample.risks import SCEPTIC
from apps.projects.models import Project
from apps.registers.models import Row
from apps.risks.models import Risk


def before_the_signing(project: Project, people: People) -> None:
    """Settled before the first baseline."""
    thread = open_thread(
        project, target="section:purpose", quote="The system drafts a reply in the agent’s own tool",
        body="In the ticket, please, not beside it. We have enough windows.", by=people["lars-goran"],
    )  # fmt: skip
    reply(thread, body="In the ticket or not at all. I put it into the text.", by=people["maja"])
    resolve(thread, by=people["lars-goran"])


def since_the_signing(project: Project, people: People) -> None:
    """Still open: what the review is about."""
    copy_paste = open_thread(
        project, target="section:purpose", quote="Two of fourteen agents left this year and said it was the copy-paste.",
        body="It was also the tool before this one. Please say that, or they will say we never learn.",
        by=people["lars-goran"],
    )  # fmt: skip
    open_thread(
        project, target="section:metrics", quote="All six thresholds hold in one run",
        body="In one run, or on average over three? It changes how many tickets I have to label.", by=people["jonas"],
    )  # fmt: skip
    replies = Row.objects.get(project=project, register="data_sources", values__name="Sent replies")
    basis = open_thread(
        project, target=f"row:{replies.pk}/legal_basis",
        body="Writing it now. It needs a balancing test; I attach it to the register of processing.", by=people["karin"],
    )  # fmt: skip
    reply(basis, body="@Karin Åström, does it cover the replies of 2023 too?", by=people["jonas"])
    open_thread(
        project, target="section:architecture",
        body="60 calls a minute on the ticket API. The filter alone needs 40 in the March peak.", by=people["tomas"],
    )  # fmt: skip
    wrong_advice = Risk.objects.get(project=project, title=SCEPTIC)
    open_thread(
        project, target=f"risk:{wrong_advice.pk}",
        body="I cannot answer for this alone: the weekly sample is Fatima’s, the handbook too. Who takes it?",
        by=people["erik"],
    )  # fmt: skip
    everything = Comment.objects.filter(thread__project=project)
    look(project, upto=list(everything.values_list("pk", flat=True)), by=people["maja"])
    # One that waits for the host.
    reply(
        copy_paste, body="Fair. I will add a sentence. @Maja Lindqvist, is Purpose the place for it?", by=people["erik"]
    )
