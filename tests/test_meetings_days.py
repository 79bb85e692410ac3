"""Agreeing on a day, moving it, calling off: by page and by action, allowed and refused."""

import threading
from datetime import date, time, timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from foundations.access.errors import RuleBroken
from foundations.audit.trail import acting, history_of
from foundations.notifications.models import Notice
from mechanisms.models import MechanismVersion
from meetings.actions.days import answer_day, arrange, cancel, postpone, propose_day, swap
from meetings.models import Meeting
from meetings.states import ANSWER_DAY, TOPICS, MeetingState
from services.consents.models import Consent, ConsentState
from services.consents.queries import current
from services.deadlines.models import Deadline, DeadlineState
from tests.city import SOURCE
from tests.sitting import agreed, moment, planned_series

TODAY = date(2026, 2, 2)
NOW = moment(TODAY)
DAY = date(2026, 3, 12)
WHEN = {"day": DAY, "starts_at": time(9, 30), "place": "市人民法院三楼会议室"}


@pytest.fixture
def meeting(city) -> Meeting:
    """The second regular meeting, planned for 2026-03-12 and hosted by the court."""
    return planned_series(city, until=date(2026, 12, 31)).meetings.get(ordinal=2)


def fresh(meeting: Meeting) -> Meeting:
    return Meeting.objects.get(pk=meeting.pk)


def proposed(city, meeting, who="gov_officer", **other) -> Consent:
    return propose_day(meeting.pk, actor=city.users[who], at=NOW, **{**WHEN, **other})


def in_state(meeting: Meeting, state: str) -> Meeting:
    with acting():
        meeting.state = state
        meeting.held_on = meeting.planned_on if meeting.is_held else None
        meeting.store()
    return meeting


def test_a_proposed_day_waits_for_the_other_side_within_the_working_days(city, meeting):
    consent = proposed(city, meeting)

    assert consent.due_on == date(2026, 2, 5)
    assert consent.payload == {"day": "2026-03-12", "starts_at": "09:30", "place": WHEN["place"]}
    limit = Deadline.objects.about(meeting).open().get(rule=ANSWER_DAY)
    assert (limit.owed_by.key, limit.due_on) == ("court", date(2026, 2, 5))
    told = Notice.objects.filter(reason=f"asked:{consent.pk}")
    assert [notice.recipient for notice in told] == [city.users["court_officer"]]
    assert fresh(meeting).state == MeetingState.PLANNED


def test_with_the_other_sides_agreement_topics_are_called_for(city, meeting):
    consent = proposed(city, meeting, day=date(2026, 3, 13))

    answer_day(consent.pk, actor=city.users["court_officer"], at=NOW, verdict="agree")

    ready = fresh(meeting)
    assert (ready.state, ready.planned_on) == (MeetingState.COLLECTING, date(2026, 3, 13))
    assert (ready.starts_at, ready.place) == (time(9, 30), WHEN["place"])
    assert ready.topics_due_on == date(2026, 2, 28), "a Saturday made a working day"
    topics = Deadline.objects.about(meeting).open().filter(rule=TOPICS)
    assert {limit.owed_by.key for limit in topics} == {"justice", "court"}
    answered = Deadline.objects.about(meeting).get(rule=ANSWER_DAY)
    assert answered.state == DeadlineState.MET
    called = Notice.objects.filter(reason="topics:2026-03-13").values_list(
        "recipient__username", flat=True
    )
    assert {"gov_convenor", "court_deputy", "gov_officer", "court_officer"} <= set(called)


def test_a_meeting_soon_wants_its_topics_at_once_but_never_before_today(city, meeting):
    soon = agreed(city, meeting, day=TODAY + timedelta(days=3), at=NOW)

    assert soon.topics_due_on == TODAY


