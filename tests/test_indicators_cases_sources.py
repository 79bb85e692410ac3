"""What figures of disputes are counted from: whose rows, which groups, and that rows made by
actions tell what rows made by hand do."""

import re
from datetime import date, time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.actions import appearances, hearings
from cases.actions.hearings import HearingWords
from cases.actions.intake import GuidanceWords, record_guidance
from cases.figures.appearance import Basis, Joint, by_agency, counted
from cases.models import Access, AgencyTally, Dispute
from foundations.access.policy import visible_to
from services.indicators import definitions
from services.indicators.questions import answer, by_group
from services.indicators.sources import registered
from tests.city import City
from tests.disputes import (
    accepted,
    agency_part,
    filed,
    moment,
    party_part,
    procuratorate,
    reconsideration,
    stepped,
    suit,
    worker,
)
from tests.disputes import dispute as real_dispute
from tests.tallying import by_unit, day, dispute, every, n_of_d, other, question, sat, shown_to
from tests.test_cases_mediation import agreed, mediating, outsider, signed
from tests.test_cases_tallies_appeared import INSTANCES, rows  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db
R, S = "reconsideration", "first_instance"
OURS = ("instances", "instances_by_unit", "appearances", "disputes")
YEAR = {"first": date(2026, 1, 1), "last": date(2026, 12, 31), "on": date(2026, 12, 31)}


def ours() -> list[tuple[str, definitions.Variant]]:
    found = []
    for one in definitions.indicators().values():
        found += [(one.key, it) for it in one.variants.values() if it.source in OURS]
    return found


def test_the_definitions_name_what_there_is():
    assert len(ours()) == 56
    known = {key: variant for key, variant in ours() if list(definitions.faults_of(variant))}
    assert known == {}


@pytest.mark.parametrize(("key", "variant"), ours())
def test_what_is_printed_under_a_table_says_what_was_counted(key, variant):
    days_or_count = key in ("R19", "C1", "C2", "C3")
    assert days_or_count or ("分子" in variant.basis and "分母" in variant.basis)
    assert variant.basis.endswith("。")
    assert not re.search(r"\s", variant.basis + variant.name)
    assert "日期" in variant.basis


TWO = ("court_officer", "outsider")
PATHS = {"instances": "dispute", "instances_by_unit": "tally__dispute", "disputes": "pk"}


def test_whoever_asks_counts_what_the_policy_shows(city: City):
    """Every kind of reader: the bureau, the agency, the court, a mediator by name, nobody."""
    shown = [dispute(city) for _n in range(4)]
    units = city.organizations
    shown_to(shown[0], units["justice"], units["agency"])
    shown_to(shown[1], units["justice"], units["court"], units["agency"])
    shown_to(shown[2], units["justice"])
    for row in shown:
        sat(city, R, taken=day(5, 6), of=row)
    mediating(city)
    procuratorate(city)
    by_name = f"u{outsider(city).user.pk}"
    Access.objects.create(
        dispute=shown[3], principal=by_name, why="mediator", filed_on=shown[3].filed_on
    )

    for key, reader in city.users.items():
        seen = set(visible_to(reader, Dispute).values_list("pk", flat=True))
        for source, path in PATHS.items():
            found = registered()[source].rows(city.jurisdiction, reader)
            assert set(found.values_list(path, flat=True)) == seen, (key, source)
    of = {key: n_of_d(city, "C2", reader=user)[0] for key, user in city.users.items()}
    assert (of["gov_officer"], of["court_officer"], of["agency_contact"]) == (3, 1, 2)
    assert (of["outsider"], of["mediator"], of["procurator"], of["system_admin"]) == (1, 0, 0, 0)
    assert n_of_d(city, "C2")[0] == 4
    units = {key: by_unit(city, "C2", "agency", reader=city.users[key])[0] for key in TWO}
    assert units == {"court_officer": 1, "outsider": 1}


def test_a_reader_costs_no_statement(city: City):
    sat(city, R, taken=day(5, 6))
    user = city.users["agency_contact"]
    n_of_d(city, "C2", reader=user)
    for key in ("R1", "R6", "R7", "R23"):
        with CaptureQueriesContext(connection) as told:
            answer(question(city, key, reader=user))
        assert len(told) == 1


