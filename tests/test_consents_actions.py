import hashlib
from datetime import UTC, date, datetime
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connection, transaction

from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for, visible_to
from foundations.audit.models import AuditEntry
from foundations.audit.trail import history_of
from members.states import Side
from services.consents import queries
from services.consents.actions import answer, propose, withdraw
from services.consents.models import Consent, ConsentAnswer, ConsentState, Verdict
from services.consents.verbs import VERBS

AT = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
GOV, COURT, PROC = Side.GOVERNMENT, Side.COURT, Side.PROCURATORATE
AGREE, AMEND, REFUSE = Verdict.AGREE, Verdict.AMEND, Verdict.REFUSE


@pytest.fixture
def put(city):
    """put() is a text that the government's side put to the sides."""

    def proposed(sides=(GOV, COURT), **changes):
        given = {
            "side": GOV,
            "actor": city.users["gov_officer"],
            "at": AT,
            "title": "第6次会议的日期",
            "text": "2026年11月24日上午10时，市司法局三楼会议室",
            "sides": list(sides),
        }
        return propose(city.body, "day", **given | changes)

    return proposed


@pytest.fixture
def reply(city):
    def answered(consent, side=COURT, verdict=AGREE, remark=""):
        name = "court" if side == COURT else "gov"
        return answer(
            consent.pk,
            side=side,
            actor=city.users[f"{name}_officer"],
            organization=city.organizations[name],
            at=AT,
            verdict=verdict,
            remark=remark,
        )

    return answered


def test_the_proposers_side_agrees_by_proposing(put):
    consent = put()

    assert consent.state == ConsentState.OPEN
    assert list(consent.answers.values_list("side", "verdict")) == [(GOV, AGREE)]
    assert consent.waiting_for == [COURT]


def test_what_is_agreed_to_has_a_digest(put):
    consent = put(text="同意\n第一项")

    assert consent.digest == hashlib.new("sm3", "同意\n第一项".encode()).hexdigest()


# answers in their order → state after each
COURSES = [
    ([(COURT, AGREE)], ["agreed"]),
    ([(COURT, AMEND)], ["amended"]),
    ([(COURT, REFUSE)], ["refused"]),
    ([(COURT, AGREE), (PROC, AGREE)], ["open", "agreed"]),
    ([(COURT, REFUSE), (PROC, AGREE)], ["open", "refused"]),
    ([(COURT, AMEND), (PROC, REFUSE)], ["open", "refused"]),
    ([(PROC, AGREE), (COURT, AMEND)], ["open", "amended"]),
]


@pytest.mark.parametrize(("answers", "states"), COURSES)
def test_it_is_settled_when_every_side_has_answered(put, reply, answers, states):
    consent = put(sides=[GOV, *(side for side, _verdict in answers)])

    seen = [reply(consent, side, verdict, "理由").state for side, verdict in answers]

    assert seen == states
    consent.refresh_from_db()
    assert consent.closed_at == AT
    assert consent.waiting_for == []


def close(consent, reply, city):
    withdraw(consent.pk, side=GOV, actor=city.users["gov_officer"], at=AT)


REFUSALS = [
    ("wrong_side", "", None, {"side": PROC}),
    ("answered", "", None, {"side": GOV}),
    ("answered", "", lambda consent, reply, city: reply(consent), {}),
    ("consent_closed", "", close, {}),
    ("remark_needed", "remark", None, {"verdict": AMEND}),
    ("remark_needed", "remark", None, {"verdict": REFUSE, "remark": "  "}),
]


@pytest.mark.parametrize(("code", "field", "before", "given"), REFUSALS)
def test_an_answer_is_refused(city, put, reply, code, field, before, given):
    consent = put()
    if before:
        before(consent, reply, city)
    kept = ConsentAnswer.objects.count()

    with pytest.raises(RuleBroken) as broken:
        reply(consent, **given)

    assert (broken.value.code, broken.value.field) == (code, field)
    assert ConsentAnswer.objects.count() == kept


def test_one_text_on_a_matter_is_open_at_a_time(city, put, reply):
    first = put()
    with pytest.raises(RuleBroken) as broken:
        put()
    assert broken.value.code == "consent_open"
    assert "等待答复" in broken.value.message

    reply(first, verdict=REFUSE, remark="当日开庭")
    second = put()

    assert queries.current(city.body, "day") == second
    assert queries.latest(city.body, "day") == second
    assert queries.current(city.body, "agenda") is None


def test_the_database_holds_that_one_is_open(put):
    consent = put()
    twin = Consent.objects.get(pk=consent.pk)
    twin.pk, twin.public_id = None, "another"

    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save(force_insert=True)


def test_a_side_that_is_not_asked_cannot_propose(put):
    with pytest.raises(RuleBroken) as broken:
        put(side=PROC)

    assert broken.value.code == "wrong_side"


def test_only_the_proposer_withdraws(city, put):
    consent = put()
    with pytest.raises(RuleBroken) as broken:
        withdraw(consent.pk, side=COURT, actor=city.users["court_officer"], at=AT)
    assert broken.value.code == "wrong_side"

    withdrawn = withdraw(consent.pk, side=GOV, actor=city.users["gov_officer"], at=AT)

    assert withdrawn.state == ConsentState.WITHDRAWN


@pytest.mark.parametrize(
    ("on", "overdue"), [(date(2026, 11, 23), False), (date(2026, 11, 24), True)]
)
def test_an_answer_is_overdue_after_its_day(put, on, overdue):
    consent = put(due_on=date(2026, 11, 23))

    assert consent.is_overdue(on) is overdue
    assert (consent in Consent.objects.overdue(on=on)) is overdue


def test_an_answered_consent_is_never_overdue(put, reply):
    consent = put(due_on=date(2026, 11, 23))
    reply(consent)

    assert not Consent.objects.overdue(on=date(2027, 1, 1)).exists()


def test_whoever_sees_the_subject_sees_the_consent(city, put):
    consent = put()

    for name, sees in (("court_officer", True), ("gov_convenor", True), ("audit_admin", False)):
        assert visible_to(city.users[name], Consent).filter(pk=consent.pk).exists() is sees, name


def test_who_may_is_asked_of_the_subject(city, put):
    consent, policy = put(), policy_for(Consent)

    assert policy.can(city.users["court_officer"], "change", consent)
    assert not policy.can(city.users["recorder"], "change", consent)


def test_everything_is_in_the_trail_in_words(put, reply):
    consent = put()
    reply(consent, verdict=AMEND, remark="改为下午")

    verbs = AuditEntry.objects.order_by("pk").values_list("action", flat=True)
    assert list(verbs) == [
        "consents.consent.proposed",
        "consents.consent.answered",
        "consents.consent.settled",
    ]
    told = [VERBS[entry.action](entry.data) for entry in history_of(consent)]
    assert told == [
        "政府提出：第6次会议的日期",
        "法院答复：要求修改",
        "各方均已答复：要求修改",
    ]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_sides_that_answer_at_once_settle_it_once(city, put, reply):
    consent = put(sides=[GOV, COURT, PROC])
    together = Barrier(2)

    def answer_as(side):
        together.wait()
        try:
            reply(consent, side)
        finally:
            connection.close()

    sides = [Thread(target=answer_as, args=(side,)) for side in (COURT, PROC)]
    for side in sides:
        side.start()
    for side in sides:
        side.join()

    consent.refresh_from_db()
    assert consent.state == ConsentState.AGREED
    assert consent.answers.count() == 3
    assert AuditEntry.objects.filter(action="consents.consent.settled").count() == 1
