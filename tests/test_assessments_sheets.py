"""A sheet from its scheme to its circular: what is counted, told, published, corrected."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from assessments import states
from assessments.actions import sheets, telling
from assessments.models import Sheet
from assessments.states import MOVES
from bulletins.actions import bulletins, circulation
from bulletins.states import BulletinState
from foundations.access.errors import RuleBroken
from services.deadlines.models import Deadline
from services.documents.models import OfficialDocument
from suggestions.models import Addressee
from tests import assessed
from tests.assessed import AFTER, LAST, acting, code, frozen, marks
from tests.letters import unit

ALLOWED = {
    "SchemeState": {("draft", "adopted"), ("draft", "dropped"), ("adopted", "replaced")},
    "SheetState": {
        ("draft", "announced"), ("draft", "dropped"), ("announced", "published"),
        ("published", "withdrawn"),
    },
}  # fmt: skip


@pytest.mark.parametrize("name", ALLOWED)
def test_which_moves_are_allowed(name):
    table = MOVES[getattr(states, name)]

    assert {(str(a), str(b)) for a, after in table.items() for b in after} == ALLOWED[name]


@pytest.fixture
def town(city):
    """The city with the letters of the three units."""
    assessed.letters_due(city)
    return city


def test_the_figures_of_a_draft_are_counted_and_scored(town):
    made = assessed.sheet(town)

    rows = {key: assessed.score(made, key, "司法建议回复") for key in assessed.SCORED_UNITS}
    # replied of due, and 100 marks for 100%
    assert {key: (row.n, row.d, row.mark) for key, row in rows.items()} == {
        "agency": (8, 10, Decimal(80)),
        "natural": (12, 12, Decimal(100)),
        "market": (3, 4, None),
    }
    steps = {key: assessed.score(made, key, "按期回复").mark for key in assessed.SCORED_UNITS}
    # 6 of 10 reach the step of 60, which gives half of the marks
    assert steps == {"agency": 50, "natural": 100, "market": None}
    assert rows["agency"].figure == 80
    assert rows["agency"].asked["first_on"] == "2026-07-01"
    assert rows["agency"].asked["on"] == "2026-10-15"
    assert "答复期限已届满" in rows["agency"].asked["basis"]


def test_a_figure_that_should_fall_is_scored_the_other_way(town):
    item = {**assessed.ITEMS[0], "wanted": "down", "target": Decimal(20), "weight": Decimal(100)}
    made = assessed.sheet(town, assessed.adopted(town, items=[item]))

    # 20 wanted at most, 80 counted: a quarter of the marks
    assert assessed.score(made, "agency", "司法建议回复").mark == 25
    assert assessed.score(made, "natural", "司法建议回复").mark == 20


def test_the_whole_way_of_a_sheet(town):
    made = assessed.announced(town)
    # 32 + 20 + 15; 40 + 40 + 10; 18 of 20 alone
    assert marks(made) == {
        "agency": ["80.00", "50.00", "15.00", "67.00", "None"],
        "natural": ["100.00", "100.00", "10.00", "90.00", "None"],
        "market": ["None", "None", "18.00", "90.00", "None"],
    }
    objection = assessed.objected(town, made)
    telling.answer_objection(
        objection.pk,
        outcome="upheld",
        mark=Decimal(75),
        answer="两件交邮日在期限内，予以采纳。",
        **acting(town),
    )
    made = telling.publish(made.pk, **acting(town, at=AFTER))

    # 32 + 30 + 15 = 77; of the market bureau a fifth of the weight was scored: no rank
    assert marks(made) == {
        "agency": ["80.00", "75.00", "15.00", "77.00", "2"],
        "natural": ["100.00", "100.00", "10.00", "90.00", "1"],
        "market": ["None", "None", "18.00", "90.00", "None"],
    }
    objection.refresh_from_db()
    assert (objection.before, objection.after) == (50, 75)
    row = assessed.score(made, "agency", "按期回复")
    assert (row.counted_mark, row.changed, row.typed_by) == (50, True, town.users["gov_officer"])
    limits = Deadline.objects.filter(rule="ASSESSMENT-OBJECTION")
    assert set(limits.values_list("state", "window")) == {("lapsed", True)}


def test_the_circular_goes_the_way_of_every_bulletin(town):
    made = assessed.published(town)

    circular = made.bulletin
    assert circular.state == BulletinState.DRAFTING
    told = set(circular.circulations.values_list("organization__key", flat=True))
    assert told == {"gov", "court", "agency", "natural", "market"}
    bulletins.send_for_review(circular.pk, **acting(town, at=AFTER))
    bulletins.sign(circular.pk, **acting(town, "gov_deputy", AFTER))
    sent = circulation.circulate(circular.pk, **acting(town, at=AFTER))
    paper = OfficialDocument.objects.about(sent).get()
    table = next(one for one in paper.context["blocks"] if one["kind"] == "table")
    assert [cell["text"] for cell in table["heads"][0]] == [
        "名次", "单位", "司法建议回复（40%）", "按期回复（40%）", "配合化解（20%）", "总分",
    ]  # fmt: skip
    cells = [[cell["text"] for cell in row] for row in table["rows"]]
    assert cells == [
        ["1", "试验市自然资源和规划局", "100.00（100.00%，12 / 12）",
         "100.00（100.00%，12 / 12）", "10.00", "90.00"],
        ["2", "试验市综合行政执法局", "80.00（80.00%，8 / 10）",
         "50.00（60.00%，6 / 10）", "15.00", "67.00"],
        ["—", "试验市市场监督管理局", "不计分（75.00%，3 / 4）",
         "不计分（75.00%，3 / 4）", "18.00", "90.00"],
    ]  # fmt: skip
    said = " ".join(one.get("text", "") for one in paper.context["blocks"])
    assert "基数不足10的项目不计分" in said
    assert "数据截至2026年10月15日" in said
    assert "达到100%得满分，否则按实际值与目标值之比计分。" in said


def test_what_was_published_does_not_move_with_the_records(town):
    made = assessed.published(town)
    before, body = frozen(made), made.bulletin.body
    for row in Addressee.objects.filter(organization__key="agency"):
        if row.replied_on is None:
            assessed.put_replied(row)

    # as it would be counted now: 10 of 10
    assert frozen(made) == before
    for act in (
        lambda: sheets.count(made.pk, **acting(town, at=AFTER)),
        lambda: sheets.judge(
            assessed.score(made, "agency", "配合化解").pk,
            mark=Decimal(20),
            reason="改",
            **acting(town, at=AFTER),
        ),
        lambda: sheets.drop_sheet(made.pk, reason="改", **acting(town, at=AFTER)),
    ):
        with pytest.raises(RuleBroken):
            act()
    for act in (
        lambda: telling.announce(made.pk, object_by=LAST, **acting(town, at=AFTER)),
        lambda: telling.publish(made.pk, **acting(town, at=AFTER)),
        lambda: telling.agree(
            assessed.line(made, "agency").pk, **acting(town, "agency_contact", AFTER)
        ),
        lambda: assessed.objected(town, made),
    ):
        with pytest.raises(PermissionDenied):
            act()
    made.bulletin.refresh_from_db()
    assert frozen(made) == before
    assert made.bulletin.body == body


def test_what_the_units_were_told_is_what_is_published(town):
    """Also where records change in between: nobody could have objected to another figure."""
    made = assessed.announced(town)
    for row in Addressee.objects.filter(organization__key="agency", replied_on=None):
        assessed.put_replied(row)

    made = telling.publish(made.pk, **acting(town, at=AFTER))

    assert marks(made)["agency"][0] == "80.00"


def test_a_correction_takes_the_place_of_a_published_sheet(town):
    first = assessed.published(town)
    bulletins.send_for_review(first.bulletin_id, **acting(town, at=AFTER))
    bulletins.sign(first.bulletin_id, **acting(town, "gov_deputy", AFTER))
    circulation.circulate(first.bulletin_id, **acting(town, at=AFTER))
    before = frozen(first)[:-1]
    row = Addressee.objects.filter(organization__key="agency", replied_on=None).first()
    assessed.put_replied(row)

    made = sheets.correct(first.pk, reason="漏计一件回复", **acting(town, at=AFTER))
    assert first.state == "published"
    later = assessed.moment(date(2026, 11, 2))
    told = telling.announce(made.pk, object_by=date(2026, 11, 5), **acting(town, at=later))
    end = assessed.moment(date(2026, 11, 6))
    made = telling.publish(told.pk, **acting(town, at=end))

    # 9 of 10 replied; what was judged came along: 36 + 40·(7 of 10 in time reach 60) + 15
    assert marks(made)["agency"] == ["90.00", "50.00", "15.00", "71.00", "2"]
    assert frozen(first)[:-1] == before
    assert (first.state, first.withdrawn_on) == ("withdrawn", date(2026, 11, 6))
    assert made.bulletin.corrects == first.bulletin
    assert "漏计一件回复" in made.bulletin.body
    assert made.bulletin.title.endswith("（更正）")


def test_a_correction_keeps_what_an_objection_gave(town):
    made = assessed.announced(town)
    objection = assessed.objected(town, made)
    given = {"outcome": "upheld", "mark": Decimal(75), "answer": "采纳"}
    telling.answer_objection(objection.pk, **given, **acting(town))
    made = telling.publish(made.pk, **acting(town, at=AFTER))

    new = sheets.correct(made.pk, reason="漏计", **acting(town, at=AFTER))
    sheets.count(new.pk, **acting(town, at=AFTER))

    row = assessed.score(new, "agency", "按期回复")
    assert (row.mark, row.counted_mark, row.reason) == (75, 50, "采纳")
    with pytest.raises(RuleBroken, match="更正"):
        sheets.correct(made.pk, reason="又", **acting(town, at=AFTER))
    made.bulletin.refresh_from_db()
    assert made.bulletin.state == BulletinState.DRAFTING


def test_a_draft_of_a_circular_is_given_up_for_the_corrected_one(town):
    first = assessed.published(town)
    made = sheets.correct(first.pk, reason="漏计", **acting(town, at=AFTER))
    later, end = (assessed.moment(date(2026, 11, day)) for day in (2, 6))
    telling.announce(made.pk, object_by=date(2026, 11, 5), **acting(town, at=later))
    made = telling.publish(made.pk, **acting(town, at=end))

    first.bulletin.refresh_from_db()
    assert first.bulletin.state == BulletinState.DISCARDED
    assert made.bulletin.corrects is None


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        pytest.param({"last_on": date(2026, 6, 30)}, ("period_reversed", "last_on"), id="period"),
        pytest.param(
            {"first_on": date(2025, 12, 31)}, ("outside_scheme", "first_on"), id="too early"
        ),
        pytest.param({"last_on": date(2027, 1, 1)}, ("outside_scheme", "last_on"), id="too late"),
        pytest.param({"units": []}, ("nobody", "units"), id="nobody"),
        pytest.param({"units": ["justice"]}, ("own_unit", "units"), id="itself"),
        pytest.param({"units": ["court"]}, ("not_assessed", "units"), id="a court"),
        pytest.param({"units": ["section"]}, ("not_assessed", "units"), id="a division"),
        pytest.param({"units": ["old"]}, ("no_such_unit", "units"), id="a unit that had ceased"),
        pytest.param({"units": ["new"]}, ("no_such_unit", "units"), id="a unit not yet there"),
    ],
)
def test_a_sheet_that_cannot_be(city, changes, said):
    unit(city, "old", "旧局", valid_from=date(2024, 1, 2), valid_to=date(2026, 6, 30))
    unit(city, "new", "新局", valid_from=date(2026, 10, 1))
    of = assessed.adopted(city, valid_to=date(2026, 12, 31))
    if "units" in changes:
        changes = {"units": [city.organizations[key] for key in changes["units"]]}
    changes = {"units": [city.organizations["agency"]], **changes}

    assert code(lambda: assessed.sheet(city, of, **changes)) == said
    assert Sheet.objects.count() == 0


def test_a_unit_that_stood_for_a_part_of_the_period_is_assessed(city):
    unit(city, "old", "旧局", valid_from=date(2024, 1, 2), valid_to=date(2026, 7, 1))

    assert assessed.sheet(city, units=[city.organizations["old"]]).assessed.count() == 1


def test_one_sheet_of_a_scheme_and_a_period(city):
    of = assessed.adopted(city)
    first = assessed.sheet(city, of, units=[city.organizations["agency"]])
    again = {"units": [city.organizations["agency"]]}

    assert code(lambda: assessed.sheet(city, of, **again)) == ("sheet_exists", "first_on")
    sheets.drop_sheet(first.pk, reason="单位有误", **acting(city))
    assert assessed.sheet(city, of, **again).state == "draft"


def test_a_form_sent_twice_makes_one(town):
    of = assessed.adopted(town)
    words = sheets.SheetWords("考核", assessed.FIRST, LAST, [town.organizations["agency"]])
    made = [
        sheets.draft_sheet(of.pk, words=words, token="t", **acting(town)) for _time in range(2)
    ]

    assert made[0] == made[1]