def test_rows_of_another_place_are_not_ours(city: City):
    sat(city, R, taken=day(5, 6))
    other_place = type(city.jurisdiction).objects.create(
        key="else", name="别处", division_code="1"
    )
    for key in ("R1", "C2", "C3", "R6", "R7", "R23"):
        assert n_of_d(city, key, jurisdiction=other_place) == (0, 0)


GROUPS = {
    "organ": {"gov": 2, "court": 1},
    "kind": {R: 2, S: 1},
    "track": {"simplified": 1, "": 2},
    "enterprise": {True: 1, False: 2},
    "area": {"urban_management": 2, "natural_resources": 1},
}


@pytest.mark.parametrize("name", GROUPS)
@pytest.mark.parametrize("narrow", [False, True])
def test_groups_and_their_words(city: City, name, narrow):
    sat(city, R, taken=day(5, 6), first=True, track="simplified", area="land")
    sat(city, R, taken=day(5, 6), first=True, enterprise=True)
    sat(city, S, taken=day(5, 6), first=True)
    unit = (("unit", city.organizations["agency"].pk),) if narrow else ()
    asked = question(city, "R1", narrow=unit)
    found = {key: one.d for key, one in by_group(asked, name).items()}
    words = asked.source.groups[name].words(found.keys())
    units = {one.pk: key for key, one in city.organizations.items()} if name == "organ" else {}
    assert {units.get(key, key): d for key, d in found.items()} == GROUPS[name]
    assert len(words) == len(found)
    assert all(words.values())


def test_the_list_behind_a_figure(city: City):
    other(city)
    units = ("agency", "planning")
    sat(city, R, "revoked", taken=day(4, 8), closed=day(5, 6), agencies=units)
    whole = question(city, "R2")
    of_one = question(city, "R2", narrow=(("unit", city.organizations["planning"].pk),))
    for asked, agency in ((whole, "市综合执法局"), (of_one, "市自然资源局")):
        row = asked.rows("n").select_related(*asked.source.near).get()
        with CaptureQueriesContext(connection) as told:
            cells = {column.key: column.of(row) for column in asked.source.columns}
        assert len(told) == 0
        del cells["title"]
        assert cells == {
            "number": "",
            "organ": "市政府",
            "agency": agency,
            "taken": day(4, 8),
            "closed": day(5, 6),
            "outcome": "撤销",
        }
        assert asked.source.record
    listed = question(city, "C3", first=date(2026, 3, 2))
    row = listed.rows("n").select_related(*listed.source.near).get()
    assert [column.of(row) for column in listed.source.columns][3:] == [
        "城管、综合执法",
        day(3, 2),
        None,
    ]


WAYS = {
    "standard": Basis(),
    "called": Basis(called_only=True),
    "without_excused": Basis(excused_out=True),
    "proved": Basis(proved=True),
    "first_hearing_only": Basis(again=False),
    "joint_own": Basis(joint=Joint.OWN),
    "joint_aside": Basis(joint=Joint.ASIDE),
}


PRINCIPALS = ("standard", "called", "without_excused", "proved", "first_hearing_only")


def test_appearance_as_it_is_counted_from_the_attendances(city: City, rows):  # noqa: F811
    """Instances drawn by chance: the figures are those of `cases.figures.appearance`."""
    found = every(city, "R6", **YEAR)
    principals = every(city, "R6a", **YEAR)
    for variant, basis in WAYS.items():
        told = counted(rows, basis)
        if variant != "joint_aside":  # that is said of agencies alone
            assert found[variant] == (told.appeared.n, told.appeared.d), variant
        if variant in PRINCIPALS:
            assert principals[variant] == (told.principals.n, told.principals.d), variant
        for agency, own in by_agency(rows, basis).items():
            narrow = (("unit", agency),)
            assert n_of_d(city, "R6", variant, narrow=narrow, **YEAR) == (
                own.appeared.n,
                own.appeared.d,
            ), variant
    assert AgencyTally.objects.count() > INSTANCES


