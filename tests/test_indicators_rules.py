"""Clauses on rates: what their figures are, what is wanted of them, state by state.

The rows are made by hand and n and d counted by hand; the text of the city took effect on
2 January 2024.
"""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.models import Tally
from dashboards.evidence import openable
from mechanisms.findings import Clause, Finding
from mechanisms.judging import judge, judgements
from mechanisms.states import Modal, RuleKind
from services.indicators.definitions import Better, indicator
from services.indicators.profile import Choice
from services.indicators.questions import Question
from services.indicators.rules import FIGURES, Figure, year_judged
from services.indicators.targets import Target, below, by_target, in_direction
from services.indicators.values import Broken, Value
from tests.city import City
from tests.clauses import clause, provision
from tests.disputes import worker
from tests.tallying import other, sat, shown_to

ON = date(2026, 11, 23)
MAY, LAST_MAY = date(2026, 5, 6), date(2025, 5, 6)
R, S = "reconsideration", "first_instance"
KEPT, BROKEN = "kept", "broken"
YET, NONE = "not_yet_due", "not_applicable"
NOTHING = "尚无数据。"


def reconsidered(city: City, settled: int, of: int, on: date = MAY) -> list[Tally]:
    """So many reconsiderations closed on the day, the first of them settled."""
    modes = ["mediated"] * settled + ["upheld"] * (of - settled)
    return [sat(city, R, mode, taken=on, closed=on) for mode in modes]


def judged_suits(city: City, lost: int, of: int, on: date = MAY) -> None:
    for mode in ["revoked"] * lost + ["claims_dismissed"] * (of - lost):
        sat(city, S, mode, taken=on, closed=on)


def heard(city: City, came: int, of: int, on: date = MAY) -> None:
    for n in range(of):
        sat(city, S, held_on=on, heard_on=on, recorded=1, came=n < came)


def asked(city: City, *keys: str, on: date = ON, **given) -> Clause:
    return clause(city, RuleKind.RATE_TARGET, "rate", on, keys=list(keys), **given)


def found(city: City, *keys: str, on: date = ON, **given) -> Finding:
    return judge(asked(city, *keys, on=on, **given))


def section(city: City, *rows: dict) -> None:
    version = city.mechanism.versions.get()
    type(version).objects.filter(pk=version.pk).update(
        source={**version.source, "indicators": list(rows)}
    )
    city.mechanism.__dict__.pop("_version_rows", None)


def numbers(finding: Finding) -> list[str]:
    """All numbers in the sentence but those of its days."""
    without_days = re.sub(r"\d{4}年度|(\d{4}年)?\d+月\d+日", "", finding.said)
    return re.findall(r"\d+\.\d+|\d+", without_days)


@pytest.mark.parametrize(
    ("settled", "of", "state", "figure"),
    [
        pytest.param(1, 5, KEPT, "20.00", id="exactly as many"),
        pytest.param(1, 6, BROKEN, "16.67", id="fewer"),
        pytest.param(0, 3, BROKEN, "0.00", id="none of some"),
        pytest.param(3, 3, KEPT, "100.00", id="all"),
    ],
)
def test_the_target_of_the_clause(city, settled, of, state, figure):
    reconsidered(city, settled, of)

    one = found(city, "R3", at_least=20)

    assert one.state == state
    assert "复议调解率" in one.said
    assert numbers(one) == [figure, "20"]  # neither n nor d is told
    assert one.evidence


@pytest.mark.parametrize(("lost", "state"), [(1, KEPT), (2, BROKEN)])
def test_a_target_that_is_not_to_be_exceeded(city, lost, state):
    judged_suits(city, lost, 10)

    assert found(city, "R5", at_most=10).state == state


def test_a_target_is_compared_with_the_figure_before_it_is_rounded():
    target = Target(at_least=Decimal(100))

    nearly = by_target("率", Value(29999, 30000), target)

    assert "100.00%" in nearly.said
    assert nearly.met is False
    assert by_target("率", Value(30000, 30000), target).met is True
    assert by_target("率", Value(1, 3), Target(Decimal("33.33"), Decimal("33.34"))).met is True
    assert by_target("率", Value(1, 3), Target(at_most=Decimal("33.33"))).met is False
    assert below("率", Value(1, 3), "另一率", Value(33334, 100000)).met is True
    assert in_direction("率", Value(33333, 100000), Value(1, 3), Better.UP).met is False


