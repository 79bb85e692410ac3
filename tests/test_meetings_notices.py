"""Notices: each side tells its own people (YN-4), once, and again after a change."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from foundations.access.errors import RuleBroken
from foundations.audit.trail import acting
from foundations.notifications.models import Delivery, Notice
from meetings.actions.invitations import invite
from meetings.actions.notices import call_off, issue_notice, renew
from meetings.actions.receipts import return_receipt
from meetings.models import Meeting, SideNotice
from meetings.states import MeetingState
from services.documents.models import NumberSeries, OfficialDocument
from services.documents.rendering.papers import html_of
from tests.desks import items
from tests.gatherings import (
    AT,
    DAY,
    ON,
    invitation_of,
    later,
    make_meeting,
    notified_meeting,
    notify,
    on_agenda,
    submit,
)


@pytest.fixture
def meeting(city):
    meeting = make_meeting(city)
    on_agenda(city, meeting)
    return meeting


def test_the_first_notice_notifies_the_own_side_and_the_other_officer(city, meeting):
    notice = notify(city, meeting)

    meeting.refresh_from_db()
    assert meeting.state == MeetingState.NOTIFIED
    assert (notice.side, notice.sequence, notice.document.number) == (
        "government",
        0,
        "试司函〔2026〕1号",
    )
    told = set(meeting.invitations.notified().values_list("name", flat=True))
    assert told == {"热依古丽·阿不都", "王彬", "何先", "李文静", "周明远"}


def test_the_second_side_notifies_its_own(city, meeting):
    notify(city, meeting)
    notify(city, meeting, by="court_officer", side="court", at=later(hours=2))

    assert meeting.invitations.filter(notified_at__isnull=True).count() == 0
    assert [one.document.number for one in SideNotice.objects.order_by("pk")] == [
        "试司函〔2026〕1号",
        "试法函〔2026〕1号",
    ]
    assert meeting.invitations.get(name="周明远").notified_at == AT


def test_everybody_is_told_once(city, meeting):
    notify(city, meeting)

    told = Notice.objects.filter(reason="notice:0").values_list("recipient__username", flat=True)
    assert sorted(told) == ["gov_convenor", "gov_deputy", "gov_officer"]
    asked = Notice.objects.filter(reason="issue-notice:0")
    assert [one.recipient for one in asked] == [city.users["court_officer"]]
    assert Delivery.objects.filter(notice__reason="notice:0").count() == 3


@pytest.mark.parametrize(
    ("given", "code"),
    [
        pytest.param({"state": "planned", "day_agreed_at": None}, "day_not_agreed", id="planned"),
        pytest.param({"day_agreed_at": None}, "day_not_agreed", id="no agreement on the day"),
        pytest.param({"started_at": AT, "state": "notified"}, "wrong_state", id="it has begun"),
        pytest.param({"state": "cancelled"}, "wrong_state", id="cancelled"),
        pytest.param({}, "no_topic", id="nothing on the agenda"),
    ],
)
def test_what_a_notice_waits_for(city, given, code):
    meeting = make_meeting(city, **given)

    with pytest.raises(RuleBroken) as refused:
        notify(city, meeting)

    assert refused.value.code == code
    assert not OfficialDocument.objects.exists()


def test_a_topic_that_is_only_submitted_is_not_enough(city):
    meeting = make_meeting(city)
    submit(city, meeting)

    with pytest.raises(RuleBroken) as refused:
        notify(city, meeting)

    assert refused.value.code == "no_topic"


def test_pressing_twice_makes_one_notice(city, meeting):
    notify(city, meeting)

    with pytest.raises(RuleBroken, match="本方已发出通知") as refused:
        notify(city, meeting)

    assert refused.value.code == "notice_issued"
    assert OfficialDocument.objects.filter(kind="notice").count() == 1


@pytest.mark.parametrize(
    ("by", "side"),
    [
        ("gov_officer", "court"),
        ("court_officer", "government"),
        ("recorder", "government"),
        ("gov_convenor", "government"),
        ("agency_contact", "government"),
        ("system_admin", "government"),
    ],
)
def test_only_the_sides_own_officer_issues(city, meeting, by, side):
    with pytest.raises(PermissionDenied):
        notify(city, meeting, by=by, side=side)


def test_an_external_number_is_typed_put_right_and_unique(city, meeting):
    NumberSeries.objects.filter(key="gov-letter").update(mode=NumberSeries.Mode.EXTERNAL)
    given = {"side": "government", "actor": city.users["gov_officer"], "on": ON, "at": AT}

    for typed, code in (("", "number_missing"), ("试司发3号", "number_format")):
        with pytest.raises(RuleBroken) as refused:
            issue_notice(meeting.pk, number=typed, **given)
        assert (refused.value.code, refused.value.field) == (code, "number")
    notice = issue_notice(meeting.pk, number="试司函(2026)12号", **given)

    assert notice.document.number == "试司函〔2026〕12号"
    assert meeting.side_notices.count() == 1


def test_the_paper_names_what_the_people_need(city, meeting):
    city.people["gov_officer"].phone = "09998120001"
    city.people["gov_officer"].save()
    invite(
        meeting.pk,
        side="government",
        actor=city.users["gov_officer"],
        at=AT,
        category="lawyer",
        name="何敏",
        unit_and_title="示例律师事务所律师",
    )

    context = notify(city, meeting).document.context

    assert context["red_head"] == "试验市司法局"
    assert context["title"] == f"关于召开{meeting.title}的通知"
    assert context["addressees"] == ["受邀律师代表"]
    assert {item["label"]: item["text"] for item in context["items"]}["会议时间"] == (
        "2026年12月15日（星期二）上午9:30"
    )
    assert [row["n"] for row in context["agenda"]] == [1]
    assert [one["name"] for one in context["contacts"]] == ["李文静", "周明远"]
    assert "09998120001" in context["receipt"]["contact"]
    assert context["receipt"]["due"] == "2026年12月11日"
    assert context["copy_to"] == [["市委办", "人大办", "政协办"]]


def test_a_side_without_a_list_gets_the_roster(city, meeting):
    context = notify(city, meeting).document.context

    assert context["addressees"] == ["试验市人民政府", "试验市司法局"]
    names = {
        group["label"]: [one["name"] for one in group["names"]]
        for group in context["participants"]
    }
    assert names == {"出席": ["热依古丽·阿不都", "王彬", "何先"], "列席": ["李文静"]}


class TestAfterAChange:
    def change(self, city, meeting):
        with acting():
            locked = Meeting.objects.select_for_update().get(pk=meeting.pk)
            locked.planned_on = date(2026, 12, 22)
            locked.store()
            renew(locked, actor=city.users["gov_officer"], at=later(days=1), reason="院里有会")
        meeting.refresh_from_db()

    def test_everybody_notified_is_told_and_answers_again(self, city):
        meeting = notified_meeting(city)
        row = invitation_of(city, meeting, "gov_deputy")
        return_receipt(row.pk, actor=city.users["gov_deputy"], at=AT, receipt="attending")

        self.change(city, meeting)

        row.refresh_from_db()
        assert (meeting.sequence, row.receipt) == (1, "none")
        told = Notice.objects.filter(reason="changed:1")
        assert told.count() == 6
        assert "2026年12月22日" in told.first().text

    def test_each_side_issues_anew_and_the_old_notice_is_replaced(self, city):
        meeting = notified_meeting(city)
        self.change(city, meeting)

        renewed = notify(city, meeting, at=later(days=1))

        first = SideNotice.objects.get(side="government", sequence=0)
        assert (renewed.sequence, renewed.document.number) == (1, "试司函〔2026〕2号")
        assert first.document.state == "replaced"
        assert renewed.document.context["replaces"] == "试司函〔2026〕1号"
        assert Notice.objects.filter(reason="notice:1").count() == 3
        desk = [item.title for item in items(city.users["court_officer"], ON)]
        assert any("发出本方通知" in title for title in desk)

    def test_without_a_notice_nothing_is_renewed(self, city):
        meeting = make_meeting(city)

        self.change(city, meeting)

        assert (meeting.sequence, Notice.objects.count()) == (0, 0)

    def test_a_cancellation_is_told_to_whoever_was_notified(self, city, meeting):
        notify(city, meeting)
        with acting():
            locked = Meeting.objects.select_for_update().get(pk=meeting.pk)
            call_off(locked, actor=city.users["gov_officer"], at=AT, reason="疫情")
            call_off(locked, actor=city.users["gov_officer"], at=AT, reason="疫情")

        told = Notice.objects.filter(reason="cancelled")
        assert sorted(told.values_list("recipient__username", flat=True)) == [
            "court_officer",
            "gov_convenor",
            "gov_deputy",
            "gov_officer",
        ]


class TestPages:
    def test_it_shows_what_will_be_issued_and_issues_it(self, city, meeting, as_user):
        client = as_user(city.users["gov_officer"])
        url = reverse("meetings:notice", args=[meeting.public_id])

        page = client.get(url).content.decode()
        answer = client.post(url)

        assert "热依古丽·阿不都" in page
        assert "限期拆除告知程序的把握" in page
        assert "1 人没有账号" in page
        assert answer.status_code == 302
        assert SideNotice.objects.get().by == city.users["gov_officer"]

    def test_a_second_press_says_that_it_is_issued(self, city, meeting, as_user):
        client = as_user(city.users["gov_officer"])
        url = reverse("meetings:notice", args=[meeting.public_id])

        client.post(url)
        again = client.post(url)

        assert again.status_code == 422
        assert "本方已发出通知" in again.content.decode()
        assert SideNotice.objects.count() == 1

    def test_a_wrong_number_stays_in_the_field(self, city, meeting, as_user):
        NumberSeries.objects.filter(key="gov-letter").update(mode=NumberSeries.Mode.EXTERNAL)
        client = as_user(city.users["gov_officer"])

        answer = client.post(
            reverse("meetings:notice", args=[meeting.public_id]), {"number": "试司发三号"}
        )

        assert answer.status_code == 422
        assert "试司发三号" in answer.content.decode()

    @pytest.mark.parametrize(
        ("who", "status"),
        [("gov_convenor", 403), ("recorder", 403), ("system_admin", 404), ("agency_contact", 404)],
    )
    def test_who_may_not(self, city, meeting, as_user, who, status):
        url = reverse("meetings:notice", args=[meeting.public_id])

        assert as_user(city.users[who]).get(url).status_code == status

    def test_the_officers_desk_asks_for_the_notice(self, city, meeting):
        before = [item.title for item in items(city.users["gov_officer"], ON)]
        notify(city, meeting)
        after = [item.title for item in items(city.users["gov_officer"], ON)]

        assert f"发出本方通知：{meeting.title}" in before
        assert f"发出本方通知：{meeting.title}" not in after
        assert meeting.planned_on == DAY


@pytest.mark.parametrize(
    ("chair", "item"),
    [("gov_convenor", ("主持人", "热依古丽·阿不都")), (None, ("主持单位", "试验市人民法院"))],
)
def test_the_paper_says_who_takes_the_chair_and_no_reporter_that_is_not_named(
    city, meeting, chair, item
):
    on_agenda(city, meeting, title="甲", confidential=True)
    Meeting.objects.filter(pk=meeting.pk).update(chair=city.people[chair] if chair else None)

    notice = notify(city, meeting)

    items = [(one["label"], one["text"]) for one in notice.document.context["items"]]
    assert items[-1] == item
    paper = html_of("notice", notice.document.context)
    assert "内部保密议题" in paper
    assert "—汇报" not in paper
    assert "（汇报" not in paper