def test_a_reconsideration_through_actions(city: City):
    made = accepted(reconsideration(city), date(2026, 3, 5))
    stepped(made, "send", date(2026, 3, 9))
    stepped(made, "answered", date(2026, 3, 16), respondent=agency_part(made))
    stepped(made, "heard", date(2026, 3, 20), method="phone", note="听取了申请人的意见")
    assert n_of_d(city, "R2", **YEAR) == (0, 0)
    due = date(2026, 5, 29)
    stepped(made, "decide", date(2026, 4, 20), mode="ordered", performance_due=due)
    assert every(city, "R1", **YEAR) == {"standard": (1, 1), "without_first": (1, 1)}
    assert n_of_d(city, "R2", **YEAR) == (1, 1)
    assert n_of_d(city, "R3", **YEAR) == (0, 1)
    # Fifteen days from 20 April end on 5 May, a holiday: on the 6th.
    assert n_of_d(city, "R4", **{**YEAR, "on": day(5, 6)}) == (0, 0)
    assert n_of_d(city, "R4", **{**YEAR, "on": day(5, 7)}) == (0, 1)
    assert n_of_d(city, "R16", **YEAR) == (0, 1)
    assert n_of_d(city, "R19", **YEAR) == (46, 1)  # 26 of March, 20 of April
    filed(suit(city, made.dispute, day(4, 27)), day(4, 29))
    assert n_of_d(city, "R4", **YEAR) == (1, 1)
    assert n_of_d(city, "R1", **YEAR) == (1, 1)
    assert n_of_d(city, "R1c", **YEAR) == (1, 1)
    assert by_unit(city, "R2", "agency", **YEAR) == (1, 1)


def test_a_suit_through_actions(city: City):
    case = filed(suit(city), date(2026, 3, 9))
    stepped(case, "send", date(2026, 3, 11), served_party=agency_part(case))
    court, on = city.users["court_officer"], date(2026, 4, 8)
    words = HearingWords(on=on, starts_at=time(9, 30), place="第三法庭")
    hearing = hearings.set_hearing(case.pk, actor=court, at=moment(date(2026, 3, 25)), words=words)
    hearings.hold(hearing.pk, actor=court, at=moment(on, 17))
    assert n_of_d(city, "R6") == (0, 0)
    came = appearances.RecordWords(
        True, "李四", "副局长", "deputy", speech=["answer"], staff="赵六"
    )
    appearances.record_appearance(
        hearing.appearances.get().pk, actor=court, at=moment(on, 18), words=came
    )
    assert (n_of_d(city, "R6"), n_of_d(city, "R6a")) == ((1, 1), (0, 1))
    assert every(city, "R7") == {"any": (1, 1), "resolution": (0, 1)}
    stepped(case, "pronounce", date(2026, 4, 20), mode="revoked", ground_of_loss="procedure")
    assert n_of_d(city, "R5") == (1, 1)
    assert n_of_d(city, "R12") == (0, 1)
    assert n_of_d(city, "R1", **YEAR) == (0, 1)
    assert n_of_d(city, "R19", "first_instance") == (42, 1)  # 22 of March, 20 of April
    assert n_of_d(city, "R5", "effective", **YEAR) == (0, 0)
    for part in (agency_part(case), party_part(case), party_part(case, 1)):
        stepped(case, "serve", date(2026, 4, 21), served_party=part)
    stepped(case, "effective", date(2026, 5, 8))
    assert n_of_d(city, "R5", "effective") == (1, 1)
    assert n_of_d(city, "R17") == (0, 1)
    # Six months from 8 May end on 8 November, a Sunday: on the 9th.
    assert n_of_d(city, "R18", **{**YEAR, "on": day(11, 9)}) == (0, 0)
    assert n_of_d(city, "R18", **{**YEAR, "on": day(11, 10)}) == (0, 1)
    assert n_of_d(city, "R13", **YEAR) == (1, 1)


def test_mediation_and_guidance_through_actions(city: City):
    failed = mediating(city)
    stepped(failed, "close", date(2026, 3, 20), mode="failed", reason="分歧过大")
    assert n_of_d(city, "R14", **YEAR) == (0, 1)
    signed(agreed(city, mediating(city)))
    assert n_of_d(city, "R14", **YEAR) == (1, 2)
    assert n_of_d(city, "R14a", **YEAR) == (1, 1)
    row = real_dispute(city)
    assert n_of_d(city, "R23", **YEAR) == (0, 0)
    justice = city.organizations["justice"]
    said = GuidanceWords(justice, True, date(2026, 3, 3), "mediation", "愿意先行调解")
    given = {"actor": worker(city, justice), "at": moment(date(2026, 3, 3)), "words": said}
    record_guidance(row.pk, **given)
    assert n_of_d(city, "R23", **YEAR) == (1, 1)
    assert n_of_d(city, "C3", **YEAR)[0] == 3