AREAS = {"labour": (1, 2), "environment": (0, 3), "tax": (4, 4)}
"""Of each area: reconsiderations that corrected the decision, and all."""


@pytest.mark.parametrize(
    ("areas", "state", "figure"),
    [
        pytest.param(["labour", "environment"], BROKEN, "20.00", id="1 of 5"),
        pytest.param(["labour"], KEPT, "50.00", id="1 of 2"),
        pytest.param(None, KEPT, "55.56", id="5 of 9, in all areas"),
    ],
)
def test_a_clause_is_judged_in_the_areas_that_it_names(city, areas, state, figure):
    """Work injuries are a part of labour."""
    for area, (against, of) in AREAS.items():
        for n in range(of):
            row = sat(city, R, "revoked" if n < against else "upheld", taken=MAY, closed=MAY)
            Tally.objects.filter(pk=row.pk).update(
                area="work_injury" if area == "labour" else area
            )

    one = found(city, "R2", at_least=40, **({"areas": areas} if areas else {}))

    assert (one.state, numbers(one)) == (state, [figure, "40"])
    assert ("劳动和社会保障" in one.said) == bool(areas)
    assert len(one.evidence) == {"20.00": 4, "50.00": 1, "55.56": 5}[figure]


def test_a_target_of_the_section_is_not_that_of_some_areas(city):
    section(city, {"key": "R2", "at_least": 90})
    Tally.objects.filter(pk=sat(city, R, "revoked", taken=MAY, closed=MAY).pk).update(area="tax")

    assert "90" in numbers(found(city, "R2"))
    assert "90" not in numbers(found(city, "R2", areas=["tax"]))


def test_without_anything_to_divide_by_there_is_no_figure(city):
    sat(city, R, taken=MAY)  # not closed

    one = found(city, "R3", "R2", at_least=20)

    assert (one.state, one.said, one.evidence) == (YET, NOTHING, ())


def test_a_clause_without_keys_has_no_figure(city):
    reconsidered(city, 1, 2)
    one = judge(clause(city, RuleKind.RATE_TARGET, "rate", ON, indicator="调解率", at_least=20))

    assert (one.state, one.said) == (YET, NOTHING)


@pytest.mark.parametrize(
    ("on", "first_on", "last_on"),
    [
        (date(2026, 2, 1), date(2026, 1, 1), date(2026, 2, 1)),
        (date(2026, 12, 31), date(2026, 1, 1), date(2026, 12, 31)),
        (date(2027, 1, 1), date(2026, 1, 1), date(2026, 12, 31)),
        (date(2027, 1, 31), date(2026, 1, 1), date(2026, 12, 31)),
        (date(2027, 2, 1), date(2027, 1, 1), date(2027, 2, 1)),
    ],
)
def test_which_days_are_judged(on, first_on, last_on):
    assert year_judged(on) == (first_on, last_on)


@pytest.mark.parametrize(
    ("closed", "on", "figures"),
    [
        # One settled on the day beside one upheld in May.
        pytest.param(date(2026, 1, 1), ON, ["50.00"], id="the first day"),
        pytest.param(date(2025, 12, 31), ON, ["0.00"], id="the day before it"),
        pytest.param(ON, ON, ["50.00"], id="the day itself"),
        pytest.param(date(2026, 11, 24), ON, ["0.00"], id="the day after"),
        pytest.param(date(2026, 12, 31), date(2027, 1, 31), ["50.00"], id="last year in January"),
        pytest.param(date(2027, 1, 1), date(2027, 1, 31), ["0.00"], id="not of the new year yet"),
    ],
)
def test_what_counts_on_a_day(city, closed, on, figures):
    reconsidered(city, 0, 1)
    reconsidered(city, 1, 1, on=closed)

    assert numbers(found(city, "R3", on=on, at_least=20)) == [*figures, "20"]


def test_a_year_before_the_text_is_not_looked_at(city):
    reconsidered(city, 0, 2, on=date(2023, 5, 6))

    assert found(city, "R3", on=date(2024, 1, 31), at_least=20).said == NOTHING


