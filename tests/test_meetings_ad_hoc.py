"""Ad-hoc meetings (YN-16…18): proposed by one side, answered by the other, outside the turns."""

from datetime import date, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from foundations.access.errors import RuleBroken
from foundations.notifications.models import Notice
from mechanisms.models import MechanismVersion
from meetings.actions.ad_hoc import answer_ad_hoc, propose_ad_hoc, propose_again
from meetings.actions.days import cancel, postpone
from meetings.models import Meeting
from meetings.states import ANSWER_AD_HOC, MeetingKind, MeetingState
from services.consents.models import ConsentState
from services.consents.queries import current, latest
from services.deadlines.models import Deadline
from tests.city import SOURCE
from tests.sitting import moment, planned_series

TODAY = date(2026, 2, 2)
NOW = moment(TODAY)
ASKED = {
    "title": "行政复议与行政诉讼联席会议专题会议",
    "reason": "违法建设查处证据标准",
    "day": date(2026, 2, 10),
    "starts_at": time(9, 30),
    "place": "市人民法院三楼会议室",
}


def proposed(city, who="court_officer", **other) -> Meeting:
    return propose_ad_hoc(city.mechanism.pk, actor=city.users[who], at=NOW, **{**ASKED, **other})


def answered(city, meeting, verdict, who="gov_officer", remark="材料未齐"):
    return answer_ad_hoc(
        current(meeting, "ad_hoc").pk,
        actor=city.users[who],
        at=NOW,
        verdict=verdict,
        remark=remark,
    )


def fresh(meeting: Meeting) -> Meeting:
    return Meeting.objects.get(pk=meeting.pk)


def test_the_side_that_proposes_hosts_and_the_other_is_asked(city):
    meeting = proposed(city)

    assert (meeting.kind, meeting.state) == (MeetingKind.AD_HOC, MeetingState.PROPOSED)
    assert (meeting.host, meeting.host_organization.key) == ("court", "court")
    assert (meeting.series, meeting.ordinal) == (None, None)
    limit = Deadline.objects.about(meeting).open().get(rule=ANSWER_AD_HOC)
    assert (limit.owed_by.key, limit.due_on) == ("justice", date(2026, 2, 5))
    assert [notice.recipient.username for notice in Notice.objects.all()] == ["gov_officer"]


@pytest.mark.parametrize(
    ("verdict", "state", "consent_state"),
    [
        ("agree", MeetingState.COLLECTING, ConsentState.AGREED),
        ("amend", MeetingState.PROPOSED, ConsentState.AMENDED),
        ("refuse", MeetingState.REFUSED, ConsentState.REFUSED),
    ],
)
def test_each_answer_of_the_other_side(city, verdict, state, consent_state):
    meeting = proposed(city)

    answered(city, meeting, verdict)

    assert fresh(meeting).state == state
    assert latest(meeting, "ad_hoc").state == consent_state
    assert not Deadline.objects.about(meeting).open().filter(rule=ANSWER_AD_HOC).exists()


def test_after_an_amendment_the_proposer_asks_again_with_another_day(city):
    meeting = proposed(city)
    answered(city, meeting, "amend")
    again = {"day": date(2026, 2, 12), "starts_at": time(15), "place": "市司法局"}
    with pytest.raises(PermissionDenied):
        propose_again(meeting.pk, actor=city.users["gov_officer"], at=NOW, **again)

    propose_again(meeting.pk, actor=city.users["court_officer"], at=NOW, **again)
    answered(city, meeting, "agree")

    ready = fresh(meeting)
    assert (ready.state, ready.planned_on, ready.place) == (
        MeetingState.COLLECTING,
        date(2026, 2, 12),
        "市司法局",
    )


def test_an_ad_hoc_meeting_never_moves_the_turns(city):
    series = planned_series(city, until=date(2026, 12, 31))
    before = list(series.meetings.order_by("ordinal").values_list("host", flat=True))
    meeting = proposed(city)
    answered(city, meeting, "agree")
    officer = city.users["court_officer"]

    postpone(meeting.pk, actor=officer, at=NOW, day=date(2026, 2, 12), reason="开庭")
    cancel(meeting.pk, actor=officer, at=NOW, reason="已解决", pass_turn=True)

    assert list(series.meetings.order_by("ordinal").values_list("host", flat=True)) == before
    assert not fresh(meeting).turn_passed
    assert not fresh(meeting).host_fixed


@pytest.mark.parametrize(
    ("who", "other", "refusal"),
    [
        pytest.param("recorder", {}, PermissionDenied, id="not an officer"),
        pytest.param("gov_convenor", {}, PermissionDenied, id="a leader"),
        pytest.param(
            "court_officer", {"day": TODAY - timedelta(days=1)}, RuleBroken, id="a past day"
        ),
    ],
)
def test_a_proposal_that_cannot_be_made(city, who, other, refusal):
    with pytest.raises(refusal):
        proposed(city, who, **other)

    assert not Meeting.objects.exists()


def test_only_the_sides_that_the_text_names_propose(city):
    MechanismVersion.objects.create(
        mechanism=city.mechanism,
        number="2",
        effective_from=date(2026, 1, 1),
        digest="only the court proposes",
        source={**SOURCE, "meeting": {**SOURCE["meeting"], "proposers": ["court"]}},
        loaded_at=NOW,
    )

    with pytest.raises(RuleBroken) as refused:
        proposed(city, "gov_officer")

    assert refused.value.code == "not_a_proposer"
    assert proposed(city, "court_officer").host == "court"


# -- pages ---------------------------------------------------------------------------


def typed(**other) -> dict:
    day = timezone.localdate() + timedelta(days=20)
    given = {"day": day.isoformat(), "starts_at": "09:30", "place": "三楼会议室"}
    return {**given, "title": "专题会议", "reason": "证据标准", **other}


def test_a_meeting_is_proposed_and_refused_by_page(city, as_user):
    url = reverse("meetings:propose-ad-hoc")
    form = as_user(city.users["gov_officer"]).get(url).content.decode()
    assert "政府领导" in form
    as_user(city.users["gov_officer"]).post(url, typed())
    meeting = Meeting.objects.get()
    answer = reverse("meetings:answer", args=[current(meeting, "ad_hoc").public_id])

    client = as_user(city.users["court_officer"])
    silent = client.post(answer, {"verdict": "refuse", "remark": ""})
    refused = client.post(answer, {"verdict": "refuse", "remark": "可并入定期会议"}, follow=True)

    assert silent.status_code == 422
    assert 'id="id_remark_error"' in silent.content.decode()
    assert "可并入定期会议" in refused.content.decode()
    assert fresh(meeting).state == MeetingState.REFUSED


@pytest.mark.parametrize(
    ("field", "value"), [("day", "2020-01-01"), ("day", ""), ("reason", ""), ("place", "")]
)
def test_what_is_missing_or_past_is_shown_beside_its_field(city, as_user, field, value):
    page = as_user(city.users["gov_officer"]).post(
        reverse("meetings:propose-ad-hoc", args=["testing"]), typed(**{field: value})
    )

    assert page.status_code == 422
    assert f'id="id_{field}_error"' in page.content.decode()
    assert not Meeting.objects.exists()


@pytest.mark.parametrize(
    ("who", "status"),
    [("court_officer", 200), ("recorder", 403), ("agency_contact", 403)],
)
def test_who_opens_the_proposal(city, as_user, who, status):
    url = reverse("meetings:propose-ad-hoc", args=["testing"])

    assert as_user(city.users[who]).get(url).status_code == status
