"""A dispute goes through its procedures by the steps of the tables."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from cases.actions.disputes import DisputeWords, PartyWords, open_procedure, register_dispute
from cases.actions.steps import take
from cases.models import Dispute, Procedure
from cases.states import Kind, Source
from foundations.access.errors import RuleBroken
from services.deadlines.models import Deadline

SHANGHAI = ZoneInfo("Asia/Shanghai")
AT = datetime(2026, 11, 2, 10, tzinfo=SHANGHAI)
DAY = date(2026, 11, 2)


@pytest.fixture
def dispute(city) -> Dispute:
    words = DisputeWords(
        registered_by=city.organizations["justice"],
        agency=city.organizations["agency"],
        source=Source.WINDOW,
        area="land",
        act_kind="行政处罚",
        act="责令退还非法占用的土地",
        parties=[PartyWords("natural", "张三"), PartyWords("legal", "某某建材有限公司")],
        filed_on=DAY,
    )
    actor = city.users["gov_officer"]
    return register_dispute(city.mechanism.pk, actor=actor, at=AT, words=words)


def step(procedure: Procedure, key: str, actor, on: date, **given) -> Procedure:
    at = datetime(on.year, on.month, on.day, 15, tzinfo=SHANGHAI)
    return take(procedure.pk, key, actor=actor, at=at, on=on, given=given)


def test_a_registered_dispute_masks_the_person(dispute):
    assert dispute.title.startswith("张某等与")
    assert [party.shown_name for party in dispute.parties.all()] == ["张某", "某某建材有限公司"]
    assert dispute.procedures.get().state == "registered"


def test_a_reconsideration_runs_on_its_dates(city, dispute):
    officer = city.users["gov_officer"]
    at = datetime(2026, 11, 3, 9, tzinfo=SHANGHAI)
    procedure = open_procedure(
        dispute.pk,
        Kind.RECONSIDERATION,
        organ=city.organizations["gov"],
        actor=officer,
        at=at,
        on=date(2026, 11, 3),
        given={"source": "window"},
    )
    limit = Deadline.objects.get(rule="FY-ACCEPT")
    assert limit.due_on == date(2026, 11, 10)
    step(procedure, "examine", officer, date(2026, 11, 4))
    step(
        procedure,
        "accept",
        officer,
        date(2026, 11, 6),
        number="试府复〔2026〕1号",
        track="ordinary",
    )
    limit.refresh_from_db()
    assert limit.state == "met"
    step(procedure, "send", officer, date(2026, 11, 9))
    due = dict(Deadline.objects.open().values_list("rule", "due_on"))
    assert due == {"FY-DEC": date(2027, 1, 5), "FY-ANS": date(2026, 11, 23)}
    with pytest.raises(RuleBroken) as broken:
        step(procedure, "decide", officer, date(2026, 11, 12), mode="upheld")
    assert broken.value.code == "bad_transition"
