"""The list of meetings and the page of one: who sees it, its course, its next step, its cost."""

from datetime import time, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from foundations.access.errors import RuleBroken
from foundations.audit.trail import acting
from meetings.actions.ad_hoc import propose_ad_hoc
from meetings.actions.asking import take_back
from meetings.actions.days import answer_day, cancel, propose_day
from meetings.models import Invitation, Meeting, SideNotice, Topic
from meetings.states import DUTY, InviteeCategory, MeetingState, TopicState
from meetings.views.frame import steps_of
from meetings.views.next_step import next_step
from meetings.work import meetings as work
from members.models import User
from services.consents.models import ConsentState
from services.deadlines.models import Deadline
from services.documents.models import OfficialDocument
from tests.sitting import agreed, planned_series

TODAY = timezone.localdate()
NOW = timezone.now()
DAY = TODAY + timedelta(days=40)
LIST_QUERIES = 16
DETAIL_QUERIES = 29
DESK_QUERIES = 8


@pytest.fixture
def series(city):
    """Meetings planned from 40 days ahead, the first hosted by the government."""
    return planned_series(city, origin=DAY, until=DAY + timedelta(days=400))


@pytest.fixture
def meeting(series) -> Meeting:
    return series.meetings.get(ordinal=1)


def fresh(meeting: Meeting) -> Meeting:
    return Meeting.objects.get(pk=meeting.pk)


def asked(city, meeting, who="gov_officer"):
    return propose_day(
        meeting.pk,
        actor=city.users[who],
        at=NOW,
        day=DAY,
        starts_at=time(9, 30),
        place="三楼会议室",
    )


def topic_on_agenda(city, meeting) -> Topic:
    return Topic.objects.create(
        meeting=meeting,
        kind="problem",
        title="限期拆除告知程序",
        organization=city.organizations["justice"],
        state=TopicState.ACCEPTED,
    )


def notice_of(city, meeting, side, unit) -> None:
    """As if the side had issued its notice; how it does is told in the notices' tests."""
    document = OfficialDocument.objects.create(
        kind="notice",
        subject=meeting,
        title="通知",
        organization=city.organizations[unit],
        jurisdiction=city.jurisdiction,
        issued_on=TODAY,
        context={},
    )
    SideNotice.objects.create(
        meeting=meeting, side=side, document=document, sequence=meeting.sequence, at=NOW
    )


def in_state(meeting: Meeting, state: str, **fields) -> Meeting:
    row = fresh(meeting)
    with acting():
        row.state = state
        for name, value in fields.items():
            setattr(row, name, value)
        row.store()
    return row


def step_for(city, meeting, who, on=TODAY) -> str:
    step = next_step(city.users[who], fresh(meeting), on)
    return step.label if step else ""


# -- the next step -------------------------------------------------------------------


def test_while_a_day_is_to_be_agreed_one_side_acts_and_then_the_other(city, meeting):
    assert step_for(city, meeting, "gov_officer") == "去协商日期"
    assert step_for(city, meeting, "court_officer") == "去协商日期"
    assert step_for(city, meeting, "gov_convenor") == ""

    asked(city, meeting)

    assert step_for(city, meeting, "gov_officer") == ""
    assert step_for(city, meeting, "court_officer") == "答复会议日期"


def test_while_topics_are_collected_the_notice_follows_the_first_topic(city, meeting):
    agreed(city, meeting, day=DAY, at=NOW)
    assert step_for(city, meeting, "gov_officer") == "提出议题"
    assert step_for(city, meeting, "recorder") == "提出议题"

    topic_on_agenda(city, meeting)

    assert step_for(city, meeting, "gov_officer") == "发出本方通知"
    assert step_for(city, meeting, "recorder") == "提出议题"


