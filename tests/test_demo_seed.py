"""The demo: what a newcomer finds in 示范市, and that nothing is invented for Yining."""

import io
import json
from datetime import timedelta
from itertools import pairwise

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from cases import work as cases_work
from cases.models import (
    AgencyTally,
    Agreement,
    Allowance,
    Appearance,
    Assessment,
    AssessmentState,
    Contact,
    Coordination,
    CoordinationMember,
    CoordinationState,
    CoordinationStep,
    Defence,
    DefencePaper,
    Dispute,
    Duty,
    EarlyWarning,
    LossAnalysis,
    MediationSession,
    MemberAnswer,
    Opinion,
    Plan,
    PowerOfAttorney,
    Procedure,
    RiskRating,
    SealRequest,
    SealState,
    SelfCorrection,
    Tally,
    Transfer,
    TransferState,
    WarningKind,
    WarningState,
)
from cases.tallies.checking import check as check_tallies
from demo.people import ADMINISTRATORS, PEOPLE
from demo.planner import analyze
from foundations.audit.models import AuditEntry
from foundations.calendars.working_days import get_calendar
from foundations.notifications.models import Delivery, Notice
from mechanisms.models import Mechanism
from meetings.models import Meeting, MeetingText, Resolution, Topic
from meetings.states import MeetingState, ResolutionState, TextState, TopicState
from members.models import User
from members.rosters import roster
from members.states import Side
from services.consents.queries import current
from services.deadlines.models import Deadline
from services.documents.models import OfficialDocument
from suggestions.models import Addressee, ExtensionRequest, Proposal, Suggestion, Supervision
from suggestions.states import AddresseeState, Attitude, Effect, Kind, ProposalState, Status
from tests.sitting import moment
from tests.states_shifan import STATES, TOLD_ON

PASSWORD = "Liaison-2026"


@pytest.fixture(scope="module", autouse=True)
def _on_the_day():
    """The story counts in days before the day on which it is told."""
    with time_machine.travel(moment(TOLD_ON)):
        yield


@pytest.fixture(scope="module")
def told(_on_the_day, django_db_setup, django_db_blocker):
    """The demo, loaded once for this module and taken away again; what the command said."""
    with django_db_blocker.unblock(), transaction.atomic():
        said = io.StringIO()
        call_command("seed_demo", password=PASSWORD, format="json", skip_files=True, stdout=said)
        analyze()
        yield json.loads(said.getvalue())
        transaction.set_rollback(True)


@pytest.fixture
def shifan(told, db) -> Mechanism:
    return Mechanism.objects.get(key="shifan")


def test_the_accounts_are_told_with_their_password(told, db, client):
    assert told["loaded"] is True
    assert told["password"] == PASSWORD
    assert len(told["accounts"]) == len(PEOPLE) + len(ADMINISTRATORS)

    answer = client.post(
        reverse("members:sign-in"), {"username": "liwenjing", "password": PASSWORD}
    )

    assert answer.status_code == 302
    assert answer["Location"] == reverse("dashboards:workbench")


def test_a_second_loading_changes_nothing(told, db):
    before = AuditEntry.objects.count(), Meeting.objects.count(), User.objects.count()
    said = io.StringIO()

    call_command("seed_demo", format="json", skip_files=True, stdout=said)

    assert json.loads(said.getvalue())["loaded"] is False
    assert (AuditEntry.objects.count(), Meeting.objects.count(), User.objects.count()) == before


def test_yining_has_its_roster_and_plans_and_nothing_else(told, db):
    yining = Mechanism.objects.get(key="yining")
    today = timezone.localdate()

    assert [line.person.name for line in roster(yining.body, today)][:2] == [
        "热孜艳·买买提明",
        "多力坤·热依木",
    ]
    assert not User.objects.filter(person__jurisdiction=yining.jurisdiction).exists()
    meetings = Meeting.objects.filter(mechanism=yining).order_by("ordinal")
    assert {meeting.state for meeting in meetings} == {MeetingState.PLANNED}
    assert all(meeting.planned_on >= today for meeting in meetings)
    assert all(meeting.nominal_on.day == 20 for meeting in meetings)