@pytest.mark.parametrize(
    ("now", "before", "state"),
    [
        pytest.param((2, 4), (1, 4), KEPT, id="rose"),
        pytest.param((1, 4), (2, 4), BROKEN, id="fell"),
        pytest.param((1, 4), (2, 8), BROKEN, id="stood still"),
        pytest.param((2, 2), (3, 3), KEPT, id="can be no better"),
        pytest.param((0, 2), (0, 3), BROKEN, id="nothing twice"),
        pytest.param((2, 4), (0, 0), YET, id="nothing to compare"),
        pytest.param((0, 0), (2, 4), YET, id="nothing yet"),
    ],
)
def test_without_a_number_more_than_last_year_is_wanted(city, now, before, state):
    reconsidered(city, *now)
    reconsidered(city, *before, on=LAST_MAY)

    one = found(city, "R3")

    assert one.state == state
    assert bool(one.evidence) == (state != YET)


@pytest.mark.parametrize(
    ("now", "before", "state"),
    [
        pytest.param((1, 4), (2, 4), KEPT, id="fell"),
        pytest.param((2, 4), (1, 4), BROKEN, id="rose"),
        pytest.param((1, 4), (1, 4), BROKEN, id="stood still"),
        pytest.param((0, 4), (0, 9), KEPT, id="none is lost"),
        pytest.param((4, 4), (2, 2), BROKEN, id="all are lost"),
    ],
)
def test_where_fewer_are_wanted(city, now, before, state):
    judged_suits(city, *now)
    judged_suits(city, *before, on=LAST_MAY)

    assert found(city, "R5").state == state


def test_last_year_ends_on_the_same_day(city):
    reconsidered(city, 1, 2)
    reconsidered(city, 0, 1, on=date(2025, 11, 23))
    reconsidered(city, 3, 3, on=date(2025, 11, 24))

    one = found(city, "R3")

    assert (one.state, numbers(one)) == (KEPT, ["50.00", "0.00"])


@pytest.mark.parametrize(
    ("settled", "came", "state"),
    [
        pytest.param(1, 2, KEPT, id="both meet it"),
        pytest.param(0, 2, BROKEN, id="one misses it"),
        pytest.param(1, None, YET, id="one has nothing yet"),
        pytest.param(0, None, BROKEN, id="one misses it, one has nothing"),
    ],
)
def test_every_figure_counts(city, settled, came, state):
    reconsidered(city, settled, 2)
    if came is not None:
        heard(city, came, 2)

    one = found(city, "R3", "R6", at_least=50)

    assert one.state == state
    assert "复议调解率" in one.said
    assert "负责人出庭应诉率" in one.said


def days_taken(city: City, days: list[int], **columns) -> None:
    for n in days:
        sat(city, R, "upheld", closed=MAY, days=n, **columns)


@pytest.mark.parametrize(
    ("enterprise", "others", "state", "figures"),
    [
        # (20 + 30) / 2 = 25 below (20 + 30 + 40) / 3 = 30
        pytest.param([20, 30], [40], KEPT, ["25.00", "30.00"], id="below all"),
        pytest.param([30], [30, 30], BROKEN, ["30.00", "30.00"], id="the same"),
        pytest.param([40], [20], BROKEN, ["40.00", "30.00"], id="above all"),
        pytest.param([], [20], YET, None, id="no case of an enterprise"),
    ],
)
def test_one_figure_below_another(city, enterprise, others, state, figures):
    days_taken(city, enterprise, enterprise=True)
    days_taken(city, others)

    one = found(city, "R19/enterprise", below="R19/reconsideration")

    assert one.state == state
    if figures:
        assert numbers(one) == figures
        assert "平均办案期限" in one.said
        assert "涉企复议案件" in one.said


def test_the_section_says_how_it_is_counted_and_what_is_wanted(city):
    # Of three closed one is corrected and one decided otherwise: 1/3 of all, 1/2 of decisions.
    for mode in ("revoked", "upheld", "mediated"):
        sat(city, R, mode, taken=MAY, closed=MAY)
    section(city, {"key": "R2", "variant": "decided", "at_least": 50})

    assert numbers(found(city, "R2")) == ["50.00", "50"]
    assert found(city, "R2").state == KEPT
    assert found(city, "R2", at_least=51).state == BROKEN  # the clause goes before the section
    # A clause may count in its own way; the target is not of that way.
    other_way = found(city, "R2/concluded")
    assert (other_way.state, numbers(other_way)) == (YET, ["33.33"])


def test_a_target_is_of_the_clause_that_it_cites(city):
    reconsidered(city, 1, 4)
    reconsidered(city, 2, 4, on=LAST_MAY)
    section(city, {"key": "R3", "at_least": 20, "provision": "T-901"})

    assert found(city, "R3", number="T-901").state == KEPT
    assert found(city, "R3", number="T-902").state == BROKEN  # less than last year