def test_after_the_notice_the_other_side_then_receipt_then_record(city, meeting):
    agreed(city, meeting, day=DAY, at=NOW)
    in_state(meeting, MeetingState.NOTIFIED)
    notice_of(city, meeting, "government", "justice")
    Invitation.objects.create(
        meeting=meeting,
        side="government",
        category=InviteeCategory.MEMBER,
        person=city.people["gov_officer"],
        name="李文静",
        notified_at=NOW,
    )

    assert step_for(city, meeting, "court_officer") == "发出本方通知"
    assert step_for(city, meeting, "gov_officer") == "填写回执"
    assert step_for(city, meeting, "recorder") == ""
    assert step_for(city, meeting, "recorder", on=DAY) == "开始记录"


@pytest.mark.parametrize(
    ("state", "fields", "label"),
    [
        pytest.param("notified", {"started_at": NOW}, "继续记录", id="running"),
        pytest.param("held", {"held_on": DAY}, "起草纪要", id="held"),
        pytest.param("confirmed", {"held_on": DAY}, "办结会议", id="confirmed"),
        pytest.param("closed", {"held_on": DAY}, "", id="closed"),
        pytest.param("cancelled", {}, "", id="cancelled"),
    ],
)
def test_the_officers_next_step_from_the_meeting_on(city, meeting, state, fields, label):
    in_state(meeting, state, **fields)

    assert step_for(city, meeting, "gov_officer") == label


# -- the course ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "now"),
    [
        ("planned", "计划"),
        ("collecting", "征集议题"),
        ("held", "纪要起草"),
        ("drafted", "双方确认"),
        ("confirmed", "办结"),
        ("closed", None),
    ],
)
def test_the_course_marks_the_step_that_is_under_way(meeting, state, now):
    row = in_state(meeting, state, held_on=DAY)

    steps = steps_of(row)

    assert [step.name for step in steps] == [
        "计划",
        "征集议题",
        "已通知",
        "已召开",
        "纪要起草",
        "双方确认",
        "办结",
    ]
    assert next((step.name for step in steps if step.status == "now"), None) == now


def test_the_course_says_which_side_has_yet_to_notify(city, meeting):
    agreed(city, meeting, day=DAY, at=NOW)
    row = in_state(meeting, MeetingState.NOTIFIED)

    notice_of(city, row, "government", "justice")
    one = steps_of(row)[2]
    notice_of(city, row, "court", "court")
    both = steps_of(row)[2]

    assert (one.note, one.status) == ("府已发出，待院发出", "now")
    assert (both.note, both.status) == (f"{TODAY:%m-%d} 双方分别发出", "done")


# -- the page ------------------------------------------------------------------------


def page_of(client, meeting) -> str:
    return client.get(meeting.get_absolute_url()).content.decode()


def test_the_page_says_why_this_host_and_this_day_beside_the_duty(city, as_user, series):
    second = series.meetings.get(ordinal=2)

    html = page_of(as_user(city.users["gov_convenor"]), second)

    assert "试验市人民法院主办" in html
    assert "由市政府主办，本次轮到市法院" in html
    assert "职责期限另行计算" in html
    assert 'class="is-next"' in html


def test_an_ad_hoc_meeting_names_its_proposer_and_takes_no_turn(city, as_user):
    meeting = propose_ad_hoc(
        city.mechanism.pk,
        actor=city.users["court_officer"],
        at=NOW,
        title="专题会议",
        reason="证据标准",
        day=DAY,
        starts_at=time(9, 30),
        place="三楼",
    )

    html = page_of(as_user(city.users["gov_officer"]), meeting)

    assert "由提议单位负责召集和主持" in html
    assert "fy-turn" not in html
    assert "答复提议" in html


def test_a_topic_on_a_pending_case_shows_the_independence_notice(city, as_user, meeting):
    agreed(city, meeting, day=DAY, at=NOW)
    client = as_user(city.users["gov_officer"])
    assert "不得做出有可能影响法院公正审判的行为" not in page_of(client, meeting)

    topic = topic_on_agenda(city, meeting)
    Topic.objects.filter(pk=topic.pk).update(pending_case=True)

    assert "不得做出有可能影响法院公正审判的行为" in page_of(client, meeting)


