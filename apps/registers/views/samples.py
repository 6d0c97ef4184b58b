from django.http import HttpResponse

from apps.core.forms import Outcome
from apps.core.htmx import page
from apps.projects.access import ProjectRequest, project_view
from apps.projects.models import Project
from apps.projects.permissions import Perm
from apps.registers import samples
from apps.registers.forms import SampleForm
from apps.registers.views.found import around
from apps.tables.declared import register

METRICS = "metrics"


@project_view(Perm.PROJECT_READ)
def sample_size(request: ProjectRequest, project: Project) -> HttpResponse:
    """How many examples tell a share how exactly; without a question, for the usual one."""
    initial = {name: field.initial for name, field in SampleForm.base_fields.items()}
    form = SampleForm(request.GET if "share" in request.GET else initial)
    context = around(project, register(METRICS)) | {"form": form}
    if not form.is_valid():
        return page(request, "registers/samples.html", context, fragment="answer", status=Outcome.INVALID)
    asked = form.cleaned_data
    share, within = float(asked["share"]) / 100, float(asked["within"]) / 100
    tail = min(share, 1 - share)
    context |= {
        "lines": samples.lines(share, asked["sample"]),
        "points": 100 * samples.half_width(share, asked["sample"]),
        "unseen": 100 * samples.most_without_one(asked["sample"]),
        "needed": samples.needed(share, within),
        "needed_unseen": samples.needed_without_one(tail) if tail > 0 else None,
        "tail": round(100 * tail, 2),
        "asked": asked,
    }
    return page(request, "registers/samples.html", context, fragment="answer")