def test_what_is_only_allowed_is_never_broken(city):
    reconsidered(city, 0, 2)
    assert found(city, "R3", at_least=20, modal=Modal.MAY).state == NONE
    reconsidered(city, 2, 2)
    assert found(city, "R3", at_least=20, modal=Modal.MAY).state == KEPT


def test_an_indicator_that_is_gone_is_told(city):
    reconsidered(city, 1, 1)

    one = found(city, "R3", "R99", at_least=20)

    assert one.state == YET
    assert "R99" in one.said
    assert "复议调解率" in one.said


def test_a_broken_definition_is_told(city):
    chosen = Choice(indicator("R3"), indicator("R3").usual)
    question = Question(chosen.indicator, chosen.variant, city.jurisdiction, MAY, ON, ON)
    broken = Figure(question, chosen, Broken(0, 0, reason="没有来源"), Value(1, 2))
    row = asked(city, "R3", at_least=20)

    one = judge(Clause(row.mechanism, row.provision, ON, {FIGURES: {("R3", frozenset()): broken}}))

    assert one.state == YET
    assert "没有来源" in one.said


def proof(finding: Finding) -> set[int]:
    return {one.record.pk for one in finding.evidence}


@pytest.mark.parametrize(
    ("key", "given", "state", "shown"),
    [
        pytest.param("R3", {"at_least": 20}, KEPT, {"mediated"}, id="enough: those that count"),
        pytest.param("R3", {"at_least": 90}, BROKEN, {"upheld"}, id="too few: the others"),
        pytest.param("R2", {"at_most": 90}, KEPT, {"upheld", "mediated"}, id="none is corrected"),
    ],
)
def test_what_speaks_for_a_state(city, key, given, state, shown):
    rows = {row.mode: row.pk for row in reconsidered(city, 1, 2)}

    one = found(city, key, **given)

    assert one.state == state
    assert proof(one) == {rows[mode] for mode in shown}
    assert {type(each.record).__name__ for each in one.evidence} == {"Procedure"}
    assert {each.on for each in one.evidence} == {MAY}


def test_a_lost_suit_speaks_against_too_many(city):
    judged_suits(city, 1, 3)
    lost = Tally.objects.get(mode="revoked").pk

    one = found(city, "R5", at_most=10)

    assert (one.state, proof(one)) == (BROKEN, {lost})


def test_everybody_reads_the_same_and_opens_only_their_own(city):
    other(city)
    mine = sat(city, R, "mediated", taken=MAY, closed=MAY)
    theirs = sat(city, R, "mediated", taken=MAY, closed=MAY, agencies=["planning"])
    shown_to(mine.dispute, city.organizations["agency"])
    shown_to(theirs.dispute, city.organizations["planning"])

    one = found(city, "R3", at_least=20)

    for key, row in (("agency", mine), ("planning", theirs)):
        reader = worker(city, city.organizations[key])
        assert {pk for _model, pk in openable(reader, one.evidence)} == {row.pk}
    assert proof(one) == {mine.pk, theirs.pk}


def test_the_figures_of_all_clauses_are_counted_together(city):
    reconsidered(city, 1, 2)
    judged_suits(city, 1, 2)

    def statements() -> int:
        with CaptureQueriesContext(connection) as seen:
            judgements(city.mechanism, ON)
        return len(seen)

    provision(city, RuleKind.RATE_TARGET, "rate", keys=["R3"])
    one = [statements() for _time in range(2)][-1]
    for key in ("R1", "R2", "R4", "R5", "R13", "R17"):
        provision(city, RuleKind.RATE_TARGET, "rate", keys=[key])

    assert statements() == one  # without a year to compare with nothing more is read


def test_evidence_is_read_in_a_statement_a_figure(city):
    reconsidered(city, 1, 1)
    row = asked(city, "R3", at_least=20)
    judge(row)
    with CaptureQueriesContext(connection) as few:
        once = judge(Clause(row.mechanism, row.provision, ON))
        assert [one.record.get_absolute_url() for one in once.evidence]
    reconsidered(city, 9, 12)
    with CaptureQueriesContext(connection) as many:
        again = judge(Clause(row.mechanism, row.provision, ON))
        shown = [one.record.get_absolute_url() for one in again.evidence]

    assert len(shown) == 10
    assert len(many) == len(few)
