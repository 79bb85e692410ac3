"""A hearing from its day to its record: set, told, called to, put off, held, recorded."""

from datetime import date, time

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile

from cases.actions import appearances, attending, hearings, preparations
from cases.actions.hearings import HearingWords
from cases.models import Appearance, Hearing, Preparation
from foundations.access.errors import RuleBroken
from foundations.access.policy import visible_to
from foundations.notifications.models import Notice
from services.deadlines.models import Deadline
from tests.disputes import accepted, dispute, filed, limits, moment, reconsideration, stepped, suit

FILED, TOLD, SET = date(2026, 3, 9), date(2026, 3, 30), date(2026, 3, 25)
DAY = date(2026, 4, 8)
"""A Wednesday; three days before it is Sunday the 5th, in the holiday of 清明: no roll."""
WORDS = HearingWords(on=DAY, starts_at=time(9, 30), place="第三法庭")


def court_case(city, track="ordinary", n=1, **given):
    """A first instance in which the defendant was served."""
    procedure = filed(suit(city, **given), FILED, track, n)
    return stepped(procedure, "send", date(2026, 3, 11), served_party=_defendant(procedure))


def _defendant(procedure):
    return procedure.participants.agencies()[0]


def sat(city, procedure, words=WORDS, on=SET, actor="court_officer") -> Hearing:
    return hearings.set_hearing(procedure.pk, actor=city.users[actor], at=moment(on), words=words)


def of(hearing) -> Appearance:
    return hearing.appearances.get()


def held(city, hearing, **given):
    return hearings.hold(
        hearing.pk, actor=city.users["court_officer"], at=moment(DAY, 17), **given
    )


def paper(name="证明.txt"):
    return SimpleUploadedFile(name, "身份证明".encode(), "text/plain")


def broken(code, field=""):
    def check(error):
        assert (error.value.code, error.value.field) == (code, field)

    return check


def test_a_hearing_is_set_with_its_notice_and_the_agency_is_told(city):
    hearing = sat(city, court_case(city))

    assert (hearing.nth, hearing.state, of(hearing).state) == (1, "set", "awaited")
    assert of(hearing).reasons == ["general"]
    assert limits(hearing) == {"XS-CP": date(2026, 4, 5)}
    told = Notice.objects.filter(reason="hearing.set.0")
    assert {note.recipient for note in told} == {
        city.users["agency_contact"],
        city.users["gov_officer"],
    }


NOTICES = [
    pytest.param("ordinary", DAY, date(2026, 4, 5), id="a Sunday of a holiday stays"),
    pytest.param("ordinary", date(2026, 4, 10), date(2026, 4, 7), id="three days before"),
    pytest.param("simplified", DAY, None, id="simplified: no term"),
]


@pytest.mark.parametrize(("track", "on", "due"), NOTICES)
def test_the_summons_counts_backwards(city, track, on, due):
    hearing = sat(city, court_case(city, track), HearingWords(on, time(9), "第三法庭"))

    assert limits(hearing).get("XS-CP") == due


def test_in_reconsideration_five_working_days_and_the_head_shall_come(city):
    procedure = accepted(reconsideration(city), date(2026, 3, 4))
    words = HearingWords(DAY, time(9), "听证室", matters="拆除决定的事实和程序")
    hearing = sat(city, procedure, words, actor="gov_officer")

    assert limits(hearing) == {"FY-HEAR": date(2026, 3, 31)}
    assert of(hearing).reasons == ["reconsideration"]


REFUSED = [
    pytest.param({"on": date(2026, 4, 11)}, "rest_day", "on", id="a Saturday"),
    pytest.param({"on": date(2026, 4, 6)}, "rest_day", "on", id="a holiday on a Monday"),
    pytest.param({"on": date(2026, 3, 6)}, "too_early", "on", id="before the case was filed"),
    pytest.param({"on": date(2026, 3, 27)}, "short_notice", "reason", id="too late to tell"),
    pytest.param({"on": date(2026, 3, 24)}, "why_late", "reason", id="a day that is over"),
]


@pytest.mark.parametrize(("change", "code", "field"), REFUSED)
def test_a_day_on_which_no_hearing_can_be(city, change, code, field):
    procedure = court_case(city)
    words = HearingWords(**{"on": DAY, "starts_at": time(9), "place": "第三法庭", **change})

    with pytest.raises(RuleBroken) as error:
        sat(city, procedure, words)

    broken(code, field)(error)
    assert not Hearing.objects.exists()


def test_a_rest_day_offers_the_next_working_day(city):
    with pytest.raises(RuleBroken, match=r"清明节.*2026年4月7日"):
        sat(city, court_case(city), HearingWords(date(2026, 4, 4), time(9), "第三法庭"))