def test_two_years_in_every_state(shifan):
    meetings = Meeting.objects.filter(mechanism=shifan)

    assert set(meetings.values_list("state", flat=True)) == set(MeetingState.values)
    assert set(Topic.objects.values_list("state", flat=True)) == set(TopicState.values)
    assert set(MeetingText.objects.values_list("state", flat=True)) == set(TextState.values)
    states = set(ResolutionState.values) - {ResolutionState.DRAFT}
    assert set(Resolution.objects.values_list("state", flat=True)) == states
    first = meetings.regular().order_by("nominal_on").first()
    assert timezone.localdate() - first.nominal_on > timedelta(days=690)


def test_meetings_were_held_on_working_days(shifan):
    calendar = get_calendar(shifan.jurisdiction.region)

    days = Meeting.objects.held().values_list("held_on", flat=True)

    assert len(days) > 12
    assert all(calendar.is_workday(day) for day in days)


def test_the_hosts_alternate_but_for_what_was_agreed_otherwise(shifan):
    held = Meeting.objects.filter(mechanism=shifan).regular().held().order_by("held_on")

    hosts = [meeting.host for meeting in held]

    assert hosts.count(Side.COURT) + hosts.count(Side.GOVERNMENT) == 11
    swapped = held.filter(host_fixed=True, postponed_from__isnull=True)
    assert [meeting.host for meeting in swapped] == [Side.GOVERNMENT, Side.COURT]


def test_the_next_meeting_waits_for_the_governments_word(shifan):
    """Where the newcomer begins: three to four weeks ahead, the court has proposed a day."""
    meeting = Meeting.objects.filter(mechanism=shifan).regular().ahead().earliest("planned_on")
    consent = current(meeting, "day")

    assert meeting.state == MeetingState.PLANNED
    ahead = meeting.planned_on - timezone.localdate()
    assert timedelta(days=21) <= ahead <= timedelta(days=36)
    assert consent.proposed_by == Side.COURT
    assert [answer.side for answer in consent.answers.all()] == [Side.COURT]


def test_what_waits_on_the_desks(shifan):
    today = timezone.localdate()

    proposed = MeetingText.objects.get(state=TextState.PROPOSED)
    asked = Meeting.objects.get(mechanism=shifan, state=MeetingState.PROPOSED)

    assert [one.side for one in current(proposed, "text").answers.all()] == [Side.GOVERNMENT]
    assert [one.side for one in current(asked, "ad_hoc").answers.all()] == [Side.COURT]
    running = Resolution.objects.open()
    assert running.filter(due_on__lt=today).count() == 2
    assert running.filter(due_on__range=(today, today + timedelta(days=9))).count() >= 3


def test_letters_of_every_kind_and_in_every_state(shifan):
    today = timezone.localdate()
    letters = Suggestion.objects.with_status(today)
    rows = Addressee.objects.all()

    assert set(letters.values_list("kind", flat=True)) == set(Kind.values)
    assert set(letters.values_list("status", flat=True)) == set(Status.values)
    assert set(rows.values_list("state", flat=True)) == set(AddresseeState.values)
    assert set(rows.values_list("attitude", flat=True)) == {"", *Attitude.values}
    assert set(rows.values_list("effect", flat=True)) == {"", *Effect.values}
    assert rows.filter(reply_late=True).count() == 3
    assert today - letters.exclude(issued_on=None).earliest("issued_on").issued_on > timedelta(
        days=600
    )


