"""R21: who stated, studied and reviewed in a year, of the units that were asked."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from foundations.access.policy import visible_to
from members.states import Role
from returns.actions.duties import Figures, send_back, send_return
from returns.models import Return, ReturnDuty
from services.indicators.questions import answered, by_group, by_month
from services.indicators.sources import source
from tests import handing_in as given
from tests.city import City, make_city
from tests.figures_of import asked, told, valued
from tests.letters import account, moment, unit

pytestmark = pytest.mark.django_db
YEAR = {"first_on": date(2026, 1, 1), "last_on": date(2026, 12, 31), "on": date(2027, 2, 1)}
NAMES = {"natural": "自然资源局", "housing": "住建局", "market": "市场局", "hrss": "人社局"}
STATED = {"key": "stated", "label": "主要负责人述法", "kind": "yes_no", "at_least": 1}
STUDIES = {"key": "studies", "label": "会前学法", "kind": "count", "at_least": 4, "unit": "次"}
REVIEWED = {"key": "reviewed", "label": "法制审核率", "kind": "rate", "at_least": 100}
ENDS = {"year": ["12-31"], "half_year": ["07-20", "12-31"]}


def duty(city: City, *fields: dict, key: str = "asked", per: str = "year", **more) -> ReturnDuty:
    more = {"to": city.organizations["justice"], "nil": True, **more}
    return ReturnDuty.objects.create(
        jurisdiction=city.jurisdiction,
        mechanism=city.mechanism,
        key=key,
        number="T-28",
        name=f"{key}情况",
        owed_by=["departments"],
        per=per,
        fields=list(fields),
        **more,
    )


def returned(
    of: ReturnDuty, city: City, name: str, sent: str = "", *, year: int = 2026, n: int = 1, **more
) -> Return:
    """What a unit handed in on a day of the year, or still owes; its figures among `more`."""
    due_on = date.fromisoformat(f"{year}-{ENDS[of.per][n - 1]}")
    columns = {key: more.pop(key) for key in ("nil", "remark", "fields") if key in more}
    return Return.objects.create(
        jurisdiction=city.jurisdiction,
        duty=of,
        organization=unit(city, name, NAMES.get(name, "")),
        per=of.per,
        year=year,
        n=n,
        values=more,
        opened_on=date(year, 1, 5),
        due_on=due_on,
        state="sent" if sent else "due",
        sent_on=date.fromisoformat(f"{year}-{sent}") if sent else None,
        **{"fields": of.fields, **columns},
    )


def statements(city: City) -> ReturnDuty:
    """Of five units two stated; one handed in a no, one nothing to report, one owes it."""
    of = duty(city, STATED)
    returned(of, city, "agency", "12-01", stated=True)
    returned(of, city, "natural", "12-31", stated=True)
    returned(of, city, "housing", "12-02", stated=False)
    returned(of, city, "market", "12-03", nil=True, remark="负责人新任")
    returned(of, city, "hrss")
    returned(of, city, "agency", "12-01", year=2025, stated=True)
    return of


def test_statements(city):
    statements(city)

    found = valued(city, "R21a", **YEAR)

    assert (found.n, found.d, found.figure) == (2, 5, Decimal("40.00"))
    assert dict(found.apart) == {"未述法且报送期限未届满": 0}
    assert told(city, "R21a", "due", **YEAR) == (2, 5, {"报送期限未届满": 0})


@pytest.mark.parametrize(
    ("on", "whole", "due"),
    [
        pytest.param("2026-12-01", (1, 5, 4), (0, 0, 5), id="one has handed in"),
        pytest.param("2026-12-31", (2, 5, 3), (0, 0, 5), id="the last day itself"),
        pytest.param("2027-01-01", (2, 5, 0), (2, 5, 0), id="the last day is over"),
        pytest.param("2026-01-04", (0, 0, 0), (0, 0, 0), id="before anything was asked"),
    ],
)
def test_statements_as_known_on_a_day(city, on, whole, due):
    """n, d and how many still have time."""
    statements(city)
    day = {**YEAR, "on": date.fromisoformat(on)}

    for variant, expected in (("asked", whole), ("due", due)):
        n, d, apart = told(city, "R21a", variant, **day)
        assert (n, d, *apart.values()) == expected


@pytest.mark.parametrize(
    ("first_on", "last_on", "n", "d"),
    [
        pytest.param("2026-07-01", "2026-09-30", 2, 5, id="a quarter counts its year"),
        pytest.param("2025-12-31", "2025-12-31", 1, 1, id="the last day of the year before"),
        pytest.param("2025-12-31", "2026-01-01", 3, 6, id="both years, each once"),
        pytest.param("2027-01-01", "2027-01-31", 0, 0, id="the year after"),
    ],
)
def test_a_period_counts_the_years_that_it_touches(city, first_on, last_on, n, d):
    statements(city)
    period = {"first_on": date.fromisoformat(first_on), "last_on": date.fromisoformat(last_on)}

    assert told(city, "R21a", **{**YEAR, **period})[:2] == (n, d)


def test_a_unit_counts_once_in_a_year_whatever_the_terms(city):
    of = duty(city, STATED, per="half_year")
    returned(of, city, "agency", "07-10", stated=True)
    returned(of, city, "agency", n=2)  # the second half is still owed
    returned(of, city, "natural", "07-10", stated=False)
    returned(of, city, "natural", "12-20", n=2, stated=True)
    returned(of, city, "housing", "07-10", stated=False)
    returned(of, city, "housing", "12-20", n=2, stated=False)

    assert told(city, "R21a", **YEAR)[:2] == (2, 3)
    # The year is over with its last term: not yet in August, when the first was due.
    assert told(city, "R21a", "due", **{**YEAR, "on": date(2026, 8, 1)})[:2] == (0, 0)


def studies(city: City) -> ReturnDuty:
    """Four times a year are owed. Two of five come to it."""
    of = duty(city, STUDIES, per="half_year")
    for name, first, second in (
        ("agency", 1, 3),  # four: enough
        ("natural", 5, 0),  # five
        ("housing", 1, 2),  # three: short
    ):
        returned(of, city, name, "07-10", studies=first)
        returned(of, city, name, "12-20", n=2, studies=second)
    returned(of, city, "market", "07-10", studies=3)
    returned(of, city, "market", n=2)  # three so far, the second half is owed
    returned(of, city, "hrss", "07-10", studies=3)
    returned(of, city, "hrss", "12-20", n=2, nil=True, remark="无")  # nought in the second
    return of


def test_studies(city):
    studies(city)

    found = valued(city, "R21b", **YEAR)

    assert (found.n, found.d, found.figure) == (2, 5, Decimal("40.00"))
    assert told(city, "R21b", "due", **YEAR) == (2, 5, {"报送期限未届满": 0})
    # In August only what the first half brought: natural has its five.
    august = {**YEAR, "on": date(2026, 8, 1)}
    assert told(city, "R21b", **august) == (1, 5, {"未完成且报送期限未届满": 4})
    assert told(city, "R21b", "due", **august) == (0, 0, {"报送期限未届满": 5})


@pytest.mark.parametrize(
    ("owed", "handed_in", "n"),
    [
        pytest.param({"at_least": 4}, 4, 1, id="four of four"),
        pytest.param({"at_least": 4}, 3, 0, id="three of four"),
        pytest.param({"at_least": 12}, 11, 0, id="numbers, not words: eleven of twelve"),
        pytest.param({"at_least": 9}, 10, 1, id="numbers, not words: ten of nine"),
        pytest.param({}, 1, 1, id="no number named: once will do"),
        pytest.param({}, 0, 0, id="no number named: not at all"),
        pytest.param({"at_least": 0}, 0, 0, id="none owed: once all the same"),
        pytest.param({"optional": True}, None, 0, id="left empty"),
    ],
)
def test_how_many_studies_are_enough(city, owed, handed_in, n):
    field: dict[str, Any] = {"key": "studies", "label": "会前学法", "kind": "count", **owed}
    returned(duty(city, field), city, "agency", "12-01", studies=handed_in)

    assert told(city, "R21b", **YEAR)[:2] == (n, 1)


def test_what_was_asked_of_a_year_holds_for_that_year(city):
    """Next year the text wants six and asks for no statement any more."""
    of = duty(city, {**STUDIES, "at_least": 6})
    both = [STUDIES, STATED]
    returned(of, city, "agency", "12-01", year=2025, fields=both, studies=4, stated=True)
    returned(of, city, "agency", "12-01", studies=4)
    last = {**YEAR, "first_on": date(2025, 1, 1), "last_on": date(2025, 12, 31)}

    assert (told(city, "R21b", **last)[:2], told(city, "R21b", **YEAR)[:2]) == ((1, 1), (0, 1))
    assert (told(city, "R21a", **last)[:2], told(city, "R21a", **YEAR)[:2]) == ((1, 1), (0, 0))


def test_a_key_that_means_something_else_is_not_counted(city):
    words = {"key": "studies", "label": "学法情况", "kind": "text"}
    number = {"key": "reviewed", "label": "审核", "kind": "count"}
    of = duty(city, words, number)
    returned(of, city, "agency", "12-01", studies="已学4次", reviewed=4)

    assert told(city, "R21b", **YEAR)[:2] == (0, 0)
    assert told(city, "R21c", **YEAR)[:2] == (0, 0)


def reviews(city: City) -> ReturnDuty:
    of = duty(city, REVIEWED, per="half_year")
    returned(of, city, "agency", "07-10", reviewed=[8, 10])
    returned(of, city, "agency", "12-20", n=2, reviewed=[10, 10])  # 18 of 20
    returned(of, city, "natural", "07-10", reviewed=[0, 0])
    returned(of, city, "natural", "12-20", n=2, reviewed=[7, 7])  # all of 7
    returned(of, city, "housing", "07-10", reviewed=[0, 0])
    returned(of, city, "housing", "12-20", n=2, nil=True, remark="无")  # none needed it
    returned(of, city, "market", "07-10", reviewed=[3, 3])
    returned(of, city, "market", n=2)  # all of 3, the second half is owed
    returned(of, city, "hrss")
    returned(of, city, "hrss", n=2)  # nothing is known
    return of


def test_reviews_of_decisions(city):
    reviews(city)

    found = valued(city, "R21c", **YEAR)

    # 8 + 10 + 0 + 7 + 0 + 3 of 10 + 10 + 0 + 7 + 0 + 3; three returns are owed
    assert (found.n, found.d, found.figure) == (28, 30, Decimal("93.33"))
    assert dict(found.apart) == {"尚未报送（期次）": 3}
    # In August the first halves: 8 + 0 + 0 + 3 of 10 + 0 + 0 + 3
    august = told(city, "R21c", **{**YEAR, "on": date(2026, 8, 1)})
    assert august == (11, 13, {"尚未报送（期次）": 6})


def test_units_that_review_everything(city):
    reviews(city)

    found = valued(city, "R21c", "units", **YEAR)

    # natural and market of agency, natural, market and hrss; housing had nothing to review
    assert (found.n, found.d, found.figure) == (2, 4, Decimal("50.00"))
    assert dict(found.apart) == {"没有应审核决定的单位": 1, "未达到且报送期限未届满": 0}
    # In August market alone; natural had nothing so far, nor had housing.
    assert told(city, "R21c", "units", **{**YEAR, "on": date(2026, 8, 1)}) == (
        1,
        3,
        {"没有应审核决定的单位": 2, "未达到且报送期限未届满": 2},
    )


def test_the_rows_behind_and_those_that_are_lacking(city):
    reviews(city)
    units, decisions = (asked(city, "R21c", name, **YEAR) for name in ("units", "decisions"))
    lacking = units.rows("d").exclude(pk__in=units.rows("n").values("pk"))

    assert set(units.rows("n").values_list("organization__key", flat=True)) == {
        "natural",
        "market",
    }
    assert set(lacking.values_list("organization__key", flat=True)) == {"agency", "hrss"}
    assert (decisions.rows("d").count(), decisions.rows("尚未报送（期次）").count()) == (7, 3)
    behind = decisions.rows("d").order_by("pk").first()
    told_of = [column.of(behind) for column in source("returns").columns]
    assert told_of[:3] == ["asked情况", "2026年上半年", "试验市综合行政执法局"]


def test_nothing_to_review_gives_no_rate(city):
    returned(duty(city, REVIEWED), city, "agency", "12-01", reviewed=[0, 0])

    assert [valued(city, "R21c", name, **YEAR).text for name in ("decisions", "units")] == [
        "—",
        "—",
    ]


def test_by_unit_by_matter_and_by_month(city):
    of, ids = reviews(city), city.organizations
    both = duty(city, STATED, REVIEWED, key="both")
    returned(both, city, "agency", "12-01", stated=True, reviewed=[1, 2])

    units, matters = (
        {key: (value.n, value.d) for key, value in found.items()}
        for found in (
            by_group(asked(city, "R21c", **YEAR), "unit"),
            by_group(asked(city, "R21c", "units", **YEAR), "matter"),
        )
    )

    assert units[ids["agency"].pk] == (19, 22)
    assert units[ids["natural"].pk] == (7, 7)
    assert matters == {of.pk: (2, 4), both.pk: (0, 1)}
    assert told(city, "R21c", narrow=(("unit", ids["agency"].pk),), **YEAR)[:2] == (19, 22)
    assert told(city, "R21a", narrow=(("unit", ids["natural"].pk),), **YEAR)[:2] == (0, 0)
    assert source("unit_years").groups["matter"].words([both.pk]) == {both.pk: "both情况"}
    # Every month is of the year, whose figure it has.
    months = by_month(asked(city, "R21a", **YEAR))
    assert {(value.n, value.d) for value in months.values()} == {(1, 1)}


@pytest.mark.parametrize(
    ("who", "stated", "reviewed"),
    [
        pytest.param("agency_contact", (1, 1), (18, 20), id="a unit: its own"),
        pytest.param("gov_deputy", (2, 5), (28, 30), id="who takes them: everybody's"),
        pytest.param("transport_contact", (0, 0), (0, 0), id="a unit that was not asked"),
        pytest.param("court_officer", (0, 0), (0, 0), id="another side"),
        pytest.param(None, (2, 5), (28, 30), id="all there are"),
    ],
)
def test_a_reader_counts_what_the_reader_may_open(city, who, stated, reviewed):
    statements(city)
    Return.objects.filter(year=2025).delete()
    duties = ReturnDuty.objects.filter(key="asked")
    duties.update(key="statements")
    reviews(city)
    unit(city, "transport", "交通局")
    account(city, "transport_contact", "transport", Role.MEMBER_UNIT)
    reader = city.users[who] if who else None

    assert told(city, "R21a", reader=reader, **YEAR)[:2] == stated
    assert told(city, "R21c", reader=reader, **YEAR)[:2] == reviewed
    if reader:
        rows = set(asked(city, "R21a", reader=reader, **YEAR).rows("d"))
        assert rows <= set(visible_to(reader, Return))


def test_another_place_counts_nothing_of_it(city):
    statements(city)
    elsewhere = make_city("elsewhere")

    assert told(elsewhere, "R21a", **YEAR)[:2] == (0, 0)
    for key in ("returns", "unit_years"):
        assert not source(key).rows(elsewhere.jurisdiction, None).exists()
        assert source(key).rows(city.jurisdiction, None).exists()


def test_through_actions(city):
    """Opened for a year, handed in, sent back and handed in again."""
    first, second, *_rest = given.opened(city, fields=[STATED, STUDIES, REVIEWED])
    values = {"stated": True, "studies": 2, "reviewed": [8, 9]}
    unit_, takes = city.users["agency_contact"], city.users["gov_officer"]
    for row in (first, second):
        send_return(row.pk, actor=unit_, at=moment(date(2026, 7, 10)), figures=Figures(values))

    def now() -> list[tuple[int, int]]:
        return [told(city, key, **YEAR)[:2] for key in ("R21a", "R21b", "R21c")]

    assert now() == [(1, 1), (1, 1), (16, 18)]
    wanted = {"reason": "件数有误", "due_on": date(2026, 11, 30)}
    send_back(second.pk, actor=takes, at=moment(date(2026, 11, 23)), **wanted)
    assert now() == [(1, 1), (0, 1), (8, 9)]
    mended = Figures({**values, "studies": 3, "reviewed": [9, 9]})
    send_return(second.pk, actor=unit_, at=moment(date(2026, 11, 24)), figures=mended)
    assert now() == [(1, 1), (1, 1), (17, 18)]


def test_all_variants_of_the_same_rows_take_one_statement(city, django_assert_num_queries):
    """And one that reads what was asked."""
    statements(city)
    names = [("R21a", "asked"), ("R21a", "due"), ("R21b", "asked"), ("R21c", "units")]

    with django_assert_num_queries(2):
        found = answered([asked(city, *name, **YEAR) for name in names])

    assert [(value.n, value.d) for value in found] == [(2, 5), (2, 5), (0, 0), (0, 0)]
