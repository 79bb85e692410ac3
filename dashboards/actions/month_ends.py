"""月末冻结: what is told of a month stays as it was told."""

from datetime import date, datetime, timedelta

from dashboards.models import MonthEnd, MonthEndState
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from foundations.calendars.terms import Per, Term
from mechanisms.judging import judgements
from mechanisms.models import Mechanism
from mechanisms.queries import version_on


def freeze_months(*, on: date, at: datetime) -> list[MonthEnd]:
    """Freeze the month before the one in which `on` lies, for each institution in force."""
    last_on = on.replace(day=1) - timedelta(days=1)
    keys = Mechanism.objects.order_by("pk").values_list("pk", flat=True)
    made = [freeze_month(key, month_on=last_on, actor=None, at=at) for key in keys]
    return [one for one in made if one is not None]


@action
def freeze_month(
    mechanism_id: int, *, month_on: date, actor: Actor, at: datetime
) -> MonthEnd | None:
    """Keep the states on the last day of the month of `month_on`; once for all.

    None where the text was not in force by then. A month that is frozen is left as it is.
    """
    mechanism = Mechanism.objects.select_for_update().get(pk=mechanism_id)
    last_on = Term.around(Per.MONTH, month_on).last_on
    known = mechanism.month_ends.filter(on=last_on).first()
    version = version_on(mechanism, last_on)
    if known is not None:
        return known
    if version is None or version.effective_from > last_on:
        return None
    made = MonthEnd(mechanism=mechanism, on=last_on, frozen_at=at)
    made.store()
    MonthEndState.objects.bulk_create(_states(made, last_on))
    record(actor, "dashboards.month.frozen", made, on=last_on.isoformat())
    return made


def _states(month: MonthEnd, on: date) -> list[MonthEndState]:
    return [
        MonthEndState(
            month_end=month,
            provision=one.provision.number,
            clause=one.provision.clause,
            order=one.provision.order,
            standing=one.finding.state,
            said=str(one.finding.said),
            next_on=one.finding.next_on,
        )
        for one in judgements(month.mechanism, on)
    ]
