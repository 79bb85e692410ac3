"""Joint activities through their actions: who may, what is refused, who is told."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from foundations.access.errors import RuleBroken
from foundations.access.policy import visible_to
from foundations.notifications.feeds import Window
from foundations.notifications.models import Notice
from meetings.actions import activities, activity_guests, activity_outcomes
from meetings.actions.activity_guests import Came
from meetings.actions.activity_outcomes import FileWords, OpinionWords
from meetings.activity_feed import activities_of
from meetings.models import Activity, ActivityOpinion, ReviewedFile
from meetings.states import ACTIVITY_MOVES, ACTIVITY_REPORT, ActivityState
from services.deadlines.models import Deadline
from tests import activities as told
from tests.activities import AT, DAY, later


def answer(city, activity, by="agency_contact", unit="agency", at=AT, **given):
    invitation = activity.invitations.get(organization=city.organizations[unit])
    given = {"coming": True, "people": ["艾力 法规科科长"], **given}
    return activity_guests.answer_invitation(invitation.pk, actor=city.users[by], at=at, **given)


# from, to
ALLOWED = {
    ("planned", "announced"), ("planned", "held"), ("planned", "cancelled"),
    ("announced", "held"), ("announced", "cancelled"), ("held", "concluded"),
}  # fmt: skip


@pytest.mark.parametrize("before", ActivityState.values)
@pytest.mark.parametrize("to", ActivityState.values)
def test_which_moves_there_are(before, to):
    assert (to in ACTIVITY_MOVES[before]) == ((before, to) in ALLOWED)


@pytest.mark.parametrize(
    ("by", "host", "allowed"),
    [
        ("court_officer", "court", True),
        ("court_officer", "justice", False),
        ("gov_officer", "justice", True),
        ("gov_officer", "gov", True),
        ("agency_contact", "agency", True),
        ("agency_contact", "justice", False),
        ("court_convenor", "court", False),
        ("system_admin", "court", False),
    ],
)
def test_who_plans_in_whose_name(city, by, host, allowed):
    if allowed:
        assert told.plan(city, host=host, by=by).state == ActivityState.PLANNED
    else:
        with pytest.raises(PermissionDenied):
            told.plan(city, host=host, by=by)
    assert Activity.objects.count() == allowed


@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        ({"on": None}, "no_month", "month"),
        ({"until": date(2026, 12, 9)}, "days_reversed", "until"),
        ({"sign_up_by": date(2026, 12, 11)}, "sign_up_late", "sign_up_by"),
        ({"report_due_on": date(2026, 12, 9)}, "report_early", "report_due_on"),
        (
            {"kind": "publicity", "content": "typical_case", "masked": False},
            "not_masked",
            "masked",
        ),
    ],
)
def test_what_the_plan_refuses(city, given, code, field):
    with pytest.raises(RuleBroken) as broken:
        told.plan(city, **given)

    assert (broken.value.code, broken.value.field) == (code, field)
    assert not Activity.objects.exists()


def test_a_month_alone_is_enough_for_the_plan_but_not_to_announce(city):
    activity = told.plan(city, on=None, sign_up_by=None, month=date(2027, 3, 17))

    assert activity.month == date(2027, 3, 1)
    with pytest.raises(RuleBroken) as broken:
        activities.announce(activity.pk, actor=city.users["court_officer"], at=AT)
    assert broken.value.code == "no_day"


def seen(city, activity, who):
    return visible_to(city.users[who], Activity).filter(pk=activity.pk).exists()


@pytest.mark.parametrize(
    ("state", "invited", "other"),
    [("planned", False, False), ("announced", True, False), ("held", True, True)],
)
def test_who_sees_it(city, state, invited, other):
    made = {
        "planned": lambda: told.invite(city, told.plan(city), "agency"),
        "announced": lambda: told.announced(city, "agency"),
        "held": lambda: told.took_place(city, "agency"),
    }
    activity = made[state]()
    alone = {"planned": told.plan, "announced": told.announced, "held": told.took_place}
    without = alone[state](city)

    assert seen(city, activity, "agency_contact") == invited
    assert seen(city, without, "agency_contact") == other
    assert seen(city, activity, "court_officer")
    assert seen(city, activity, "gov_officer")
    assert not seen(city, activity, "system_admin")


def test_whoever_is_asked_is_told_once_and_anew_when_it_moves(city):
    activity = told.announced(city, "agency")
    contact = city.users["agency_contact"]

    activities.move_activity(
        activity.pk,
        actor=city.users["court_officer"],
        at=AT,
        on=date(2026, 12, 15),
        place="第一审判庭",
        reason="庭审改期",
    )

    reasons = Notice.objects.filter(recipient=contact).order_by("pk")
    assert list(reasons.values_list("reason", flat=True)) == ["asked", "moved:1"]
    activity.refresh_from_db()
    assert (activity.on, activity.month, activity.sequence) == (
        date(2026, 12, 15),
        date(2026, 12, 1),
        1,
    )


def test_once_announced_its_day_is_moved_and_not_rewritten(city):
    activity = told.announced(city, "agency")
    words = told.words(city, on=date(2026, 12, 11))

    with pytest.raises(RuleBroken) as broken:
        activities.revise_activity(
            activity.pk, actor=city.users["court_officer"], at=AT, words=words
        )

    assert broken.value.code == "announced"


@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        ({"people": []}, "no_names", "people"),
        ({"people": ["甲 科长", "乙 科员", "丙 科员"]}, "too_many", "people"),
        ({"coming": False, "people": []}, "reason_missing", "remark"),
        ({"at": later(date(2026, 12, 5))}, "sign_up_over", ""),
    ],
)
def test_what_signing_up_refuses(city, given, code, field):
    activity = told.announced(city, "agency", seats=2)

    with pytest.raises(RuleBroken) as broken:
        answer(city, activity, **given)

    assert (broken.value.code, broken.value.field) == (code, field)


def test_the_host_enters_a_late_answer(city):
    activity = told.announced(city, "agency")

    invitation = answer(city, activity, by="court_officer", at=later(date(2026, 12, 5)))

    assert invitation.answer == "coming"


@pytest.mark.parametrize(
    ("who", "reads"),
    [("court_officer", True), ("agency_contact", True), ("gov_officer", False)],
)
def test_names_are_read_by_host_and_unit_alone(city, as_user, who, reads):
    activity = told.announced(city, "agency")
    answer(city, activity)

    page = as_user(city.users[who]).get(activity.get_absolute_url())

    assert page.status_code == 200
    assert ("艾力" in page.content.decode()) == reads


def test_who_came_is_counted_by_name_and_by_number(city):
    activity = told.announced(city, "agency", groups=["public"])
    unit = answer(city, activity, people=["艾力 科长", "马兰 科员"])
    public = activity.invitations.get(group="public")
    first = unit.attendees.first()

    activity_guests.hold(
        activity.pk,
        actor=city.users["court_officer"],
        at=later(),
        held_on=DAY,
        came={unit.pk: Came(frozenset({first.pk}), 1), public.pk: Came(more=12)},
    )

    came = activity.invitations.order_by("came").values_list("came", flat=True)
    assert list(came) == [2, 12]
    assert [one.came for one in unit.attendees.all()] == [True, False]


def test_what_is_still_to_come_did_not_take_place(city):
    activity = told.announced(city)

    with pytest.raises(RuleBroken) as broken:
        activity_guests.hold(activity.pk, actor=city.users["court_officer"], at=AT, held_on=DAY)

    assert (broken.value.code, broken.value.field) == ("future", "held_on")


def test_a_research_owes_its_report(city):
    due = date(2027, 1, 15)
    activity = told.took_place(city, kind="joint_research", report_due_on=due)
    officer = city.users["court_officer"]
    limit = Deadline.objects.about(activity).get(rule=ACTIVITY_REPORT)
    assert (limit.due_on, limit.owed_by) == (due, city.organizations["court"])

    with pytest.raises(RuleBroken) as broken:
        activity_outcomes.conclude(activity.pk, actor=officer, at=later(), summary="已完成")
    assert broken.value.code == "report_missing"

    report = {"on": due, "text": "共性问题三类", "copied_to": "市综合执法局"}
    activity_outcomes.hand_in_report(activity.pk, actor=officer, at=later(due), **report)
    activity_outcomes.conclude(activity.pk, actor=officer, at=later(due), summary="已完成")

    limit.refresh_from_db()
    activity.refresh_from_db()
    assert (limit.state, activity.state) == ("met", "concluded")


def test_one_that_is_called_off_owes_no_report(city):
    activity = told.announced(city, kind="joint_research", report_due_on=date(2027, 1, 15))

    activities.cancel_activity(
        activity.pk, actor=city.users["court_officer"], at=AT, reason="另行安排"
    )

    assert not Deadline.objects.about(activity).open().exists()


@pytest.mark.parametrize(
    ("by", "unit", "allowed"),
    [
        ("agency_contact", "agency", True),
        ("court_officer", "court", True),
        ("gov_officer", "justice", False),
        ("agency_contact", "court", False),
    ],
)
def test_who_was_there_says_something_of_it(city, by, unit, allowed):
    activity = told.took_place(city, "agency", kind="hearing_observation")
    words = OpinionWords(city.organizations[unit], "旁听人员", DAY, "庭审规范", helped=True)

    def give():
        activity_outcomes.give_opinion(activity.pk, actor=city.users[by], at=later(), words=words)

    if allowed:
        give()
    else:
        with pytest.raises(PermissionDenied):
            give()
    assert ActivityOpinion.objects.count() == allowed


@pytest.mark.parametrize(
    ("who", "reads"),
    [("gov_officer", True), ("agency_contact", True), ("court_officer", False)],
)
def test_a_score_is_read_by_the_host_and_the_unit_of_the_file(city, who, reads):
    review = told.took_place(city, kind="file_review", host="justice", by="gov_officer")
    words = FileWords(city.organizations["agency"], "综执罚〔2026〕9号", 92)
    activity_outcomes.review_file(
        review.pk, actor=city.users["gov_officer"], at=later(), words=words
    )

    assert visible_to(city.users[who], ReviewedFile).exists() == reads


@pytest.mark.parametrize(
    ("kind", "score", "code"),
    [("training", 90, "no_review"), ("file_review", 101, "bad_score")],
)
def test_what_a_score_refuses(city, kind, score, code):
    activity = told.took_place(city, kind=kind)
    words = FileWords(city.organizations["agency"], "综执罚〔2026〕9号", score)

    with pytest.raises(RuleBroken) as broken:
        activity_outcomes.review_file(
            activity.pk, actor=city.users["court_officer"], at=later(), words=words
        )

    assert broken.value.code == code


@pytest.mark.parametrize(
    ("who", "expects"),
    [("court_officer", 1), ("agency_contact", 1), ("gov_officer", 0)],
)
def test_it_stands_in_the_calendar_of_hosts_and_of_who_is_asked(city, who, expects):
    activity = told.announced(city, "agency")

    entries = list(activities_of(city.users[who], Window(told.TODAY)))

    assert [entry.uid for entry in entries] == [f"{activity.public_id}@portal"] * expects


def test_several_days_take_whole_days(city):
    told.announced(city, until=DAY + timedelta(days=2))

    (entry,) = activities_of(city.users["court_officer"], Window(told.TODAY))

    assert (entry.start, entry.length) == (DAY, timedelta(days=3))
