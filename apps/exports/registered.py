"""What exports add to the registries."""

from apps.core import due
from apps.exports.actions import make_signed_pdf
from apps.exports.build import build_export
from apps.exports.models import Export
from apps.signoffs import complete


def register() -> None:
    due.register(Export, build_export)
    complete.register(make_signed_pdf)