def test_the_timeline_tells_who_did_what(city, as_user, meeting):
    agreed(city, meeting, day=DAY, at=NOW)

    html = page_of(as_user(city.users["gov_officer"]), meeting)

    assert f"会期商定为 {DAY.isoformat()}，开始征集议题" in html
    assert "答复“同意”" in html
    assert "周明远" in html


def test_a_cancelled_meeting_says_why(city, as_user, meeting):
    cancel(meeting.pk, actor=city.users["gov_officer"], at=NOW, reason="换届", pass_turn=True)

    html = page_of(as_user(city.users["court_officer"]), meeting)

    assert "换届" in html
    assert "轮次已让给下一方" in html


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("gov_officer", 200),
        ("recorder", 200),
        ("court_convenor", 200),
        ("agency_contact", 404),
        ("audit_admin", 404),
    ],
)
def test_who_sees_a_meeting(city, as_user, meeting, who, status):
    assert as_user(city.users[who]).get(meeting.get_absolute_url()).status_code == status


def test_a_stranger_is_sent_to_sign_in(client, meeting):
    assert client.get(meeting.get_absolute_url()).status_code == 302


def test_the_page_takes_the_same_queries_with_one_topic_or_three(
    city, as_user, meeting, django_assert_max_num_queries
):
    agreed(city, meeting, day=DAY, at=NOW)
    client = as_user(city.users["gov_officer"])
    topic_on_agenda(city, meeting)
    page_of(client, meeting)

    with django_assert_max_num_queries(DETAIL_QUERIES) as first:
        page_of(client, meeting)
    topic_on_agenda(city, meeting)
    topic_on_agenda(city, meeting)
    with django_assert_max_num_queries(len(first)):
        page_of(client, meeting)


# -- taking a proposal back ----------------------------------------------------------


def test_only_the_side_that_proposed_takes_its_proposal_back(city, as_user, meeting):
    consent = asked(city, meeting)
    with pytest.raises(RuleBroken):
        take_back(consent.pk, actor=city.users["court_officer"], at=NOW)
    with pytest.raises(PermissionDenied):
        take_back(consent.pk, actor=city.users["recorder"], at=NOW)
    client = as_user(city.users["gov_officer"])
    url = reverse("meetings:take-back", args=[consent.public_id])
    assert url in page_of(client, meeting)

    first, second = client.post(url), client.post(url)

    consent.refresh_from_db()
    assert (first.status_code, second.status_code) == (302, 409)
    assert consent.state == ConsentState.WITHDRAWN
    assert not Deadline.objects.about(meeting).open().exists()
    assert asked(city, meeting, who="court_officer").proposed_by == "court"


@pytest.mark.parametrize(
    ("ordinal", "place"), [(2, ""), (3, "市政府第一会议室")], ids=["never hosted", "hosted"]
)
def test_a_day_is_proposed_with_what_is_usual(city, as_user, series, ordinal, place):
    """The planned day, half past nine, and where the host had its last meeting."""
    first, planned = series.meetings.get(ordinal=1), series.meetings.get(ordinal=ordinal)
    in_state(first, MeetingState.HELD, place="市政府第一会议室", held_on=DAY)

    page = as_user(city.users["gov_officer"]).get(
        reverse("meetings:day", args=[planned.public_id])
    )

    assert (first.host == planned.host) == bool(place)
    html = page.content.decode()
    assert f'value="{planned.planned_on.isoformat()}"' in html
    assert 'value="09:30"' in html
    assert page.context["form"]["place"].value() == place


# -- the list ------------------------------------------------------------------------


