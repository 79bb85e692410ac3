"""How clauses on seats, letters and disputes are judged, state by state, day by day."""

from datetime import date, timedelta

import pytest

from cases.models import Procedure, RiskRating, Visit
from cases.models.visits import NORMAL
from cases.states import Flag
from mechanisms.findings import Clause
from mechanisms.judging import judge
from mechanisms.models import MechanismParty
from mechanisms.states import Modal, RuleKind
from members.models import Organization, Seat
from members.states import OrganizationKind, SeatRole, Side
from suggestions.models import Copy
from tests.answering import REPLIED, replied, served
from tests.clauses import clause
from tests.disputes import FILED, dispute, reconsideration
from tests.letters import ISSUED, SERVED

K = RuleKind
DAY = date(2026, 11, 23)
YEAR = timedelta(days=365)


def state_of(asked: Clause, on: date) -> str:
    return str(judge(Clause(asked.mechanism, asked.provision, on)).state)


@pytest.mark.parametrize(
    ("subject", "given", "gone", "state", "said"),
    [
        ("seat", {"counts": {"convenor": 2}}, None, "kept", "席位齐全"),
        ("seat", {"counts": {"convenor": 3}}, None, "broken", "缺：召集人 1 名"),
        ("annex", {"counts": {"member": 2}}, SeatRole.MEMBER, "broken", "缺：成员 1 名"),
        ("leading_group", {}, None, "kept", "席位齐全"),
        (
            "liaison_officer",
            {"counts": {"liaison_officer": 1}, "each_side": True},
            None,
            "kept",
            "席位齐全",
        ),
        (
            "liaison_officer",
            {"counts": {"liaison_officer": 1}, "each_side": True},
            SeatRole.LIAISON_OFFICER,
            "broken",
            "缺：联络员 1 名",
        ),
    ],
)
def test_seats(city, subject, given, gone, state, said):
    if gone:
        seat = Seat.objects.filter(body=city.body, role=gone).latest("pk")
        Seat.objects.filter(pk=seat.pk).update(valid_to=DAY - timedelta(days=1))

    found = judge(clause(city, K.ROSTER, subject, DAY, **given))

    assert found.state == state
    assert said in found.said


def test_the_units_of_the_sides(city):
    asked = [clause(city, K.ROSTER, one, DAY) for one in ("party", "secretariat")]
    section = MechanismParty.objects.get(side=Side.GOVERNMENT).secretariat
    Organization.objects.filter(pk=section.pk).update(valid_to=date(2026, 11, 22))
    city.mechanism.__dict__.pop("_parties", None)

    found = [judge(one) for one in asked]

    assert [one.state for one in found] == ["kept", "broken"]
    assert "复议与应诉科" in found[1].said
    assert state_of(asked[1], date(2026, 11, 22)) == "kept"


def test_offices_and_contacts(city):
    office = clause(city, K.TASK, "organization", DAY, text="设立行政争议化解中心。")
    contact = clause(city, K.ROSTER, "contact", DAY, bearers=["agency", "justice"])
    before = judge(office).state
    Organization.objects.create(
        jurisdiction=city.jurisdiction,
        key="centre",
        name="试验市行政争议化解中心",
        short_name="行政争议化解中心",
        kind=OrganizationKind.CENTRE,
        side=Side.CENTRE,
    )

    assert (before, judge(office).state, judge(contact).state) == ("broken", "kept", "kept")


@pytest.mark.parametrize(
    ("on", "state"),
    [
        pytest.param(SERVED - timedelta(days=1), "not_applicable", id="not served yet"),
        pytest.param(SERVED, "not_yet_due", id="just served"),
        pytest.param(REPLIED - timedelta(days=1), "not_yet_due", id="not answered yet"),
        pytest.param(REPLIED, "kept", id="answered"),
        pytest.param(REPLIED + YEAR - timedelta(days=1), "kept", id="within a year"),
        pytest.param(REPLIED + YEAR, "not_applicable", id="longer ago"),
    ],
)
def test_replies_that_came(city, on, state):
    row = served(city)
    replied(city, row)

    assert state_of(clause(city, K.COPY_TO, "reply", on), on) == state


@pytest.mark.parametrize(
    ("days", "state"),
    [(-8, "not_yet_due"), (-7, "due_soon"), (0, "due_soon"), (1, "broken")],
)
def test_replies_that_are_owed(city, days, state):
    row = served(city)
    on = row.reply_due_on + timedelta(days=days)

    found = judge(clause(city, K.REPLY_DEADLINE, "suggestion", on))

    assert found.state == state
    assert found.next_on == row.reply_due_on


