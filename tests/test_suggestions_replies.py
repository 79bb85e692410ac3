"""Replies: adopted or not, in time or late, on paper, objected to, reviewed."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from foundations.access.errors import RuleBroken
from foundations.audit.trail import history_of
from foundations.notifications.models import Notice
from services.documents.attachments import attachments_of
from suggestions.actions.replies import add_reply_files, reply
from suggestions.actions.reviews import answer_objection, review
from suggestions.models import Measure, Reply
from suggestions.states import Attitude
from tests.answering import REPLIED, adopted, fresh, limit, promised, replied, said, served, states
from tests.gatherings import text_file
from tests.letters import DUE, SERVED, addressee, moment, unit

pytestmark = pytest.mark.django_db
NOW = moment(date(2026, 12, 2))
A, P, N, O = Attitude.ACCEPTED, Attitude.PARTLY, Attitude.NOT_ACCEPTED, Attitude.OBJECTION  # noqa: E741


@pytest.fixture(autouse=True)
def _in_december():
    with time_machine.travel(NOW, tick=False):
        yield


def on_paper(city, row, words=None, **given) -> Reply:
    words = words or said(A, A, received_on=date(2026, 12, 1), **given)
    return reply(row.pk, actor=city.users["court_officer"], at=NOW, words=words, on_behalf=True)


def scan() -> dict:
    return {"files": (text_file("回复函.txt"),), "declared": True}


@pytest.mark.parametrize(
    ("attitudes", "whole", "state"),
    [
        pytest.param((A, A), A, "rectifying", id="adopted"),
        pytest.param((A, P), P, "rectifying", id="partly"),
        pytest.param((A, N), P, "rectifying", id="one of two is partly"),
        pytest.param((N, N), N, "refused", id="nothing"),
        pytest.param((P, P), P, "rectifying", id="each partly"),
        pytest.param((A, O), O, "objected", id="an objection to one is an objection"),
        pytest.param((N, O), O, "objected", id="objection before refusal"),
    ],
)
def test_the_attitude_of_the_whole_follows_from_the_problems(city, attitudes, whole, state):
    row = served(city)

    made = replied(city, row, said(*attitudes))

    row = fresh(row)
    assert (made.attitude, row.attitude, row.state) == (whole, whole, state)
    assert [one.attitude for one in made.positions.all()] == list(attitudes)


def test_a_reply_meets_the_limit_and_lets_the_measures_run(city):
    row = served(city)

    made = replied(city, row)

    row = fresh(row)
    assert (row.state, row.replied_on, row.reply_late) == ("rectifying", REPLIED, False)
    assert (row.rectify_due_on, row.handler) == (date(2026, 12, 31), city.users["agency_contact"])
    assert states(row) == [("SJ-REPLY", "met"), ("RECTIFY", "open")]
    assert limit(row, "RECTIFY").due_on == date(2026, 12, 31)
    assert [one.problem.order for one in row.measures.all()] == [1, 2]
    told = Notice.objects.filter(reason=f"reply:{made.public_id}")
    assert {one.recipient.username: one.title for one in told} == {
        "court_officer": "市综合执法局已回复（采纳）：关于规范违法建设查处程序的司法建议",
        "gov_officer": "市综合执法局已回复（采纳）：关于规范违法建设查处程序的司法建议",
        "recorder": "市综合执法局已回复（采纳）：关于规范违法建设查处程序的司法建议",
        "gov_deputy": "市综合执法局已回复（采纳）：关于规范违法建设查处程序的司法建议",
    }


@pytest.mark.parametrize(
    ("on", "late", "state"),
    [
        pytest.param(DUE, False, "met", id="on the last day"),
        pytest.param(date(2026, 12, 1), True, "met_late", id="the day after"),
    ],
)
def test_a_reply_is_late_after_the_last_day(city, on, late, state):
    row = served(city)

    replied(city, row, on=on)

    assert fresh(row).reply_late is late
    assert limit(row, "SJ-REPLY").state == state


@pytest.mark.parametrize(
    ("received", "posted", "late"),
    [
        pytest.param(date(2026, 12, 2), date(2026, 11, 30), False, id="posted on the last day"),
        pytest.param(date(2026, 12, 2), date(2026, 12, 1), True, id="posted a day late"),
        pytest.param(date(2026, 12, 2), None, True, id="no postmark"),
        pytest.param(date(2026, 11, 30), None, False, id="arrived on the last day"),
    ],
)
def test_the_postmark_of_a_paper_reply_decides(city, received, posted, late):
    row = served(city)

    on_paper(city, row, said(A, A, received_on=received, posted_on=posted, **scan()))

    row = fresh(row)
    assert (row.reply_late, row.replied_on) == (late, posted or received)
    assert limit(row, "SJ-REPLY").state == ("met_late" if late else "met")


def test_a_paper_reply_is_marked_and_its_scan_kept(city):
    row = served(city)

    made = on_paper(city, row, **scan())

    assert made.on_behalf is True
    assert [file.organization.key for file in attachments_of(made)] == ["court"]
    assert fresh(row).handler is None
    entry = history_of(row).filter(action="suggestions.addressee.rectifying").get()
    assert entry.data["on_behalf"] is True
    told = Notice.objects.get(recipient=city.users["agency_contact"], reason__startswith="reply")
    assert told.title == "已代录市综合执法局的回复（采纳）：关于规范违法建设查处程序的司法建议"


@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        pytest.param({"received_on": None}, "received_missing", "received_on", id="no day"),
        pytest.param(
            {"received_on": date(2026, 9, 27)}, "reply_before_service", "received_on", id="early"
        ),
        pytest.param(
            {"received_on": date(2026, 12, 3)}, "received_future", "received_on", id="tomorrow"
        ),
        pytest.param(
            {"posted_on": date(2026, 12, 2)}, "posted_after", "posted_on", id="posted later"
        ),
        pytest.param(
            {"posted_on": date(2026, 9, 27)},
            "posted_before_service",
            "posted_on",
            id="posted early",
        ),
        pytest.param({"files": ()}, "scan_missing", "file", id="no scan"),
        pytest.param({"declared": False}, "not_declared", "declared", id="not declared"),
    ],
)
def test_a_wrong_paper_reply_is_refused_and_nothing_happens(city, given, code, field):
    row = served(city)
    words = {"received_on": date(2026, 12, 1), **scan(), **given}

    with pytest.raises(RuleBroken) as broken:
        on_paper(city, row, said(A, A, **words))

    assert (broken.value.code, broken.value.field) == (code, field)
    assert (fresh(row).state, row.replies.count()) == ("served", 0)
    assert states(row) == [("SJ-REPLY", "open")]


def test_received_on_the_day_of_service_is_taken(city):
    row = served(city)

    on_paper(city, row, said(A, A, received_on=SERVED, posted_on=SERVED, **scan()))

    assert fresh(row).replied_on == SERVED


def test_nobody_replies_before_service(city):
    row = addressee(city)

    with pytest.raises(RuleBroken, match="尚未送达“市综合执法局”，不能回复") as broken:
        replied(city, row)
    assert broken.value.code == "not_served"

    with pytest.raises(RuleBroken) as broken:
        on_paper(city, row, **scan())
    assert (broken.value.code, broken.value.field) == ("not_served", "received_on")


@pytest.mark.parametrize(
    ("words", "code", "field"),
    [
        pytest.param(said(A), "position_missing", "attitude_2", id="a problem unanswered"),
        pytest.param(said(A, ""), "position_missing", "attitude_2", id="nothing chosen"),
        pytest.param(
            said(N, N, measures=promised(date(2026, 12, 31))),
            "measure_early_on",
            "measure_1",
            id="a measure on what is not adopted",
        ),
        pytest.param(
            said(A, N, measures=promised(date(2026, 12, 31), date(2026, 12, 31))),
            "not_adopted",
            "problem_2",
            id="a measure on the other problem",
        ),
        pytest.param(
            adopted(measures=promised(date(2026, 11, 9))),
            "measure_early",
            "due_on_1",
            id="a measure by yesterday",
        ),
    ],
)
def test_an_unclear_reply_is_refused(city, words, code, field):
    row = served(city)

    with pytest.raises(RuleBroken) as broken:
        replied(city, row, words)

    assert (broken.value.code, broken.value.field) == (code, field)
    assert (fresh(row).state, Reply.objects.count(), Measure.objects.count()) == ("served", 0, 0)


@pytest.mark.parametrize("attitude", [P, N, O])
def test_what_is_not_adopted_whole_needs_its_reasons(city, attitude):
    row = served(city)
    whole = said(A, attitude)
    bare = whole.positions[0], whole.positions[1].__class__(2, attitude, " ")

    with pytest.raises(RuleBroken) as broken:
        replied(city, row, said(A, attitude).__class__(positions=bare))

    assert (broken.value.code, broken.value.field) == ("reason_missing", "reason_2")


def test_the_last_reply_counts_and_the_first_one_was_in_time(city):
    row = served(city)
    replied(city, row, said(A, N))

    replied(city, row, said(A, A, text="补充"), on=date(2026, 12, 2))

    row = fresh(row)
    assert (row.attitude, row.replied_on, row.reply_late) == (A, REPLIED, False)
    assert [one.attitude for one in row.replies.all()] == [A, P]
    with pytest.raises(RuleBroken) as broken:
        replied(city, row, said(N, N), on=date(2026, 12, 2))
    assert broken.value.code == "adopted"


def test_a_unit_changes_its_mind_before_the_review(city):
    row = served(city)
    replied(city, row, said(N, N))
    assert states(row) == [("SJ-REPLY", "met"), ("OBJECTION", "open")]

    replied(city, row, adopted(), on=date(2026, 11, 12))

    row = fresh(row)
    assert (row.state, row.replied_on) == ("rectifying", REPLIED)
    assert states(row) == [("SJ-REPLY", "met"), ("OBJECTION", "cancelled"), ("RECTIFY", "open")]


def test_the_same_reply_sent_twice_is_one(city):
    row = served(city)

    first, second = replied(city, row), replied(city, row)

    assert first == second
    assert Measure.objects.count() == 2
    assert (
        Notice.objects.filter(
            recipient=city.users["court_officer"], reason__startswith="reply"
        ).count()
        == 1
    )


def test_only_the_unit_replies_and_only_the_issuer_enters_for_it(city):
    row = served(city)

    for name in ("court_officer", "gov_officer"):
        with pytest.raises(PermissionDenied):
            replied(city, row, actor=city.users[name])
    with pytest.raises(PermissionDenied):
        replied(city, row, on_behalf=True)


def test_reasons_that_hold_close_the_matter(city):
    row = served(city)
    replied(city, row, said(N, N), on=date(2026, 11, 20))
    opened = limit(row, "OBJECTION")
    assert (opened.owed_by.key, opened.handler) == ("court", city.users["court_officer"])

    review(row.pk, actor=city.users["court_officer"], at=NOW, upheld=True)

    row = fresh(row)
    assert (row.state, row.closed_on) == ("closed", NOW.date())
    assert states(row) == [("SJ-REPLY", "met"), ("OBJECTION", "met")]


@pytest.mark.parametrize(
    ("attitude", "decide"), [pytest.param(N, review), pytest.param(O, answer_objection)]
)
def test_what_does_not_hold_asks_for_a_new_reply_with_a_new_limit(city, attitude, decide):
    row = served(city)
    replied(city, row, said(attitude, attitude), on=date(2026, 11, 20))
    court = city.users["court_officer"]

    with pytest.raises(RuleBroken) as broken:
        decide(row.pk, actor=court, at=NOW, upheld=False, remark=" ")
    assert (broken.value.code, broken.value.field) == ("remark_missing", "remark")

    decide(row.pk, actor=court, at=NOW, upheld=False, remark="事实没有变化")
    row = fresh(row)
    assert (row.state, row.attitude, row.replied_on) == ("served", "", None)
    assert row.reply_due_on == date(2027, 2, 2)
    assert states(row) == [("SJ-REPLY", "met"), ("OBJECTION", "met"), ("SJ-REPLY", "open")]

    replied(city, row, adopted(measures=()), on=date(2027, 2, 3))
    row = fresh(row)
    assert (row.state, row.reply_late) == ("rectifying", True)
    assert limit(row, "SJ-REPLY").state == "met_late"


def test_an_objection_that_holds_withdraws_the_letter_for_that_unit_alone(city):
    unit(city, "housing", "试验市住房和城乡建设局", "市住建局")
    row = served(city)
    other = row.suggestion.addressees.create(
        organization=city.organizations["housing"], state="sent", order=2
    )
    replied(city, row, said(O, O), on=date(2026, 11, 20))

    court = city.users["court_officer"]
    answer_objection(row.pk, actor=court, at=NOW, upheld=True, remark="管辖有误")

    assert (fresh(row).state, fresh(other).state) == ("withdrawn", "sent")
    assert states(row) == [("SJ-REPLY", "met"), ("OBJECTION", "met")]
    told = Notice.objects.get(
        recipient=city.users["agency_contact"], reason__startswith="reviewed"
    )
    assert told.title.startswith("异议成立，已对你单位撤回建议")


def test_a_review_is_of_what_was_said_and_by_the_issuer(city):
    row = served(city)
    replied(city, row, said(N, N))
    court = city.users["court_officer"]

    with pytest.raises(RuleBroken) as broken:
        answer_objection(row.pk, actor=court, at=NOW, upheld=True)
    assert broken.value.code == "bad_transition"
    with pytest.raises(PermissionDenied):
        review(row.pk, actor=city.users["agency_contact"], at=NOW, upheld=True)


def test_a_file_is_added_to_a_reply_by_who_gave_it(city):
    row = served(city)
    made = replied(city, row)
    files = [text_file("补充.txt"), text_file("附表.txt")]
    given = {"at": NOW, "files": files, "declared": True}

    with pytest.raises(PermissionDenied):
        add_reply_files(made.pk, actor=city.users["court_officer"], **given)
    add_reply_files(made.pk, actor=city.users["agency_contact"], **given)

    assert [file.name for file in attachments_of(made)] == ["补充.txt", "附表.txt"]
