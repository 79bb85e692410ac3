"""Who took part, and so reads the meeting's opinion (YN-20); who is on the list of the minutes."""

from datetime import timedelta

import pytest

from foundations.access.policy import visible_to
from foundations.notifications.models import Notice
from meetings.actions.issuing import issue_text
from meetings.actions.receipts import mark_attendance, return_receipt
from meetings.actions.session import end_session, start_session
from meetings.actions.texts import answer_text, draft_text, propose_text
from meetings.models import Invitation, MeetingText
from meetings.states import AttendanceState
from tests.meeting_day import BEGIN, DAY, END, complete, notified
from tests.sitting import moment

BEFORE, AFTER = moment(DAY - timedelta(days=3)), moment(DAY + timedelta(days=2), 16)
PRESENT, LEAVE = AttendanceState.PRESENT, AttendanceState.LEAVE
ABSENT, SUBSTITUTE = AttendanceState.ABSENT, AttendanceState.SUBSTITUTE


def sat(city, state: str, **typed):
    """A held meeting for which the deputy had announced the agency's contact as substitute;
    `state` is what the recorder noted of the deputy."""
    sitting = notified(city)
    sitting.invitations.pop("agency_contact").delete()
    row = sitting.invitations["gov_deputy"]
    return_receipt(
        row.pk,
        actor=city.users["gov_deputy"],
        at=BEFORE,
        receipt=SUBSTITUTE,
        substitute=city.people["agency_contact"],
    )
    officer = city.users["court_officer"]
    start_session(sitting.meeting.pk, actor=officer, at=BEGIN)
    complete(sitting, resolutions=0)
    mark_attendance(row.pk, actor=officer, at=BEGIN, state=state, **typed)
    return end_session(sitting.meeting.pk, actor=officer, at=END)


def issued(city, meeting, kind: str) -> MeetingText:
    officer = city.users["court_officer"]
    text = draft_text(meeting.pk, kind, actor=officer, at=AFTER)
    propose_text(text.pk, actor=officer, at=AFTER)
    if kind == "minutes":
        other = {"side": "government", "actor": city.users["gov_officer"]}
        answer_text(text.pk, **other, at=AFTER, verdict="agree")
    return issue_text(text.pk, actor=officer, at=AFTER)


def reads(city, who: str, text) -> bool:
    return visible_to(city.users[who], MeetingText).filter(pk=text.pk).exists()


def told(city, who: str, text) -> bool:
    notices = Notice.objects.filter(recipient=city.users[who], reason="issued")
    return any(notice.subject == text for notice in notices)


CAME = [
    pytest.param(PRESENT, True, False, id="came although a substitute was announced"),
    pytest.param(LEAVE, False, False, id="on leave, and nobody came instead"),
    pytest.param(ABSENT, False, False, id="absent"),
    pytest.param(SUBSTITUTE, False, True, id="on leave, and the substitute came"),
]


@pytest.mark.parametrize(("state", "invitee", "substitute"), CAME)
def test_the_opinion_is_for_who_took_part(city, state, invitee, substitute):
    text = issued(city, sat(city, state), "opinion")

    for who, came in (("gov_deputy", invitee), ("agency_contact", substitute)):
        assert (reads(city, who, text), told(city, who, text)) == (came, came), who
    assert reads(city, "court_deputy", text)


@pytest.mark.parametrize(("state", "invitee", "substitute"), CAME)
def test_its_page_is_not_there_for_who_was_away(city, as_user, state, invitee, substitute):
    text = issued(city, sat(city, state), "opinion")

    answer = as_user(city.users["gov_deputy"]).get(text.get_absolute_url())

    assert answer.status_code == (200 if invitee else 404)


@pytest.mark.parametrize("state", [LEAVE, SUBSTITUTE])
def test_who_was_on_leave_is_still_on_the_list_of_the_minutes(city, state):
    text = issued(city, sat(city, state), "minutes")

    assert reads(city, "gov_deputy", text)
    assert told(city, "gov_deputy", text)


@pytest.mark.parametrize("state", [LEAVE, SUBSTITUTE])
@pytest.mark.parametrize("who", ["gov_officer", "court_officer", "recorder"])
def test_the_secretariats_keep_the_record_of_it(city, state, who):
    meeting = sat(city, state)
    text = issued(city, meeting, "opinion")

    rows = visible_to(city.users[who], Invitation).filter(meeting=meeting)
    assert rows.get(person=city.people["gov_deputy"]).attendance == state
    assert reads(city, who, text)


def test_somebody_else_who_came_instead_takes_the_announced_ones_place(city):
    meeting = sat(city, SUBSTITUTE, substitute_name="何家骏")
    text = issued(city, meeting, "opinion")

    row = meeting.invitations.get(person=city.people["gov_deputy"])
    assert (row.substitute, row.substitute_label) == (None, "何家骏")
    assert not reads(city, "agency_contact", text)
