"""案件补贴发放表 (K-17, WJ-86): what was approved in a month, to be signed for one by one.

It is a table of a register and about no single record, so it is made when it is asked for.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from cases.models import Allowance, AllowanceState
from cases.papers.words import amount_words, long_day
from foundations.calendars.periods import add_months
from members.models import Jurisdiction, Organization

KIND = "allowance_table"
FIGURES = "零壹贰叁肆伍陆柒捌玖"
PLACES = ("", "拾", "佰", "仟")
GROUPS = ("", "万", "亿", "万亿")
GRANTED = (AllowanceState.APPROVED, AllowanceState.PAID)


def approved_in(
    rows: QuerySet[Allowance], place: Jurisdiction, month: date
) -> QuerySet[Allowance]:
    """Of a place, decided in the month that begins with `month`, in the mediators' order."""
    until = add_months(month, 1)
    rows = rows.filter(assignment__dispute__jurisdiction=place, state__in=GRANTED)
    rows = rows.filter(decided_on__gte=month, decided_on__lt=until)
    near = ("dispute", "procedure", "professional")
    rows = rows.select_related(*(f"assignment__{name}" for name in near))
    return rows.order_by("assignment__professional__name", "assignment__professional", "pk")


def table_title(month: date) -> str:
    return f"{month.year}年{month.month}月行政争议调解案件补贴发放表"


def table_context(
    allowances: Sequence[Allowance], bureau: Organization, month: date, on: date
) -> dict:
    """Disputes stand there by their titles, which name no person in full (P3)."""
    total = sum((one.amount for one in allowances), Decimal())
    return {
        "title": table_title(month),
        "organization": bureau.name,
        "date": long_day(on),
        "paid": [_row(one) for one in allowances],
        "people": len({one.assignment.professional_id for one in allowances}),
        "total": len(allowances),
        "total_amount": amount_words(total),
        "total_words": capital_words(total),
    }


def _row(allowance: Allowance) -> dict:
    assignment = allowance.assignment
    own = assignment.procedure.number if assignment.procedure else ""
    return {
        "name": str(assignment.professional or ""),
        "number": own or assignment.dispute.number,
        "dispute": assignment.dispute.title,
        "standard": allowance.standard,
        "amount": amount_words(allowance.amount),
    }


def capital_words(amount: Decimal) -> str:
    """壹万壹仟伍佰元整, 叁佰元零伍分: a sum as it is written where nobody may change it."""
    yuan, cents = divmod(int(amount * 100), 100)
    tenths, hundredths = divmod(cents, 10)
    whole = f"{_whole(yuan)}元" if yuan else ""
    if not cents:
        return f"{whole or '零元'}整"
    gap = "零" if yuan and not tenths else ""
    parts = f"{FIGURES[tenths]}角" if tenths else gap
    return f"{whole}{parts}{f'{FIGURES[hundredths]}分' if hundredths else '整'}"


def _whole(number: int) -> str:
    """Groups of four figures; zeros between figures are said once, those at an end never."""
    found, gap = "", False
    for group in range(len(GROUPS) - 1, -1, -1):
        four = number // 10 ** (4 * group) % 10**4
        if not four:
            gap = bool(found)
            continue
        link = "零" if found and (gap or four < 1000) else ""
        found, gap = f"{found}{link}{_four(four)}{GROUPS[group]}", False
    return found


def _four(number: int) -> str:
    found, gap = "", False
    for place in (3, 2, 1, 0):
        figure = number // 10**place % 10
        if not figure:
            gap = bool(found)
            continue
        found, gap = f"{found}{'零' if gap else ''}{FIGURES[figure]}{PLACES[place]}", False
    return found
