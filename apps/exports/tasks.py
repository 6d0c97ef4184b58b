from celery import shared_task

from apps.exports.build import build_export


@shared_task(name="exports.build", ignore_result=True, acks_late=True)
def build(export_id: str) -> None:
    build_export(export_id)
