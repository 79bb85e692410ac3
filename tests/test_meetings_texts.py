"""Opinion, minutes, consensus: drafted, revised, confirmed by both sides, issued, read."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from foundations.access.errors import RuleBroken
from foundations.access.policy import visible_to
from foundations.audit.trail import history_of
from foundations.notifications.models import Notice
from mechanisms.models import MechanismVersion
from meetings.actions.issuing import issue_text
from meetings.actions.texts import (
    answer_text,
    draft_text,
    propose_text,
    recall_text,
    revise_text,
)
from meetings.models import Invitation, Meeting, MeetingText, Topic
from meetings.papers.texts import context
from meetings.policy.texts import may_attach
from meetings.states import AttendanceState, MeetingState, TextState
from meetings.views.differences import differences
from services.consents.models import Consent
from services.deadlines.models import Deadline
from services.documents.models import NumberSeries, OfficialDocument
from services.documents.rendering.papers import html_of
from tests.desks import items
from tests.meeting_day import DAY, held
from tests.sitting import moment

pytestmark = pytest.mark.django_db
LATER = moment(date(2026, 11, 26), 16)
READING_QUERIES = 30
CLAUSE = "会议讨论意见仅供内部参考"


@pytest.fixture(autouse=True)
def _two_days_later():
    with time_machine.travel(LATER, tick=False):
        yield


def address(name: str, row) -> str:
    return reverse(f"meetings:{name}", args=[row.public_id])


def drafted(city, kind: str = "minutes", **given) -> MeetingText:
    sitting = held(city, **given)
    return draft_text(sitting.meeting.pk, kind, actor=city.users["court_officer"], at=LATER)


def proposed(city, kind: str = "minutes") -> MeetingText:
    return propose_text(drafted(city, kind).pk, actor=city.users["court_officer"], at=LATER)


def confirmed(city, kind: str = "minutes") -> MeetingText:
    return answer_text(
        proposed(city, kind).pk,
        side="government",
        actor=city.users["gov_officer"],
        at=LATER,
        verdict="agree",
    )


def issued(city, kind: str = "minutes") -> MeetingText:
    text = proposed(city, kind) if kind == "opinion" else confirmed(city, kind)
    return issue_text(text.pk, actor=city.users["court_officer"], at=LATER)


# -- drafting -------------------------------------------------------------------------------
def test_minutes_are_drafted_from_the_record(city):
    text = drafted(city)

    assert text.title == "行政复议与行政诉讼联席会议2026年第6次会议纪要"
    assert text.body["opening"] == (
        "2026年11月24日09:30，行政复议与行政诉讼联席会议2026年第6次会议"
        "在市人民法院三楼会议室召开。会议由林浩然主持，应到5人，实到5人。"
    )
    assert text.body["heard"] == [
        "试验市司法局关于“第三季度行政复议、行政诉讼案件情况通报”的情况通报。"
    ]
    assert text.body["held"] == [
        "关于“‘限期拆除’告知程序的把握”：法院：应先书面告知。",
        "“涉企行政处罚争议先行调解的范围”转入下次会议继续研究。",
    ]
    assert [(line["text"], line["lead"], line["due_on"]) for line in text.body["resolved"]] == [
        ("印发违法建设查处告知程序指引之1", "试验市综合行政执法局", "2026-12-18")
    ]
    assert text.meeting.state == MeetingState.DRAFTED
    assert (text.internal, text.visibility) == (True, "joint")


def test_minutes_of_a_meeting_held_early_tell_the_hour_at_which_it_began(city):
    meeting = held(city).meeting
    agreed = DAY + timedelta(days=2)
    Meeting.objects.filter(pk=meeting.pk).update(planned_on=agreed, started_at=moment(DAY, 14))

    text = draft_text(meeting.pk, "minutes", actor=None, at=LATER)

    assert text.body["opening"].startswith("2026年11月24日14:00，")


def test_who_stayed_away_unexcused_is_not_printed_as_on_leave(city):
    sitting = held(city)
    first, second = list(sitting.invitations.values())[:2]
    Invitation.objects.filter(pk=first.pk).update(attendance=AttendanceState.LEAVE)
    Invitation.objects.filter(pk=second.pk).update(attendance=AttendanceState.ABSENT)

    told = context(draft_text(sitting.meeting.pk, "minutes", actor=None, at=LATER), DAY)

    paper = html_of("minutes", told)
    assert [one["unit_title"] for one in told["leave"]] == [first.unit_and_title]
    assert [one["unit_title"] for one in told["absent"]] == [second.unit_and_title]
    assert "请假：" in paper
    assert "缺席：" in paper


def test_confidential_topics_stay_out_of_the_draft(city):
    sitting = held(city)
    Topic.objects.filter(pk=sitting.topics["case"].pk).update(confidential=True)

    text = draft_text(sitting.meeting.pk, "minutes", actor=None, at=LATER)

    assert "限期拆除" not in str(text.body)
    assert text.body["resolved"] == []


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("opinion", ["关于“‘限期拆除’告知程序的把握”：法院：应先书面告知。"]),
        pytest.param("consensus", [], id="nothing of a pending case is published"),
    ],
)
def test_the_other_classes_take_what_is_theirs(city, kind, body):
    text = drafted(city, kind)

    assert (text.body["held"], text.body["resolved"]) == (body, [])
    assert text.meeting.state == MeetingState.HELD


def test_drafting_twice_gives_the_same_text(city):
    text = drafted(city)

    again = draft_text(text.meeting_id, "minutes", actor=city.users["gov_officer"], at=LATER)

    assert again == text
    assert history_of(text).filter(action="meetings.text.drafted").count() == 1


@pytest.mark.parametrize(
    ("state", "kind", "code"),
    [("notified", "minutes", "not_held"), ("held", "letter", "no_such_text")],
)
def test_what_cannot_be_drafted(city, state, kind, code):
    meeting = held(city).meeting
    meeting.state = state
    meeting.save()

    with pytest.raises(RuleBroken) as broken:
        draft_text(meeting.pk, kind, actor=None, at=LATER)

    assert broken.value.code == code


def test_a_revision_changes_words_but_not_unit_or_day(city, as_user):
    text = drafted(city)
    line = text.body["resolved"][0]
    typed = {
        "title": text.title,
        "opening": text.body["opening"],
        "heard": "第一段\n\n 第二段 ",
        "held": "",
        f"resolved-{line['id']}": "印发告知程序指引",
        "version": text.version,
    }

    page = as_user(city.users["gov_officer"]).post(address("text-revise", text), typed)

    text.refresh_from_db()
    assert page.status_code == 302
    assert (text.body["heard"], text.body["held"]) == (["第一段", "第二段"], [])
    assert text.body["resolved"] == [{**line, "text": "印发告知程序指引"}]


def test_a_stale_revision_is_refused_and_nothing_is_lost(city, as_user):
    text = drafted(city)
    revise_text(
        text.pk, actor=None, at=LATER, title="先改的", body=text.body, version=text.version
    )
    client = as_user(city.users["gov_officer"])
    line = text.body["resolved"][0]
    typed = {"title": "后改的", f"resolved-{line['id']}": "甲", "version": text.version}

    page = client.post(address("text-revise", text), typed)

    text.refresh_from_db()
    assert (page.status_code, text.title) == (409, "先改的")


# -- confirming ---------------------------------------------------------------------------------
def test_putting_minutes_forward_asks_the_other_side(city):
    text = proposed(city)

    consent = Consent.objects.get()
    assert (text.state, consent.proposed_by, consent.sides) == (
        TextState.PROPOSED,
        "court",
        ["government", "court"],
    )
    assert consent.due_on == date(2026, 12, 3)
    assert consent.text.startswith(text.title)
    assert "责任单位：试验市综合行政执法局；协同单位：试验市司法局" in consent.text
    told = Notice.objects.filter(reason="proposed:1").values_list("recipient__username", flat=True)
    assert list(told) == ["gov_officer"]
    assert not Deadline.objects.open().filter(rule="MT-MIN").exists()


@pytest.mark.parametrize(
    ("who", "side", "refusal"),
    [
        pytest.param("gov_officer", "government", None, id="the officer of the side asked"),
        pytest.param("court_officer", "government", "wrong_side", id="the other side's officer"),
        pytest.param("court_officer", "court", "answered", id="the side that proposed"),
        pytest.param("gov_officer", "court", "wrong_side", id="for the other side"),
        pytest.param("recorder", "government", PermissionDenied, id="no officer"),
        pytest.param("gov_convenor", "government", PermissionDenied, id="a leader"),
        pytest.param("agency_contact", "government", PermissionDenied, id="an agency"),
    ],
)
def test_who_confirms_for_a_side(city, who, side, refusal):
    text = proposed(city)
    given = {"side": side, "actor": city.users[who], "at": LATER, "verdict": "agree"}

    if refusal is None:
        assert answer_text(text.pk, **given).state == TextState.CONFIRMED
        return
    with pytest.raises(PermissionDenied if refusal is PermissionDenied else RuleBroken) as said:
        answer_text(text.pk, **given)
    assert getattr(said.value, "code", PermissionDenied) == refusal
    text.refresh_from_db()
    assert text.state == TextState.PROPOSED


def test_the_wrong_side_gets_a_page_that_says_so(city, as_user):
    text = proposed(city)
    typed = {"side": "government", "verdict": "agree", "version": text.version}

    page = as_user(city.users["court_officer"]).post(address("text-answer", text), typed)

    assert page.status_code == 422
    assert "只有该方联络员可以代表该方答复" in page.content.decode()


def test_both_sides_confirmed_moves_the_meeting_and_adopts_the_words(city):
    text = drafted(city)
    line = {**text.body["resolved"][0], "text": "印发告知程序指引"}
    officer = city.users["court_officer"]
    revise_text(
        text.pk, actor=officer, at=LATER, title=text.title, body={**text.body, "resolved": [line]}
    )
    propose_text(text.pk, actor=officer, at=LATER)

    text = answer_text(
        text.pk, side="government", actor=city.users["gov_officer"], at=LATER, verdict="agree"
    )

    assert (text.state, text.meeting.state) == (TextState.CONFIRMED, MeetingState.CONFIRMED)
    assert text.meeting.resolutions.get().text == "印发告知程序指引"


@pytest.mark.parametrize("verdict", ["amend", "refuse"])
def test_a_side_that_does_not_agree_sends_the_text_back_as_the_next_draft(city, as_user, verdict):
    text = proposed(city)
    client = as_user(city.users["gov_officer"])
    typed = {"side": "government", "verdict": verdict, "version": text.version}

    silent = client.post(address("text-answer", text), typed)
    said = client.post(address("text-answer", text), {**typed, "remark": "第二段改为“宜”"})
    page = as_user(city.users["court_officer"]).get(address("text-revise", text))

    text.refresh_from_db()
    assert (silent.status_code, said.status_code) == (422, 302)
    assert (text.state, text.draft) == (TextState.DRAFT, 2)
    assert "第二段改为“宜”" in page.content.decode()
    desk = items(city.users["court_officer"], LATER.date())
    assert [one.group for one in desk if one.title == text.title] == ["returned"]


def test_a_side_answers_the_draft_that_it_saw(city):
    text = proposed(city)
    version = text.version
    recall_text(text.pk, actor=city.users["court_officer"], at=LATER)
    propose_text(text.pk, actor=city.users["court_officer"], at=LATER)

    with pytest.raises(RuleBroken) as broken:
        answer_text(
            text.pk,
            side="government",
            actor=city.users["gov_officer"],
            at=LATER,
            verdict="agree",
            version=version,
        )

    assert broken.value.code == "stale"


def test_a_double_submit_of_a_draft_asks_once(city, as_user):
    text = drafted(city)
    client = as_user(city.users["court_officer"])

    first = client.post(address("text-propose", text), {"version": text.version})
    second = client.post(address("text-propose", text), {"version": text.version})

    assert (first.status_code, second.status_code) == (302, 409)
    assert (Consent.objects.count(), text.drafts.count()) == (1, 1)


def test_the_history_shows_what_changed_between_drafts(city, as_user):
    text = proposed(city)
    officer = city.users["court_officer"]
    recall_text(text.pk, actor=officer, at=LATER)
    body = {**text.body, "held": ["会议要求抓紧落实。"]}
    revise_text(text.pk, actor=officer, at=LATER, title=text.title, body=body)
    propose_text(text.pk, actor=officer, at=LATER)

    page = as_user(officer).get(address("text-drafts", text)).content.decode()

    assert "第 1 稿至第 2 稿" in page
    assert ("<ins>" in page, "<del>" in page) == (True, True)


@pytest.mark.parametrize(
    ("before", "after", "runs"),
    [
        (["甲乙"], ["甲乙"], [[("same", "甲乙")]]),
        (["应当告知"], ["应告知"], [[("same", "应"), ("out", "当"), ("same", "告知")]]),
        (["甲"], ["甲", "乙"], [[("same", "甲")], [("in", "乙")]]),
        (["甲", "乙"], ["乙"], [[("out", "甲")], [("same", "乙")]]),
    ],
)
def test_differences(before, after, runs):
    assert differences(before, after) == runs


# -- issuing -------------------------------------------------------------------------------------
def test_issued_minutes_are_a_numbered_internal_document_for_their_list(city):
    text = issued(city)

    document = text.document
    assert (document.kind, document.number) == ("minutes", "试府院纪〔2026〕1号")
    assert (document.internal, document.mark, document.visibility) == (True, "内部资料", "joint")
    context = document.context
    assert context["clause"].startswith(CLAUSE)
    assert context["red_head"] == "行政复议与行政诉讼联席会议纪要"
    assert context["resolved"][0] == {
        "n": 1,
        "text": "印发违法建设查处告知程序指引之1",
        "lead": "试验市综合行政执法局",
        "support": "试验市司法局",
        "due": "2026年12月18日",
    }
    assert [one["name"] for one in context["present"]][:2] == ["王　彬", "林浩然"]
    assert context["circulation"] == ["试验市司法局", "试验市人民法院", "试验市综合行政执法局"]
    assert context["copy_to"] == "市委办、人大办、政协办"
    told = set(
        Notice.objects.filter(reason="issued").values_list("recipient__username", flat=True)
    )
    assert told == {
        "gov_officer",
        "court_officer",
        "gov_deputy",
        "court_deputy",
        "agency_contact",
        "gov_convenor",
        "court_convenor",
    }


def test_an_opinion_has_no_number_no_list_and_no_other_side_to_ask(city):
    text = issued(city, "opinion")

    assert (text.state, Consent.objects.count()) == (TextState.ISSUED, 0)
    document = text.document
    assert (document.number, document.visibility) == ("", "meeting")
    assert (document.context["circulation"], document.context["copy_to"]) == ([], "")
    leaders = Notice.objects.filter(reason="issued", recipient=city.users["gov_convenor"])
    assert not leaders.exists()


def test_a_consensus_has_no_internal_clause(city):
    text = issued(city, "consensus")

    assert (text.internal, text.document.internal, text.document.mark) == (False, False, "")
    assert "clause" not in text.document.context
    assert text.document.context["issuers"] == ["试验市人民政府", "试验市人民法院"]


def test_a_series_kept_elsewhere_asks_for_its_number(city, as_user):
    NumberSeries.objects.filter(key="minutes").update(mode=NumberSeries.Mode.EXTERNAL)
    text = confirmed(city)
    client = as_user(city.users["court_officer"])

    silent = client.post(address("text-issue", text), {"version": text.version})
    typed = client.post(
        address("text-issue", text), {"version": text.version, "number": "试府院纪〔2026〕12号"}
    )

    assert (silent.status_code, typed.status_code) == (422, 302)
    assert OfficialDocument.objects.get().number == "试府院纪〔2026〕12号"


def test_issuing_twice_takes_one_number(city, as_user):
    text = confirmed(city)
    client = as_user(city.users["court_officer"])

    first = client.post(address("text-issue", text), {"version": text.version})
    second = client.post(address("text-issue", text), {"version": text.version})

    assert (first.status_code, second.status_code) == (302, 409)
    assert OfficialDocument.objects.exclude(number="").count() == 1


def test_the_preview_is_a_draft_that_the_issue_takes_over(city, as_user):
    text = drafted(city)
    client = as_user(city.users["court_officer"])

    for _time in range(2):
        page = client.get(address("text-preview", text))
        assert page.status_code == 302

    document = OfficialDocument.objects.get()
    assert (document.state, document.number) == ("draft", "")
    assert page.url == reverse("documents:preview", args=[document.public_id])


@pytest.mark.parametrize(
    ("kind", "state", "may"),
    [
        ("opinion", "issued", False),
        ("minutes", "issued", False),
        ("consensus", "issued", True),
        ("consensus", "draft", False),
    ],
)
def test_an_internal_text_is_never_attached_to_anything(city, kind, state, may):
    text = issued(city, kind) if state == "issued" else drafted(city, kind)

    assert may_attach(text) is may


# -- who reads ------------------------------------------------------------------------------------
SECRETARIATS = {"gov_officer", "court_officer", "recorder"}
INVITED = {"gov_deputy", "court_deputy", "agency_contact"}
LEADERS = {"gov_convenor", "court_convenor", "gov_deputy", "court_deputy"}


@pytest.mark.parametrize(
    ("kind", "state", "readers"),
    [
        ("opinion", "draft", SECRETARIATS),
        ("minutes", "draft", SECRETARIATS),
        ("opinion", "issued", SECRETARIATS | INVITED),
        ("minutes", "issued", SECRETARIATS | INVITED | LEADERS),
        ("consensus", "issued", SECRETARIATS | INVITED | LEADERS),
    ],
)
def test_who_sees_which_text(city, kind, state, readers):
    text = issued(city, kind) if state == "issued" else drafted(city, kind)
    administrators = {"system_admin", "security_admin", "audit_admin"}

    seeing = {
        name
        for name, user in city.users.items()
        if visible_to(user, MeetingText).filter(pk=text.pk).exists()
    }

    assert seeing - (administrators if kind == "consensus" else set()) == readers


def test_a_guest_does_not_read_the_opinion(city):
    text = issued(city, "opinion")
    text.meeting.invitations.filter(person=city.people["agency_contact"]).update(category="lawyer")

    assert not visible_to(city.users["agency_contact"], MeetingText).exists()
    assert visible_to(city.users["gov_deputy"], MeetingText).exists()


def test_every_reading_of_an_internal_text_is_recorded_and_shown_to_the_secretariats(
    city, as_user
):
    text = issued(city)
    for _time in range(2):
        reading = as_user(city.users["gov_deputy"]).get(address("text", text)).content.decode()

    page = as_user(city.users["recorder"]).get(address("text", text))

    readers = {one["actor_label"]: one["times"] for one in page.context["readers"]}
    assert readers == {"王彬": 2, "许若晴": 1}
    assert "已阅 1 人" in reading
    assert CLAUSE in reading
    assert "王彬 市司法局 gov_deputy 2026-11-26 16:00" in reading


def test_reading_a_consensus_leaves_no_trace_and_no_watermark(city, as_user):
    text = issued(city, "consensus")

    page = as_user(city.users["agency_contact"]).get(address("text", text)).content.decode()

    assert "fy-wm" not in page
    assert not history_of(text).filter(action__endswith=".read").exists()


@pytest.mark.parametrize(
    ("who", "status"),
    [("court_officer", 200), ("recorder", 200), ("agency_contact", 404), ("gov_convenor", 404)],
)
def test_a_draft_is_not_there_for_anybody_else(city, as_user, who, status):
    text = drafted(city)

    assert as_user(city.users[who]).get(address("text", text)).status_code == status


# -- the meeting's page and the desk -----------------------------------------------------------
@pytest.mark.parametrize(
    ("who", "group", "verb"),
    [
        ("gov_officer", "todo", "确认"),
        ("court_officer", "waiting", "查看"),
    ],
)
def test_what_a_proposed_text_lays_on_the_desks(city, who, group, verb):
    text = proposed(city)

    desk = [one for one in items(city.users[who], LATER.date()) if one.title == text.title]

    assert [(one.group, one.verb, one.day) for one in desk] == [(group, verb, date(2026, 12, 3))]


def test_a_held_meeting_lays_the_minutes_on_the_desk_with_their_day(city):
    meeting = held(city).meeting

    desk = items(city.users["gov_officer"], DAY)

    assert [(one.title, one.verb, one.day) for one in desk] == [
        (meeting.title, "起草纪要", date(2026, 12, 1))
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_the_reading_page_costs_the_same_for_any_number_of_readers(
    city, as_user, count, django_assert_num_queries
):
    text = issued(city)
    for name in ("gov_deputy", "court_deputy", "agency_contact")[:count]:
        as_user(city.users[name]).get(address("text", text))
    client = as_user(city.users["gov_officer"])
    client.get(address("text", text))

    with django_assert_num_queries(READING_QUERIES):
        page = client.get(address("text", text))

    assert len(page.context["readers"]) == count + 1


def test_an_institution_without_the_class_offers_none(city, as_user):
    version = MechanismVersion.objects.get()
    source = {**version.source, "meeting": {**version.source["meeting"], "texts": {}}}
    MechanismVersion.objects.filter(pk=version.pk).update(source=source, digest="no-texts")
    meeting = held(city).meeting

    page = as_user(city.users["gov_officer"]).post(
        reverse("meetings:text-new", args=[meeting.public_id, "minutes"])
    )

    assert page.status_code == 409