@pytest.mark.parametrize(
    ("verdict", "state"),
    [("amend", ConsentState.AMENDED), ("refuse", ConsentState.REFUSED)],
)
def test_after_another_answer_either_side_proposes_again(city, meeting, verdict, state):
    consent = proposed(city, meeting)

    answered = answer_day(
        consent.pk,
        actor=city.users["court_officer"],
        at=NOW,
        verdict=verdict,
        remark="当天开庭",
    )

    assert answered.state == state
    assert fresh(meeting).state == MeetingState.PLANNED
    again = proposed(city, meeting, who="court_officer", day=date(2026, 3, 17))
    assert again.proposed_by == "court"
    told = Notice.objects.get(reason=f"answered:{consent.pk}:court")
    assert (told.recipient, told.text) == (city.users["gov_officer"], "当天开庭")


@pytest.mark.parametrize(
    ("who", "verdict", "code"),
    [
        pytest.param("gov_officer", "agree", "answered", id="the proposer's own side"),
        pytest.param("court_officer", "amend", "remark_needed", id="an amendment without words"),
        pytest.param("court_officer", "refuse", "remark_needed", id="a refusal without words"),
    ],
)
def test_an_answer_that_cannot_be_given(city, meeting, who, verdict, code):
    consent = proposed(city, meeting)

    with pytest.raises(RuleBroken) as refused:
        answer_day(consent.pk, actor=city.users[who], at=NOW, verdict=verdict)

    assert refused.value.code == code
    assert current(meeting, "day") == consent


def test_the_second_of_two_answers_is_refused_and_changes_nothing(city, meeting):
    consent = proposed(city, meeting)
    answer_day(consent.pk, actor=city.users["court_officer"], at=NOW, verdict="agree")
    before = fresh(meeting).version

    with pytest.raises(RuleBroken) as refused:
        answer_day(
            consent.pk, actor=city.users["court_officer"], at=NOW, verdict="refuse", remark="x"
        )

    assert refused.value.code == "answered"
    assert fresh(meeting).version == before


@pytest.mark.parametrize("state", ["notified", "held", "closed", "cancelled"])
def test_no_day_is_proposed_once_the_notice_is_out(city, meeting, state):
    in_state(meeting, state)

    with pytest.raises(RuleBroken) as refused:
        proposed(city, meeting)

    assert refused.value.code == "bad_transition"


def test_a_postponed_meeting_moves_its_topics_and_tells_the_other_side(city, meeting):
    agreed(city, meeting, day=DAY, at=NOW)

    moved = postpone(
        meeting.pk,
        actor=city.users["gov_officer"],
        at=NOW,
        day=date(2026, 3, 26),
        reason="两会期间",
    )

    assert (moved.state, moved.planned_on) == (MeetingState.COLLECTING, date(2026, 3, 26))
    assert (moved.host, moved.host_fixed) == ("court", True)
    assert moved.topics_due_on == date(2026, 3, 12)
    limits = Deadline.objects.about(meeting).open().filter(rule=TOPICS)
    assert {limit.due_on for limit in limits} == {date(2026, 3, 12)}
    told = Notice.objects.filter(reason=f"changed:{moved.version}")
    assert [notice.recipient for notice in told] == [city.users["court_officer"]]
    entry = history_of(moved).filter(action="meetings.meeting.postponed").get()
    assert entry.data["before"] == "2026-03-12"


def test_a_proposal_that_waits_is_overtaken_by_a_postponement(city, meeting):
    consent = proposed(city, meeting)

    postpone(
        meeting.pk,
        actor=city.users["court_officer"],
        at=NOW,
        day=date(2026, 3, 26),
        reason="两会期间",
    )

    consent.refresh_from_db()
    assert consent.state == ConsentState.WITHDRAWN
    assert not Deadline.objects.about(meeting).open().filter(rule=ANSWER_DAY).exists()


@pytest.mark.parametrize(
    ("policy", "host", "fixed"),
    [("proposer", "government", True), ("alternate", "court", False)],
)
def test_where_the_text_says_so_whoever_proposes_hosts(city, meeting, policy, host, fixed):
    MechanismVersion.objects.create(
        mechanism=city.mechanism,
        number="2",
        effective_from=date(2026, 1, 1),
        digest=f"hosts by {policy}",
        source={**SOURCE, "meeting": {**SOURCE["meeting"], "host_policy": policy}},
        loaded_at=NOW,
    )

    settled = agreed(city, meeting, day=DAY, at=NOW)

    assert (settled.host, settled.host_fixed) == (host, fixed)


