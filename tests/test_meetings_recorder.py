"""The meeting day: beginning, recording, ending; two recorders; a lost session."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from foundations.access.errors import RuleBroken
from foundations.audit.trail import history_of
from foundations.notifications.models import Notice
from meetings.actions.noting import add_resolution, edit_resolution
from meetings.actions.receipts import mark_attendance
from meetings.actions.session import (
    end_session,
    keep_draft,
    note_discussion,
    open_topic,
    pause_topic,
    set_outcome,
    start_session,
)
from meetings.models import RecorderDraft, Resolution, Topic
from meetings.states import (
    DUTY,
    AttendanceState,
    MeetingState,
    ResolutionState,
    TopicOutcome,
)
from services.deadlines.models import Deadline, DeadlineState
from tests.desks import items
from tests.meeting_day import BEGIN, DAY, DUE, END, begun, complete, held, notified, seen
from tests.sitting import moment

pytestmark = pytest.mark.django_db
JSON = {"HTTP_ACCEPT": "application/json"}
SCREEN_QUERIES = 25


@pytest.fixture
def _on_the_day():
    with time_machine.travel(BEGIN + timedelta(minutes=42), tick=False):
        yield


def address(name: str, row) -> str:
    return reverse(f"meetings:{name}", args=[row.public_id])


# -- beginning ----------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("gov_officer", True),
        ("court_officer", True),
        ("recorder", True),
        ("gov_convenor", False),
        ("agency_contact", False),
        ("system_admin", False),
    ],
)
def test_who_may_begin_the_meeting(city, who, may):
    meeting = notified(city).meeting

    if may:
        assert start_session(meeting.pk, actor=city.users[who], at=BEGIN).started_at == BEGIN
    else:
        with pytest.raises(PermissionDenied):
            start_session(meeting.pk, actor=city.users[who], at=BEGIN)


@pytest.mark.parametrize(
    ("day", "reason", "begins"),
    [
        pytest.param(DAY, "", True, id="on the day"),
        pytest.param(DAY + timedelta(days=1), "", True, id="after it"),
        pytest.param(DAY - timedelta(days=1), "", False, id="before it"),
        pytest.param(DAY - timedelta(days=1), "  ", False, id="before it, blank reason"),
        pytest.param(DAY - timedelta(days=1), "双方商定", True, id="before it with a reason"),
    ],
)
def test_before_the_agreed_day_a_reason_is_needed(city, day, reason, begins):
    meeting = notified(city).meeting
    given = {"actor": city.users["gov_officer"], "at": moment(day, 10), "reason": reason}

    if begins:
        assert start_session(meeting.pk, **given).in_session
        assert history_of(meeting).last().data["reason"] == reason
    else:
        with pytest.raises(RuleBroken) as broken:
            start_session(meeting.pk, **given)
        assert (broken.value.code, broken.value.field) == ("too_early", "reason")


@pytest.mark.parametrize("state", [s for s in MeetingState if s != MeetingState.NOTIFIED])
def test_only_a_notified_meeting_begins(city, state):
    meeting = notified(city).meeting
    meeting.state, meeting.held_on = state, DAY
    meeting.save()

    with pytest.raises(RuleBroken) as broken:
        start_session(meeting.pk, actor=None, at=BEGIN)

    assert broken.value.code == "not_notified"


def test_beginning_twice_changes_nothing(city):
    meeting = begun(city).meeting

    start_session(meeting.pk, actor=city.users["gov_officer"], at=END)

    meeting.refresh_from_db()
    assert meeting.started_at == BEGIN
    assert history_of(meeting).filter(action="meetings.meeting.started").count() == 1


@time_machine.travel(moment(DAY - timedelta(days=2)), tick=False)
def test_the_page_offers_to_hold_it_early_and_keeps_what_was_typed(city, as_user):
    meeting = notified(city).meeting
    client = as_user(city.users["gov_officer"])

    offered = client.get(address("recorder", meeting))
    refused = client.post(address("record-start", meeting), {"reason": ""})
    begun_early = client.post(address("record-start", meeting), {"reason": "双方商定提前"})

    assert "提前召开" in offered.content.decode()
    assert "选填" not in offered.content.decode()
    assert refused.status_code == 422
    assert "提前召开请写明理由" in refused.content.decode()
    assert begun_early.status_code == 302
    meeting.refresh_from_db()
    assert meeting.in_session


# -- the screen ---------------------------------------------------------------------------
@pytest.mark.usefixtures("_on_the_day")
@pytest.mark.parametrize(
    ("who", "status"),
    [("gov_officer", 200), ("recorder", 200), ("gov_convenor", 403), ("system_admin", 404)],
)
def test_who_opens_the_screen(city, as_user, who, status):
    meeting = begun(city).meeting

    assert as_user(city.users[who]).get(address("recorder", meeting)).status_code == status


@pytest.mark.usefixtures("_on_the_day")
@pytest.mark.parametrize("count", [1, 3])
def test_the_screen_costs_the_same_for_any_number_of_resolutions(
    city, as_user, count, django_assert_num_queries
):
    sitting = complete(begun(city), resolutions=count)
    client = as_user(city.users["court_officer"])
    url = f"{address('recorder', sitting.meeting)}?topic={sitting.topics['case'].public_id}"
    client.get(url)

    with django_assert_num_queries(SCREEN_QUERIES):
        page = client.get(url)

    assert len(page.context["desk"].resolutions) == count


@pytest.mark.usefixtures("_on_the_day")
def test_the_screen_shows_clock_topics_and_attendance(city, as_user):
    sitting = begun(city)
    client = as_user(city.users["court_officer"])
    officer = city.users["court_officer"]
    mark_attendance(
        sitting.invitations["gov_deputy"].pk,
        actor=officer,
        at=BEGIN,
        state=AttendanceState.PRESENT,
    )

    page = client.get(address("recorder", sitting.meeting)).content.decode()

    assert "00:42:00" in page
    assert "应到 5，实到 1" in page
    assert "第三季度行政复议、行政诉讼案件情况通报" in page
    assert "⟪missing" not in page


@pytest.mark.usefixtures("_on_the_day")
def test_a_confidential_topic_has_no_words_for_a_recorder_who_may_not_open_it(city, as_user):
    sitting = begun(city)
    topic = sitting.topics["case"]
    Topic.objects.filter(pk=topic.pk).update(confidential=True, discussion="机要内容")
    client = as_user(city.users["gov_officer"])
    url = f"{address('recorder', sitting.meeting)}?topic={topic.public_id}"

    page = client.get(url).content.decode()
    noted = client.post(address("record-notes", topic), {"text": "改写", "seen": ""})
    concluded = client.post(address("record-outcome", topic), {"outcome": "carried"})

    assert "机要内容" not in page
    assert topic.title not in page
    assert noted.status_code == 403
    assert concluded.status_code == 302
    topic.refresh_from_db()
    assert (topic.discussion, topic.outcome) == ("机要内容", TopicOutcome.CARRIED)


@pytest.mark.usefixtures("_on_the_day")
def test_the_big_screen_names_no_topic_that_may_name_parties(city, as_user):
    sitting = complete(begun(city))
    case = sitting.topics["case"]
    open_topic(case.pk, actor=city.users["court_officer"], at=BEGIN)
    client = as_user(city.users["court_officer"])

    page = client.get(address("record-wall", sitting.meeting)).content.decode()

    assert case.title not in page
    assert "涉及在审案件的议题，大屏不显示标题" in page
    assert "印发违法建设查处告知程序指引之1" in page
    assert "应先书面告知" not in page


# -- topics -------------------------------------------------------------------------------
def test_one_clock_runs_at_a_time(city):
    sitting = begun(city)
    officer = city.users["court_officer"]
    report, case = sitting.topics["report"], sitting.topics["case"]

    open_topic(report.pk, actor=officer, at=BEGIN)
    open_topic(case.pk, actor=officer, at=BEGIN + timedelta(minutes=12))
    pause_topic(case.pk, actor=officer, at=BEGIN + timedelta(minutes=20))
    open_topic(case.pk, actor=officer, at=BEGIN + timedelta(minutes=30))

    report.refresh_from_db()
    case.refresh_from_db()
    assert (report.seconds_spent, report.opened_at) == (720, None)
    assert (case.seconds_spent, case.opened_at) == (480, BEGIN + timedelta(minutes=30))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ("not begun", "not_in_session"),
        ("ended", "not_in_session"),
        ("off the agenda", "not_on_agenda"),
    ],
)
def test_what_is_recorded_belongs_to_a_running_meeting_and_its_agenda(city, change, code):
    sitting = held(city) if change == "ended" else notified(city)
    if change == "off the agenda":
        start_session(sitting.meeting.pk, actor=None, at=BEGIN)
        sitting.meeting.topics.update(state="deferred")

    with pytest.raises(RuleBroken) as broken:
        set_outcome(sitting.topics["advice"].pk, actor=None, outcome=TopicOutcome.REPORTED)

    assert broken.value.code == code


# -- notes, two recorders, a lost session ---------------------------------------------------
def test_two_recorders_do_not_lose_each_others_words(city):
    topic = begun(city).topics["case"]
    began_from = seen(topic)
    note_discussion(topic.pk, actor=city.users["gov_officer"], text="府方记的", seen=began_from)

    with pytest.raises(RuleBroken) as broken:
        note_discussion(
            topic.pk, actor=city.users["court_officer"], text="院方记的", seen=began_from
        )

    topic.refresh_from_db()
    assert (broken.value.code, topic.discussion) == ("notes_conflict", "府方记的")


@pytest.mark.usefixtures("_on_the_day")
def test_a_conflict_puts_both_texts_on_the_screen_and_the_next_save_keeps_both(city, as_user):
    sitting = begun(city)
    topic = sitting.topics["case"]
    began_from = seen(topic)
    note_discussion(
        topic.pk, actor=city.users["gov_officer"], text="共同\n府方记的", seen=began_from
    )
    client = as_user(city.users["court_officer"])

    page = client.post(
        address("record-notes", topic), {"text": "共同\n院方记的", "seen": began_from}
    )
    assert page.status_code == 409
    assert page.context["conflict"]["joined"] == "共同\n府方记的\n院方记的"
    assert "另一位记录员已先保存" in page.content.decode()
    again = client.post(
        address("record-notes", topic),
        {"text": page.context["conflict"]["joined"], "seen": page.context["desk"].seen},
    )

    topic.refresh_from_db()
    assert again.status_code == 302
    assert topic.discussion == "共同\n府方记的\n院方记的"


def test_the_same_words_saved_twice_leave_one_entry(city):
    topic = begun(city).topics["case"]
    for _time in range(2):
        note_discussion(
            topic.pk, actor=city.users["gov_officer"], text="一\r\n二", seen=seen(topic)
        )

    topic.refresh_from_db()
    assert topic.discussion == "一\n二"
    assert history_of(topic).filter(action="meetings.topic.noted").count() == 1


@pytest.mark.usefixtures("_on_the_day")
def test_what_was_typed_survives_a_lost_session(city, as_user):
    sitting = begun(city)
    topic = sitting.topics["case"]
    client = as_user(city.users["court_officer"])
    kept = client.post(address("record-draft", topic), {"text": "打到一半"}, **JSON)
    client.logout()
    lost = client.post(address("record-draft", topic), {"text": "打到一半，又多了"}, **JSON)
    url = f"{address('recorder', sitting.meeting)}?topic={topic.public_id}"

    back = as_user(city.users["court_officer"]).get(url).content.decode()
    other = as_user(city.users["gov_officer"]).get(url).content.decode()

    assert kept.json() == {"at": "10:42:00"}
    assert lost.status_code == 302
    assert "恢复未保存的记录" in back.split("<template")[0]
    assert "打到一半" in back
    assert "打到一半" not in other


def test_a_draft_goes_once_its_words_are_in_the_record(city):
    topic = begun(city).topics["case"]
    for who in ("court_officer", "gov_officer"):
        keep_draft(topic.pk, actor=city.users[who], at=BEGIN, text="草稿")

    note_discussion(topic.pk, actor=city.users["court_officer"], text="定稿", seen=seen(topic))

    assert [draft.user for draft in RecorderDraft.objects.all()] == [city.users["gov_officer"]]


# -- resolutions at the meeting ---------------------------------------------------------------
@pytest.mark.usefixtures("_on_the_day")
@pytest.mark.parametrize(
    ("given", "due_on", "wrong"),
    [
        pytest.param({}, date(2026, 12, 24), "", id="within a month"),
        pytest.param({"when": "day", "due_on": "2026-12-18"}, DUE, "", id="on a day"),
        pytest.param({"when": "day"}, None, "due_on", id="no day"),
        pytest.param({"when": "day", "due_on": "2026-11-23"}, None, "due_on", id="before"),
        pytest.param({"lead": "zhzfj"}, date(2026, 12, 24), "", id="unit by initials"),
        pytest.param({"lead": "综合"}, date(2026, 12, 24), "", id="unit by part of its name"),
        pytest.param({"lead": "试验市"}, None, "lead", id="unit ambiguous"),
        pytest.param({"lead": "无此单位"}, None, "lead", id="unit unknown"),
        pytest.param({"lead": ""}, None, "lead", id="no unit"),
        pytest.param({"text": ""}, None, "text", id="no words"),
    ],
)
def test_noting_a_resolution(city, as_user, given, due_on, wrong):
    sitting = begun(city)
    agency = city.organizations["agency"]
    type(agency).objects.filter(pk=agency.pk).update(initials="szhzfj")
    typed = {"text": "统一样式", "lead": "市综合执法局", "when": "month", **given}

    page = as_user(city.users["court_officer"]).post(
        address("record-resolution", sitting.topics["case"]), typed
    )

    noted = list(Resolution.objects.values_list("lead__key", "due_on", "state"))
    if wrong:
        assert (page.status_code, list(page.context["form"].errors)) == (422, [wrong])
        assert noted == []
    else:
        assert page.status_code == 302
        assert noted == [("agency", due_on, ResolutionState.DRAFT)]


def test_a_double_submit_notes_one_resolution(city):
    sitting = complete(begun(city))
    given = {
        "topic": sitting.topics["case"],
        "text": "印发违法建设查处告知程序指引之1",
        "lead": city.organizations["agency"],
        "due_on": DUE,
    }

    with pytest.raises(RuleBroken, match="已经记入"):
        add_resolution(sitting.meeting.pk, actor=city.users["court_officer"], **given)

    assert sitting.meeting.resolutions.count() == 1


def test_a_stale_edit_of_a_resolution_changes_nothing(city):
    resolution = complete(begun(city)).meeting.resolutions.get()
    given = {"actor": city.users["gov_officer"], "lead": resolution.lead, "due_on": DUE}
    version = resolution.version
    edit_resolution(resolution.pk, text="先改的", version=version, **given)

    with pytest.raises(RuleBroken) as broken:
        edit_resolution(resolution.pk, text="后改的", version=version, **given)

    resolution.refresh_from_db()
    assert (broken.value.code, resolution.text) == ("stale", "先改的")


@pytest.mark.usefixtures("_on_the_day")
def test_a_line_is_changed_and_taken_off_again(city, as_user):
    sitting = complete(begun(city))
    resolution = sitting.meeting.resolutions.get()
    client = as_user(city.users["gov_officer"])
    url = f"{address('recorder', sitting.meeting)}?topic={sitting.topics['case'].public_id}"

    form = client.get(f"{url}&edit={resolution.public_id}").context["form"]
    typed = {"text": "改过的", "lead": "市司法局", "when": "day", "due_on": "2026-12-20"}
    client.post(address("record-edit", resolution), {**typed, "version": resolution.version})
    resolution.refresh_from_db()
    client.post(address("record-remove", resolution))

    assert form.initial["lead"] == city.organizations["agency"]
    assert (resolution.text, resolution.lead) == ("改过的", city.organizations["justice"])
    assert not Resolution.objects.exists()
    removed = history_of(sitting.meeting).get(action="meetings.resolution.removed")
    assert removed.data["text"] == "改过的"


# -- attendance by the screen -------------------------------------------------------------------
@pytest.mark.usefixtures("_on_the_day")
@pytest.mark.parametrize(
    ("typed", "status", "state"),
    [
        ({"state": "present"}, 302, AttendanceState.PRESENT),
        ({"state": "leave"}, 302, AttendanceState.LEAVE),
        ({"state": "substitute"}, 422, AttendanceState.UNKNOWN),
        ({"state": "substitute", "substitute_name": "何家骏"}, 302, AttendanceState.SUBSTITUTE),
    ],
)
def test_marking_attendance_on_the_screen(city, as_user, typed, status, state):
    sitting = begun(city)
    invitation = sitting.invitations["gov_deputy"]

    page = as_user(city.users["recorder"]).post(address("record-attendance", invitation), typed)

    invitation.refresh_from_db()
    assert (page.status_code, invitation.attendance) == (status, state)


# -- ending ---------------------------------------------------------------------------------------
def test_the_end_opens_resolutions_and_restarts_the_clock_of_the_duty(city):
    sitting = held(city)

    meeting = sitting.fresh()
    resolution = meeting.resolutions.get()
    assert (meeting.state, meeting.held_on, meeting.ended_at) == (MeetingState.HELD, DAY, END)
    assert resolution.state == ResolutionState.OPEN
    limits = (
        Deadline.objects.open()
        .order_by("rule", "owed_by")
        .values_list("rule", "owed_by__key", "due_on")
    )
    assert list(limits) == [
        ("MT-MIN", "court", date(2026, 12, 1)),
        (DUTY, "justice", date(2027, 1, 25)),
        (DUTY, "court", date(2027, 1, 25)),
        ("MT-RES", "agency", DUE),
    ]
    told = Notice.objects.filter(recipient=city.users["agency_contact"], reason="open")
    assert [notice.subject for notice in told] == [resolution]


@pytest.mark.parametrize(
    ("lacks", "code"),
    [
        ("outcome", "topics_open"),
        ("attendance", "attendance_missing"),
        ("anybody", "nobody_present"),
    ],
)
def test_the_end_waits_until_everything_is_noted(city, lacks, code):
    sitting = complete(begun(city))
    officer = city.users["court_officer"]
    if lacks == "outcome":
        set_outcome(sitting.topics["report"].pk, actor=officer, outcome="")
    wanted = {"attendance": AttendanceState.UNKNOWN, "anybody": AttendanceState.ABSENT}
    if lacks in wanted:
        sitting.meeting.invitations.update(attendance=wanted[lacks])

    with pytest.raises(RuleBroken) as broken:
        end_session(sitting.meeting.pk, actor=officer, at=END)

    assert broken.value.code == code
    assert sitting.fresh().in_session


def test_one_click_carries_the_rest_and_notes_the_rest_absent(city):
    sitting = begun(city)
    officer = city.users["gov_officer"]
    mark_attendance(sitting.invitations["gov_deputy"].pk, actor=officer, at=BEGIN, state="present")
    set_outcome(sitting.topics["report"].pk, actor=officer, outcome=TopicOutcome.REPORTED)

    end_session(sitting.meeting.pk, actor=officer, at=END, carry_open=True, absent_rest=True)

    outcomes = sitting.meeting.topics.order_by("order").values_list("outcome", flat=True)
    assert list(outcomes) == ["reported", "carried", "carried"]
    here = sitting.meeting.invitations.order_by("order").values_list("attendance", flat=True)
    assert list(here) == ["present", "absent", "absent", "absent", "absent"]


@pytest.mark.usefixtures("_on_the_day")
def test_the_end_page_says_what_is_missing_and_offers_the_way_out(city, as_user):
    sitting = begun(city)
    client = as_user(city.users["court_officer"])
    url = address("record-end", sitting.meeting)
    mark_attendance(sitting.invitations["gov_deputy"].pk, actor=None, at=BEGIN, state="present")

    asked = client.get(url).content.decode()
    refused = client.post(url, {})
    done = client.post(url, {"carry_open": "on", "absent_rest": "on"})

    assert "3 个中 3 个未定结果" in asked
    assert "周明远" in asked
    assert refused.status_code == 422
    assert "还有议题未定结果" in refused.content.decode()
    assert (done.status_code, sitting.fresh().state) == (302, MeetingState.HELD)


def test_ending_twice_is_refused_and_opens_nothing_anew(city):
    sitting = held(city)

    with pytest.raises(RuleBroken) as broken:
        end_session(sitting.meeting.pk, actor=city.users["gov_officer"], at=END)

    assert broken.value.code == "not_in_session"
    assert Deadline.objects.filter(rule="MT-RES", state=DeadlineState.OPEN).count() == 1


@pytest.mark.usefixtures("_on_the_day")
def test_the_screen_of_a_held_meeting_leads_to_the_meeting(city, as_user):
    sitting = held(city)

    page = as_user(city.users["court_officer"]).get(address("recorder", sitting.meeting))

    assert page.url == sitting.meeting.get_absolute_url()


@pytest.mark.usefixtures("_on_the_day")
def test_the_desk_of_a_secretariat_leads_to_the_record(city):
    meeting = begun(city).meeting

    assert [(one.group, one.url) for one in items(city.users["recorder"], DAY)] == [
        ("todo", address("recorder", meeting))
    ]
