"""What the law wants before a step, and who is proposed to be sued after a reconsideration."""

from datetime import date

import pytest

from cases.defendants import defendants_after
from cases.flow.guards import GUARDS
from cases.flow.table import tables
from cases.models import Procedure
from foundations.access.errors import RuleBroken
from tests.disputes import (
    accepted,
    agency_part,
    dispute,
    filed,
    higher_court,
    opened,
    party_part,
    reconsideration,
    stepped,
    suit,
)

MARCH_3, MARCH_4, MARCH_5 = (date(2026, 3, n) for n in (3, 4, 5))
APRIL_10 = date(2026, 4, 10)


def refused(call, *args, **given) -> tuple[str, str]:
    with pytest.raises(RuleBroken) as broken:
        call(*args, **given)
    return broken.value.code, broken.value.field


def reviewed(city, of=None, track="ordinary", n=1) -> Procedure:
    procedure = accepted(reconsideration(city, of), MARCH_3, track, n)
    stepped(procedure, "send", MARCH_3)
    return stepped(procedure, "answered", MARCH_4, respondent=agency_part(procedure))


def tried(city, of=None, **given) -> Procedure:
    procedure = filed(suit(city, of, **given), MARCH_3)
    return stepped(procedure, "send", MARCH_3, served_party=agency_part(procedure))


def test_every_guard_of_the_tables_is_there_and_every_guard_is_needed():
    needed = {
        need for table in tables().values() for s in table.steps.values() for need in s.needs
    }
    assert needed == GUARDS.keys()


def test_a_supplement_is_asked_for_once(city):
    procedure = reconsideration(city)
    stepped(procedure, "ask_supplement", MARCH_3, missing_items=["身份证明"])
    stepped(procedure, "supplemented", MARCH_4)
    given = {"missing_items": ["授权委托书"]}
    assert refused(stepped, procedure, "ask_supplement", MARCH_4, **given)[0] == "only_once"


def test_the_parties_are_heard_in_the_ordinary_procedure(city):
    procedure = reviewed(city)
    given = {"mode": "upheld"}
    found = refused(stepped, procedure, "decide", MARCH_5, **given)
    assert found == ("not_heard", "reason")
    stepped(procedure, "heard", MARCH_5, method="video", note="听取意见")
    assert stepped(procedure, "decide", MARCH_5, **given).mode == "upheld"


def test_nobody_need_be_heard_in_the_simplified_procedure(city):
    procedure = reviewed(city, track="simplified")
    assert stepped(procedure, "decide", MARCH_5, mode="upheld").mode == "upheld"


def test_a_court_that_has_filed_it_has_it(city):
    of = dispute(city)
    suit(city, of)
    procedure = reconsideration(city, of)
    filed(of.procedures.get(kind="first_instance"), MARCH_3)
    given = {"number": "试府复〔2026〕9号", "track": "ordinary"}
    assert refused(stepped, procedure, "accept", MARCH_4, **given)[0] == "in_court"


def test_no_suit_while_reconsideration_goes_on_in_time(city):
    procedure = accepted(reconsideration(city), MARCH_3)
    of = procedure.dispute
    assert refused(suit, city, of, MARCH_4)[0] == "in_reconsideration"
    # the time to decide ended on May 6: whoever got no decision may sue
    assert suit(city, of, date(2026, 5, 7)).state == "received"


@pytest.mark.parametrize(
    ("reason", "code"), [("", "reconsideration_first"), ("不属于前置情形", None)]
)
def test_reconsideration_comes_first(city, reason, code):
    procedure = suit(city, dispute(city, reconsideration_first="未履行法定职责"))
    given = {"number": "（2026）鄂0199行初1号", "track": "ordinary", "reason": reason}
    if code:
        assert refused(stepped, procedure, "file", MARCH_3, **given) == (code, "reason")
    else:
        assert stepped(procedure, "file", MARCH_3, **given).state == "filed"


def test_after_reconsideration_the_court_files_it(city):
    procedure = reviewed(city, dispute(city, reconsideration_first="未履行法定职责"))
    stepped(procedure, "decide", MARCH_5, mode="upheld", reason="无法联系")
    other = suit(city, procedure.dispute, MARCH_5)
    assert filed(other, MARCH_5).state == "filed"


def test_there_is_one_open_first_instance(city):
    procedure = tried(city)
    assert refused(suit, city, procedure.dispute, MARCH_4)[0] == "open_suit"
    stepped(procedure, "pronounce", MARCH_4, mode="deemed_withdrawn")
    assert suit(city, procedure.dispute, MARCH_5).state == "received"


@pytest.mark.parametrize(
    ("act_kind", "suit_kind", "reason", "allowed"),
    [
        ("行政处罚", "ordinary", "", False),
        ("行政处罚", "ordinary", "处罚金额的裁量", True),
        ("行政赔偿", "ordinary", "", True),
        ("行政处罚", "compensation", "", True),
        ("行政处罚", "with_compensation", "", True),
    ],
)
def test_what_may_be_mediated_in_court(city, act_kind, suit_kind, reason, allowed):
    """行诉法 60; other settlements are withdrawn suits (62)."""
    procedure = tried(city, dispute(city, act_kind=act_kind), suit_kind=suit_kind)
    given = {"mode": "mediated", "reason": reason}
    if allowed:
        assert stepped(procedure, "pronounce", MARCH_4, **given).mode == "mediated"
    else:
        found = refused(stepped, procedure, "pronounce", MARCH_4, **given)
        assert found == ("not_mediable", "reason")


