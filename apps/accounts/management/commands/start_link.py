from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.urls import reverse

from apps.accounts import links
from apps.accounts.models import User


class Command(BaseCommand):
    help = "Print how to get in: a one-time link for the sample's host, and a set-up link while nobody has an account."

    def handle(self, *args: Any, **options: Any) -> None:
        host = User.objects.filter(is_sample=True, is_staff=True).first()
        if host:
            token = links.make(host, links.ENTER, valid_for=timedelta(hours=12))
            self.stdout.write(f"Look around as {host.name}, the sample's host (works once):")
            self.stdout.write(f"  {settings.PUBLIC_URL}{reverse('accounts:enter', args=[token])}")
        if not User.objects.filter(is_sample=False).exists():
            token = links.make(None, links.SETUP, valid_for=timedelta(days=2))
            self.stdout.write("Make your own account, the first host (works once):")
            self.stdout.write(f"  {settings.PUBLIC_URL}{reverse('accounts:set_up', args=[token])}")
        else:
            self.stdout.write(f"Sign in: {settings.PUBLIC_URL}{reverse('account_request_login_code')}")
