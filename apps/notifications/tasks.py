from celery import shared_task

from apps.notifications import mail


@shared_task(name="notifications.deliver", ignore_result=True, acks_late=True)
def deliver(message_id: str) -> None:
    mail.deliver(message_id)
