"""Texts of a meeting are drafted from its record and revised."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from foundations.access.errors import RuleBroken
from foundations.audit.trail import history_of
from mechanisms.models import MechanismVersion
from meetings.actions.session import end_session, note_discussion
from meetings.actions.texts import (
    draft_text,
    revise_text,
)
from meetings.models import Invitation, Meeting, Topic
from meetings.papers.texts import context
from meetings.states import AttendanceState, MeetingState
from services.documents.rendering.papers import html_of
from tests.desks import items
from tests.meeting_after import (
    WRITTEN,
    drafted,
)
from tests.meeting_day import DAY, END, address, begun, complete, held, seen
from tests.sitting import moment

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _two_days_later():
    with time_machine.travel(WRITTEN, tick=False):
        yield


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


def test_what_was_noted_on_a_report_stands_in_the_minutes(city):
    sitting = complete(begun(city))
    officer, report = city.users["court_officer"], sitting.topics["report"]
    notes = "受理三百二十件，同比下降。\n\n 败诉率百分之八。"
    note_discussion(report.pk, actor=officer, text=notes, seen=seen(report))
    end_session(sitting.meeting.pk, actor=officer, at=END)

    text = draft_text(sitting.meeting.pk, "minutes", actor=officer, at=WRITTEN)

    assert text.body["heard"] == [
        "试验市司法局关于“第三季度行政复议、行政诉讼案件情况通报”的情况通报："
        "受理三百二十件，同比下降；败诉率百分之八。"
    ]


def test_minutes_of_a_meeting_held_early_tell_the_hour_at_which_it_began(city):
    meeting = held(city).meeting
    agreed = DAY + timedelta(days=2)
    Meeting.objects.filter(pk=meeting.pk).update(planned_on=agreed, started_at=moment(DAY, 14))

    text = draft_text(meeting.pk, "minutes", actor=None, at=WRITTEN)

    assert text.body["opening"].startswith("2026年11月24日14:00，")


def test_who_stayed_away_unexcused_is_not_printed_as_on_leave(city):
    sitting = held(city)
    first, second = list(sitting.invitations.values())[:2]
    Invitation.objects.filter(pk=first.pk).update(attendance=AttendanceState.LEAVE)
    Invitation.objects.filter(pk=second.pk).update(attendance=AttendanceState.ABSENT)

    told = context(draft_text(sitting.meeting.pk, "minutes", actor=None, at=WRITTEN), DAY)

    paper = html_of("minutes", told)
    assert [one["unit_title"] for one in told["leave"]] == [first.unit_and_title]
    assert [one["unit_title"] for one in told["absent"]] == [second.unit_and_title]
    assert "请假：" in paper
    assert "缺席：" in paper


def test_confidential_topics_stay_out_of_the_draft(city):
    sitting = held(city)
    Topic.objects.filter(pk=sitting.topics["case"].pk).update(confidential=True)

    text = draft_text(sitting.meeting.pk, "minutes", actor=None, at=WRITTEN)

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

    again = draft_text(text.meeting_id, "minutes", actor=city.users["gov_officer"], at=WRITTEN)

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
        draft_text(meeting.pk, kind, actor=None, at=WRITTEN)

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
        text.pk, actor=None, at=WRITTEN, title="先改的", body=text.body, version=text.version
    )
    client = as_user(city.users["gov_officer"])
    line = text.body["resolved"][0]
    typed = {"title": "后改的", f"resolved-{line['id']}": "甲", "version": text.version}

    page = client.post(address("text-revise", text), typed)

    text.refresh_from_db()
    assert (page.status_code, text.title) == (422, "先改的")
    assert page.context["form"]["title"].value() == "后改的"
    assert page.context["form"]["version"].value() == str(text.version)


def test_an_institution_without_the_class_offers_none(city, as_user):
    version = MechanismVersion.objects.get()
    source = {**version.source, "meeting": {**version.source["meeting"], "texts": {}}}
    MechanismVersion.objects.filter(pk=version.pk).update(source=source, digest="no-texts")
    meeting = held(city).meeting

    page = as_user(city.users["gov_officer"]).post(
        reverse("meetings:text-new", args=[meeting.public_id, "minutes"])
    )

    assert page.status_code == 409


def test_a_held_meeting_lays_the_minutes_on_the_desk_with_their_day(city):
    meeting = held(city).meeting

    desk = items(city.users["gov_officer"], DAY)

    assert [(one.title, one.verb, one.day) for one in desk] == [
        (meeting.title, "起草纪要", date(2026, 12, 1))
    ]
