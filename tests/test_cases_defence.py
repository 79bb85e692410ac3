"""A government that is sued answers by its own side: units, papers, seals, powers, corrections."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from cases.actions.corrections import (
    CorrectionWords,
    decide_tolerance,
    propose_tolerance,
    record_correction,
)
from cases.actions.defence import (
    DefenceWords,
    PaperWords,
    SealWords,
    answer_seal,
    ask_seal,
    organize_defence,
    receive_paper,
    route_paper,
    write_strategy,
)
from cases.actions.plans import AuthorityWords, decide_authority
from cases.actions.powers import PowerWords, give_power, revoke_power
from cases.models import Defence, PowerOfAttorney, SelfCorrection
from foundations.access.errors import RuleBroken
from foundations.access.policy import visible_to
from foundations.audit.models import AuditEntry
from tests.disputes import account, dispute, limits, moment, suit, unit

DAY = date(2026, 3, 6)
AT = moment(DAY, 16)
NEEDED = date(2026, 3, 12)
SECRET = "可以让步到退还全部罚款"


def sued(city):
    """A suit against the government and its agency."""
    made = dispute(city)
    units = [city.organizations[key] for key in ("gov", "agency")]
    return suit(city, made, agencies=units)


def defence(city, case=None, actor="gov_officer", **changes) -> Defence:
    given = {
        "organization": city.organizations["gov"],
        "handled_by": city.organizations["agency"],
        "named_on": DAY,
    }
    words = DefenceWords(**{**given, **changes})
    case = case or sued(city)
    return organize_defence(case.pk, actor=city.users[actor], at=AT, words=words)


def test_the_bureau_names_the_handling_unit_and_no_court_reads_it(city):
    made = defence(city)
    write_strategy(
        made.pk,
        actor=city.users["agency_contact"],
        at=AT,
        strategy=SECRET,
        experts_on=DAY,
        experts="王教授",
        advice="程序有瑕疵",
    )

    readers = {key for key, user in city.users.items() if visible_to(user, Defence).exists()}
    assert readers == {
        "gov_officer",
        "gov_deputy",
        "gov_convenor",
        "recorder",
        "agency_contact",
    }
    assert SECRET not in str(list(AuditEntry.objects.values_list("data", flat=True)))


def test_only_the_bureau_names_it(city):
    with pytest.raises(PermissionDenied):
        defence(city, actor="agency_contact")
    with pytest.raises(PermissionDenied):
        defence(city, actor="court_officer")


REFUSED = {
    "an agency is sued": ({"organization": "agency"}, "not_sued"),
    "a court handles it": ({"handled_by": "court"}, "not_government"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused(city, name):
    changes, code = REFUSED[name]
    given = {field: city.organizations[key] for field, key in changes.items()}

    with pytest.raises(RuleBroken) as refused:
        defence(city, **given)
    assert refused.value.code == code


def test_papers_are_signed_for_and_seals_asked_in_time(city):
    made = defence(city)
    words = PaperWords("complaint", "应诉通知书", city.organizations["agency"], DAY)
    paper = route_paper(made.pk, actor=city.users["gov_officer"], at=AT, words=words)
    with pytest.raises(PermissionDenied):
        receive_paper(paper.pk, actor=city.users["gov_officer"], at=AT)
    assert receive_paper(paper.pk, actor=city.users["agency_contact"], at=AT).received_on == DAY

    contact, seal_words = city.users["agency_contact"], SealWords("答辩状", NEEDED, 2)
    seal = ask_seal(made.pk, actor=contact, at=AT, words=seal_words)
    assert limits(seal) == {"SEAL": NEEDED}
    with pytest.raises(PermissionDenied):
        answer_seal(seal.pk, actor=contact, at=AT, on=DAY, sealed=True)
    done = answer_seal(seal.pk, actor=city.users["gov_officer"], at=AT, on=DAY, sealed=True)
    assert (done.state, limits(seal)) == ("sealed", {})


def test_a_paper_goes_to_no_court(city):
    made = defence(city)
    words = PaperWords("answer", "答辩状", city.organizations["court"], DAY)
    with pytest.raises(RuleBroken) as refused:
        route_paper(made.pk, actor=city.users["gov_officer"], at=AT, words=words)
    assert refused.value.code == "not_in_defence"


def power(city, case, **changes) -> PowerOfAttorney:
    given = {
        "organization": city.organizations["agency"],
        "agent": "孙启明",
        "post": "市综合执法局法规科",
        "issued_on": DAY,
    }
    words = PowerWords(**{**given, **changes})
    return give_power(case.pk, actor=city.users["agency_contact"], at=AT, words=words)


def decided(city, case, **changes) -> None:
    given = {"holder": "孙启明", "studied_on": DAY, "decided_by": "局长办公会"}
    words = AuthorityWords(**{**given, **changes})
    decide_authority(
        case.dispute.pk,
        actor=city.users["agency_contact"],
        at=AT,
        organization=city.organizations["agency"],
        words=words,
    )


SPECIAL = {"special": True, "limits": "可就罚款数额和解", "may_settle": True}
POWERS = {
    "not special": ({"may_settle": True}, "not_special"),
    "not concrete": ({"special": True}, "not_concrete"),
    "more than was decided": ({**SPECIAL, "cap": Decimal(50001)}, "beyond_authority"),
    "the act too": ({**SPECIAL, "may_change_act": True}, "beyond_authority"),
    "tomorrow": ({"issued_on": date(2026, 3, 7)}, "future"),
}


@pytest.mark.parametrize("name", POWERS)
def test_a_power_stays_within_what_was_decided(city, name):
    changes, code = POWERS[name]
    case = suit(city)
    decided(city, case, may_settle=True, cap=Decimal(50000))

    with pytest.raises(RuleBroken) as refused:
        power(city, case, **changes)
    assert refused.value.code == code
    assert power(city, case, **SPECIAL, cap=Decimal(50000)).amount == Decimal(50000)


def test_without_a_decision_nothing_may_be_settled(city):
    with pytest.raises(RuleBroken) as refused:
        power(city, suit(city), **SPECIAL)
    assert refused.value.code == "no_authority"


def test_two_agents_at_most_and_a_power_is_read_by_its_own_side(city):
    case = suit(city)
    first = power(city, case)
    power(city, case, agent="李律师")
    with pytest.raises(RuleBroken) as refused:
        power(city, case, agent="第三人")
    assert refused.value.code == "two_agents"
    revoke_power(first.pk, actor=city.users["agency_contact"], at=AT, on=DAY)
    assert power(city, case, agent="第三人").pk

    assert not visible_to(city.users["court_officer"], PowerOfAttorney).exists()
    assert visible_to(city.users["gov_officer"], PowerOfAttorney).count() == 3


def corrected(city, of=None, **changes) -> SelfCorrection:
    given = {
        "organization": city.organizations["agency"],
        "kind": "withdrawn",
        "on": DAY,
        "what": "撤销责令限期拆除决定",
        "own_initiative": True,
    }
    words = CorrectionWords(**{**given, **changes})
    return record_correction(
        (of or dispute(city)).pk, actor=city.users["agency_contact"], at=AT, words=words
    )


@pytest.mark.parametrize(
    "changes", [{"own_initiative": False}, {"serious": True}, {"kind": "changed"}]
)
def test_tolerance_is_for_what_the_clause_names(city, changes):
    made = corrected(city, **changes)

    with pytest.raises(RuleBroken) as refused:
        propose_tolerance(made.pk, actor=city.users["agency_contact"], at=AT, grounds="主动纠错")
    assert refused.value.code == "not_tolerable"


def test_tolerance_is_proposed_by_the_agency_and_decided_by_another(city):
    made = corrected(city)
    assert made.tolerance == ""
    contact = city.users["agency_contact"]
    propose_tolerance(made.pk, actor=contact, at=AT, grounds="主动撤销，未造成影响")

    given = {"at": AT, "on": DAY, "granted": True, "decided_by": "区纪委", "decision": "符合"}
    with pytest.raises(PermissionDenied):
        decide_tolerance(made.pk, actor=contact, **given)
    done = decide_tolerance(made.pk, actor=city.users["gov_officer"], **given)
    assert done.tolerance == "granted"


def test_a_correction_is_read_by_the_agency_and_the_bureau_alone(city):
    corrected(city)
    unit(city, "parks", "试验市园林局", "市园林局")

    for user in (city.users["court_officer"], account(city, "parks_clerk", "parks")):
        assert not visible_to(user, SelfCorrection).exists()
    for key in ("agency_contact", "gov_officer"):
        assert visible_to(city.users[key], SelfCorrection).exists()
