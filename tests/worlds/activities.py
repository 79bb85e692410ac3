"""Records of joint activities and their addresses, for the sweeps."""

from datetime import date

from django.db.models import Model

from tests.activities import announced, invite, logged, plan
from tests.city import City

# Room and record of each address, then its names.
TABLE = """
meetings activity: activity activity-announce activity-edit activity-invite activity-cancel
    activity-hold activity-material activity-calendar
meetings announced_activity: activity-move
meetings activity_invitation: activity-answer
meetings untold: activity-drop
meetings file_review: activity-file activity-opinion activity-report activity-conclude
meetings key: activity-plan activity-new
"""
# What has more than one part: name and the records of its parts.
MORE: dict[str, tuple[str, ...]] = {"meetings:activity-paper": ("activity", "scores")}


def records(city: City) -> dict[str, Model]:
    planned = invite(city, plan(city), "agency")
    asked = announced(city, "agency")
    return {
        "activity": planned,
        "untold": planned.invitations.get(),
        "announced_activity": asked,
        "activity_invitation": asked.invitations.get(),
        "file_review": logged(city, date(2026, 11, 20), kind="file_review"),
    }
