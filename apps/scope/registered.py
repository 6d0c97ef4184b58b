from django.db.models import Exists, OuterRef

from apps.projects import advice, road
from apps.scope import queries
from apps.scope.models import Baseline


def register() -> None:
    """Change is not a hope but a habit once a second text has been frozen."""
    later = Baseline.objects.filter(project=OuterRef("pk"), number__gt=1)
    advice.register(queries.advice)
    advice.register_waivers(queries.waived)
    road.register("change", done=Exists(later.order_by()), url_name="scope:list")
