"""Carried out, proved, verified; sent back with a new day; taken up again."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from foundations.access.errors import RuleBroken
from foundations.audit.trail import history_of
from foundations.notifications.models import Notice
from services.documents.attachments import attachments_of, remove
from suggestions.actions.measures import MeasureWords, plan_measures, report_measure
from suggestions.actions.rectification import finish, reopen, verify
from suggestions.actions.reviews import review
from suggestions.models import Addressee, Measure, Verification
from suggestions.states import Attitude
from tests.answering import (
    DONE,
    adopted,
    carried_out,
    fresh,
    limit,
    promised,
    replied,
    said,
    served,
    states,
    to_verify,
)
from tests.gatherings import text_file
from tests.letters import moment

pytestmark = pytest.mark.django_db
TODAY = date(2026, 12, 10)
NOW = moment(TODAY)
BACK = date(2027, 1, 15)


@pytest.fixture(autouse=True)
def _in_december():
    with time_machine.travel(NOW, tick=False):
        yield


def checked(city, row, *, at=NOW, **given) -> Verification:
    words = {"on": TODAY, "verdict": "passed", "effect": "effective", **given}
    return verify(row.pk, actor=city.users["court_officer"], at=at, **words)


def failed(city, row, **given) -> Verification:
    words = {"verdict": "failed", "effect": "", "remark": "文书未落实", "due_on": BACK, **given}
    return checked(city, row, **words)


def planned(city, row, *measures: MeasureWords, on=TODAY, **given) -> Addressee:
    given.setdefault("actor", city.users["agency_contact"])
    return plan_measures(row.pk, at=moment(on), measures=measures, **given)


def submitted(city, row, *, on=TODAY, **given) -> Addressee:
    given.setdefault("actor", city.users["agency_contact"])
    return finish(row.pk, at=moment(on, 16), **given)


def measure(n: int, due_on: date, text: str = "组织培训") -> MeasureWords:
    return MeasureWords(n, text, "罗建国", due_on, row=n)


def test_measures_may_follow_the_reply_and_the_last_one_sets_the_clock(city):
    row = served(city)
    replied(city, row, said(Attitude.ACCEPTED, Attitude.PARTLY))
    assert (fresh(row).rectify_due_on, states(row)) == (None, [("SJ-REPLY", "met")])

    planned(city, row, measure(1, date(2027, 3, 1)), measure(2, date(2027, 1, 8)))

    assert fresh(row).rectify_due_on == date(2027, 3, 1)
    assert limit(row, "RECTIFY").due_on == date(2027, 3, 1)
    planned(city, row, measure(2, date(2027, 3, 31), "回头看"))
    assert limit(row, "RECTIFY").due_on == date(2027, 3, 31)
    assert states(row) == [("SJ-REPLY", "met"), ("RECTIFY", "open")]
    assert Notice.objects.filter(reason__startswith="planned").count() == 2


@pytest.mark.parametrize(
    ("words", "on", "code", "field"),
    [
        pytest.param((), TODAY, "no_measure", "", id="none"),
        pytest.param((measure(2, BACK),), TODAY, "not_adopted", "problem_2", id="not adopted"),
        pytest.param(
            (measure(1, date(2026, 12, 9)),), TODAY, "measure_early", "due_on_1", id="yesterday"
        ),
        pytest.param(
            (measure(1, date(2027, 2, 1)),),
            date(2027, 1, 4),
            "plan_late",
            "due_on_1",
            id="the limit is over",
        ),
    ],
)
def test_a_wrong_measure_is_refused(city, words, on, code, field):
    row = served(city)
    given = said(Attitude.ACCEPTED, Attitude.NOT_ACCEPTED, measures=promised(date(2026, 12, 31)))
    replied(city, row, given)

    with pytest.raises(RuleBroken) as broken:
        planned(city, row, *words, on=on)

    assert (broken.value.code, broken.value.field) == (code, field)
    assert (row.measures.count(), limit(row, "RECTIFY").due_on) == (1, date(2026, 12, 31))


def test_the_same_measure_sent_twice_is_one(city):
    row = served(city)
    replied(city, row)

    planned(city, row, measure(1, BACK))
    planned(city, row, measure(1, BACK))

    assert row.measures.count() == 3
    assert Notice.objects.filter(reason__startswith="planned").count() == 1


@pytest.mark.parametrize(
    ("on", "code"),
    [
        pytest.param(date(2026, 12, 11), "done_future", id="tomorrow"),
        pytest.param(date(2026, 9, 27), "done_early", id="before service"),
    ],
)
def test_a_measure_is_done_between_service_and_today(city, on, code):
    row = served(city)
    replied(city, row)
    one = row.measures.first()

    with pytest.raises(RuleBroken) as broken:
        report_measure(one.pk, actor=city.users["agency_contact"], at=NOW, on=on)

    assert (broken.value.code, broken.value.field) == (code, "on")
    one.refresh_from_db()
    assert one.state == "open"


def test_a_report_can_be_said_again_with_more_evidence(city):
    row = carried_out(city)
    one = row.measures.first()
    given = {"actor": city.users["agency_contact"], "at": NOW, "on": DONE, "note": "已印发"}

    report_measure(one.pk, **given, files=[text_file("补充.txt")], declared=True)

    assert [file.name for file in attachments_of(one)] == ["佐证.txt", "补充.txt"]
    assert history_of(one).filter(action="suggestions.measure.done").count() == 1


def test_rectification_ends_when_every_measure_is_done_and_proved(city):
    row = carried_out(city)

    submitted(city, row)

    row = fresh(row)
    assert (row.state, row.rectified_on) == ("to_verify", DONE)
    assert states(row) == [("SJ-REPLY", "met"), ("RECTIFY", "met"), ("VERIFY", "open")]
    opened = limit(row, "VERIFY")
    assert (opened.owed_by.key, opened.due_on) == ("court", date(2026, 12, 31))
    told = Notice.objects.get(reason__startswith="finished")
    assert told.recipient == city.users["court_officer"]


def test_late_rectification_is_met_late(city):
    on = date(2027, 1, 4)
    row = carried_out(city, on=on)

    submitted(city, row, on=on)

    assert limit(row, "RECTIFY").state == "met_late"


def test_nothing_is_submitted_without_evidence_or_with_open_measures(city):
    row = carried_out(city, proved=False)
    with pytest.raises(
        RuleBroken, match="以下措施没有佐证材料：修订执法文书1；修订执法文书2"
    ) as broken:
        submitted(city, row)
    assert broken.value.code == "evidence_missing"

    planned(city, row, measure(1, BACK))
    with pytest.raises(RuleBroken, match="还有措施没有完成：组织培训") as broken:
        submitted(city, row)
    assert broken.value.code == "measure_open"
    assert (fresh(row).state, limit(row, "RECTIFY").state) == ("rectifying", "open")


def test_an_adopted_problem_without_a_measure_keeps_it_open(city):
    row = served(city)
    replied(city, row, adopted(measures=promised(date(2026, 12, 31))))

    with pytest.raises(RuleBroken, match="第 2 条建议已采纳，还没有填写整改措施") as broken:
        submitted(city, row)

    assert broken.value.code == "problem_open"


def test_verified_with_its_effect_and_closed(city):
    row = to_verify(city)

    check = checked(city, row, effect="partly", remark="仍有个别未改")

    row = fresh(row)
    assert (row.state, row.effect, row.closed_on, row.verified_on) == (
        "closed",
        "partly",
        TODAY,
        TODAY,
    )
    assert states(row)[-1] == ("VERIFY", "met")
    told = Notice.objects.get(reason=f"verified:{check.public_id}")
    assert (told.recipient, told.text) == (city.users["agency_contact"], "仍有个别未改")


@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        pytest.param({"effect": ""}, "effect_missing", "effect", id="no effect rated"),
        pytest.param({"on": date(2026, 12, 11)}, "verified_future", "on", id="tomorrow"),
        pytest.param({"on": date(2026, 12, 7)}, "verified_early", "on", id="before it was done"),
        pytest.param(
            {"verdict": "failed", "due_on": BACK}, "remark_missing", "remark", id="no remark"
        ),
        pytest.param(
            {"verdict": "failed", "remark": "缺"}, "due_missing", "due_on", id="no new day"
        ),
        pytest.param(
            {"verdict": "failed", "remark": "缺", "due_on": TODAY},
            "due_past",
            "due_on",
            id="today",
        ),
    ],
)
def test_a_wrong_verification_is_refused(city, given, code, field):
    row = to_verify(city)

    with pytest.raises(RuleBroken) as broken:
        checked(city, row, **given)

    assert (broken.value.code, broken.value.field) == (code, field)
    assert (fresh(row).state, row.checks.count()) == ("to_verify", 0)


def test_nothing_is_verified_without_evidence(city):
    row = to_verify(city)
    file = attachments_of(row.measures.first()).get()
    remove(file.pk, actor=city.users["agency_contact"], at=NOW, reason="传错")

    with pytest.raises(RuleBroken, match="以下措施没有佐证材料") as broken:
        checked(city, row)
    assert broken.value.code == "evidence_missing"

    failed(city, row)
    assert fresh(row).state == "rectifying"


def test_what_fails_goes_back_with_a_day_of_the_issuer(city):
    row = to_verify(city)
    second = row.measures.last()

    failed(city, row, again=[second.pk])

    row = fresh(row)
    assert (row.state, row.rectify_due_on, row.rectified_on) == ("rectifying", BACK, None)
    assert states(row)[2:] == [("VERIFY", "met"), ("RECTIFY", "open")]
    assert [(one.state, one.due_on) for one in row.measures.all()] == [
        ("done", date(2026, 12, 10)),
        ("open", BACK),
    ]
    with pytest.raises(RuleBroken) as broken:
        planned(city, row, measure(2, date(2027, 1, 16)))
    assert (broken.value.code, broken.value.field) == ("beyond_day", "due_on_2")
    planned(city, row, measure(2, BACK))
    assert limit(row, "RECTIFY").due_on == BACK


def test_a_second_round_ends_like_the_first(city):
    row = to_verify(city)
    failed(city, row)
    contact, later = city.users["agency_contact"], date(2027, 1, 18)
    for one in row.measures.all():
        report_measure(one.pk, actor=contact, at=moment(later), on=later)

    submitted(city, row, on=later)
    checked(city, row, at=moment(later), on=later)

    assert fresh(row).state == "closed"
    assert [state for rule, state in states(row) if rule == "RECTIFY"] == ["met", "met_late"]
    assert [one.verdict for one in row.checks.all()] == ["passed", "failed"]


def test_what_was_closed_is_taken_up_again(city):
    row = to_verify(city)
    checked(city, row)
    court = city.users["court_officer"]

    with pytest.raises(RuleBroken) as broken:
        reopen(row.pk, actor=court, at=NOW, reason=" ", due_on=BACK)
    assert (broken.value.code, broken.value.field) == ("remark_missing", "reason")

    reopen(row.pk, actor=court, at=NOW, reason="同类问题再次发生", due_on=BACK)
    row = fresh(row)
    assert (row.state, row.closed_on, row.effect, row.rectify_due_on) == (
        "rectifying",
        None,
        "",
        BACK,
    )
    assert {one.state for one in row.measures.all()} == {"open"}
    assert Notice.objects.get(reason__startswith="reopened").text == "同类问题再次发生"


def test_a_refusal_that_was_accepted_is_taken_up_again(city):
    row = served(city)
    replied(city, row, said(Attitude.NOT_ACCEPTED, Attitude.NOT_ACCEPTED))
    court = city.users["court_officer"]
    review(row.pk, actor=court, at=NOW, upheld=True)

    reopen(row.pk, actor=court, at=NOW, reason="情况变化", due_on=BACK)

    assert (fresh(row).state, limit(row, "RECTIFY").due_on) == ("rectifying", BACK)
    replied(city, row, adopted(measures=promised(BACK)), on=TODAY)
    assert limit(row, "RECTIFY").due_on == BACK


def test_the_issuer_enters_for_a_unit_without_an_account(city):
    row = served(city)
    replied(city, row)
    court = city.users["court_officer"]

    for one in row.measures.all():
        report_measure(
            one.pk,
            actor=court,
            at=NOW,
            on=DONE,
            files=[text_file("佐证.txt")],
            declared=True,
            on_behalf=True,
        )
    submitted(city, row, actor=court, on_behalf=True)

    assert fresh(row).state == "to_verify"
    entry = history_of(row).filter(action="suggestions.addressee.to_verify").get()
    assert entry.data["on_behalf"] is True
    assert attachments_of(Measure.objects.first()).get().organization.key == "court"


def test_who_may_do_what(city):
    row = carried_out(city)
    one = row.measures.first()
    court, contact = city.users["court_officer"], city.users["agency_contact"]

    for name in ("court_officer", "gov_officer"):
        with pytest.raises(PermissionDenied):
            submitted(city, row, actor=city.users[name])
        with pytest.raises(PermissionDenied):
            report_measure(one.pk, actor=city.users[name], at=NOW, on=DONE)
    with pytest.raises(PermissionDenied):
        submitted(city, row, actor=contact, on_behalf=True)
    submitted(city, row)
    with pytest.raises(PermissionDenied):
        verify(row.pk, actor=contact, at=NOW, on=TODAY, verdict="passed", effect="effective")
    with pytest.raises(RuleBroken):
        reopen(row.pk, actor=court, at=NOW, reason="x", due_on=BACK)
