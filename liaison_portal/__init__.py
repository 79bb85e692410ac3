"""Wiring of the portal: settings, urls, Celery; no rule of the domain."""

from liaison_portal.celery import app as celery_app

__version__ = "2026.11"
__all__ = ["__version__", "celery_app"]