def test_a_make_up_workday_is_no_rest_day(city):
    words = HearingWords(date(2026, 5, 9), time(9), "第三法庭")

    assert sat(city, court_case(city), words).on == date(2026, 5, 9)


def test_a_day_that_is_over_or_near_takes_a_reason(city):
    procedure = court_case(city)
    near = sat(city, procedure, HearingWords(date(2026, 3, 26), time(9), "庭", reason="各方同意"))
    past = sat(city, procedure, HearingWords(date(2026, 3, 24), time(9), "庭", reason="补录"))

    assert limits(near) == {"XS-CP": date(2026, 3, 23)}
    assert limits(past) == {}


@pytest.mark.parametrize("state", ["received", "suspended", "closed", "mediation"])
def test_where_no_hearing_is_set(city, state):
    procedure = suit(city) if state == "received" else court_case(city)
    if state == "suspended":
        procedure = stepped(procedure, "suspend", date(2026, 3, 20), reason="等待另案结果")
    elif state == "closed":
        procedure = stepped(
            procedure, "pronounce", date(2026, 3, 20), mode="withdrawn_own", reason="撤诉"
        )
    elif state == "mediation":
        procedure = procedure.dispute.procedures.get(kind="intake")

    with pytest.raises((RuleBroken, PermissionDenied)) as error:
        sat(city, procedure)

    codes = {"received": "not_accepted", "suspended": "stopped", "closed": "closed"}
    assert getattr(error.value, "code", None) == codes.get(state)


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("court_officer", True),
        ("gov_officer", False),
        ("agency_contact", False),
        ("court_convenor", False),
    ],
)
def test_only_the_courts_own_people_set_and_hold_a_hearing(city, who, may):
    procedure = court_case(city)
    if may:
        assert sat(city, procedure, actor=who)
        return
    with pytest.raises(PermissionDenied):
        sat(city, procedure, actor=who)


def test_the_parties_are_told_in_time_or_late(city):
    court = city.users["court_officer"]
    hearing = sat(city, court_case(city))
    hearings.tell_parties(hearing.pk, actor=court, at=moment(TOLD), on=TOLD)

    assert Deadline.objects.get(rule="XS-CP").state == "met"
    late = sat(city, court_case(city, n=2), HearingWords(date(2026, 4, 9), time(9), "庭"))
    hearings.tell_parties(late.pk, actor=court, at=moment(date(2026, 4, 7)), on=date(2026, 4, 7))
    assert limits(late) == {}
    assert Deadline.objects.about(late).get().state == "met_late"


def test_a_court_calls_the_head_and_the_agency_signs(city):
    row = of(sat(city, court_case(city)))
    appearances.call_head(
        row.pk,
        actor=city.users["court_officer"],
        at=moment(SET),
        call="notice",
        reasons=["group", "general"],
    )
    assert limits(row) == {"XS-CT": date(2026, 4, 5)}

    appearances.sign_call(row.pk, actor=city.users["agency_contact"], at=moment(TOLD))

    row.refresh_from_db()
    assert (row.called_on, row.reasons) == (TOLD, ["group", "general"])
    assert Deadline.objects.get(rule="XS-CT").state == "met"


def test_a_local_rule_is_named_and_nobody_else_calls(city):
    row = of(sat(city, court_case(city)))
    call = {"call": "suggestion", "reasons": ["local"]}
    with pytest.raises(RuleBroken) as error:
        appearances.call_head(row.pk, actor=city.users["court_officer"], at=moment(SET), **call)
    broken("no_rule", "note")(error)
    with pytest.raises(PermissionDenied):
        appearances.call_head(row.pk, actor=city.users["gov_officer"], at=moment(SET), **call)


SLIPS = [
    ({"coming": True, "name": "李四", "post": "副局长", "level": "deputy"}, None),
    ({"coming": True, "name": "李四", "post": "", "level": "deputy"}, ("no_name", "name")),
    ({"coming": True, "name": "王五", "post": "科长", "level": "other"}, ("not_a_head", "level")),
    (
        {
            "coming": True,
            "name": "王五",
            "post": "分局局长",
            "level": "head",
            "belongs": "subordinate",
        },
        ("not_a_head", "level"),
    ),
    ({"coming": False, "staff": "赵六（法规科科长）"}, None),
    ({"coming": False}, ("no_staff", "staff")),
]


@pytest.mark.parametrize(("slip", "refused"), SLIPS)
def test_the_reply_slip(city, slip, refused):
    row = of(sat(city, court_case(city)))
    send = {"actor": city.users["agency_contact"], "at": moment(TOLD)}
    if refused:
        with pytest.raises(RuleBroken) as error:
            attending.reply(row.pk, words=attending.ReplyWords(**slip), **send)
        broken(*refused)(error)
        return

    attending.reply(
        row.pk, words=attending.ReplyWords(**slip), file=paper(), declared=True, **send
    )

    row.refresh_from_db()
    assert (row.coming, row.identity) == (slip["coming"], "handed")


