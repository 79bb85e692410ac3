"""Units see to a dispute together: called, answered for by themselves, with steps and an end."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from cases.actions.coordination import (
    CoordinationWords,
    StepWords,
    answer_call,
    call_member,
    close_coordination,
    drop_step,
    finish_step,
    log_entry,
    open_coordination,
    set_step,
)
from cases.models import Coordination, CoordinationStep, Dispute
from foundations.access.errors import RuleBroken
from foundations.access.policy import visible_to
from foundations.notifications.models import Notice
from tests.disputes import account, dispute, limits, moment, suit, unit, worker

DAY = date(2026, 3, 4)
DUE = date(2026, 3, 20)
AT = moment(DAY)


def called(city, by="justice", members=("court",), of=None, **changes) -> Coordination:
    made = of or dispute(city)
    words = CoordinationWords(
        opened_by=city.organizations[by],
        ground=changes.pop("ground", "mass"),
        reason=changes.pop("reason", "涉及四十余户，请共同研究化解办法。"),
        members=[city.organizations[key] for key in members],
        urgent=changes.pop("urgent", False),
    )
    actor = changes.pop("actor", worker(city, words.opened_by))
    return open_coordination(made.pk, actor=actor, at=AT, words=words, **changes)


def step(city, coordination, owner="justice", actor="gov_officer", **changes) -> CoordinationStep:
    words = StepWords("走访群众代表", city.organizations[owner], changes.pop("due_on", DUE))
    return set_step(coordination.pk, actor=city.users[actor], at=AT, words=words, **changes)


@pytest.mark.parametrize("side", ["justice", "court"])
def test_either_side_calls_the_other(city, side):
    made = suit(city).dispute
    other = "court" if side == "justice" else "agency"

    coordination = called(city, side, (other,), of=made)

    members = {one.organization.key: one.answer for one in coordination.members.all()}
    assert members[side] == "joined"
    assert members[other] == "asked"
    assert "justice" in members
    assert Coordination in {type(one.subject) for one in Notice.objects.all() if one.subject}


def test_who_was_called_sees_the_dispute_and_who_declines_does_not(city):
    court = city.users["court_officer"]
    made = dispute(city)
    assert not visible_to(court, Dispute).filter(pk=made.pk).exists()

    coordination = called(city, of=made)
    assert visible_to(court, Dispute).filter(pk=made.pk).exists()
    assert visible_to(court, Coordination).filter(pk=coordination.pk).exists()

    answer = {"actor": court, "at": AT, "organization": city.organizations["court"]}
    with pytest.raises(RuleBroken) as refused:
        answer_call(coordination.pk, joins=False, **answer)
    assert refused.value.field == "remark"
    answer_call(coordination.pk, joins=False, remark="案件尚未起诉。", **answer)

    assert not visible_to(court, Dispute).filter(pk=made.pk).exists()
    assert not visible_to(court, Coordination).filter(pk=coordination.pk).exists()


def test_a_unit_answers_for_itself(city):
    coordination = called(city)

    with pytest.raises(PermissionDenied):
        answer_call(
            coordination.pk,
            actor=city.users["gov_officer"],
            at=AT,
            organization=city.organizations["court"],
            joins=True,
        )


def test_others_of_the_dispute_do_not_read_it(city):
    coordination = called(city)

    assert not visible_to(city.users["agency_contact"], Coordination).exists()
    call_member(
        coordination.pk,
        actor=city.users["gov_officer"],
        at=AT,
        organization=city.organizations["agency"],
    )
    assert visible_to(city.users["agency_contact"], Coordination).exists()


def test_an_urgent_one_alerts_the_leaders(city):
    called(city, urgent=True)

    told = set(
        Notice.objects.filter(reason="cases.coordination.urgent").values_list(
            "recipient__username", flat=True
        )
    )
    assert {"court_convenor", "court_deputy", "gov_deputy"} <= told


def test_a_step_is_a_limit_of_its_owner(city):
    coordination = called(city)
    made = step(city, coordination)

    assert limits(made) == {"COORDINATION-STEP": DUE}
    finish_step(made.pk, actor=city.users["gov_officer"], at=moment(DUE), on=DUE, outcome="已走访")
    assert limits(made) == {}


def test_no_government_sets_what_the_court_does(city):
    coordination = called(city)

    with pytest.raises(RuleBroken) as refused:
        step(city, coordination, owner="court")
    assert (refused.value.code, refused.value.field) == ("independent", "owed_by")
    assert step(city, coordination, owner="court", actor="court_officer").pk


def again(city) -> Coordination:
    return called(city, of=called(city).dispute, reason="再次会商")


REFUSED = {
    "nobody else": (lambda city: called(city, members=()), "alone"),
    "twice": (
        lambda city: called(city, of=called(city).dispute, reason="再次"),
        "coordinated_already",
    ),
    "no member": (lambda city: step(city, called(city), owner="agency"), "not_member"),
    "past day": (lambda city: step(city, called(city), due_on=date(2026, 3, 3)), "past"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused(city, name):
    attempt, code = REFUSED[name]

    with pytest.raises(RuleBroken) as refused:
        attempt(city)
    assert refused.value.code == code


def test_strangers_and_readers_open_none(city):
    made = dispute(city)
    unit(city, "parks", "试验市园林局", "市园林局")
    for user in (account(city, "parks_clerk", "parks"), city.users["gov_deputy"]):
        with pytest.raises(PermissionDenied):
            called(city, of=made, actor=user)


def test_closed_for_good_is_only_what_is_resolved(city):
    coordination = called(city)
    open_step = step(city, coordination)
    plain = {"actor": city.users["gov_officer"], "at": AT, "summary": "已达成一致"}

    with pytest.raises(RuleBroken) as refused:
        close_coordination(coordination.pk, result="settled", **plain)
    assert refused.value.code == "steps_open"
    drop_step(open_step.pk, actor=city.users["gov_officer"], at=AT, reason="不再需要")
    with pytest.raises(RuleBroken) as refused:
        close_coordination(coordination.pk, result="partly", closed_for_good=True, **plain)
    assert refused.value.field == "closed_for_good"

    closed = close_coordination(coordination.pk, result="settled", closed_for_good=True, **plain)
    assert closed.closed_for_good
    with pytest.raises(RuleBroken):
        log_entry(closed.pk, actor=city.users["gov_officer"], at=AT, on=DAY, text="补记")


def test_the_log_is_never_changed(city):
    coordination = called(city)
    entry = log_entry(
        coordination.pk, actor=city.users["gov_officer"], at=AT, on=DAY, text="已电话沟通"
    )

    entry.text = "没有沟通"
    with pytest.raises(TypeError):
        entry.save()
    with pytest.raises(TypeError):
        entry.delete()
