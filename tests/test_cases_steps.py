"""What may be recorded of a procedure: on which day, by whom, with what, and what stays."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from cases.actions.participants import (
    add_agency_to,
    add_party_to,
    add_third_party,
    remove_participant,
    replace_participant,
    serve_on,
)
from cases.models import Event, Procedure
from foundations.access.errors import RuleBroken
from foundations.audit.models import AuditEntry
from tests.disputes import (
    FILED,
    accepted,
    agency_part,
    dispute,
    filed,
    limits,
    moment,
    opened,
    party_part,
    procuratorate,
    reconsideration,
    stepped,
    suit,
    unit,
    worker,
)
from tests.letters import ceased

MARCH_3, MARCH_4, MARCH_20 = date(2026, 3, 3), date(2026, 3, 4), date(2026, 3, 20)


def broken_by(call, *args, **kwargs) -> tuple[str, str]:
    """Code and field of the rule that the call breaks; nothing is written then."""
    before = (Event.objects.count(), AuditEntry.objects.count(), Procedure.objects.count())
    with pytest.raises(RuleBroken) as broken:
        call(*args, **kwargs)
    after = (Event.objects.count(), AuditEntry.objects.count(), Procedure.objects.count())
    assert before == after
    return broken.value.code, broken.value.field


# Days


def test_what_was_recorded_at_once_is_not_flagged(city):
    procedure = stepped(reconsideration(city), "examine", MARCH_3)
    event = procedure.events.last()
    assert (event.on, event.backdated, event.reason) == (MARCH_3, False, "")
    assert (event.before, event.after) == ("received", "examining")


def test_a_record_of_long_ago_says_why_and_is_flagged(city):
    procedure = reconsideration(city)
    late = {"recorded": MARCH_20}
    assert broken_by(stepped, procedure, "examine", MARCH_3, **late) == ("why_late", "reason")
    stepped(procedure, "examine", MARCH_3, late="纸质材料后补", **late)
    event = procedure.events.last()
    assert (event.on, event.backdated, event.reason) == (MARCH_3, True, "纸质材料后补")


@pytest.mark.parametrize(
    ("recorded", "backdated"), [(date(2026, 3, 10), False), (date(2026, 3, 11), True)]
)
def test_five_working_days_are_usual(city, recorded, backdated):
    procedure = reconsideration(city)
    stepped(procedure, "examine", MARCH_3, recorded=recorded, late="后补")
    assert procedure.events.last().backdated is backdated


def test_out_of_order_needs_a_reason(city):
    procedure = accepted(reconsideration(city), date(2026, 3, 5))
    stepped(procedure, "send", date(2026, 3, 6))
    given = {"method": "phone", "note": "听取意见"}
    found = broken_by(stepped, procedure, "heard", MARCH_4, **given)
    assert found == ("why_late", "reason")
    stepped(procedure, "heard", MARCH_4, late="当时漏记", **given)
    assert [one.step for one in procedure.events.all()][-1] == "send"
    assert procedure.events.get(step="heard").backdated


def test_the_reason_that_a_step_asks_for_serves_for_lateness_too(city):
    procedure = accepted(reconsideration(city), MARCH_3)
    stepped(procedure, "suspend", MARCH_3, recorded=MARCH_20, ground="death", reason="申请人死亡")
    event = procedure.events.last()
    assert (event.backdated, event.reason) == (True, "申请人死亡")


@pytest.mark.parametrize(
    ("on", "recorded", "code"),
    [(MARCH_4, MARCH_3, "future"), (date(2026, 3, 1), MARCH_3, "too_early")],
)
def test_impossible_days(city, on, recorded, code):
    procedure = reconsideration(city)
    found = broken_by(stepped, procedure, "examine", on, recorded=recorded)
    assert found == (code, "on")


def test_an_opening_of_long_ago_says_why(city):
    of = dispute(city)
    given = {"source": "window", "recorded": MARCH_20}
    found = broken_by(opened, city, "reconsideration", of, "gov", MARCH_3, **given)
    assert found == ("why_late", "late")


def test_a_paper_that_is_registered_late_is_flagged(city):
    of = dispute(city)
    events = of.procedures.get().events
    assert not events.filter(backdated=True).exists()


# What stays


def test_what_happened_is_never_changed_nor_deleted(city):
    event = reconsideration(city).events.first()
    event.reason = "改写"
    with pytest.raises(TypeError):
        event.save()
    with pytest.raises(TypeError):
        event.delete()
    assert Event.objects.get(pk=event.pk).reason == ""


def test_facts_are_kept_without_names(city):
    procedure = filed(suit(city), MARCH_3)
    party = party_part(procedure)
    stepped(procedure, "send", MARCH_4, served_party=party)
    assert procedure.events.get(step="send").facts == {"served_party": party.public_id}


# Numbers


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("(2026)鄂0199行初8号", None),
        ("（2026）鄂0199行终8号", "wrong_type"),
        ("（2026）鄂0199民初8号", "wrong_type"),
        ("试府复〔2026〕8号", "other_series"),
        ("没有案号", "bad_number"),
        ("（2014）试行初字第8号", None),
        ("（2026）鄂0199行赔初8号", None),
    ],
)
def test_the_number_of_a_suit(city, number, code):
    procedure = suit(city)
    given = {"number": number, "track": "ordinary"}
    if code is None:
        assert stepped(procedure, "file", MARCH_3, **given).number.startswith("（20")
        return
    assert broken_by(stepped, procedure, "file", MARCH_3, **given) == (code, "number")


@pytest.mark.parametrize("typed", ["(2026) 鄂0199行初8号", "（2026）鄂0199行初8号"])
def test_one_number_names_one_suit_of_a_court(city, typed):
    filed(suit(city), MARCH_3, n=8)
    other = suit(city, dispute(city))
    with pytest.raises(RuleBroken) as broken:
        stepped(other, "file", MARCH_3, number=typed, track="ordinary")
    assert (broken.value.code, broken.value.field) == ("number_used", "number")
    assert "已用于" in str(broken.value)
    other.refresh_from_db()
    assert other.number == ""


# What a step is given


@pytest.mark.parametrize(
    ("step", "given", "field", "code"),
    [
        ("accept", {"track": "ordinary"}, "number", "missing"),
        ("accept", {"number": "试府复〔2026〕1号"}, "track", "missing"),
        ("accept", {"number": "试府复〔2026〕1号", "track": "快速"}, "track", "bad_value"),
        ("accept_first", {"missing_items": ["委托书"]}, "number", "missing"),
        ("ask_supplement", {"missing_items": [" "]}, "missing_items", "bad_value"),
        ("ask_supplement", {"missing_items": []}, "missing_items", "missing"),
        ("refuse", {"reason": 5}, "reason", "bad_value"),
        ("examine", {"handler": "李文静"}, "handler", "bad_value"),
    ],
)
def test_errors_stand_beside_their_fields(city, step, given, field, code):
    procedure = reconsideration(city)
    assert broken_by(stepped, procedure, step, MARCH_3, **given) == (code, field)


@pytest.mark.parametrize("value", ["四月", "2026-13-01", 7])
def test_a_day_that_is_none(city, value):
    procedure = reconsideration(city)
    given = {"number": "试府复〔2026〕1号", "track": "ordinary", "missing_items": ["委托书"]}
    found = broken_by(stepped, procedure, "accept_first", MARCH_3, missing_due=value, **given)
    assert found == ("bad_value", "missing_due")


@pytest.mark.parametrize("value", ["三十", 0, -3, "x"])
def test_a_number_that_is_none(city, value):
    procedure = accepted(reconsideration(city), MARCH_3)
    stepped(procedure, "send", MARCH_3)
    found = broken_by(stepped, procedure, "extend", MARCH_4, length_days=value, reason="复杂")
    assert found == ("bad_value", "length_days")


def test_nobody_asks_for_it(city):
    with pytest.raises(ValueError, match="nothing asks"):
        stepped(reconsideration(city), "examine", MARCH_3, state="decided")


def test_who_takes_part_elsewhere_is_not_served_here(city):
    procedure = filed(suit(city), MARCH_3)
    stranger = agency_part(suit(city, dispute(city)))
    found = broken_by(stepped, procedure, "send", MARCH_3, served_party=stranger)
    assert found == ("other_procedure", "served_party")


@pytest.mark.parametrize(
    ("mode", "code"),
    [("suit_dismissed", "no_such_mode"), ("", "no_such_mode"), ("not_accepted", "no_such_mode")],
)
def test_a_closing_mode_that_the_procedure_does_not_have(city, mode, code):
    procedure = accepted(reconsideration(city), MARCH_3)
    stepped(procedure, "send", MARCH_3)
    stepped(procedure, "review", MARCH_4, reason="未答复")
    given = {"mode": mode, "reason": "无法听取"}
    assert broken_by(stepped, procedure, "decide", MARCH_4, **given) == (code, "mode")


def test_an_old_mode_comes_by_import_alone(city):
    procedure = filed(suit(city), MARCH_3)
    stepped(procedure, "send", MARCH_3, served_party=agency_part(procedure))
    found = broken_by(stepped, procedure, "pronounce", MARCH_4, mode="upheld_legacy")
    assert found == ("no_such_mode", "mode")


def test_who_saw_an_older_version_writes_nothing(city):
    procedure = reconsideration(city)
    stepped(procedure, "examine", MARCH_3)
    found = broken_by(stepped, procedure, "refuse", MARCH_3, version=procedure.version)
    assert found[0] == "stale"


# Who may record


@pytest.mark.parametrize(
    ("kind", "who", "may"),
    [
        ("reconsideration", "gov_officer", True),
        ("reconsideration", "court_officer", False),
        ("reconsideration", "agency_contact", False),
        ("reconsideration", "gov_convenor", False),
        ("reconsideration", "system_admin", False),
        ("suit", "court_officer", True),
        ("suit", "gov_officer", False),
        ("suit", "agency_contact", False),
        ("suit", "court_convenor", False),
    ],
)
def test_an_organ_records_by_its_own_people(city, kind, who, may):
    procedure = reconsideration(city) if kind == "reconsideration" else suit(city)
    if may:
        assert stepped(procedure, "examine", MARCH_3, actor=city.users[who]).state == "examining"
        return
    with pytest.raises(PermissionDenied):
        stepped(procedure, "examine", MARCH_3, actor=city.users[who])
    assert Procedure.objects.get(pk=procedure.pk).state == procedure.state


def test_the_respondent_records_its_own_answer(city):
    procedure = accepted(reconsideration(city), MARCH_3)
    stepped(procedure, "send", MARCH_3)
    part, contact = agency_part(procedure), city.users["agency_contact"]
    assert stepped(procedure, "answered", MARCH_4, respondent=part, actor=contact).state == (
        "reviewing"
    )


# Who takes part


def test_a_co_respondent_joins_and_answers_in_its_own_time(city):
    procedure = accepted(reconsideration(city), MARCH_3)
    stepped(procedure, "send", MARCH_3)
    other = unit(city, "natural", "试验市自然资源和规划局", "市自然资源局")
    actor = city.users["gov_officer"]
    on = date(2026, 3, 9)
    given = {"actor": actor, "at": moment(on, 15), "on": on, "organization": other}
    part = add_agency_to(procedure.pk, **given)
    assert part.role == "respondent"
    assert limits(procedure)["FY-ANS"] == date(2026, 3, 23)
    assert procedure.dispute.access.filter(principal=f"o{other.pk}").exists()
    event = procedure.events.last()
    assert (event.step, event.name) == ("joined", "市自然资源局参加（被申请人）")
    assert broken_by(add_agency_to, procedure.pk, **given) == ("in_already", "organization")
    left = {"actor": actor, "at": moment(on, 16), "on": on, "reason": "列错"}
    remove_participant(part.pk, **left)
    assert not procedure.dispute.access.filter(principal=f"o{other.pk}").exists()
    assert limits(procedure)["FY-ANS"] == date(2026, 3, 17)
    remaining = agency_part(procedure)
    assert broken_by(remove_participant, remaining.pk, **left)[0] == "last_one"


def test_third_parties_and_what_cannot_be_taken_back(city):
    of = dispute(city)
    first, second = of.parties.all()
    procedure = suit(city, of, claimants=[first])
    procedure = filed(procedure, MARCH_3)
    clerk = worker(city, procedure.organ)
    given = {"actor": clerk, "at": moment(MARCH_4, 15), "on": MARCH_4}
    part = add_third_party(procedure.pk, entrant=second, **given)
    assert (part.role, str(part)) == ("third_party", "试验建材有限公司")
    stranger = dispute(city).parties.first()
    found = broken_by(add_party_to, procedure.pk, party=stranger, **given)
    assert found == ("other_dispute", "party")
    stepped(procedure, "send", MARCH_4, served_party=part)
    found = broken_by(remove_participant, part.pk, reason="列错", **given)
    assert found[0] == "served"
    with pytest.raises(PermissionDenied):
        add_party_to(procedure.pk, party=second, **{**given, "actor": city.users["gov_officer"]})


def test_the_successor_of_an_agency_takes_its_place(city):
    old, new = ceased(city, date(2026, 3, 10))
    procedure = suit(city, dispute(city, agency=old))
    part = agency_part(procedure)
    clerk = worker(city, procedure.organ)
    given = {"actor": clerk, "reason": "机构改革"}
    early = {**given, "at": moment(MARCH_4, 15), "on": MARCH_4, "entrant": new}
    assert broken_by(replace_participant, part.pk, **early) == ("not_ceased", "entrant")
    later = {**given, "at": moment(MARCH_20, 15), "on": MARCH_20}
    other = city.organizations["agency"]
    found = broken_by(replace_participant, part.pk, entrant=other, **later)
    assert found == ("no_successor", "entrant")
    replace_participant(part.pk, entrant=new, **later)
    part.refresh_from_db()
    assert part.organization == new
    assert procedure.events.last().name == "市自然资源局承继市规划局（被告）"


def test_service_of_the_paper_is_told_of_the_participant(city):
    procedure = filed(suit(city), MARCH_3)
    stepped(procedure, "send", MARCH_3, served_party=agency_part(procedure))
    stepped(procedure, "pronounce", MARCH_4, mode="revoked")
    part = party_part(procedure)
    given = {"actor": worker(city, procedure.organ), "at": moment(MARCH_4, 16), "on": MARCH_4}
    serve_on(part.pk, **given)
    part.refresh_from_db()
    assert part.served_on == MARCH_4
    found = broken_by(add_party_to, procedure.pk, party=part.party, **given)
    assert found[0] == "closed"


def test_a_procuratorate_sues_in_the_public_interest(city):
    """行诉法 25: after its advice has not helped."""
    made, of = procuratorate(city), dispute(city, act_kind="行政公益诉讼")
    given = {"claimants": [made], "suit_kind": "public_interest"}
    with pytest.raises(RuleBroken) as broken:
        suit(city, of, MARCH_20, **given)
    assert (broken.value.code, broken.value.field) == ("not_advised", "reason")
    number = {"number": "试检行公建〔2026〕1号", "actor": None}
    advice = opened(city, "supervision", of, made, FILED, **number)
    stepped(advice, "close", MARCH_3, mode="advice")
    procedure = suit(city, of, MARCH_20, earlier=advice, reason="公益诉讼起诉", **given)
    roles = {str(one): one.get_role_display() for one in procedure.participants.all()}
    assert roles == {"市检察院": "公益诉讼起诉人", "市综合执法局": "被告"}
    assert of.access.filter(principal=f"o{made.pk}").exists()


def test_only_a_procuratorate_sues_as_an_organ(city):
    of = dispute(city)
    found = broken_by(suit, city, of, claimants=[city.organizations["agency"]])
    assert found == ("no_party", "claimants")