@pytest.mark.parametrize(
    ("day", "code"),
    [
        pytest.param(TODAY - timedelta(days=1), "past_day", id="yesterday"),
        pytest.param(DAY, "same_day", id="the day it is on"),
    ],
)
def test_a_day_to_which_nothing_is_postponed(city, meeting, day, code):
    with pytest.raises(RuleBroken) as refused:
        postpone(meeting.pk, actor=city.users["gov_officer"], at=NOW, day=day, reason="x")

    assert (refused.value.code, refused.value.field) == (code, "day")
    assert fresh(meeting).postponed_from is None


def test_a_cancelled_meeting_leaves_nothing_open(city, meeting):
    consent = proposed(city, meeting)

    gone = cancel(meeting.pk, actor=city.users["court_officer"], at=NOW, reason="合并到下次")

    assert gone.state == MeetingState.CANCELLED
    consent.refresh_from_db()
    assert consent.state == ConsentState.WITHDRAWN
    assert not Deadline.objects.about(meeting).open().exists()
    told = Notice.objects.filter(reason="cancelled").values_list("recipient__username", flat=True)
    assert list(told) == ["gov_officer"]


@pytest.mark.parametrize(
    ("ordinal", "code"),
    [
        pytest.param(2, "no_exchange", id="with itself"),
        pytest.param(4, "same_host", id="with the same host"),
    ],
)
def test_hosts_that_cannot_be_exchanged(city, meeting, ordinal, code):
    other = meeting.series.meetings.get(ordinal=ordinal)

    with pytest.raises(RuleBroken) as refused:
        swap(meeting.pk, other_id=other.pk, actor=city.users["gov_officer"], at=NOW, reason="x")

    assert refused.value.code == code
    assert not fresh(meeting).host_fixed


def test_a_meeting_is_arranged_once_its_day_is_agreed(city, meeting):
    given = {"chair": city.people["court_convenor"], "starts_at": time(15), "place": "二楼"}
    with pytest.raises(RuleBroken):
        arrange(meeting.pk, actor=city.users["recorder"], at=NOW, **given)
    agreed(city, meeting, day=DAY, at=NOW)

    ready = arrange(meeting.pk, actor=city.users["recorder"], at=NOW, **given)

    assert (ready.chair, ready.starts_at) == (city.people["court_convenor"], time(15))


# -- pages ---------------------------------------------------------------------------

AHEAD = timezone.localdate() + timedelta(days=40)


@pytest.fixture
def upcoming(city) -> Meeting:
    """A meeting planned for 40 days from today, whatever today is."""
    origin = timezone.localdate() - timedelta(days=2)
    series = planned_series(city, origin=origin, until=AHEAD + timedelta(days=100))
    return series.meetings.get(ordinal=2)


def typed(meeting: Meeting, **other) -> dict:
    given = {"day": AHEAD.isoformat(), "starts_at": "09:30", "place": "三楼会议室"}
    return {**given, "version": meeting.version, **other}


def test_an_officer_proposes_a_day_and_the_other_answers_by_page(city, as_user, upcoming):
    page = as_user(city.users["gov_officer"]).post(
        reverse("meetings:day", args=[upcoming.public_id]), typed(upcoming)
    )
    assert page.status_code == 302
    consent = current(upcoming, "day")
    url = reverse("meetings:answer", args=[consent.public_id])

    client = as_user(city.users["court_officer"])
    assert "三楼会议室" in client.get(url).content.decode()
    answered = client.post(url, {"verdict": "agree", "remark": ""}, follow=True)

    assert "已记录本方答复" in answered.content.decode()
    assert fresh(upcoming).state == MeetingState.COLLECTING
    assert client.post(url, {"verdict": "agree", "remark": ""}).status_code == 422