@pytest.mark.parametrize(
    ("modal", "sent", "state"),
    [
        pytest.param(Modal.SHALL, True, "kept", id="sent"),
        pytest.param(Modal.SHALL, False, "broken", id="not sent"),
        pytest.param(Modal.MAY, False, "kept", id="allowed, not asked for"),
    ],
)
def test_copies_go_out_with_the_letter(city, modal, sent, state):
    served(city)
    if not sent:
        Copy.objects.update(sent_on=None)
    on = ISSUED + timedelta(days=1)

    assert state_of(clause(city, K.COPY_TO, "judicial_suggestion", on, modal=modal), on) == state


@pytest.mark.parametrize(
    ("kind", "subject", "modal", "before", "after"),
    [
        (K.TASK, "judicial_suggestion", Modal.SHALL, "not_yet_due", "kept"),
        (K.TASK, "procuratorial_suggestion", Modal.SHALL, "not_yet_due", "not_yet_due"),
        (K.TASK, "procuratorial_suggestion", Modal.MAY, "not_applicable", "not_applicable"),
        (K.COPY_TO, "suggestion", Modal.SHALL, "not_applicable", "kept"),
    ],
)
def test_letters_as_needed(city, kind, subject, modal, before, after):
    served(city)
    asked = clause(city, kind, subject, DAY, modal=modal)

    days = (ISSUED - timedelta(days=1), ISSUED + timedelta(days=1))
    assert [state_of(asked, on) for on in days] == [before, after]


def _rated(city):
    RiskRating.objects.create(
        dispute=dispute(city),
        level="low",
        proposed="low",
        rated_on=FILED,
        organization=city.organizations["justice"],
        review_on=FILED + timedelta(days=30),
    )


def _visited(city):
    opened_on = FILED + timedelta(days=1)
    procedure = reconsideration(city, on=opened_on)
    Visit.objects.create(procedure=procedure, on=FILED, method="phone", result=NORMAL)


@pytest.mark.parametrize(
    ("make", "kind", "subject", "given"),
    [
        pytest.param(dispute, K.CASE_FLOW, "intake", {}, id="registered"),
        pytest.param(dispute, K.TASK, "dispute", {}, id="handled"),
        pytest.param(_rated, K.CASE_FLOW, "risk_rating", {}, id="rated"),
        pytest.param(_visited, K.TASK, "visit", {}, id="visited"),
    ],
)
def test_what_is_done_as_needed(city, make, kind, subject, given):
    make(city)
    asked = clause(city, kind, subject, FILED, **given)

    days = (FILED - timedelta(days=1), FILED, FILED + YEAR - timedelta(days=1), FILED + YEAR)
    assert [state_of(asked, on) for on in days] == [
        "not_yet_due",
        "kept",
        "kept",
        "not_yet_due",
    ]


@pytest.mark.parametrize(
    ("flags", "state"),
    [
        pytest.param([Flag.MAJOR], "not_yet_due", id="marked, not coordinated yet"),
        pytest.param([Flag.ENTERPRISE], "not_applicable", id="marked otherwise"),
        pytest.param([], "not_applicable", id="not marked"),
    ],
)
def test_heavy_disputes_are_coordinated(city, flags, state):
    found = dispute(city)
    type(found).objects.filter(pk=found.pk).update(flags=[str(flag) for flag in flags])

    asked = clause(city, K.CASE_FLOW, "coordination", FILED, flags=["重大", "复杂"])

    assert state_of(asked, FILED) == state


def test_reconsiderations_run_and_are_closed(city):
    procedure = reconsideration(city)
    closed_on = FILED + timedelta(days=20)
    Procedure.objects.filter(pk=procedure.pk).update(closed_on=closed_on, mode="upheld")
    asked = clause(city, K.CASE_FLOW, "reconsideration", FILED)

    days = (FILED - timedelta(days=1), FILED, closed_on)
    assert [state_of(asked, on) for on in days] == ["not_applicable", "not_yet_due", "kept"]


def test_a_rate_without_a_figure_is_not_broken(city):
    found = judge(clause(city, K.RATE_TARGET, "appearance", DAY, indicator="出庭应诉率"))

    assert (found.state, found.said) == ("not_yet_due", "尚无数据。")
