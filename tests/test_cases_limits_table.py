"""Every limit of disputes against a table written by hand from the statutes.

A row says what happened, in one line, and what runs then: the rule, its last day counted by
hand in 2026, who owes or watches it, and how it stands. A "~" before the day marks a right
that lapses and that nobody is late with. Spring Festival February 15-23; Qingming April
4-6; Labour Day May 1-5; Dragon Boat June 19-21; working Saturdays and Sundays February 14
and 28, May 9.
"""

from collections.abc import Callable
from datetime import date, time
from typing import Any

import pytest

from cases.actions import appearances, hearings
from cases.actions.hearings import HearingWords
from cases.actions.silence import open_rights_to_sue
from cases.dictionaries import act_kind
from cases.first import periods_of
from cases.models import Procedure
from foundations.access.errors import RuleBroken
from services.deadlines.models import Deadline
from services.deadlines.rules import law
from tests.disputes import (
    agency_part,
    centre,
    dispute,
    higher_court,
    keeping,
    mediator,
    moment,
    opened,
    party_part,
    procuratorate,
    reconsideration,
    stepped,
    suit,
)

# course: rule, last day, whose, state
TABLE = """
复议 3-2: FY-ACCEPT 3-9 gov open
复议 3-2: FY-BZ-NOTE ~3-9 gov open
复议 3-2, ask_supplement 3-6: FY-BZ-NOTE ~3-9 gov met
复议 3-2, ask_supplement 3-6: FY-ACCEPT 3-9 gov suspended
复议 3-2, ask_supplement 3-6: FY-BZ ~3-20 gov open
复议 3-2, ask_supplement 3-6, supplemented 3-18: FY-BZ ~3-20 gov met
复议 3-2, ask_supplement 3-6, supplemented 3-18: FY-ACCEPT 3-25 gov open
复议 3-2, accept 3-9: FY-ACCEPT 3-9 gov met
复议 3-2, accept 3-9: FY-BZ-NOTE ~3-9 gov cancelled
复议 3-2, accept 3-10: FY-ACCEPT 3-9 gov met_late
复议 3-2, accept 3-9: FY-SEND 3-18 gov open
复议 3-2, accept 3-9: FY-DEC 5-8 gov open
复议 3-2, accept 3-9 simplified: FY-SEND-S 3-12 gov open
复议 3-2, accept 3-9 simplified: FY-DEC-S 4-8 gov open
复议 3-2, accept 3-9 simplified, to_ordinary 4-1: FY-DEC-S 4-8 gov cancelled
复议 3-2, accept 3-9 simplified, to_ordinary 4-1: FY-DEC 5-8 gov open
复议 3-2, accept 3-9, send 3-12: FY-SEND 3-18 gov met
复议 3-2, accept 3-9, send 3-12: FY-ANS 3-26 agency open
复议 3-2, accept 3-9, send 3-12, answered 3-26: FY-ANS 3-26 agency met
复议 3-2, accept 3-9 simplified, send 3-10: FY-ANS-S 3-17 agency open
复议 3-2, accept 3-9, send 3-12, hearing 4-8: FY-HEAR 3-31 gov open
复议 3-2, accept 3-9, send 3-12, hearing 4-8, told 3-30: FY-HEAR 3-31 gov met
复议 3-2, accept 3-9, suspend 3-16 own: FY-DEC 5-8 gov suspended
复议 3-2, accept 3-9, suspend 3-16 own: FY-ND-OWN 4-15 gov open
复议 3-2, accept 3-9, suspend 3-16 own: FY-ND-ASK 3-19 gov open
复议 3-2, accept 3-9, suspend 3-16 own, maker_asked 3-18: FY-ND-ASK 3-19 gov met
复议 3-2, accept 3-9, suspend 3-16 own, maker_asked 3-18: FY-ND-ASK-B ~4-1 gov open
复议 3-2, accept 3-9, suspend 3-16 own, norm_reviewed 4-10: FY-ND-OWN 4-15 gov met
复议 3-2, accept 3-9, suspend 3-16 own, norm_reviewed 4-10: FY-ND-ASK 3-19 gov cancelled
复议 3-2, accept 3-9, suspend 3-16 forwarded: FY-ND-FWD 3-25 gov open
复议 3-2, accept 3-9, suspend 3-16 forwarded, norm_forwarded 3-20: FY-ND-RET ~5-19 gov open
复议 3-2, accept 3-9, suspend 3-16 forwarded, norm_forwarded 3-20,
    resume 3-26: FY-DEC 5-18 gov open
复议 3-2, accept 3-9, suspend 3-16 forwarded, norm_forwarded 3-20,
    resume 3-26: FY-ND-RET ~5-19 gov cancelled
复议 3-2, accept 3-9, suspend 3-16 death: FY-ZZ ~5-15 gov open
复议 3-2, accept 3-9, suspend 3-16 death, resume 3-26: FY-ZZ ~5-15 gov cancelled
复议 3-2, accept 3-9, send 3-12, review 3-27, extend 4-20: FY-DEC 6-8 gov open
复议 3-2, accept 3-9, send 3-12, review 3-27, decide 4-10: FY-DEC 5-8 gov met
复议 3-2, accept 3-9, send 3-12, review 3-27, decide 4-10, serve 4-13: FY-SUE ~4-28 gov open
复议前置 3-2, refuse 3-6, serve 3-9: FY-SUE-PRE ~3-24 gov open
复议 3-2, accept 3-9, silence 5-9: FY-SUE-OD ~5-25 gov open
复议前置 3-2, accept 3-9, silence 5-9: FY-SUE-PRE ~5-25 gov open
登记 3-2, application 3-3: FY-FWD 3-10 justice open
登记 3-2, application 3-3, reconsidered 3-9: FY-FWD 3-10 justice met
登记 3-2, application 3-3, penalty_changed 3-9: FY-FWD 3-10 justice cancelled
回访 6-1: FY-VISIT-A 6-29 gov open
回访 6-1, report_received 6-8: FY-VISIT-B 6-15 gov open
回访 6-1, report_received 6-8, visit 6-12: FY-VISIT-B 6-15 gov met
回访 6-1, report_received 6-8, visit 6-12: FY-VISIT-A 6-29 gov met
一审 3-2: XS-LA 3-9 court open
一审 3-2, corrected 3-6: XS-LA 3-13 court open
一审 3-2, file 3-9: XS-LA 3-9 court met
一审 3-2, file 3-9: XS-SEND 3-16 court open
一审 3-2, file 3-9: XS-1 9-9 court open
一审 3-2, file 3-9 simplified: XS-1S 4-23 court open
一审 3-2, file 3-9, send 3-12: XS-SEND 3-16 court met
一审 3-2, file 3-9, send 3-12: XS-ANS 3-27 agency open
一审 3-2, file 3-9, send 3-12: XS-JX ~3-27 agency open
一审 3-2, file 3-9, send 3-12: XS-PLAN ~3-27 agency open
一审 3-2, file 3-9, send 3-12, object 3-20: XS-JX ~3-27 agency met
一审 3-2, file 3-9, send 3-12, object 3-20: XS-1 9-9 court suspended
一审 3-2, file 3-9, send 3-12, answered 3-26: XS-ANS 3-27 agency met
一审 3-2, file 3-9, send 3-12, answered 3-26: XS-ANS2 3-31 court open
一审 3-2, file 3-9, send 3-12, hearing 4-8: XS-CP 4-5 court open
一审 3-2, file 3-9, send 3-12, hearing 4-8, called 3-30: XS-CT 4-5 court open
一审 3-2, file 3-9, send 3-12, hearing 4-8, called 3-30, call_served 4-3: XS-CT 4-5 court met
一审 3-2, file 3-9, send 3-12, suspend 4-1, resume 5-1: XS-1 10-9 court open
一审 3-2, file 3-9, send 3-12, pronounce 5-20: XS-1 9-9 court met
一审 3-2, file 3-9, send 3-12, pronounce 5-20: XS-PLAN ~3-27 agency lapsed
一审 3-2, file 3-9, send 3-12, pronounce 5-20, serve 5-22: XS-APP-J ~6-8 court open
一审 3-2, file 3-9, send 3-12, pronounce 5-20 suit_dismissed, serve 5-22: XS-APP-R ~6-1 court open
一审 3-2, file 3-9, send 3-12, pronounce 5-20 withdrawn_own,
    effective 6-17: XS-RE ~12-17 court open
一审 3-2, file 3-9, send 3-12, pronounce 5-20 unlawful, served 5-22,
    effective 6-17: XS-EXE ~2028-7-17 court open
一审 3-2, file 3-9, send 3-12, pronounce 5-20 unlawful, served 5-22,
    effective 6-17: XS-ND ~9-17 court open
二审 6-15: XS-2 9-15 higher_court open
二审 6-15, send 6-18: XS-APP-ANS 7-3 agency open
再审审查 6-15: XS-RE-REV 12-15 higher_court open
检察监督 3-3, close 3-20, advice_received 3-24: JC-ZS 6-24 court open
非诉 3-20: FS-ACC 3-27 court open
非诉 3-20, accept 3-26: FS-DEC 4-7 court open
非诉 3-20, accept 3-26, to_hearing 4-1: FS-DEC 4-7 court cancelled
非诉 3-20, accept 3-26, to_hearing 4-1: FS-DEC-B 4-27 court open
非诉 3-20, refuse 3-25: FS-ACC-B ~4-9 agency open
非诉 3-20, refuse 3-25, contest 4-8: FS-ACC-B ~4-9 agency met
非诉 3-20, refuse 3-25, contest 4-8: FS-ACC-C 4-23 higher_court open
非诉 3-20, accept 3-26, close 4-7: FS-DEC-C 4-14 court open
非诉 3-20, accept 3-26, close 4-7, served 4-10: FS-DEC-C 4-14 court met
非诉 3-20, accept 3-26, close 4-7, served 4-10: FS-FY ~4-27 agency open
非诉 3-20, accept 3-26, close 4-7, served 4-10, contest 4-24: FS-FY ~4-27 agency met
非诉 3-20, accept 3-26, close 4-7, served 4-10, contest 4-24: FS-FY-B 5-25 higher_court open
非诉 3-20, accept 3-26, close 4-7, served 4-10, contest 4-24,
    contest_ruled 5-20: FS-FY-B 5-25 higher_court met
调解 3-5, refer 3-6: TJ-ACK 3-11 centre open
调解 3-5, refer 3-6, acknowledge 3-9: TJ-ACK 3-11 centre met
调解 3-5, refer 3-6, acknowledge 3-9: TJ-PRE 4-8 centre open
调解 3-5, refer 3-6, acknowledge 3-9, close 3-20: TJ-PRE 4-8 centre met
一审调解 3-5, refer 3-6 in_trial, acknowledge 3-9: TJ-IN 3-24 centre open
简易调解 3-5, refer 3-6 in_trial, acknowledge 3-9: TJ-IN-B 3-16 centre open
二审调解 6-16, refer 6-17 in_trial, acknowledge 6-18: TJ-IN 7-3 centre open
司法确认 3-3: TJ-SFQR ~4-2 court open
司法确认 3-3, apply 4-1: TJ-SFQR ~4-2 court met
"""
# Periods of the party before any procedure, a hint at registration: rule and last day. The
# agency acted on February 9 and the party knew on February 10; or it was asked on February 10.
HINTS = [
    ("行政处罚", "FY-APPLY", date(2026, 4, 13)),
    ("行政处罚", "XS-SUE", date(2026, 8, 10)),
    ("不履行法定职责", "XS-BZW", date(2026, 4, 10)),
    ("不履行法定职责", "XS-BZW-B", date(2026, 10, 10)),  # a working Saturday
]
ELSEWHERE = {
    *(rule for _kind, rule, _last in HINTS),
    # conditions of a step: below, and in test_cases_clocks
    *("XS-EXT", "FS-APPLY", "FS-CUI"),
    # letters: suggestions
    *("FY-OPN", "FY-SUGG"),
    # what was promised and decided: test_cases_performance
    *("FY-PERF-REP", "TJ-PERF"),
}