def test_what_letters_leave_on_the_desks(shifan):
    today = timezone.localdate()
    late = Addressee.objects.filter(reply_due_on__lt=today, state=AddresseeState.SERVED)
    slow = Addressee.objects.filter(rectify_due_on__lt=today, state=AddresseeState.RECTIFYING)

    assert [one.organization.key for one in late] == ["police"]
    assert [one.organization.key for one in slow] == ["enforcement"]
    assert ExtensionRequest.objects.get(granted=None).addressee.organization.key == "housing"
    assert Supervision.objects.filter(state="open").get().addressee == late.get()
    waiting = Proposal.objects.filter(state=ProposalState.WAITING)
    proposal = waiting.get(organization__key="enforcement")
    assert len(proposal.data["letters"]) == 3


def test_what_disputes_leave_on_the_desks(shifan):
    """An answer, a hearing, a promise, a visit, and the answer to an appeal, all due soon."""
    today = timezone.localdate()
    soon = Deadline.objects.duties().filter(due_on__range=(today, today + timedelta(days=14)))

    due = set(soon.values_list("rule", "owed_by__key"))
    assert {
        ("FY-ANS", "health"),
        ("TJ-PERF", "agriculture"),
        ("FY-VISIT-B", "gov"),
        ("XS-APP-ANS", "natural"),
    } <= due
    slip = Appearance.objects.get(hearing__state="set", organization__key="market", call="notice")
    assert today < slip.hearing.on <= today + timedelta(days=16)
    assert slip.replied_at is None
    told = Dispute.objects.get(act_number="示自然资罚字第17号")
    assert list(told.procedures.order_by("pk").values_list("kind", flat=True)) == [
        "intake",
        "mediation",
        "reconsideration",
        "first_instance",
        "second_instance",
    ]
    assert Dispute.objects.count() > 400


@pytest.mark.parametrize(
    ("model", "field", "states"),
    [
        (Coordination, "state", CoordinationState.values),
        (CoordinationMember, "answer", MemberAnswer.values),
        (CoordinationStep, "state", ["open", "done"]),
        (SealRequest, "state", SealState.values),
        (Transfer, "state", TransferState.values),
        (SelfCorrection, "tolerance", ["proposed", "granted"]),
        (Assessment, "state", AssessmentState.values),
        (EarlyWarning, "state", WarningState.values),
        (EarlyWarning, "kind", WarningKind.values),
        (PowerOfAttorney, "special", [True, False]),
    ],
)
def test_what_units_do_together_stands_in_every_state(shifan, model, field, states):
    found = set(model.objects.values_list(field, flat=True))

    assert found >= set(states)


@pytest.mark.parametrize(
    ("model", "states"),
    [
        (MediationSession, {"held", "planned"}),
        (Agreement, {"draft", "signed"}),
        (Allowance, {"proposed", "approved", "paid"}),
        (LossAnalysis, {"owed", "written"}),
        (Plan, {"submitted"}),
    ],
)
def test_what_is_mediated_and_follows_is_under_way_and_done(shifan, model, states):
    assert set(model.objects.values_list("state", flat=True)) >= states


@pytest.mark.parametrize(
    ("model", "day"), [(DefencePaper, "received_on"), (Opinion, "given_on"), (Duty, "done_on")]
)
def test_some_of_it_is_done_and_some_waits(shifan, model, day):
    assert {value is None for value in model.objects.values_list(day, flat=True)} == {True, False}


def test_what_is_read_by_few_has_rows_too(shifan):
    """The plan and the experts of a defence, contacts about a pending case, ratings."""
    assert Defence.objects.exclude(strategy="").exclude(experts="").exists()
    assert set(Contact.objects.values_list("recorded_for__key", flat=True)) == {"court", "justice"}
    today = timezone.localdate()
    assert RiskRating.objects.filter(review_on__lte=today + timedelta(days=14)).exists()
    urgent = Coordination.objects.get(urgent=True)
    told = Notice.objects.filter(recipient__username="guchengping", read_at=None)
    assert told.filter(reason="cases.coordination.urgent", text=urgent.dispute.title).exists()


