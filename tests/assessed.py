"""Assessment schemes and sheets of the test city, as far along as a test needs them.

The agency replied to 8 of 10 letters that fell due in the third quarter, to 6 of them in time;
the bureau of natural resources to all of 12 in time; the market bureau to 3 of 4.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from assessments.actions import schemes, sheets, telling
from assessments.models import Assessed, Objection, Scheme, Score, Sheet
from foundations.access.errors import RuleBroken
from members.states import Role
from suggestions.models import Addressee
from suggestions.states import AddresseeState
from tests.city import City
from tests.letters import account, addressee, put_served, unit
from tests.sitting import moment

FIRST, LAST = date(2026, 7, 1), date(2026, 9, 30)
AT = moment(date(2026, 10, 15), 10)
OBJECT_BY = date(2026, 10, 22)
AFTER = moment(date(2026, 10, 23), 10)
DUE = date(2026, 9, 15)
NAMES = {
    "natural": ("试验市自然资源和规划局", "市自然资源局"),
    "market": ("试验市市场监督管理局", "市市场监管局"),
}
REPLIED = {"agency": (10, 8, 6), "natural": (12, 12, 12), "market": (4, 3, 3)}
"""Of each unit: letters due, replied to, of those in time."""
SCORED_UNITS = tuple(REPLIED)


def acting(city: City, who: str = "gov_officer", at: Any = AT) -> dict[str, Any]:
    return {"actor": city.users[who], "at": at}


def letters_due(city: City) -> None:
    for key, (due, replied, in_time) in REPLIED.items():
        if key in NAMES:
            unit(city, key, *NAMES[key])
            account(city, f"{key}_contact", key, Role.MEMBER_UNIT)
        for place in range(due):
            row = put_served(addressee(city, key), date(2026, 7, 15), DUE)
            if place < replied:
                put_replied(row, late=place >= in_time)


def put_replied(row: Addressee, *, late: bool = False) -> None:
    row.state, row.reply_late = AddresseeState.RECTIFYING, late
    row.replied_on = date(2026, 9, 20) if late else date(2026, 9, 10)
    row.store()


ITEMS: tuple[dict[str, Any], ...] = (
    {
        "name": "司法建议回复",
        "indicator": "R8",
        "variant": "due",
        "way": "proportional",
        "target": Decimal(100),
        "weight": Decimal(40),
    },
    {
        "name": "按期回复",
        "indicator": "R8a",
        "variant": "due",
        "way": "steps",
        "steps": ("90 100", "60 50"),
        "weight": Decimal(40),
    },
    {
        "name": "配合化解",
        "kind": "judged",
        "note": "配合实质性化解争议的情况",
        "full_mark": Decimal(20),
        "weight": Decimal(20),
    },
)


def scheme(city: City, *, items: Any = ITEMS, **changes: Any) -> Scheme:
    """A draft with its items."""
    given = {"name": "法治政府建设考核方案", "valid_from": date(2026, 1, 1), **changes}
    words = schemes.SchemeWords(**given)
    made = schemes.draft_scheme(city.mechanism.pk, words=words, **acting(city))
    for item in items:
        words = schemes.ItemWords(**{"kind": "indicator", **item})
        schemes.add_item(made.pk, words=words, **acting(city))
    return Scheme.objects.get(pk=made.pk)


def adopted(city: City, **changes: Any) -> Scheme:
    return schemes.adopt(scheme(city, **changes).pk, **acting(city))


def sheet(city: City, of: Scheme | None = None, **changes: Any) -> Sheet:
    """A draft for the three units."""
    given = {
        "title": "2026年第三季度府院联动考核",
        "first_on": FIRST,
        "last_on": LAST,
        "units": [one for key, one in city.organizations.items() if key in SCORED_UNITS],
        **changes,
    }
    words = sheets.SheetWords(**given)
    return sheets.draft_sheet((of or adopted(city)).pk, words=words, **acting(city))


def score(of: Sheet, unit_key: str, item: str) -> Score:
    return Score.objects.get(
        assessed__sheet=of, assessed__organization__key=unit_key, item__name=item
    )


def line(of: Sheet, unit_key: str) -> Assessed:
    return Assessed.objects.get(sheet=of, organization__key=unit_key)


JUDGED = {"agency": 15, "natural": 10, "market": 18}


def judged(city: City, of: Sheet) -> Sheet:
    for key, mark in JUDGED.items():
        row = score(of, key, "配合化解")
        sheets.judge(row.pk, mark=Decimal(mark), reason="依工作记录评定", **acting(city))
    return of


def announced(city: City, of: Sheet | None = None) -> Sheet:
    made = judged(city, of or sheet(city))
    return telling.announce(made.pk, object_by=OBJECT_BY, **acting(city))


def objected(city: City, of: Sheet, who: str = "agency_contact") -> Objection:
    row = score(of, "agency", "按期回复")
    text = "有两件系邮寄，交邮日在期限内。"
    return telling.object_to(row.pk, text=text, **acting(city, who))


def published(city: City, of: Sheet | None = None) -> Sheet:
    made = announced(city, of)
    return telling.publish(made.pk, **acting(city, at=AFTER))


def marks(sheet: Sheet) -> dict[str, list[str]]:
    """Of each unit its marks in the order of the items, its total and its rank."""
    return {
        line.organization.key: [
            *(str(one.mark) for one in line.scores.all()),
            str(line.total),
            str(line.rank),
        ]
        for line in Assessed.objects.filter(sheet=sheet).prefetch_related("scores__item")
    }


def frozen(sheet: Sheet) -> list:
    """All that a sheet says, as it is kept."""
    sheet.refresh_from_db()
    scores = Score.objects.filter(assessed__sheet=sheet).order_by("pk")
    return [
        *scores.values_list("n", "d", "figure", "mark", "reason", "asked"),
        *Assessed.objects.filter(sheet=sheet).order_by("pk").values_list("total", "rank"),
        (sheet.state, sheet.counted_at, sheet.published_at, sheet.title),
    ]


def code(act: Callable[[], object]) -> tuple[str, str]:
    """Of the rule that it breaks: the code and the field."""
    with pytest.raises(RuleBroken) as broken:
        act()
    return broken.value.code, broken.value.field