def test_a_past_day_is_refused_beside_its_field_with_what_was_typed(city, as_user, upcoming):
    past = (timezone.localdate() - timedelta(days=1)).isoformat()

    page = as_user(city.users["gov_officer"]).post(
        reverse("meetings:day", args=[upcoming.public_id]), typed(upcoming, day=past)
    )

    html = page.content.decode()
    assert page.status_code == 422
    assert "这一天已经过去" in html
    assert "三楼会议室" in html
    assert current(upcoming, "day") is None


def test_a_day_off_is_taken_with_a_warning(city, as_user, upcoming):
    sunday = AHEAD + timedelta(days=6 - AHEAD.weekday())

    page = as_user(city.users["gov_officer"]).post(
        reverse("meetings:day", args=[upcoming.public_id]),
        typed(upcoming, day=sunday.isoformat()),
        follow=True,
    )

    assert f"{sunday.isoformat()} 是休息日" in page.content.decode()
    assert current(upcoming, "day").payload["day"] == sunday.isoformat()


def test_the_same_form_sent_twice_makes_one_proposal(city, as_user, upcoming):
    client = as_user(city.users["gov_officer"])
    url = reverse("meetings:day", args=[upcoming.public_id])

    first, second = (client.post(url, typed(upcoming)) for _click in range(2))

    assert (first.status_code, second.status_code) == (302, 422)
    assert Consent.objects.count() == 1


def test_a_form_seen_before_somebody_else_saved_is_stale(city, as_user, upcoming):
    seen = upcoming.version
    postpone(
        upcoming.pk,
        actor=city.users["court_officer"],
        at=timezone.now(),
        day=AHEAD + timedelta(days=3),
        reason="开庭",
    )

    page = as_user(city.users["gov_officer"]).post(
        reverse("meetings:postpone", args=[upcoming.public_id]),
        {"day": AHEAD.isoformat(), "reason": "x", "version": seen},
    )

    assert page.status_code == 409
    assert fresh(upcoming).planned_on == AHEAD + timedelta(days=3)


def test_cancelling_twice_is_refused_the_second_time(city, as_user, upcoming):
    client = as_user(city.users["gov_officer"])
    url = reverse("meetings:cancel", args=[upcoming.public_id])

    first = client.post(url, {"reason": "换届", "version": upcoming.version})
    second = client.post(url, {"reason": "换届", "version": fresh(upcoming).version})

    assert first.status_code == 302
    assert second.status_code == 422
    assert "不能转为" in second.content.decode()


PAGES = ["day", "arrange", "postpone", "cancel", "swap"]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("gov_officer", 200),
        ("court_officer", 200),
        ("gov_convenor", 403),
        ("agency_contact", 404),
        ("system_admin", 404),
    ],
)
def test_who_opens_the_pages_that_change_a_meeting(city, as_user, upcoming, name, who, status):
    url = reverse(f"meetings:{name}", args=[upcoming.public_id])

    assert as_user(city.users[who]).get(url).status_code == status


def test_hosts_are_exchanged_by_page(city, as_user, upcoming):
    other = upcoming.series.meetings.get(ordinal=3)

    page = as_user(city.users["court_officer"]).post(
        reverse("meetings:swap", args=[upcoming.public_id]),
        {"other": other.public_id, "reason": "搬迁", "version": upcoming.version},
    )

    assert page.status_code == 302
    assert (fresh(upcoming).host, fresh(other).host) == ("government", "court")


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_two_officers_who_answer_at_once_one_is_refused(city, meeting):
    consent = proposed(city, meeting)
    outcomes: list[str] = []

    def answer(verdict: str) -> None:
        try:
            barrier.wait()
            answer_day(
                consent.pk,
                actor=city.users["court_officer"],
                at=NOW,
                verdict=verdict,
                remark="x",
            )
            outcomes.append("done")
        except RuleBroken as broken:
            outcomes.append(broken.code)
        finally:
            connection.close()

    barrier = threading.Barrier(2)
    workers = [threading.Thread(target=answer, args=[one]) for one in ("agree", "refuse")]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert sorted(outcomes) == ["answered", "done"]
    assert consent.answers.count() == 2