@pytest.mark.parametrize(
    ("who", "wanted"),
    [
        ("liwenjing", {"用印申请", "应诉文书", "会商邀请待确认", "提请容错，待认定"}),
        ("zhoumingyuan", {"会商邀请待确认", "重大决策风险评估待出具意见"}),
        ("wenyucheng", {"检察监督，受理", "检察监督，审查", "移送本单位", "会商邀请待确认"}),
        ("luowenjing", {"应诉文书", "用印申请"}),
        ("abudu", {"被告答辩和举证"}),
        ("qinmuye", {"预警待跟进"}),
        ("fengzijin", {"入户走访三户困难家庭，了解实际诉求", "预警待跟进"}),
    ],
)
def test_everybody_has_something_of_their_own_to_do(shifan, who, wanted):
    items = cases_work.items(User.objects.get(username=who), timezone.localdate())

    assert {one.title.partition("：")[0] for one in items} >= wanted


def test_the_trail_is_told_in_the_order_of_events(shifan):
    chain = list(AuditEntry.objects.filter(chain="shifan").order_by("seq"))

    assert len(chain) > 1000
    turned = [(one.action, other.action) for one, other in pairwise(chain) if one.at > other.at]
    assert turned == []


def test_what_was_made_long_ago_says_so(shifan):
    """Pages show when a row was made; the demo made all of them just now."""
    oldest = MeetingText.objects.order_by("pk").first()

    assert timezone.localdate(oldest.created_at) > oldest.meeting.held_on
    assert timezone.now() - oldest.created_at > timedelta(days=600)


def test_numbers_are_given_without_gaps(shifan):
    papers = OfficialDocument.objects.filter(series__isnull=False).order_by("issued_at", "pk")
    given: dict[tuple[int, int], list[int]] = {}
    for paper in papers:
        given.setdefault((paper.series_id, paper.year), []).append(paper.sequence)

    assert given
    for numbers in given.values():
        assert numbers == list(range(1, len(numbers) + 1))


def test_two_years_of_news_are_not_mailed(shifan):
    assert not Delivery.objects.exists()
    people = User.objects.exclude(email=F("username"))
    assert {user.email.rpartition("@")[2] for user in people} == {"example.test"}


def test_every_clause_stands_as_the_story_has_it(shifan):
    said = io.StringIO()

    call_command("compliance", mechanism="shifan", on=TOLD_ON, format="json", stdout=said)

    found = json.loads(said.getvalue())
    assert {one["provision"]: one["state"] for one in found} == STATES
    assert all(one["evidence"] for one in found if one["state"] in ("kept", "attested"))
    assert all(one["said"] for one in found if one["state"] == "broken")


def test_it_is_refused_outside_the_demo(settings, db):
    settings.DEMO, settings.MODE = False, "embedded"
    before = Mechanism.objects.count()

    with pytest.raises(CommandError) as refusal:
        call_command("seed_demo")

    assert "PORTAL_DEMO=1" in str(refusal.value)
    assert Mechanism.objects.count() == before


def test_the_counting_rows_are_as_derived(told, db):
    """Made by actions and in bulk; with heads who came and did not, appeals, duties, visits."""
    assert list(check_tallies()) == []
    assert Tally.objects.count() == Procedure.objects.count() > 100
    held = Appearance.objects.filter(hearing__state="held", recorded_at__isnull=False)
    rows = AgencyTally.objects.filter(recorded__gt=0)
    assert sum(rows.values_list("recorded", flat=True)) == held.count() > 0
    for marked in ({"came": True}, {"duty_by__isnull": False}):
        assert AgencyTally.objects.filter(**marked).exists()
    for marked in ("sue_by", "appeal_by", "final_on", "unrest_on", "appealed_on"):
        assert Tally.objects.filter(**{f"{marked}__isnull": False}).exists(), marked
    assert Tally.objects.filter(duty_done_on__lte=F("duty_by")).exists()