def test_the_list_finds_filters_and_exports(city, as_user, series):
    client = as_user(city.users["court_officer"])
    url = reverse("meetings:list")
    cancel(
        series.meetings.get(ordinal=2).pk,
        actor=city.users["court_officer"],
        at=NOW,
        reason="x",
    )

    everything = client.get(url, {"view": "all"}).content.decode()
    cancelled = client.get(url, {"state": "cancelled"}).content.decode()
    export = client.get(url, {"export": "csv", "state": "cancelled"})

    titles = list(series.meetings.order_by("ordinal").values_list("title", flat=True))
    assert all(title in everything for title in titles)
    assert titles[1] in cancelled
    assert titles[0] not in cancelled
    assert export.status_code == 200


def test_the_list_takes_the_same_queries_with_one_meeting_and_three(
    city, as_user, django_assert_num_queries
):
    planned_series(city, origin=DAY, until=DAY)
    client = as_user(city.users["gov_officer"])
    url = reverse("meetings:list") + "?view=all"
    client.get(url)

    with django_assert_num_queries(LIST_QUERIES):
        client.get(url)
    planned_series(city, origin=DAY, until=DAY + timedelta(days=130))
    with django_assert_num_queries(LIST_QUERIES):
        client.get(url)


@pytest.mark.parametrize(("who", "rows"), [("gov_officer", 7), ("agency_contact", 0)])
def test_the_list_holds_what_the_reader_may_see(city, as_user, series, who, rows):
    client = as_user(city.users[who])

    html = client.get(reverse("meetings:list"), {"view": "all"}).content.decode()
    this_year = client.get(reverse("meetings:list")).content.decode()

    own = [meeting for meeting in series.meetings.all() if meeting.planned_on.year == TODAY.year]
    assert html.count("次会议</a>") == rows
    assert this_year.count("次会议</a>") == (len(own) if rows else 0)


# -- the desk ------------------------------------------------------------------------


def desk(city, who) -> list[tuple[str, str]]:
    return [(item.group, item.verb) for item in work.items(city.users[who], TODAY)]


def test_the_desks_of_both_officers_follow_the_proposal(city, meeting):
    assert desk(city, "gov_officer") == [("todo", "去协商日期")]
    assert desk(city, "recorder") == []

    consent = asked(city, meeting)

    assert desk(city, "gov_officer") == [("waiting", "查看")]
    assert desk(city, "court_officer") == [("todo", "答复")]
    item = work.items(city.users["court_officer"], TODAY)[0]
    assert (item.day, item.url) == (
        consent.due_on,
        reverse("meetings:answer", args=[consent.public_id]),
    )


def test_an_amendment_comes_back_to_the_desk_of_the_proposer(city, meeting):

    consent = asked(city, meeting)

    answer_day(
        consent.pk, actor=city.users["court_officer"], at=NOW, verdict="amend", remark="开庭"
    )

    assert desk(city, "gov_officer") == [("returned", "重新提议")]


def test_the_duty_lies_on_the_desk_when_it_is_near_and_nothing_is_agreed(city, series):
    late = TODAY - timedelta(days=6)
    Deadline.objects.filter(rule=DUTY).update(due_on=late)

    items = [item for item in work.items(city.users["court_officer"], TODAY) if item.day == late]

    assert [item.title for item in items] == ["召开下一次定期会议"]


@pytest.mark.parametrize("who", ["court_officer", "gov_officer"])
def test_the_desk_takes_the_same_queries_with_one_meeting_and_three(
    city, django_assert_num_queries, who
):

    planned_series(city, origin=DAY, until=DAY)
    asked(city, Meeting.objects.get())

    def read() -> None:
        work.items(User.objects.get(username=who), TODAY)

    read()
    with django_assert_num_queries(DESK_QUERIES):
        read()
    planned_series(city, origin=DAY, until=DAY + timedelta(days=130))
    for meeting in Meeting.objects.filter(ordinal__gt=1):
        asked(city, meeting)
    with django_assert_num_queries(DESK_QUERIES):
        read()
