"""The tables that a report to bodies above carries, counted from the portal's own records.

What is printed is Chinese, so it stands here as it is.
"""

from collections import Counter
from datetime import date

from django.db.models import Q

from cases.flow.table import table_of
from cases.models import Performance, Procedure
from cases.models.performance import Source
from cases.states import Kind
from foundations.calendars.terms import Term
from members.models import Organization


def blocks_of(unit: Organization, term: Term, *, on: date) -> list[dict]:
    """办理情况 and 履行情况 of the reconsideration cases of a unit in a term, up to `on`."""
    last_on = min(term.last_on, on)
    return [_handled(unit, term.first_on, last_on), _performed(unit, term.first_on, last_on, on)]


def _of_unit(unit: Organization) -> Q:
    """The unit's own cases, and those that another handles in its name."""
    return Q(organ=unit) | Q(organ__acts_for=unit) | Q(organ__acted_for_by=unit)


def _handled(unit: Organization, first_on: date, last_on: date) -> dict:
    cases = Procedure.objects.filter(_of_unit(unit), kind=Kind.RECONSIDERATION).distinct()
    within = (first_on, last_on)
    closed = list(cases.filter(closed_on__range=within).values_list("mode", flat=True))
    modes = table_of(Kind.RECONSIDERATION).modes
    named = Counter(modes[mode].name for mode in closed)
    running = cases.filter(opened_on__lte=last_on).filter(
        Q(closed_on=None) | Q(closed_on__gt=last_on)
    )
    rows = [
        ["收到申请", cases.filter(opened_on__range=within).count()],
        ["受理", cases.filter(accepted_on__range=within).count()],
        ["审结", len(closed)],
        *([f"其中：{name}", n] for name, n in named.most_common()),
        ["期末未结", running.count()],
    ]
    return {"title": "行政复议案件办理情况", "heads": ["项目", "件数"], "rows": rows}


def _performed(unit: Organization, first_on: date, last_on: date, on: date) -> dict:
    cases = Procedure.objects.filter(_of_unit(unit), kind=Kind.RECONSIDERATION)
    duties = Performance.objects.filter(
        procedure__in=cases.values("pk"), source=Source.DECISION, due_on__range=(first_on, last_on)
    )
    rows = [
        ["应当履行", duties.count()],
        ["按期履行", duties.in_time().count()],
        ["逾期履行", duties.late().count()],
        ["逾期未履行", duties.overdue(on).count()],
    ]
    return {"title": "行政复议决定履行情况", "heads": ["项目", "项数"], "rows": rows}