def test_another_head_needs_another_proof(city):
    row = of(sat(city, court_case(city)))
    send = {"actor": city.users["agency_contact"], "at": moment(TOLD)}
    words = attending.ReplyWords(True, "李四", "副局长", "deputy")
    attending.reply(row.pk, words=words, file=paper(), declared=True, **send)
    attending.reply(row.pk, words=attending.ReplyWords(True, "孙七", "局长", "head"), **send)

    row.refresh_from_db()
    assert (row.planned_name, row.identity) == ("孙七", "none")


def excused(city, row, adjourn=True):
    attending.give_excuse(
        row.pk,
        actor=city.users["agency_contact"],
        at=moment(TOLD),
        file=paper(),
        declared=True,
        words=attending.ExcuseWords("duty", "主持防汛指挥", True, adjourn),
    )
    return attending.decide_excuse(
        row.pk, actor=city.users["court_officer"], at=moment(TOLD), accepted=True
    )


@pytest.mark.parametrize(
    ("words", "file", "refused"),
    [
        (("duty", "", True), True, ("no_excuse", "excuse")),
        (("duty", "主持防汛", False), True, ("unsealed", "sealed")),
        (("duty", "主持防汛", True), False, ("no_proof", "file")),
    ],
)
def test_reasons_need_words_a_seal_and_proof(city, words, file, refused):
    row = of(sat(city, court_case(city)))
    with pytest.raises(RuleBroken) as error:
        attending.give_excuse(
            row.pk,
            actor=city.users["agency_contact"],
            at=moment(TOLD),
            declared=True,
            words=attending.ExcuseWords(*words),
            file=paper() if file else None,
        )
    broken(*refused)(error)


def test_put_off_for_the_head_and_absent_again(city):
    court = city.users["court_officer"]
    first = sat(city, court_case(city))
    later = HearingWords(date(2026, 4, 22), time(9), "第三法庭")
    put_off = {"actor": court, "at": moment(TOLD), "cause": "head", "reason": "负责人防汛"}
    with pytest.raises(RuleBroken) as error:
        hearings.adjourn(first.pk, words=later, **put_off)
    broken("not_asked", "cause")(error)
    excused(city, of(first))

    second = hearings.adjourn(first.pk, words=later, **put_off)

    assert (second.earlier, limits(first)) == (first, {})
    assert of(Hearing.objects.get(pk=first.pk)).state == "off"
    hearings.hold(second.pk, actor=court, at=moment(date(2026, 4, 22), 17))
    appearances.record_appearance(
        of(second).pk,
        actor=court,
        at=moment(date(2026, 4, 22), 18),
        words=appearances.RecordWords(came=False, staff="赵六"),
    )
    assert of(second).breach == "again"


def test_put_off_without_a_day_and_set_again(city):
    court = city.users["court_officer"]
    procedure = court_case(city)
    first = sat(city, procedure)
    hearings.adjourn(first.pk, actor=court, at=moment(TOLD), cause="party", reason="原告住院")

    second = sat(city, procedure, HearingWords(date(2026, 4, 22), time(9), "第三法庭"), TOLD)

    assert (second.earlier, second.nth) == (first, 1)


def test_a_cancelled_hearing_needs_nobody_told(city):
    hearing = sat(city, court_case(city))
    hearings.cancel_hearing(
        hearing.pk, actor=city.users["court_officer"], at=moment(TOLD), reason="撤诉"
    )

    assert (of(hearing).state, limits(hearing)) == ("off", {})


def test_held_it_moves_the_suit_and_is_recorded(city):
    court = city.users["court_officer"]
    procedure = court_case(city)
    hearing = sat(city, procedure)
    with pytest.raises(RuleBroken) as error:
        hearings.hold(hearing.pk, actor=court, at=moment(TOLD))
    broken("too_soon")(error)
    held(city, hearing)

    procedure.refresh_from_db()
    assert (procedure.state, of(hearing).state) == ("hearing", "unrecorded")
    words = appearances.RecordWords(
        True, "李四", "副局长", "deputy", speech=["answer", "resolution"], staff="赵六"
    )
    appearances.record_appearance(of(hearing).pk, actor=court, at=moment(DAY, 18), words=words)
    assert (of(hearing).state, of(hearing).breach) == ("appeared", "")


