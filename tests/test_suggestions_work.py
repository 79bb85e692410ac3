"""What suggestions lay on whose desk, and that desk, ledger and units' pages count alike."""

from datetime import timedelta

import pytest
from django.utils import timezone

from suggestions import work
from suggestions.models import (
    Addressee,
    Copy,
    ExtensionRequest,
    Measure,
    Proposal,
    Supervision,
    Verification,
)
from suggestions.states import AddresseeState, LetterState, MeasureState, SupervisionState
from tests.letters import agencies, letter

A = AddresseeState
TODAY = timezone.localdate()
LATE, DUE = TODAY - timedelta(days=3), TODAY + timedelta(days=20)
WORKBENCH_QUERIES = {"court_officer": 20, "agency_contact": 16}


def advised(city, state: str = A.SENT, *, copies=(), unit: str = "agency", **given) -> Addressee:
    made = letter(city, addressees=[city.organizations[unit]], copies=copies)
    Addressee.objects.filter(suggestion=made).update(state=state, **given)
    return made.addressees.get()


def desk(city, who: str) -> list[tuple[str, str]]:
    """(group, verb) of all that suggestions lay on somebody's desk."""
    return sorted((item.group, item.verb) for item in work.items(city.users[who], TODAY))


def to_sign(city) -> None:
    advised(city, A.SENT)


def unanswered(city) -> None:
    advised(city, A.SERVED, reply_due_on=DUE)


def late(city) -> None:
    advised(city, A.SERVED, reply_due_on=LATE, copies=["justice"])
    Copy.objects.update(received_at=timezone.now())


def demanded_anew(city) -> None:
    advised(city, A.SERVED, reply_due_on=DUE, replied_on=LATE)


def objected(city) -> None:
    advised(city, A.OBJECTED, replied_on=TODAY)


def refused(city) -> None:
    advised(city, A.REFUSED, replied_on=TODAY)


def unplanned(city) -> None:
    advised(city, A.RECTIFYING, rectify_due_on=DUE)


def planned(city) -> None:
    """Two measures, one of them carried out."""
    row = advised(city, A.RECTIFYING, rectify_due_on=DUE)
    for problem, state in zip(row.suggestion.problems.all(), MeasureState.values, strict=True):
        Measure.objects.create(
            addressee=row,
            problem=problem,
            text="修订文书",
            responsible="马文涛",
            due_on=DUE,
            state=state,
        )


def carried_out(city) -> None:
    planned(city)
    Measure.objects.update(state=MeasureState.DONE)


def sent_back(city) -> None:
    carried_out(city)
    Verification.objects.create(addressee=Addressee.objects.get(), verdict="failed", on=TODAY)


def to_verify(city) -> None:
    advised(city, A.TO_VERIFY, replied_on=TODAY, rectified_on=TODAY)


def closed(city) -> None:
    advised(city, A.CLOSED)


def withdrawn(city) -> None:
    row = advised(city, A.SERVED, reply_due_on=LATE)
    row.suggestion.state = LetterState.WITHDRAWN
    row.suggestion.store()


def copied(city) -> None:
    """To the government and the justice bureau: one matter for who acts for both."""
    advised(city, A.CLOSED, copies=["gov", "justice"])


def more_time(city) -> None:
    row = advised(city, A.SERVED, reply_due_on=DUE)
    ExtensionRequest.objects.create(addressee=row, until_on=DUE, reason="涉及历史档案")


def drafted(city) -> None:
    letter(city, state=LetterState.DRAFT)


def urged(city) -> None:
    late(city)
    _supervise(city, SupervisionState.OPEN)


def urging_answered(city) -> None:
    late(city)
    _supervise(city, SupervisionState.ANSWERED)


def _supervise(city, state: str) -> None:
    Supervision.objects.create(
        addressee=Addressee.objects.get(),
        kind="urging",
        by_organization=city.organizations["court"],
        on=LATE,
        due_on=DUE,
        reason="逾期",
        state=state,
    )


def proposed(city) -> None:
    Proposal.objects.create(
        jurisdiction=city.jurisdiction,
        organization=city.organizations["agency"],
        to_organization=city.organizations["court"],
        reason="class",
        mark="告知程序",
        data={
            "mechanism": city.mechanism.key,
            "tag": "告知程序",
            "kind": "judicial",
            "letters": [],
            "from": LATE.isoformat(),
            "until": TODAY.isoformat(),
        },
        noticed_on=TODAY,
    )