def day(text: str) -> date:
    """Month and day of 2026, or a whole date."""
    *year, month, of_month = text.split("-")
    return date(int(year[0]) if year else 2026, int(month), int(of_month))


def lines() -> list[str]:
    """The rows; one that begins with blanks goes on with the row before it."""
    return TABLE.strip().replace("\n    ", " ").splitlines()


def rows() -> list:
    found = []
    for line in lines():
        course, told = line.rsplit(": ", 1)
        rule, last, whose, state = told.split()
        window, last = last.startswith("~"), day(last.lstrip("~"))
        found.append(pytest.param(course, rule, (last, whose, window, state), id=line))
    return found


class Course:
    """What happened in one procedure, by the words of the table."""

    def __init__(self, city, text: str) -> None:
        self.city = city
        begin, *steps = text.split(", ")
        name, on, *_more = begin.split()
        keeping(city)
        self.procedure: Procedure = BEGUN[name](city, day(on))
        for step in steps:
            key, when, *more = step.split()
            self.happen(key, day(when), *more)

    def happen(self, key: str, on: date, *more: str) -> None:
        special: Callable[..., None] | None = getattr(self, f"_{key}", None)
        if special is not None:
            special(on, *more)
            return
        given = self.given(key, on, *more)
        self.procedure = stepped(self.procedure, key, on, **given)

    def given(self, key: str, on: date, *more: str) -> dict[str, Any]:
        """What the step asks for; by the first word after its day where that differs."""
        asked = self.procedure.step(key).asks
        word = more[0] if more else ""
        usual: dict[str, Any] = {
            "number": NUMBERS.get(self.procedure.kind, ""),
            "track": word or "ordinary",
            "reason": "依法办理",
            "note": "已办理",
            "missing_items": ["身份证明"],
            "length_days": 30,
            "mode": word or MODES.get((self.procedure.kind, key)),
            "ground_of_loss": "evidence",
            "method": "phone",
            "referral": word or "before_filing",
        }
        usual = {name: value for name, value in usual.items() if value and name in asked}
        return usual | self._people(key, asked) | self._grounds(key, word)

    def _people(self, key: str, asked: tuple[str, ...]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        enforcing = self.procedure.participants.filter(role="enforcing").first()
        if "served_party" in asked:
            plaintiff = key == "serve"
            part = party_part if plaintiff and not enforcing else _agency
            found["served_party"] = part(self.procedure)
        if "respondent" in asked:
            found["respondent"] = _agency(self.procedure)
        if "party" in asked:
            found["party"] = _agency(self.procedure)
        if "court" in asked:
            higher = self.procedure.kind == "non_litigation"
            found["court"] = (
                higher_court(self.city) if higher else self.city.organizations["court"]
            )
        if "mediator" in asked:
            found["mediator"] = mediator(self.city)
        return found

    def _grounds(self, key: str, word: str) -> dict[str, Any]:
        if key == "suspend" and word in ("own", "forwarded"):
            return {"ground": "normative", "normative_route": word}
        if key == "suspend" and word:
            return {"ground": word}
        if key == "pronounce" and word == "unlawful":
            return {"norm_unlawful": True}
        if key == "effective":
            return {"performance_due": date(2026, 7, 17)}
        return {}

    def _silence(self, on: date) -> None:
        open_rights_to_sue(on=on)

    def _reconsidered(self, on: date) -> None:
        reconsideration(self.city, self.procedure.dispute, on)

    def _hearing(self, on: date) -> None:
        words = HearingWords(on=on, starts_at=time(9, 30), place="第一法庭", matters="全部事项")
        at = moment(date(2026, 3, 25))
        self.hearing = hearings.set_hearing(self.procedure.pk, actor=None, at=at, words=words)

    def _told(self, on: date) -> None:
        hearings.tell_parties(self.hearing.pk, actor=None, at=moment(on), on=on)

    def _called(self, on: date) -> None:
        self.appearance = self.hearing.appearances.first()
        given = {"call": "notice", "reasons": ["group"]}
        appearances.call_head(self.appearance.pk, actor=None, at=moment(on), **given)

    def _call_served(self, on: date) -> None:
        appearances.serve_call(self.appearance.pk, actor=None, at=moment(on), on=on)

    def _served(self, on: date) -> None:
        """On everybody who takes part, or a ruling on the agency that asked for it."""
        if self.procedure.kind == "non_litigation":
            given = {"served_party": _agency(self.procedure)}
            self.procedure = stepped(self.procedure, "served", on, **given)
            return
        for part in self.procedure.participants.all():
            self.procedure = stepped(self.procedure, "serve", on, served_party=part)


def _agency(procedure: Procedure):
    return procedure.participants.agencies()[0]


def _opened(kind: str, organ: str, **given: Any) -> Callable[..., Procedure]:
    def begin(city, on: date) -> Procedure:
        made = dispute(city)
        office = OFFICES[organ](city) if organ in OFFICES else organ
        return opened(city, kind, made, office, on, **given)

    return begin


def _appealed(city, on: date, track: str = "ordinary") -> Procedure:
    """A first instance against which the agency appealed on June 8."""
    made = suit(city, on=date(2026, 3, 2))
    number = {"number": "（2026）鄂0199行初1号", "track": track}
    stepped(made, "file", date(2026, 3, 9), **number)
    stepped(made, "send", date(2026, 3, 12), served_party=agency_part(made))
    stepped(made, "pronounce", date(2026, 4, 20), mode="revoked", ground_of_loss="evidence")
    for part in made.participants.all():
        stepped(made, "serve", date(2026, 5, 25), served_party=part)
    return stepped(made, "appeal", date(2026, 6, 8), party=agency_part(made))


def _second(city, on: date, track: str = "ordinary") -> Procedure:
    first = _appealed(city, on, track)
    given = {"earlier": first, "reason": "上诉", "number": "（2026）鄂01行终1号"}
    return opened(city, "second_instance", first.dispute, higher_court(city), on, **given)


def _review(city, on: date) -> Procedure:
    first = _appealed(city, on)
    given = {"earlier": first, "number": "（2026）鄂01行申1号"}
    return opened(city, "retrial_review", first.dispute, higher_court(city), on, **given)


def _mediated(within: Callable[..., Procedure] | None) -> Callable[..., Procedure]:
    """The parties have agreed to be mediated, within the procedure if there is one."""

    def begin(city, on: date) -> Procedure:
        inside = within(city, on) if within else None
        made = inside.dispute if inside else dispute(city)
        given = {"channel": "people", "within": inside} if inside else {"channel": "people"}
        procedure = opened(city, "mediation", made, centre(city), on, **given)
        for part in procedure.participants.exclude(party=None):
            part.consents.create(agreed=True, on=on, method="phone")
        return stepped(procedure, "consent", on)

    return begin


def _filed(track: str) -> Callable[..., Procedure]:
    def begin(city, on: date) -> Procedure:
        made = suit(city, on=date(2026, 3, 2))
        number = "（2026）鄂0199行初1号"
        return stepped(made, "file", date(2026, 3, 5), number=number, track=track)

    return begin


def _first_way(begin: Callable[..., Procedure]) -> Callable[..., Procedure]:
    def first(city, on: date) -> Procedure:
        return begin(city, dispute(city, reconsideration_first="未履行法定职责"), on)

    return first


def _simplified_before(city, on: date) -> Procedure:
    """The second instance of a suit that was tried in the simplified procedure."""
    return _second(city, date(2026, 6, 15), "simplified")


OFFICES = {"higher_court": higher_court, "procuratorate": procuratorate, "centre": centre}
BEGUN: dict[str, Callable[..., Procedure]] = {
    "复议": lambda city, on: reconsideration(city, on=on),
    "复议前置": _first_way(reconsideration),
    "登记": lambda city, on: dispute(city).procedures.get(),
    "回访": _opened(
        "visit", "gov", visit_reason="reconsideration", performance_due=date(2026, 5, 29)
    ),
    "一审": lambda city, on: suit(city, on=on),
    "二审": _second,
    "再审审查": _review,
    "检察监督": _opened("supervision", "procuratorate", number="试检行监〔2026〕1号", actor=None),
    "非诉": _opened(
        "non_litigation",
        "court",
        urged_on=date(2026, 3, 2),
        suit_period_ended_on=date(2026, 2, 27),
    ),
    "调解": _mediated(None),
    "一审调解": _mediated(_filed("ordinary")),
    "简易调解": _mediated(_filed("simplified")),
    "二审调解": _mediated(_simplified_before),
    "司法确认": _opened("confirmation", "court", actor=None),
}
NUMBERS = {
    "reconsideration": "试府复〔2026〕1号",
    "first_instance": "（2026）鄂0199行初1号",
    "non_litigation": "（2026）鄂0199行审1号",
}
MODES = {
    ("reconsideration", "decide"): "upheld",
    ("first_instance", "pronounce"): "revoked",
    ("non_litigation", "close"): "denied",
    ("mediation", "close"): "failed",
    ("supervision", "close"): "retrial_advice",
    ("visit", "visit"): "performed",
}


@pytest.mark.parametrize(("course", "rule", "wanted"), rows())
def test_what_runs_after_what_happened(city, course, rule, wanted):
    Course(city, course)
    limit = Deadline.objects.filter(rule=rule).latest("pk")
    assert (limit.due_on, limit.owed_by.key, limit.window, limit.state) == wanted


@pytest.mark.parametrize(("kind", "rule", "last"), HINTS)
def test_what_the_party_has_before_any_procedure(city, kind, rule, last):
    acted = date(2026, 2, 10) if act_kind(kind).inaction else date(2026, 2, 9)
    made = dispute(city, act_kind=kind, act_on=acted, known_on=date(2026, 2, 10))
    found = {one.rule.key: one.due_on for one in periods_of(made, date(2026, 3, 1))}
    assert (len(found), found[rule]) == (2, last)


def test_every_limit_of_disputes_stands_in_the_table():
    named = {line.rsplit(": ", 1)[1].split()[0] for line in lines()}
    groups = {"行政复议", "行政诉讼", "非诉执行", "调解"}
    keys = {key for key, found in law().items() if found[0].group in groups}
    assert keys - ELSEWHERE <= named
    assert not named & ELSEWHERE


EXTENSIONS = [(date(2026, 2, 21), None), (date(2026, 2, 20), "extension_late")]


@pytest.mark.parametrize(("ended", "code"), EXTENSIONS)
def test_an_extension_is_asked_for_within_ten_days_after_the_obstacle(city, ended, code):
    made = suit(city, on=date(2026, 3, 2))
    given = {"obstacle_ended_on": ended, "reason": "因住院耽误"}
    if code is None:
        assert stepped(made, "ask_extension", date(2026, 3, 3), **given).state == "received"
        return
    with pytest.raises(RuleBroken) as broken:
        stepped(made, "ask_extension", date(2026, 3, 3), **given)
    assert (broken.value.code, broken.value.field) == (code, "obstacle_ended_on")


REFUSED = [
    pytest.param("复议 3-2, accept 3-9, suspend 3-16 normative", "no_route", id="whose review"),
    pytest.param(
        "复议 3-2, accept 3-9, suspend 3-16 own, norm_forwarded 3-20",
        "not_reviewed",
        id="own review is not forwarded",
    ),
    pytest.param(
        "复议 3-2, accept 3-9, suspend 3-16 death, maker_asked 3-20",
        "not_reviewed",
        id="no document",
    ),
    pytest.param(
        "非诉 3-20, refuse 3-25, contest 4-10", "contested_late", id="a day after the 15"
    ),
    pytest.param(
        "非诉 3-20, accept 3-26, close 4-7 granted, contest 4-8",
        "not_contestable",
        id="what was granted",
    ),
]


@pytest.mark.parametrize(("course", "code"), REFUSED)
def test_what_the_rules_refuse(city, course, code):
    with pytest.raises(RuleBroken) as broken:
        Course(city, course)
    assert broken.value.code == code
