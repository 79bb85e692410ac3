"""Tables of indicators in bulletins: counted, frozen, and corrected by an erratum only."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from bulletins.actions import bulletins as actions
from bulletins.actions.bulletin_figures import type_table
from bulletins.actions.circulation import circulate, correct
from bulletins.kept import moved
from bulletins.models import Bulletin, FigureTable
from bulletins.papers.bulletins import bulletin_context
from bulletins.tables import INDICATORS, Picked, Scope, frozen
from cases.models import Tally
from foundations.access.errors import RuleBroken
from services.documents.models import OfficialDocument
from tests.issues import AT, circulated, drafted, signed, words
from tests.letters import unit
from tests.sitting import moment
from tests.tallying import day, other, sat

QUARTER = {"first_on": date(2026, 4, 1), "last_on": date(2026, 6, 30)}
KNOWN = date(2026, 11, 20)
LATER = moment(date(2026, 12, 1), 10)
R5 = "行政机关败诉率"


def suits(city, lost: int, kept: int, agency: str = "agency", year: int = 2026) -> None:
    for mode, times in (("revoked", lost), ("dismissed", kept)):
        for _n in range(times):
            sat(city, "first_instance", mode, closed=day(5, 6, year), agencies=(agency,))


def scope(city, *keys: str, **given) -> Scope:
    days = {**QUARTER, "on": KNOWN, **given}
    picked = tuple(Picked(key) for key in keys)
    return Scope(city.mechanism, city.organizations["court"], **days, indicators=picked)


def told(city, **more) -> Bulletin:
    given = {"tables": (INDICATORS,), "indicators": ("R5",), **QUARTER, **more}
    return circulated(city, **given)


def lose_one_more() -> None:
    """A judgment was entered wrongly and is put right."""
    one = Tally.objects.filter(mode="dismissed").order_by("pk").first()
    Tally.objects.filter(pk=one.pk).update(mode="revoked", against=True)


def test_a_row_has_everything_that_a_figure_is_printed_with(city):
    suits(city, lost=2, kept=10)
    suits(city, lost=1, kept=3, year=2025)

    found = frozen(INDICATORS, scope(city, "R5", "C1"))

    assert found.rows[0] == [R5, 2, 12, "16.67%", "25.00%（1/4）", "−8.33个百分点", "—", "—"]
    assert found.rows[1][1:4] == [0, "—", "0"]
    assert found.basis.startswith("行政机关败诉率（占一审结案）：分子：")
    assert found.filter["indicators"][0] == {"key": "R5", "variant": "closed", "months": 6}
    assert found.filter["first_on"] == "2026-04-01"


def test_by_unit_small_bases_have_no_place_and_each_has_its_own(city):
    city.organizations["planning"] = other(city)
    suits(city, lost=3, kept=9)
    suits(city, lost=1, kept=9, agency="planning")
    small = other_unit(city)
    suits(city, lost=0, kept=2, agency=small)

    found = frozen("units-R5", scope(city))

    assert [row[:4] for row in found.rows] == [
        ["市自然资源局", 1, 1, 10],
        ["市综合执法局", 2, 3, 12],
        ["市水利局", "—", 0, 2],
        ["合计", "", 4, 24],
    ]
    assert "各单位之和可能大于合计" in found.basis


def other_unit(city) -> str:
    city.organizations["water"] = unit(city, "water", "试验市水利局", "市水利局")
    return "water"


def test_only_a_party_publishes_figures_of_the_whole(city):
    suits(city, 1, 1)
    agency = city.organizations["agency"]

    with pytest.raises(RuleBroken) as refused:
        actions.draft(
            city.mechanism.pk,
            actor=city.users["agency_contact"],
            at=AT,
            issuer_id=agency.pk,
            words=words(city, tables=(INDICATORS,), indicators=("R5",), **QUARTER),
        )
    assert (refused.value.code, refused.value.field) == ("not_publishing", "tables")


def test_figures_of_indicators_are_never_typed(city):
    made = drafted(city, tables=(INDICATORS,), indicators=("R5",), **QUARTER)

    with pytest.raises(RuleBroken) as refused:
        type_table(
            made.pk, actor=city.users["court_officer"], at=AT, key=INDICATORS, rows=[["甲"]]
        )
    assert refused.value.code == "never_typed"


def test_a_table_without_indicators_is_refused(city):
    with pytest.raises(RuleBroken) as refused:
        drafted(city, tables=(INDICATORS,), **QUARTER)
    assert (refused.value.code, refused.value.field) == ("no_indicators", "indicators")


def test_signing_counts_a_last_time_with_its_moment(city):
    suits(city, 1, 9)
    made = drafted(city, tables=(INDICATORS,), indicators=("R5",), **QUARTER)
    suits(city, 1, 0)
    actions.send_for_review(made.pk, actor=city.users["court_officer"], at=AT)
    actions.sign(made.pk, actor=city.users["court_deputy"], at=LATER)

    table = made.tables.get()
    assert table.rows[0][1:3] == [2, 11]
    assert table.counted_at == LATER
    assert table.filter["known_on"] == "2026-12-01"


def test_published_figures_stay_on_page_paper_and_file(city, as_user):
    suits(city, 2, 10)
    made = told(city, tables=(INDICATORS, "units-R5", "losses"))
    paper = OfficialDocument.objects.about(made).get()
    frozen_rows = dict(made.tables.values_list("key", "rows"))

    lose_one_more()
    suits(city, 4, 0)

    client = as_user(city.users["gov_officer"])
    page = client.get(made.get_absolute_url()).content.decode()
    file = client.get(reverse("bulletins:tables-file", args=[made.public_id])).content
    sheets = load_workbook(BytesIO(file))
    made.refresh_from_db()
    paper.refresh_from_db()
    assert dict(made.tables.values_list("key", "rows")) == frozen_rows
    assert "16.67%" in page
    assert "统计期间2026年4月1日至6月30日，统计范围为全辖区，统计于2026年11月20日10:00。" in page
    assert "占一审结案" in page
    assert "2/12 →" not in page, "who may not correct it is not told"
    assert [cell.value for cell in sheets.worksheets[0][2]][:4] == [R5, 2, 12, "16.67%"]
    assert bulletin_context(made)["tables"][0]["rows"][0][1:4] == ["2", "12", "16.67%"]
    assert paper.context["tables"][0]["rows"][0][1:4] == ["2", "12", "16.67%"]
    assert "统计于2026年11月20日" in paper.context["tables"][0]["counted"]


def test_what_the_records_show_by_now_is_said_to_who_may_correct(city, as_user):
    suits(city, 2, 10)
    made = told(city)
    assert moved(made) == []

    lose_one_more()

    (one,) = moved(made)
    assert (one.name, one.column, one.before, one.after) == (R5, "数值", "2/12", "3/12")
    page = as_user(city.users["court_officer"]).get(made.get_absolute_url()).content.decode()
    assert "2/12 → 3/12" in page
    assert reverse("bulletins:correct", args=[made.public_id]) in page


def test_what_happened_since_is_no_error(city):
    suits(city, 2, 10)
    made = told(city)

    sat(city, "first_instance", "revoked", closed=day(7, 2))

    assert moved(made) == []


def corrected(city, made: Bulletin, reason: str = "一件判决登记有误") -> Bulletin:
    officer = city.users["court_officer"]
    new = correct(made.pk, actor=officer, at=LATER, reason=reason)
    actions.send_for_review(new.pk, actor=officer, at=LATER)
    actions.sign(new.pk, actor=city.users["court_deputy"], at=LATER)
    return circulate(new.pk, actor=officer, at=LATER)


def test_a_correcting_issue_names_what_changed_and_why(city, as_user):
    suits(city, 2, 10)
    made = told(city)
    lose_one_more()

    new = corrected(city, made)

    erratum = new.tables.get(key="erratum")
    assert erratum.rows == [["主要指标情况", R5, "数值", "2/12", "3/12"]]
    assert new.tables.first() == erratum, "it stands at the head"
    figures = new.tables.get(key=INDICATORS)
    assert figures.filter["known_on"] == "2026-11-20", "as known on the day of the first"
    assert made.tables.get().rows[0][1:3] == [2, 12]
    assert "更正理由：一件判决登记有误。" in bulletin_context(new)["corrects"]
    client = as_user(city.users["gov_officer"])
    old_page = client.get(made.get_absolute_url()).content.decode()
    new_page = client.get(new.get_absolute_url()).content.decode()
    assert new.get_absolute_url() in old_page
    assert "2/12 → 3/12" in old_page
    assert made.get_absolute_url() in new_page
    assert "一件判决登记有误" in new_page


def test_a_correcting_issue_of_words_alone_has_no_table_of_changes(city):
    suits(city, 2, 10)

    new = corrected(city, told(city))

    assert [row.key for row in new.tables.all()] == [INDICATORS]


def test_what_was_typed_is_taken_over(city):
    made = drafted(city, tables=("own",))
    officer = city.users["court_officer"]
    type_table(made.pk, actor=officer, at=AT, key="own", rows=[["培训", "3", ""]])
    actions.send_for_review(made.pk, actor=officer, at=AT)
    actions.sign(made.pk, actor=city.users["court_deputy"], at=AT)
    circulate(made.pk, actor=officer, at=AT)

    new = correct(made.pk, actor=officer, at=LATER, reason="笔误")

    assert new.tables.get().rows == [["培训", 3, ""]]


def test_the_form_offers_indicators_to_a_party_and_keeps_them(city, as_user):
    suits(city, 2, 10)
    made = drafted(city, tables=(INDICATORS, "units-R6"), indicators=("R5", "R6"), **QUARTER)
    client = as_user(city.users["court_officer"])
    address = reverse("bulletins:edit", args=[made.public_id])

    form = client.get(address).context["form"]
    sent = {
        name: value for name in form.fields if (value := form[name].value()) not in (None, False)
    }
    sent |= {"recipients": "市政府、市司法局", "indicators": ["R5", "C1"]}
    answer = client.post(address, sent)

    assert answer.status_code == 302, answer.content.decode()
    assert set(made.tables.values_list("key", flat=True)) == {INDICATORS, "units-R6"}
    rows = FigureTable.objects.get(bulletin=made, key=INDICATORS).rows
    assert [row[0] for row in rows] == [R5, "新收一审行政案件"]


def test_a_signed_table_waits_for_circulation_as_it_is(city):
    suits(city, 2, 10)
    made = signed(city, tables=(INDICATORS,), indicators=("R5",), **QUARTER)
    lose_one_more()

    circulate(made.pk, actor=city.users["court_officer"], at=LATER)

    assert made.tables.get().rows[0][1:3] == [2, 12]
