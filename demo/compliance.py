"""How the clauses stood at the end of each month of the last year, as it was frozen then."""

from datetime import date, timedelta

from dashboards.actions import freeze_month
from demo.diary import moment
from foundations.calendars.periods import add_months
from mechanisms.models import Mechanism

MONTHS = 6


def freeze_past_months(mechanism: Mechanism, *, today: date) -> None:
    """As the task of each month's first night does."""
    this_month = today.replace(day=1)
    for back in range(MONTHS - 1, -1, -1):
        night = add_months(this_month, -back)
        last_on = night - timedelta(days=1)
        freeze_month(mechanism.pk, month_on=last_on, actor=None, at=moment(night, "01:15"))