def test_a_hearing_in_reconsideration_hears_the_parties(city):
    procedure = accepted(reconsideration(city), date(2026, 3, 4))
    stepped(procedure, "send", date(2026, 3, 5))
    words = HearingWords(DAY, time(9), "听证室", matters="程序")
    hearing = sat(city, procedure, words, actor="gov_officer")

    hearings.hold(hearing.pk, actor=city.users["gov_officer"], at=moment(DAY, 17))

    assert procedure.events.filter(step="heard", on=DAY).exists()


RECORDS = [
    ({"came": True, "level": "head"}, ("no_name", "head_name")),
    ({"came": True, "head_name": "李四", "head_post": "局长"}, ("no_level", "level")),
    ({"came": False, "speech": ["answer"]}, ("not_came", "speech")),
    ({"came": False, "left": True}, ("not_came", "left")),
    ({"came": False, "head_name": "李四"}, ("not_came", "head_name")),
]


@pytest.mark.parametrize(("words", "refused"), RECORDS)
def test_a_record_that_contradicts_itself(city, words, refused):
    hearing = held(city, sat(city, court_case(city)))
    with pytest.raises(RuleBroken) as error:
        appearances.record_appearance(
            of(hearing).pk,
            actor=city.users["court_officer"],
            at=moment(DAY, 18),
            words=appearances.RecordWords(**words),
        )
    broken(*refused)(error)
    assert of(hearing).state == "unrecorded"


def test_an_identity_found_not_valid_is_no_appearance(city):
    court = city.users["court_officer"]
    hearing = sat(city, court_case(city))
    attending.check_identity(
        of(hearing).pk, actor=court, at=moment(TOLD), verdict="rejected", note="未盖章"
    )
    held(city, hearing)
    words = appearances.RecordWords(True, "李四", "副局长", "deputy")
    with pytest.raises(RuleBroken) as error:
        appearances.record_appearance(of(hearing).pk, actor=court, at=moment(DAY, 18), words=words)
    broken("not_proved", "came")(error)


def test_a_correction_says_why(city):
    court = city.users["court_officer"]
    hearing = held(city, sat(city, court_case(city)))
    none = appearances.RecordWords(came=False, staff="赵六")
    record = {"actor": court, "at": moment(DAY, 18)}
    appearances.record_appearance(of(hearing).pk, words=none, **record)
    with pytest.raises(RuleBroken) as error:
        appearances.record_appearance(of(hearing).pk, words=none, **record)
    broken("why_corrected", "reason")(error)


def test_only_the_court_records_and_only_the_agency_prepares(city):
    hearing = held(city, sat(city, court_case(city)))
    row, words = of(hearing), appearances.RecordWords(came=False, staff="赵六")
    for who in ("agency_contact", "gov_officer"):
        with pytest.raises(PermissionDenied):
            appearances.record_appearance(
                row.pk, actor=city.users[who], at=moment(DAY, 18), words=words
            )
    with pytest.raises(PermissionDenied):
        preparations.prepare(row.pk, actor=city.users["court_officer"], at=moment(DAY), done=[])
    sheet = preparations.prepare(
        row.pk, actor=city.users["agency_contact"], at=moment(DAY), done=["file", "law"]
    )
    preparations.sum_up(
        row.pk, actor=city.users["agency_contact"], at=moment(DAY, 19), summary="证据目录不全"
    )
    seen = {
        who: visible_to(city.users[who], Preparation).filter(pk=sheet.pk).exists()
        for who in ("agency_contact", "gov_officer", "court_officer")
    }
    assert seen == {"agency_contact": True, "gov_officer": True, "court_officer": False}


def test_two_defendants_agree_whose_head_comes(city):
    case = dispute(city)
    units = [city.organizations["agency"], city.organizations["gov"]]
    procedure = filed(suit(city, case, agencies=units), FILED)
    hearing = sat(city, procedure)
    agency, gov = (hearing.appearances.get(organization=unit) for unit in units)
    propose = {"at": moment(TOLD), "for_whom": gov}

    attending.stand_in(agency.pk, actor=city.users["agency_contact"], **propose)
    with pytest.raises(PermissionDenied):
        attending.agree_to_stand_in(agency.pk, actor=city.users["agency_contact"], at=moment(TOLD))
    attending.agree_to_stand_in(agency.pk, actor=city.users["gov_officer"], at=moment(TOLD))

    held(city, hearing)
    record = {"actor": city.users["court_officer"], "at": moment(DAY, 18)}
    came = appearances.RecordWords(True, "周八", "副市长", "deputy", speech=["resolution"])
    appearances.record_appearance(gov.pk, words=came, **record)
    none = appearances.RecordWords(came=False, staff="赵六")
    appearances.record_appearance(agency.pk, words=none, **record)
    agency.refresh_from_db()
    assert (agency.joint, agency.state, agency.breach) == ("agreed", "joint", "")
