"""Receipts, leave, substitutes, reminders before the day, attendance with arrival."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for, visible_to
from foundations.audit.trail import history_of
from foundations.notifications.models import Notice
from meetings.actions.receipts import (
    mark_attendance,
    receipt_due_on,
    remind,
    remind_now,
    return_receipt,
)
from meetings.models import Invitation, Meeting
from meetings.states import AttendanceState, MeetingState, ReceiptState
from meetings.views.invitations import people_of
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
)


@pytest.fixture
def meeting(city):
    return notified_meeting(city)


def answer(city, row, by, receipt="attending", at=AT, **given):
    return return_receipt(row.pk, actor=city.users[by], at=at, receipt=receipt, **given)


def test_an_invitee_answers_for_themselves(city, meeting):
    row = answer(city, invitation_of(city, meeting, "gov_deputy"), "gov_deputy")

    assert (row.receipt, row.receipt_at, row.receipt_by) == (
        ReceiptState.ATTENDING,
        AT,
        city.users["gov_deputy"],
    )
    assert history_of(row).last().data == {"before": "none", "on_behalf": False}


def test_the_officer_answers_on_behalf_and_it_says_so(city, meeting):
    row = answer(city, invitation_of(city, meeting, "gov_member"), "gov_officer")

    assert row.receipt == ReceiptState.ATTENDING
    assert history_of(row).last().data["on_behalf"] is True


@pytest.mark.parametrize(
    ("by", "allowed"),
    [
        ("gov_deputy", True),
        ("gov_officer", True),
        ("court_officer", False),
        ("gov_convenor", False),
        ("recorder", False),
        ("agency_contact", False),
        ("system_admin", False),
    ],
)
def test_who_may_answer_for_an_invitee(city, meeting, by, allowed):
    row = invitation_of(city, meeting, "gov_deputy")

    assert policy_for(Invitation).can(city.users[by], "answer", row) is allowed
    if not allowed:
        with pytest.raises(PermissionDenied):
            answer(city, row, by)


@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        pytest.param({"receipt": "none"}, "bad_receipt", "receipt", id="no answer"),
        pytest.param({"receipt": "perhaps"}, "bad_receipt", "receipt", id="another answer"),
        pytest.param({"receipt": "leave"}, "reason_missing", "leave_reason", id="no reason"),
        pytest.param(
            {"receipt": "substitute", "substitute_title": "副局长"},
            "substitute_missing",
            "substitute_name",
            id="nobody named",
        ),
        pytest.param(
            {"receipt": "substitute", "substitute_name": "何家骏"},
            "substitute_missing",
            "substitute_title",
            id="no post",
        ),
    ],
)
def test_what_an_answer_needs(city, meeting, given, code, field):
    with pytest.raises(RuleBroken) as refused:
        answer(city, invitation_of(city, meeting, "gov_deputy"), "gov_deputy", **given)

    assert (refused.value.code, refused.value.field) == (code, field)


def test_a_leave_is_told_to_the_officer_of_the_side(city, meeting):
    row = invitation_of(city, meeting, "gov_deputy")

    answer(city, row, "gov_deputy", receipt="leave", leave_reason="赴省厅开会")

    told = Notice.objects.get(reason__startswith="leave:")
    assert (told.recipient, told.text) == (city.users["gov_officer"], "赴省厅开会")


def test_a_substitute_sees_the_meeting_and_is_told(city, meeting):
    row = invitation_of(city, meeting, "gov_deputy")
    stand_in = city.users["agency_contact"]
    assert not visible_to(stand_in, Meeting).exists()

    answer(
        city,
        row,
        "gov_deputy",
        receipt="substitute",
        substitute=stand_in.person,
        substitute_title="法规科科长",
    )

    assert visible_to(stand_in, Meeting).get() == meeting
    assert Notice.objects.get(reason="substitute:0").recipient == stand_in


def test_a_substitute_of_the_directory_brings_the_post(city, meeting):
    row = invitation_of(city, meeting, "gov_deputy")

    row = answer(
        city, row, "gov_deputy", receipt="substitute", substitute=city.people["gov_member"]
    )

    assert (row.substitute_name, row.substitute_title) == ("何先", "科长")


def test_a_changed_mind_leaves_nothing_of_the_first_answer(city, meeting):
    row = invitation_of(city, meeting, "gov_deputy")
    given = {"substitute_name": "何家骏", "substitute_title": "副局长"}
    answer(city, row, "gov_deputy", receipt="substitute", **given)

    row = answer(city, row, "gov_deputy")

    assert (row.receipt, row.substitute_name, row.leave_reason) == ("attending", "", "")


@pytest.mark.parametrize(
    ("state", "started", "code"),
    [
        ("notified", AT, "meeting_begun"),
        ("held", None, "meeting_begun"),
        ("cancelled", None, "meeting_begun"),
    ],
)
def test_receipts_close_when_the_meeting_begins(city, meeting, state, started, code):
    Meeting.objects.filter(pk=meeting.pk).update(
        state=state, started_at=started, held_on=DAY if state == "held" else None
    )

    with pytest.raises(RuleBroken) as refused:
        answer(city, invitation_of(city, meeting, "gov_deputy"), "gov_deputy")

    assert refused.value.code == code


def test_before_the_notice_there_is_nothing_to_answer(city):
    meeting = make_meeting(city)
    on_agenda(city, meeting)
    notify(city, meeting)

    with pytest.raises(RuleBroken) as refused:
        answer(city, invitation_of(city, meeting, "court_deputy"), "court_deputy")

    assert refused.value.code == "not_invited_yet"


def test_the_other_sides_officer_answers_before_that_sides_notice(city):
    meeting = make_meeting(city)
    on_agenda(city, meeting)
    notify(city, meeting)

    row = answer(city, invitation_of(city, meeting, "court_officer"), "court_officer")

    assert row.receipt == ReceiptState.ATTENDING


def test_the_due_day_is_counted_back_in_working_days(city):
    monday = make_meeting(city, planned_on=date(2026, 12, 14))

    assert receipt_due_on(monday) == date(2026, 12, 10)


class TestReminders:
    @pytest.mark.parametrize(
        ("on", "told"),
        [
            pytest.param(date(2026, 12, 9), set(), id="four working days before"),
            pytest.param(date(2026, 12, 10), {"before:3:0"}, id="three"),
            pytest.param(date(2026, 12, 12), {"before:3:0"}, id="a Saturday"),
            pytest.param(date(2026, 12, 14), {"before:1:0"}, id="the day before, caught up"),
            pytest.param(date(2026, 12, 15), {"before:1:0"}, id="the day itself"),
            pytest.param(date(2026, 12, 16), set(), id="the day after"),
        ],
    )
    def test_the_nearest_threshold_is_told(self, city, meeting, on, told):
        remind(on, at=AT)

        reasons = Notice.objects.filter(reason__startswith="before:")
        assert set(reasons.values_list("reason", flat=True)) == told

    def test_twice_a_day_tells_once_and_not_who_is_on_leave(self, city, meeting):
        row = invitation_of(city, meeting, "gov_deputy")
        answer(city, row, "gov_deputy", receipt="leave", leave_reason="出差")

        remind(date(2026, 12, 14), at=AT)
        remind(date(2026, 12, 14), at=later(hours=3))

        told = Notice.objects.filter(reason="before:1:0")
        names = sorted(told.values_list("recipient__username", flat=True))
        assert names == [
            "court_convenor",
            "court_deputy",
            "court_officer",
            "gov_convenor",
            "gov_officer",
        ]

    def test_the_substitute_is_reminded_instead(self, city, meeting):
        row = invitation_of(city, meeting, "gov_deputy")
        given = {"substitute": city.people["agency_contact"], "substitute_title": "科长"}
        answer(city, row, "gov_deputy", receipt="substitute", **given)

        remind(date(2026, 12, 14), at=AT)

        told = Notice.objects.filter(reason="before:1:0", subject_id=row.pk)
        assert [one.recipient for one in told] == [city.users["agency_contact"]]

    def test_the_button_reminds_once_a_day(self, city, meeting):
        answer(city, invitation_of(city, meeting, "gov_deputy"), "gov_deputy")
        act = {"side": "government", "actor": city.users["gov_officer"]}

        first = remind_now(meeting.pk, at=AT, **act)
        remind_now(meeting.pk, at=later(hours=4), **act)
        remind_now(meeting.pk, at=later(days=1), **act)

        told = Notice.objects.filter(reason__startswith="receipt:")
        assert first == 2
        assert told.filter(recipient=city.users["gov_convenor"]).count() == 2
        assert not told.filter(recipient=city.users["gov_deputy"]).exists()

    @pytest.mark.parametrize("by", ["court_officer", "recorder", "gov_convenor"])
    def test_only_the_sides_officer_reminds(self, city, meeting, by):
        with pytest.raises(PermissionDenied):
            remind_now(meeting.pk, side="government", actor=city.users[by], at=AT)


class TestAttendance:
    def mark(self, city, row, state="present", by="recorder", at=AT, **given):
        return mark_attendance(row.pk, actor=city.users[by], at=at, state=state, **given)

    def test_the_first_mark_is_the_arrival(self, city, meeting):
        row = invitation_of(city, meeting, "gov_deputy")

        self.mark(city, row, at=AT)
        row = self.mark(city, row, at=later(minutes=20))

        assert (row.attendance, row.arrived_at) == (AttendanceState.PRESENT, AT)

    @pytest.mark.parametrize("state", ["absent", "leave", "unknown"])
    def test_taken_back_there_was_no_arrival(self, city, meeting, state):
        row = invitation_of(city, meeting, "gov_deputy")
        self.mark(city, row)

        assert self.mark(city, row, state=state).arrived_at is None

    def test_a_substitute_has_a_name(self, city, meeting):
        row = invitation_of(city, meeting, "gov_deputy")

        with pytest.raises(RuleBroken) as refused:
            self.mark(city, row, state="substitute")
        row = self.mark(city, row, state="substitute", substitute_name="何家骏")

        assert (refused.value.code, refused.value.field) == (
            "substitute_missing",
            "substitute_name",
        )
        assert row.substitute_name == "何家骏"

    @pytest.mark.parametrize(
        ("by", "allowed"),
        [
            ("recorder", True),
            ("gov_officer", True),
            ("court_officer", True),
            ("gov_convenor", False),
            ("gov_deputy", False),
            ("agency_contact", False),
        ],
    )
    def test_who_marks(self, city, meeting, by, allowed):
        row = invitation_of(city, meeting, "gov_deputy")

        assert policy_for(Invitation).can(city.users[by], "mark", row) is allowed

    @pytest.mark.parametrize("state", ["collecting", "confirmed", "closed", "cancelled"])
    def test_when_it_is_closed(self, city, meeting, state):
        held = DAY if state in ("confirmed", "closed") else None
        Meeting.objects.filter(pk=meeting.pk).update(state=state, held_on=held)

        with pytest.raises(RuleBroken) as refused:
            self.mark(city, invitation_of(city, meeting, "gov_deputy"))

        assert refused.value.code == "attendance_closed"

    def test_minutes_late_are_counted_from_the_beginning(self, city, meeting):
        row = invitation_of(city, meeting, "gov_deputy")
        Meeting.objects.filter(pk=meeting.pk).update(started_at=AT)
        self.mark(city, row, at=AT + timedelta(minutes=12, seconds=40))
        meeting.refresh_from_db()

        part = people_of(city.users["gov_officer"], meeting)

        late = {line.row.name: line.late_minutes for line in part.lines}
        assert (late["王彬"], late["陈维嘉"], part.present) == (12, 0, 1)


class TestPages:
    def test_the_receipt_is_returned_on_its_page(self, city, meeting, as_user):
        row = invitation_of(city, meeting, "gov_deputy")
        client = as_user(city.users["gov_deputy"])
        url = reverse("meetings:receipt", args=[row.public_id])
        assert client.get(url).status_code == 200

        empty = client.post(url, {"receipt": "leave"})
        done = client.post(url, {"receipt": "leave", "leave_reason": "赴省厅开会"})

        assert (empty.status_code, done.status_code) == (422, 302)
        assert "请写明请假事由" in empty.content.decode()
        row.refresh_from_db()
        assert row.leave_reason == "赴省厅开会"

    def test_the_substitute_is_chosen_among_colleagues(self, city, meeting, as_user):
        row = invitation_of(city, meeting, "gov_deputy")
        client = as_user(city.users["gov_deputy"])

        shown = client.get(reverse("meetings:receipt", args=[row.public_id])).content.decode()

        assert "李文静" in shown
        assert "周明远" not in shown

    @pytest.mark.parametrize(
        ("who", "status"), [("gov_convenor", 403), ("court_officer", 403), ("system_admin", 404)]
    )
    def test_who_may_not_answer(self, city, meeting, as_user, who, status):
        row = invitation_of(city, meeting, "gov_deputy")
        url = reverse("meetings:receipt", args=[row.public_id])

        assert as_user(city.users[who]).get(url).status_code == status

    def test_the_desk_asks_until_it_is_answered(self, city, meeting):
        row, user = invitation_of(city, meeting, "gov_deputy"), city.users["gov_deputy"]

        (asked,) = items(user, ON)
        answer(city, row, "gov_deputy")

        assert (asked.group, asked.day) == ("sign", date(2026, 12, 11))
        assert items(user, ON) == []

    def test_the_officer_waits_for_the_own_sides_receipts(self, city, meeting):
        waiting = [one for one in items(city.users["gov_officer"], ON) if one.group == "waiting"]

        assert [one.meta for one in waiting] == [("3 人未回执",)]

    def test_the_remind_button_works_from_the_list(self, city, meeting, as_user):
        client = as_user(city.users["gov_officer"])

        done = client.post(reverse("meetings:remind", args=[meeting.public_id]))

        assert done.status_code == 302
        assert Notice.objects.filter(reason__startswith="receipt:").count() == 3
        assert meeting.state == MeetingState.NOTIFIED