def served(city) -> Procedure:
    procedure = tried(city)
    stepped(procedure, "pronounce", MARCH_4, mode="revoked")
    return stepped(procedure, "serve", MARCH_5, served_party=agency_part(procedure))


def test_an_appeal_before_service(city):
    procedure = served(city)
    given = {"party": party_part(procedure)}
    assert refused(stepped, procedure, "appeal", MARCH_5, **given) == ("not_served", "party")


def test_an_appeal_too_late(city):
    procedure = served(city)
    given = {"party": agency_part(procedure)}
    # fifteen days ended on March 20
    late = date(2026, 3, 23)
    assert refused(stepped, procedure, "appeal", late, **given) == ("appeal_late", "reason")
    given |= {"reason": "邮寄在途"}
    assert stepped(procedure, "appeal", late, **given).state == "appealed"


def test_no_second_instance_without_an_appeal(city):
    procedure = served(city)
    given = {"earlier": procedure, "number": "（2026）鄂01行终1号"}
    court = higher_court(city)
    call = (opened, city, "second_instance", procedure.dispute, court, MARCH_5)
    assert refused(*call, **given)[0] == "not_appealed"
    stepped(procedure, "appeal", MARCH_5, party=agency_part(procedure))
    assert opened(*call[1:], **given).state == "received"


@pytest.mark.parametrize(("on", "late"), [(date(2028, 4, 10), False), (date(2028, 4, 11), True)])
def test_enforcement_within_two_years(city, on, late):
    procedure = tried(city)
    stepped(procedure, "pronounce", MARCH_4, mode="payment", performance_due=APRIL_10)
    given = {"earlier": procedure, "number": "（2028）鄂0199执1号", "executor": "court"}
    call = (opened, city, "enforcement", procedure.dispute, "court", on)
    if late:
        assert refused(*call, **given) == ("enforcement_late", "reason")
        given["because"] = "时效中断"
    enforcement = opened(*call[1:], **given)
    roles = {str(one): one.role for one in enforcement.participants.all()}
    assert roles["张某"], roles["市综合执法局"] == ("enforcing", "enforced")


def test_what_was_settled_is_not_applied_for_again(city):
    procedure = accepted(reconsideration(city), MARCH_3)
    stepped(procedure, "end", MARCH_4, mode="ended_settled")
    other = reconsideration(city, procedure.dispute, MARCH_5)
    given = {"number": "试府复〔2026〕2号", "track": "ordinary"}
    assert refused(stepped, other, "accept", MARCH_5, **given) == ("settled_before", "reason")
    given["reason"] = "撤回违背真实意愿"
    assert stepped(other, "accept", MARCH_5, **given).state == "accepted"


BOTH, ORGAN, AGENCY = ("市综合执法局", "市政府"), ("市政府",), ("市综合执法局",)
DEFENDANTS = (
    ("upheld", "", BOTH),
    ("claims_dismissed", "", BOTH),
    ("application_dismissed", "", AGENCY),
    ("revoked", "", ORGAN),
    ("revoked_redo", "", ORGAN),
    ("partly_revoked", "", BOTH),
    ("changed", "", ORGAN),
    ("void", "", ORGAN),
    ("ordered", "", ORGAN),
    ("unlawful", "procedure", BOTH),
    ("unlawful", "evidence", ORGAN),
    ("unlawful", "", ORGAN),
    ("mediated", "", None),
)


@pytest.mark.parametrize(("mode", "ground", "expected"), DEFENDANTS)
def test_who_is_sued_after_a_reconsideration(city, mode, ground, expected):
    """R-5, M3: 行诉法 26, 解释 22, 133, 134."""
    procedure = reviewed(city)
    given = {"mode": mode, "ground_of_loss": ground, "reason": "无法听取"}
    procedure = stepped(procedure, "decide", MARCH_5, **given)
    proposal = defendants_after(procedure, MARCH_5)
    if expected is None:
        assert proposal is None
        return
    assert tuple(one.short_name for one in proposal.agencies) == expected
    assert "第" in proposal.ground


@pytest.mark.parametrize(
    ("on", "expected"), [(date(2026, 5, 6), None), (date(2026, 5, 7), AGENCY)]
)
def test_who_is_sued_for_silence(city, on, expected):
    """行诉法 26(3): the agency for the act, or the organ for its silence."""
    procedure = accepted(reconsideration(city), MARCH_3)
    proposal = defendants_after(procedure, on)
    if expected is None:
        assert proposal is None
        return
    assert tuple(one.short_name for one in proposal.agencies) == expected
    assert [one.short_name for one in proposal.instead] == ["市政府"]


def test_the_proposal_becomes_the_defendants(city):
    procedure = reviewed(city)
    procedure = stepped(procedure, "decide", MARCH_5, mode="upheld", reason="无法听取")
    proposal = defendants_after(procedure, MARCH_5)
    given = {"agencies": proposal.agencies, "earlier": procedure, "reason": "不服复议"}
    trial = suit(city, procedure.dispute, MARCH_5, **given)
    defendants = [str(one) for one in trial.participants.filter(role="defendant")]
    assert defendants == ["市综合执法局", "市政府"]
    filed(trial, MARCH_5)
    for one in trial.participants.filter(role="defendant"):
        trial = stepped(trial, "send", MARCH_5, served_party=one)
    assert trial.state == "answering"
