"""Agreeing on a day, moving it, calling off: by action, allowed and refused."""

import threading
from datetime import date, time, timedelta

import pytest
from django.db import connection

from foundations.access.errors import RuleBroken
from foundations.audit.trail import history_of
from foundations.notifications.models import Notice
from mechanisms.models import MechanismVersion
from meetings.actions.days import answer_day, arrange, cancel, postpone, swap
from meetings.models import Meeting
from meetings.states import ANSWER_DAY, TOPICS, MeetingState
from services.consents.models import Consent, ConsentState
from services.consents.queries import current
from services.deadlines.models import Deadline, DeadlineState
from tests.city import SOURCE
from tests.sitting import PLACE, agreed, fresh, in_state, moment, planned_series, proposed

TODAY = date(2026, 2, 2)
NOW = moment(TODAY)
DAY = date(2026, 3, 12)


@pytest.fixture
def meeting(city) -> Meeting:
    """The second regular meeting, planned for 2026-03-12 and hosted by the court."""
    return planned_series(city, until=date(2026, 12, 31)).meetings.get(ordinal=2)


def put(city, meeting, who="gov_officer", **other) -> Consent:
    """The day put to the other side."""
    return proposed(city, meeting, **{"day": DAY, "at": NOW, "who": who, **other})


def test_a_proposed_day_waits_for_the_other_side_within_the_working_days(city, meeting):
    consent = put(city, meeting)

    assert consent.due_on == date(2026, 2, 5)
    assert consent.payload == {"day": "2026-03-12", "starts_at": "09:30", "place": PLACE}
    limit = Deadline.objects.about(meeting).open().get(rule=ANSWER_DAY)
    assert (limit.owed_by.key, limit.due_on) == ("court", date(2026, 2, 5))
    told = Notice.objects.filter(reason=f"asked:{consent.pk}")
    assert [notice.recipient for notice in told] == [city.users["court_officer"]]
    assert fresh(meeting).state == MeetingState.PLANNED


def test_with_the_other_sides_agreement_topics_are_called_for(city, meeting):
    consent = put(city, meeting, day=date(2026, 3, 13))

    answer_day(consent.pk, actor=city.users["court_officer"], at=NOW, verdict="agree")

    ready = fresh(meeting)
    assert (ready.state, ready.planned_on) == (MeetingState.COLLECTING, date(2026, 3, 13))
    assert (ready.starts_at, ready.place) == (time(9, 30), PLACE)
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
    consent = put(city, meeting)

    answered = answer_day(
        consent.pk,
        actor=city.users["court_officer"],
        at=NOW,
        verdict=verdict,
        remark="当天开庭",
    )

    assert answered.state == state
    assert fresh(meeting).state == MeetingState.PLANNED
    again = put(city, meeting, who="court_officer", day=date(2026, 3, 17))
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
    consent = put(city, meeting)

    with pytest.raises(RuleBroken) as refused:
        answer_day(consent.pk, actor=city.users[who], at=NOW, verdict=verdict)

    assert refused.value.code == code
    assert current(meeting, "day") == consent


def test_the_second_of_two_answers_is_refused_and_changes_nothing(city, meeting):
    consent = put(city, meeting)
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
        put(city, meeting)

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
    consent = put(city, meeting)

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
    consent = put(city, meeting)

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


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_two_officers_who_answer_at_once_one_is_refused(city, meeting):
    consent = put(city, meeting)
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
