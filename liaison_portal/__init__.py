"""Wiring of the portal: settings, urls, Celery; no rule of the domain."""

from liaison_portal.celery import app as celery_app

__all__ = ["celery_app"]