WATCHED = ("court_officer", "agency_contact", "gov_officer")
# what happened, and what then lies on the desk of the court, of the unit, of the bureau
DESKS = [
    (to_sign, [("waiting", "登记送达")], [("sign", "签收")], []),
    (unanswered, [("waiting", "查看")], [("todo", "回复")], []),
    (late, [("todo", "发督办函")], [("todo", "回复")], [("todo", "发督办函")]),
    (demanded_anew, [("waiting", "查看")], [("returned", "重新回复")], []),
    (objected, [("todo", "答复异议")], [("waiting", "查看")], []),
    (refused, [("todo", "审查理由")], [("waiting", "查看")], []),
    (unplanned, [("waiting", "查看")], [("todo", "制定整改措施")], []),
    (planned, [("waiting", "查看")], [("todo", "填报")], []),
    (carried_out, [("waiting", "查看")], [("todo", "提请核查")], []),
    (sent_back, [("waiting", "查看")], [("returned", "提请核查")], []),
    (to_verify, [("todo", "核查")], [("waiting", "查看")], []),
    (closed, [], [], []),
    (withdrawn, [], [], []),
    (copied, [], [], [("sign", "签收")]),
    (
        more_time,
        [("todo", "答复"), ("waiting", "查看")],
        [("todo", "回复"), ("waiting", "查看")],
        [],
    ),
    (drafted, [("todo", "印发")], [], []),
    (
        urged,
        [("waiting", "查看"), ("waiting", "查看")],
        [("todo", "回复"), ("todo", "答复")],
        [("waiting", "查看")],
    ),
    (
        urging_answered,
        [("todo", "办结督办"), ("todo", "发督办函")],
        [("todo", "回复"), ("waiting", "查看")],
        [("todo", "发督办函")],
    ),
    (proposed, [("todo", "决定")], [], []),
]


@pytest.mark.parametrize(("happened", "court", "unit", "bureau"), DESKS)
def test_what_lies_on_whose_desk(city, happened, court, unit, bureau):
    happened(city)

    assert [desk(city, who) for who in WATCHED] == [court, unit, bureau]


@pytest.mark.parametrize("who", ["court_deputy", "gov_convenor", "system_admin"])
def test_leaders_and_administrators_have_none_of_it(city, who):
    for happened in (late, to_verify, copied, proposed):
        happened(city)

    assert desk(city, who) == []


@pytest.mark.parametrize("happened", [row[0] for row in DESKS])
@pytest.mark.parametrize("who", WATCHED)
def test_every_matter_leads_to_a_page_that_its_owner_may_open(city, as_user, happened, who):
    happened(city)
    page = as_user(city.users[who])

    for item in work.items(city.users[who], TODAY):
        assert page.get(item.url).status_code == 200, item


def test_a_unit_without_accounts_is_served_on_paper(city):
    agencies(city, 2)
    row = advised(city, A.SENT, unit="natural")
    city.users["natural_contact"].bindings.all().delete()

    assert desk(city, "court_officer") == [("todo", "登记送达")]

    Addressee.objects.filter(pk=row.pk).update(state=A.SERVED, reply_due_on=DUE)
    assert desk(city, "court_officer") == [("waiting", "登记回复")]


def test_the_limits_are_the_days_of_the_matters(city):
    advised(city, A.SERVED, reply_due_on=DUE)
    advised(city, A.RECTIFYING, rectify_due_on=LATE)

    days = {item.verb: item.day for item in work.items(city.users["agency_contact"], TODAY)}

    assert days == {"回复": DUE, "制定整改措施": LATE}


def test_desk_ledger_and_units_page_count_alike(city, as_user):
    """Two late letters, one to reply to, one to verify, to one unit; another's beside them."""
    agencies(city, 2)
    for _ in range(2):
        advised(city, A.SERVED, reply_due_on=LATE)
    advised(city, A.SERVED, reply_due_on=DUE)
    advised(city, A.TO_VERIFY, replied_on=TODAY)
    advised(city, A.SERVED, reply_due_on=LATE, unit="natural")
    unit = city.organizations["agency"]

    own = as_user(city.users["agency_contact"])
    overdue = own.get("/", {"show": "overdue"}).context["piles"][0]
    tallies = {
        one.stage: one.number
        for one in own.get(f"/suggestions/units/{unit.public_id}/").context["counts"]
    }
    listed = {
        stage: own.get(f"/suggestions/?unit={unit.public_id}&stage={stage}")
        .context["ledger"]
        .count
        for stage in tallies
    }
    assert overdue.count == tallies["late"] == listed["late"] == 2
    assert listed == tallies

    court = as_user(city.users["court_officer"])
    ledger = court.get("/suggestions/?mine=true").context["ledger"]
    handled = work.items(city.users["court_officer"], TODAY)
    assert ledger.count == sum(one.group != "waiting" for one in handled) == 4
    assert court.get("/suggestions/?stage=late").context["ledger"].count == 3


@pytest.mark.parametrize("who", list(WORKBENCH_QUERIES))
def test_the_desk_costs_the_same_for_one_letter_and_three(
    city, as_user, django_assert_num_queries, who
):
    page = as_user(city.users[who])
    for count in (1, 2):
        for _ in range(count):
            for happened in (unanswered, objected, unplanned, to_verify, to_sign, drafted):
                happened(city)
            advised(city, A.SERVED, reply_due_on=LATE, copies=["justice"])
        page.get("/")
        with django_assert_num_queries(WORKBENCH_QUERIES[who]):
            page.get("/")
