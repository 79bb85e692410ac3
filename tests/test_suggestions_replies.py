"""Replies: adopted or not, in time or late, on paper, objected to, extended, reviewed."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from foundations.access.errors import RuleBroken
from foundations.audit.trail import history_of
from foundations.notifications.models import Notice
from services.documents.attachments import attachments_of
from suggestions.actions.replies import (
    add_reply_file,
    answer_extension,
    answer_objection,
    ask_extension,
    reply,
    review,
)
from suggestions.models import Addressee, Measure, Reply
from suggestions.states import Attitude
from tests.answering import REPLIED, adopted, limit, promised, replied, said, served, states
from tests.gatherings import text_file
from tests.letters import DUE, SERVED, account, addressee, moment, unit

pytestmark = pytest.mark.django_db
NOW = moment(date(2026, 12, 2))
A, P, N, O = Attitude.ACCEPTED, Attitude.PARTLY, Attitude.NOT_ACCEPTED, Attitude.OBJECTION  # noqa: E741


@pytest.fixture(autouse=True)
def _in_december():
    with time_machine.travel(NOW, tick=False):
        yield


def address(name: str, row) -> str:
    return reverse(f"suggestions:{name}", args=[row.public_id])


def fresh(row: Addressee) -> Addressee:
    return Addressee.objects.get(pk=row.pk)


def on_paper(city, row, words=None, **given) -> Reply:
    words = words or said(A, A, received_on=date(2026, 12, 1), **given)
    return reply(row.pk, actor=city.users["court_officer"], at=NOW, words=words, on_behalf=True)


def scan() -> dict:
    return {"upload": text_file("回复函.txt"), "declared": True}


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
        pytest.param({"upload": None}, "scan_missing", "file", id="no scan"),
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


def asked(city, row, *, at=date(2026, 11, 4), until=date(2026, 12, 24), reason="历史档案核查"):
    contact = city.users["agency_contact"]
    return ask_extension(row.pk, actor=contact, at=moment(at), until_on=until, reason=reason)


def test_an_extension_moves_the_limit_and_a_reply_within_it_is_in_time(city):
    row = served(city)
    request = asked(city, row)
    assert fresh(row).reply_due_on == DUE

    court = city.users["court_officer"]
    answer_extension(request.pk, actor=court, at=moment(date(2026, 11, 5)), granted=True)

    assert fresh(row).reply_due_on == date(2026, 12, 24)
    assert limit(row, "SJ-REPLY").due_on == date(2026, 12, 24)
    replied(city, row, said(A, A), on=date(2026, 12, 24))
    assert fresh(row).reply_late is False
    assert states(row)[0] == ("SJ-REPLY", "met")


def test_an_extension_to_a_rest_day_rolls(city):
    row = served(city)
    request = asked(city, row, until=date(2026, 12, 26))

    answer_extension(request.pk, actor=city.users["court_officer"], at=NOW, granted=True)

    assert fresh(row).reply_due_on == date(2026, 12, 28) == limit(row, "SJ-REPLY").due_on


def test_a_refused_extension_has_its_reason_and_moves_nothing(city):
    row = served(city)
    request = asked(city, row)
    court = city.users["court_officer"]

    with pytest.raises(RuleBroken) as broken:
        answer_extension(request.pk, actor=court, at=NOW, granted=False)
    assert (broken.value.code, broken.value.field) == ("answer_missing", "answer")

    answer_extension(request.pk, actor=court, at=NOW, granted=False, answer="期限充足")
    assert (fresh(row).reply_due_on, limit(row, "SJ-REPLY").due_on) == (DUE, DUE)
    with pytest.raises(RuleBroken) as broken:
        answer_extension(request.pk, actor=court, at=NOW, granted=True)
    assert broken.value.code == "answered"
    assert asked(city, row, reason="补充材料").granted is None


@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        pytest.param({"until": DUE}, "extension_earlier", "until_on", id="not later"),
        pytest.param({"at": date(2026, 12, 1)}, "limit_over", "", id="after the last day"),
        pytest.param({"reason": " "}, "reason_missing", "reason", id="no reason"),
    ],
)
def test_a_wrong_request_is_refused(city, given, code, field):
    row = served(city)

    with pytest.raises(RuleBroken) as broken:
        asked(city, row, **given)

    assert (broken.value.code, broken.value.field) == (code, field)
    assert not row.extensions.exists()


def test_one_request_waits_at_a_time_and_a_reply_settles_it(city):
    row = served(city)
    first = asked(city, row)
    assert asked(city, row) == first

    with pytest.raises(RuleBroken) as broken:
        asked(city, row, until=date(2026, 12, 31))
    assert broken.value.code == "request_waits"

    replied(city, row)
    first.refresh_from_db()
    assert (first.granted, first.answer) == (False, "答复前已收到回复。")
    with pytest.raises(RuleBroken) as broken:
        answer_extension(first.pk, actor=city.users["court_officer"], at=NOW, granted=True)
    assert broken.value.code == "answered"


def test_a_letter_without_a_term_has_nothing_to_extend(city):
    row = served(city, kind="opinion_letter", form="individual")

    with pytest.raises(RuleBroken) as broken:
        asked(city, row)
    assert broken.value.code == "no_limit"

    replied(city, row)
    row = fresh(row)
    assert (row.replied_on, row.reply_late) == (REPLIED, False)


def test_a_file_is_added_to_a_reply_by_who_gave_it(city):
    row = served(city)
    made = replied(city, row)
    given = {"at": NOW, "file": text_file("补充.txt"), "declared": True}

    with pytest.raises(PermissionDenied):
        add_reply_file(made.pk, actor=city.users["court_officer"], **given)
    add_reply_file(made.pk, actor=city.users["agency_contact"], **given)

    assert [file.name for file in attachments_of(made)] == ["补充.txt"]


def typed(**more) -> dict:
    return {
        "attitude_1": "accepted",
        "measure_1": "修订文书",
        "responsible_1": "马文涛",
        "due_on_1": "2026-12-31",
        "attitude_2": "partly",
        "reason_2": "需报请市里研究",
        "text": "已研究。",
        **more,
    }


def test_the_page_of_a_reply(city, as_user):
    row = served(city)
    client = as_user(city.users["agency_contact"])
    assert client.get(address("reply", row)).status_code == 200

    page = client.post(address("reply", row), typed(reason_2="", due_on_1=""))
    assert page.status_code == 422
    assert page.context["form"].errors == {
        "due_on_1": ["整改措施应当写明内容、责任人和完成时限。"]
    }
    page = client.post(address("reply", row), typed(reason_2=""))
    assert page.context["form"].errors == {"reason_2": ["态度为“部分采纳”的，请写明理由。"]}
    assert "修订文书" in page.content.decode()

    page = client.post(address("reply", row), typed(file=text_file("回复.txt"), declared="on"))
    assert page.status_code == 302
    made = row.replies.get()
    assert (made.attitude, made.text, attachments_of(made).count()) == ("partly", "已研究。", 1)
    assert row.measures.get().responsible == "马文涛"


def test_the_page_of_a_paper_reply(city, as_user):
    row = served(city)
    client = as_user(city.users["court_officer"])
    assert client.get(address("register", row)).status_code == 200

    sent = typed(received_on="2026-09-01", file=text_file("回复.txt"), declared="on")
    page = client.post(address("register", row), sent)
    assert page.context["form"].errors == {
        "received_on": ["收到日期 2026-09-01 早于送达日期（2026-09-28），请核对两个日期。"]
    }
    sent |= {"received_on": "2026-12-01", "posted_on": "2026-11-30"}
    sent["file"] = text_file("回复.txt")
    assert client.post(address("register", row), sent).status_code == 302
    assert (row.replies.get().on_behalf, fresh(row).reply_late) == (True, False)


def test_the_pages_of_decisions(city, as_user):
    row = served(city)
    unit_side, court = city.users["agency_contact"], city.users["court_officer"]
    with time_machine.travel(moment(date(2026, 11, 4)), tick=False):
        client = as_user(unit_side)
        page = client.post(
            address("extension", row), {"until_on": "2026-12-24", "reason": "历史档案核查"}
        )
        assert page.status_code == 302
    client = as_user(court)
    request = row.extensions.get()
    assert "历史档案核查" in client.get(address("extension-answer", request)).content.decode()
    page = client.post(address("extension-answer", request), {"decision": "yes"})
    assert page.status_code == 302
    assert fresh(row).reply_due_on == date(2026, 12, 24)

    replied(city, row, said(O, O))
    assert "情况特殊" in client.get(address("objection", row)).content.decode()
    page = client.post(address("objection", row), {"decision": "no", "remark": ""})
    assert page.context["form"].errors == {"remark": ["请写明要求重新回复的原因。"]}
    client.post(address("objection", row), {"decision": "no", "remark": "管辖无误"})
    replied(city, row, said(N, N), on=NOW.date())
    client.post(address("review", row), {"decision": "yes", "remark": ""})
    assert fresh(row).state == "closed"


@pytest.mark.parametrize(
    ("name", "opens"),
    [
        ("agency_contact", {"reply", "extension"}),
        ("court_officer", {"register", "review", "objection"}),
        ("gov_officer", set()),
    ],
)
def test_who_opens_which_page(city, as_user, name, opens):
    row = served(city)
    client = as_user(city.users[name])
    pages = ("reply", "extension", "register", "review", "objection")

    found = {page for page in pages if client.get(address(page, row)).status_code == 200}

    assert found == opens


def test_a_stranger_knows_nothing_of_it(city, as_user):
    row = served(city)
    unit(city, "market", "试验市市场监督管理局", "市市场监管局")

    client = as_user(account(city, "market_contact", "market"))

    assert client.get(address("reply", row)).status_code == 404
    assert client.post(address("reply", row), typed()).status_code == 404
