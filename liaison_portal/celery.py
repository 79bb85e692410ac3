"""The Celery application."""

import os

from celery import Celery

from liaison_portal.schedule import TIMETABLE

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "liaison_portal.settings")

app = Celery("liaison_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.beat_schedule = TIMETABLE
app.autodiscover_tasks()
