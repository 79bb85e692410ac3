"""The timetable of the portal: what beat starts, and when (Asia/Shanghai).

What runs each minute expires before the next one is due, so that a worker that was away
does not find a heap of them. Every task here may run twice or not at all for a while:
each asks the database what is open.
"""

from celery.schedules import crontab

OFTEN = {"schedule": 20.0, "options": {"expires": 15}}
EVERY_MINUTE = {"schedule": 60.0, "options": {"expires": 55}}
EARLY = {"schedule": crontab(hour=6, minute=30)}
OFFICE_HOURS = {"schedule": crontab(hour="6-22", minute="*/30"), "options": {"expires": 1700}}
AT_NIGHT = {"schedule": crontab(hour=1, minute=15)}

TIMETABLE = {
    "heartbeat": {"task": "liaison_portal.tasks.heartbeat", **OFTEN},
    "deliver notices": {"task": "foundations.notifications.tasks.deliver_pending", **EVERY_MINUTE},
    "render papers": {"task": "services.documents.tasks.render_pending", **EVERY_MINUTE},
    "plan meetings": {"task": "meetings.tasks.plan_ahead", **EARLY},
    "remind of deadlines": {"task": "services.deadlines.tasks.remind_due", **OFFICE_HOURS},
    "recount deadlines": {"task": "services.deadlines.tasks.recount", **EARLY},
    "lapse windows": {"task": "services.deadlines.tasks.lapse", **AT_NIGHT},
    "announce holidays": {"task": "services.deadlines.tasks.announce_holidays", **AT_NIGHT},
    "end grants": {"task": "foundations.access.tasks.end_expired_grants", **AT_NIGHT},
    "sweep files": {"task": "services.documents.tasks.sweep_files", **AT_NIGHT},
    "notice proposals": {"task": "suggestions.tasks.notice_proposals", **AT_NIGHT},
    "open what units hand in": {"task": "returns.tasks.open_owed", **AT_NIGHT},
    "open matters owed": {"task": "bulletins.tasks.open_instalments", **AT_NIGHT},
    "mend tallies": {"task": "cases.tasks.mend_tallies", **AT_NIGHT},
    "open report duties": {"task": "suggestions.tasks.open_report_duties", **AT_NIGHT},
    "ask for task reports": {"task": "workplans.tasks.open_terms", **AT_NIGHT},
    "open rights to sue": {"task": "cases.tasks.open_silence", **AT_NIGHT},
    "remind of hearings": {"task": "cases.tasks.remind_of_hearings", **EARLY},
    "take up imports": {"task": "cases.tasks.take_up_imports", **EVERY_MINUTE},
    "freeze months": {"task": "dashboards.tasks.freeze_last_month", **AT_NIGHT},
    "mail queries": {"task": "dashboards.tasks.mail_saved_queries", **EARLY},
    "discard imports": {"task": "cases.tasks.discard_imports", **AT_NIGHT},
    "remind participants": {"task": "meetings.tasks.remind_participants", **EARLY},
}
