"""Composition: settings, urls, servers. Nothing imports it but the processes it starts."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
