"""A dispute is mediated: with a number, with consent, by somebody impartial."""

from datetime import date, timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cases.actions.agreements import AgreementWords, ItemWords, draft_agreement, sign_agreement
from cases.actions.disputes import PartyWords
from cases.actions.mediation import (
    ConsentWords,
    SessionWords,
    plan_session,
    record_consents,
    record_session,
    show_way,
)
from cases.models import Assignment, MediationConsent, Procedure, Professional
from cases.states import Kind, Standing
from cases.work import items
from foundations.access.errors import RuleBroken
from foundations.access.policy import visible_to
from members.models import RoleBinding
from services.deadlines.models import Deadline
from services.documents.models import NumberSeries
from tests.disputes import (
    FILED,
    account,
    centre,
    dispute,
    filed,
    higher_court,
    limits,
    mediator,
    moment,
    opened,
    party_part,
    reconsideration,
    stepped,
    suit,
)

DAY = date(2026, 3, 3)
TODAY = timezone.localdate()


def mediation(city, of=None, organ=None, on=FILED, **changes) -> Procedure:
    changes.setdefault("channel", "people")
    return opened(city, Kind.MEDIATION, of or dispute(city), organ or centre(city), on, **changes)


def consents(procedure, *, agreed=True, on=DAY, **more):
    answers = [
        ConsentWords(one.public_id, agreed, "in_person")
        for one in procedure.participants.exclude(party=None)
    ]
    more.setdefault("actor", None)
    return record_consents(procedure.pk, at=moment(on, 12), on=on, answers=answers, **more)


def entrusted(city, procedure=None, by=None, on=DAY, referral="before_filing") -> Procedure:
    procedure = consents(procedure or mediation(city), on=on)
    chosen = by or mediator(city)
    return stepped(procedure, "refer", on, referral=referral, mediator=chosen)


def mediating(city, on=date(2026, 3, 4)) -> Procedure:
    procedure = stepped(entrusted(city), "acknowledge", on)
    return stepped(procedure, "begin", on)


def outsider(city) -> Professional:
    """A mediator who belongs to no organ of the dispute: sees it by name alone."""
    user = account(city, "outsider", "court")
    RoleBinding.objects.filter(user=user).update(
        organization=higher_court(city),
    )
    found = Professional(
        jurisdiction=city.jurisdiction,
        profession="mediator",
        name="特邀调解员",
        user=user,
        valid_from=date(2024, 1, 2),
    )
    found.store()
    return found


def sees(user, of) -> bool:
    for name in [key for key in user.__dict__ if key == "_standings"]:
        del user.__dict__[name]
    return visible_to(user, type(of)).filter(pk=of.pk).exists()


def test_mediation_goes_on_when_everybody_has_agreed(city):
    procedure = mediation(city)
    first, second = procedure.participants.exclude(party=None)

    def said(part, agreed):
        return record_consents(
            procedure.pk,
            actor=None,
            at=moment(DAY, 12),
            on=DAY,
            answers=[ConsentWords(part.public_id, agreed, "phone")],
        )

    assert said(first, True).state == "asking"
    assert said(second, False).state == "asking"
    with pytest.raises(RuleBroken) as broken:
        stepped(procedure, "consent", DAY)
    assert (broken.value.code, broken.value.field) == ("no_consent", "consents")
    assert "试验建材有限公司" in broken.value.message
    assert said(second, True).state == "agreed"
    assert first.consents.count() == 1
    assert second.consents.count() == 2


def test_who_took_the_consent_back_is_asked_again(city):
    procedure = mediation(city)
    first, _second = procedure.participants.exclude(party=None)
    record_consents(
        procedure.pk,
        actor=None,
        at=moment(DAY, 12),
        on=DAY,
        answers=[
            ConsentWords(first.public_id, True, "phone"),
            ConsentWords(first.public_id, False, "in_person"),
        ],
    )
    with pytest.raises(RuleBroken, match="张某"):
        stepped(procedure, "consent", DAY)


def test_the_body_gives_its_own_number(city):
    NumberSeries.objects.create(
        jurisdiction=city.jurisdiction,
        organization=centre(city),
        key="mediation-centre",
        name="行调",
        pattern="试行调〔{year}〕{n}号",
    )
    assert consents(mediation(city)).number == "试行调〔2026〕1号"
    assert consents(mediation(city), number="（2026）鄂0199行诉前调8号").number.endswith("8号")


def test_a_court_needs_the_number_of_the_mediation(city):
    procedure = mediation(city, organ="court")
    with pytest.raises(RuleBroken) as broken:
        entrusted(city, procedure)
    assert (broken.value.code, broken.value.field) == ("no_number", "number")
    procedure.refresh_from_db()
    assert procedure.state == "agreed"


def test_no_mediation_without_a_register_number(city):
    found = dispute(city)
    type(found).objects.filter(pk=found.pk).update(number="")
    with pytest.raises(RuleBroken) as broken:
        mediation(city, found)
    assert broken.value.code == "not_registered"
    assert not found.procedures.filter(kind=Kind.MEDIATION).exists()


def test_one_stage_has_one_mediation_at_a_time(city):
    found = dispute(city)
    mediation(city, found)
    with pytest.raises(RuleBroken) as broken:
        mediation(city, found)
    assert (broken.value.code, broken.value.field) == ("open_mediation", "within")
    within = filed(suit(city, found), DAY)
    inside = mediation(city, found, on=DAY, within=within.public_id)
    assert inside.fact("within") == within.public_id


def test_it_is_mediated_only_within_what_is_under_way_here(city):
    other = suit(city)
    with pytest.raises(RuleBroken) as broken:
        mediation(city, within=other.public_id)
    assert (broken.value.code, broken.value.field) == ("not_within", "within")


def test_the_assigned_mediator_sees_the_dispute_until_replaced(city):
    chosen = outsider(city)
    procedure = mediation(city)
    found = procedure.dispute
    assert not sees(chosen.user, found)
    procedure = entrusted(city, procedure, by=chosen)
    assert sees(chosen.user, found)
    assert procedure.handler == chosen.user
    assert limits(procedure) == {"TJ-ACK": date(2026, 3, 6)}

    procedure = stepped(
        procedure, "reassign", date(2026, 3, 9), mediator=mediator(city), reason="三日未确认"
    )
    assert not sees(chosen.user, found)
    assert limits(procedure) == {"TJ-ACK": date(2026, 3, 12)}
    states = list(Assignment.objects.order_by("pk").values_list("state", flat=True))
    assert states == ["replaced", "assigned"]


def test_a_mediator_who_declines_sees_it_no_longer(city):
    chosen = outsider(city)
    procedure = entrusted(city, by=chosen)
    stepped(procedure, "decline", DAY, reason="与当事人相识", actor=chosen.user)
    assert not sees(chosen.user, procedure.dispute)
    assert Assignment.objects.get().reason == "与当事人相识"
    procedure.refresh_from_db()
    assert (procedure.state, procedure.handler) == ("agreed", None)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"organization": "agency"}, "partial_mediator"),
        ({"user": "agency_contact"}, "partial_mediator"),
        ({"profession": "lawyer"}, "not_listed"),
        ({"valid_to": date(2026, 3, 2)}, "not_listed"),
        ({"organization": "court"}, None),
    ],
)
def test_who_mediates_is_listed_and_impartial(city, change, code):
    chosen = mediator(city)
    for name, value in change.items():
        given = city.organizations.get(value) or city.users.get(value) or value
        if name == "organization":
            chosen.user = None
        setattr(chosen, name, given)
    chosen.store()
    if code is None:
        assert entrusted(city, by=chosen).state == "referred"
        return
    with pytest.raises(RuleBroken) as broken:
        entrusted(city, by=chosen)
    assert (broken.value.code, broken.value.field) == (code, "mediator")
    assert not Assignment.objects.exists()


def test_thirty_days_run_from_the_acceptance_and_all_may_agree_to_more(city):
    procedure = stepped(entrusted(city), "acknowledge", date(2026, 3, 4))
    assert limits(procedure) == {"TJ-PRE": date(2026, 4, 3)}
    procedure = stepped(
        procedure, "extend", date(2026, 3, 30), until=date(2026, 4, 20), reason="各方同意"
    )
    assert limits(procedure) == {"TJ-PRE": date(2026, 4, 20)}


@pytest.mark.parametrize(
    ("track", "rule", "due_on"),
    [
        ("ordinary", "TJ-IN", date(2026, 3, 19)),
        ("simplified", "TJ-IN-B", date(2026, 3, 11)),
    ],
)
def test_the_trial_stands_still_while_its_dispute_is_mediated(city, track, rule, due_on):
    trial = filed(suit(city), DAY, track=track)
    own = "XS-1" if track == "ordinary" else "XS-1S"
    before = limits(trial)[own]
    procedure = mediation(city, trial.dispute, on=DAY, within=trial.public_id)
    procedure = entrusted(city, procedure, referral="in_trial")
    assert limits(trial)[own] == before
    stepped(procedure, "acknowledge", date(2026, 3, 4))
    assert limits(procedure)[rule] == due_on
    assert Deadline.objects.get(rule=own).state == "suspended"
    stepped(procedure, "close", date(2026, 3, 11), mode="failed")
    assert Deadline.objects.get(rule=own).state == "open"
    assert limits(trial)[own] == before + timedelta(days=7)


def test_it_is_entrusted_in_trial_only_within_a_suit(city):
    with pytest.raises(RuleBroken) as broken:
        entrusted(city, referral="in_trial")
    assert (broken.value.code, broken.value.field) == ("not_in_trial", "referral")


def session(procedure, on=date(2026, 3, 6), **more):
    words = SessionWords(moment(on, 9), "第一调解室", "in_person")
    return plan_session(procedure.pk, actor=None, at=moment(DAY, 12), words=words, **more)


def test_the_first_session_begins_mediation(city):
    procedure = stepped(entrusted(city), "acknowledge", date(2026, 3, 4))
    planned = session(procedure)
    held = record_session(
        planned.pk,
        actor=city.users["mediator"],
        at=moment(date(2026, 3, 6), 18),
        came=[party_part(procedure)],
        offered="分期拆除，三个月内完成",
    )
    assert held.state == "held"
    procedure.refresh_from_db()
    assert procedure.state == "mediating"
    with pytest.raises(RuleBroken) as broken:
        record_session(planned.pk, actor=None, at=moment(DAY, 18), came=[], offered="再议")
    assert broken.value.code == "session_over"


def test_a_session_waits_for_the_mediator(city):
    with pytest.raises(RuleBroken) as broken:
        session(entrusted(city))
    assert broken.value.code == "not_mediating"


def test_sessions_to_come_fall_away_with_the_end(city):
    procedure = mediating(city)
    planned = session(procedure)
    stepped(procedure, "close", date(2026, 3, 5), mode="failed", reason="分歧过大")
    planned.refresh_from_db()
    assert planned.state == "cancelled"


def test_a_failed_mediation_shows_the_way_out_with_its_reason(city):
    procedure = stepped(mediating(city), "close", date(2026, 3, 20), mode="failed", reason="分歧")

    def shown(**changes):
        given = {"way": "reconsideration", "reason": "更快", "on": date(2026, 3, 20)}
        at = moment(date(2026, 3, 23), 9)
        return show_way(procedure.pk, actor=city.users["mediator"], at=at, **{**given, **changes})

    for changes, code, field in (
        ({"way": "petition"}, "no_such_way", "way"),
        ({"reason": " "}, "no_reason", "reason"),
        ({"on": date(2026, 3, 24)}, "future", "on"),
        ({"on": date(2026, 3, 19)}, "too_early", "on"),
    ):
        with pytest.raises(RuleBroken) as broken:
            shown(**changes)
        assert (broken.value.code, broken.value.field) == (code, field)
    assert shown().way == "reconsideration"
    with pytest.raises(RuleBroken) as broken:
        shown()
    assert broken.value.code == "shown_before"


def agreed(city, procedure, actor=None, **changes):
    agency = city.organizations["agency"]
    items = [
        ItemWords(party_part(procedure).party, "自行拆除临时构筑物", date(2026, 5, 29)),
        ItemWords(agency, "补偿搬迁费用", date(2026, 4, 30), amount=20000),
    ]
    given = {"kind": "mediated", "facts": "双方对拆除期限有争议", "items": items, **changes}
    words = AgreementWords(**given)
    return draft_agreement(procedure.pk, actor=actor, at=moment(DAY, 12), words=words)


def signed(agreement, on=date(2026, 3, 20), **changes):
    given = {"on": on, "effective_on": on, "voluntary": True, "harmless": True, "actor": None}
    return sign_agreement(agreement.pk, at=moment(date(2026, 3, 20), 18), **{**given, **changes})


def test_signing_ends_the_mediation_and_opens_the_window_to_confirm(city):
    procedure = mediating(city)
    agreement = agreed(city, procedure, actor=city.users["mediator"], confirmation=True)
    signed(agreement, actor=city.users["mediator"], court=city.organizations["court"])
    procedure.refresh_from_db()
    assert (procedure.state, procedure.mode) == ("closed", "settled")
    confirmation = procedure.dispute.procedures.get(kind=Kind.CONFIRMATION)
    assert confirmation.organ == city.organizations["court"]
    assert confirmation.origins.get().earlier == procedure
    assert limits(confirmation) == {"TJ-SFQR": date(2026, 4, 20)}
    assert [str(item) for item in agreement.items.all()] == ["自行拆除临时构筑物", "补偿搬迁费用"]


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"voluntary": False}, "not_free", "voluntary"),
        ({"harmless": False}, "harmful", "harmless"),
        ({"effective_on": date(2026, 3, 19)}, "bad_day", "effective_on"),
        ({"effective_on": date(2026, 3, 21)}, "bad_day", "effective_on"),
        ({"court": None}, "no_court", "court"),
    ],
)
def test_what_is_signed_is_free_harmless_and_dated(city, changes, code, field):
    agreement = agreed(city, mediating(city), confirmation=True)
    with pytest.raises(RuleBroken) as broken:
        signed(agreement, **{"court": city.organizations["court"], **changes})
    assert (broken.value.code, broken.value.field) == (code, field)
    agreement.refresh_from_db()
    assert agreement.state == "draft"


def test_nobody_promises_who_takes_no_part(city):
    procedure = mediating(city)
    strange = ItemWords(city.organizations["court"], "减免", date(2026, 5, 1))
    with pytest.raises(RuleBroken) as broken:
        agreed(city, procedure, items=[strange])
    assert (broken.value.code, broken.value.field) == ("not_concerned", "owed_by_1")
    assert not procedure.agreements.exists()


def test_a_settlement_that_is_withdrawn_closes_as_one(city):
    procedure = mediating(city)
    signed(agreed(city, procedure, kind="settled"))
    procedure.refresh_from_db()
    assert procedure.mode == "withdrawn_settled"


def test_a_signed_agreement_stays_as_it_is(city):
    procedure = mediating(city)
    signed(agreed(city, procedure))
    with pytest.raises(RuleBroken) as broken:
        agreed(city, procedure)
    assert broken.value.code == "signed"


def here(name, procedure) -> str:
    return reverse(f"cases:{name}", args=[procedure.dispute.public_id, procedure.public_id])


def settling(client, procedure) -> str:
    page = client.get(procedure.dispute.get_absolute_url(), {"tab": "settling"})
    assert page.status_code == 200
    return page.content.decode()


def test_the_parties_are_asked_on_the_page_of_the_step(city, as_user):
    procedure = mediation(city, on=TODAY)
    client = as_user(city.users["centre_clerk"])
    url = reverse("cases:step", args=[procedure.dispute.public_id, procedure.public_id, "consent"])
    page = client.get(url)
    assert [part.party is not None for part, _row in page.context["form"].rows] == [
        True,
        True,
        False,
    ]
    answers = {"on": str(TODAY), "version": procedure.version, "answer_0": "yes"}
    refused = client.post(url, answers)
    assert refused.status_code == 422
    assert "method_0" in refused.context["form"].errors
    answers |= {"method_0": "phone", "answer_1": "yes", "method_1": "writing"}
    assert client.post(url, answers).status_code == 302
    procedure.refresh_from_db()
    assert procedure.state == "agreed"
    assert as_user(city.users["agency_contact"]).get(url).status_code == 403


def test_a_session_is_set_recorded_and_read_by_all_sides(city, as_user):
    procedure = stepped(entrusted(city), "acknowledge", date(2026, 3, 4))
    client = as_user(city.users["mediator"])
    asks = {"day": "2026-03-06", "time": "09:00", "place": "第一调解室", "method": "in_person"}
    url = here("session-new", procedure)
    assert client.post(url, {**asks, "form_token": "s1"}).status_code == 302
    assert client.post(url, {**asks, "form_token": "s1"}).status_code == 302
    planned = procedure.sessions.get()
    url = reverse("cases:session", args=[procedure.dispute.public_id, planned.public_id])
    said = {"offered": "分期拆除", "version": planned.version}
    refused = client.post(url, said)
    assert refused.status_code == 422
    assert "came" in refused.context["form"].errors
    came = {**said, "came": [party_part(procedure).public_id], "reason": "次日补录"}
    assert client.post(url, came).status_code == 302
    procedure.refresh_from_db()
    assert procedure.state == "mediating"
    for key in ("agency_contact", "gov_officer", "mediator"):
        assert "分期拆除" in settling(as_user(city.users[key]), procedure)
    assert as_user(city.users["agency_contact"]).get(url).status_code == 403


def test_a_session_is_cancelled_with_a_reason(city, as_user):
    procedure = mediating(city)
    planned = session(procedure)
    url = reverse("cases:session-cancel", args=[procedure.dispute.public_id, planned.public_id])
    client = as_user(city.users["mediator"])
    assert client.post(url, {"version": planned.version}).status_code == 422
    given = {"version": planned.version, "reason": "当事人请求改期"}
    assert client.post(url, given).status_code == 302
    assert client.get(url).status_code == 404


def test_the_agreement_is_written_and_signed_on_its_pages(city, as_user):
    procedure = mediating(city)
    client = as_user(city.users["mediator"])
    url = here("agreement", procedure)
    agency = procedure.participants.get(organization=city.organizations["agency"])
    words = {
        "kind": "mediated",
        "facts": "拆除期限",
        "confirmation": "on",
        "owed_by_1": agency.public_id,
        "what_1": "补偿搬迁费用",
    }
    refused = client.post(url, words)
    assert refused.status_code == 422
    assert "due_on_1" in refused.context["form"].errors
    assert client.post(url, {**words, "due_on_1": "2026-05-29"}).status_code == 302
    assert "补偿搬迁费用" in settling(client, procedure)
    agreement = procedure.agreements.get()
    sign = {
        "on": "2026-03-20",
        "effective_on": "2026-03-20",
        "voluntary": "on",
        "harmless": "on",
        "court": city.organizations["court"].public_id,
        "reason": "次日补录",
        "version": agreement.version,
    }
    url = here("agreement-sign", procedure)
    assert client.post(url, {**sign, "harmless": ""}).status_code == 422
    assert client.post(url, sign).status_code == 302
    assert client.get(url).status_code == 404
    procedure.refresh_from_db()
    assert procedure.mode == "settled"


def test_the_way_out_is_offered_after_a_failure_alone(city, as_user):
    procedure = mediating(city)
    client = as_user(city.users["mediator"])
    url = here("way-out", procedure)
    assert client.get(url).status_code == 404
    assert url not in settling(client, procedure)
    stepped(procedure, "close", date(2026, 3, 20), mode="failed", reason="分歧过大")
    assert url in settling(client, procedure)
    given = {"way": "suit", "on": "2026-03-20", "reason": "期限将届满"}
    assert client.post(url, given).status_code == 302
    assert "期限将届满" in settling(client, procedure)
    assert client.get(url).status_code == 404


def test_many_parties_that_agree_together_are_recorded_at_once(city, as_user):
    names = ("张三", "李四", "王五")
    many = dispute(city, parties=tuple(PartyWords("natural", name) for name in names))
    procedure = mediation(city, many)
    client = as_user(city.users["centre_clerk"])
    url = here("consents", procedure)
    given = {"on": str(FILED), "version": procedure.version, "everyone": "writing"}
    refusal = {"answer_0": "no", "method_0": "phone"}
    assert client.post(url, {**given, **refusal}).status_code == 302
    said = MediationConsent.objects.filter(participant__procedure=procedure).order_by("pk")
    assert list(said.values_list("agreed", "method")) == [
        (False, "phone"),
        (True, "writing"),
        (True, "writing"),
    ]
    assert "everyone" not in client.get(here("consents", mediation(city))).context["form"].fields


def asked_again(city) -> list[str]:
    """Where the desk asks half a year later whether a way out is still wanted."""
    found = items(city.users["centre_clerk"], date(2026, 9, 30))
    return [one.url for one in found if one.title.startswith("出路告知已过半年")]


def test_a_party_that_takes_no_way_lets_the_dispute_rest(city, as_user):
    """Only what nothing has followed rests; a later application is opened as ever."""
    procedure = stepped(mediating(city), "close", date(2026, 3, 20), mode="failed", reason="分歧")
    client = as_user(city.users["mediator"])
    url = here("way-given-up", procedure)
    assert client.get(url).status_code == 404
    given = {"way": "reconsideration", "on": "2026-03-20", "reason": "更快"}
    client.post(here("way-out", procedure), given)
    assert url in settling(client, procedure)
    assert asked_again(city) == [url]
    early = client.post(url, {"on": "2026-03-19", "reason": "电话告知"})
    assert (early.status_code, list(early.context["form"].errors)) == (422, ["on"])
    assert client.post(url, {"on": "2026-09-28", "reason": "电话告知不再申请"}).status_code == 302
    procedure.dispute.refresh_from_db()
    assert procedure.dispute.standing == Standing.CLOSED
    assert "电话告知不再申请" in settling(client, procedure)
    assert client.get(url).status_code == 404
    assert asked_again(city) == []
    reconsideration(city, procedure.dispute, date(2026, 9, 30))
    procedure.dispute.refresh_from_db()
    assert procedure.dispute.standing == Standing.OPEN


def test_of_the_ways_out_the_one_that_was_taken_is_offered_no_more(city, as_user):
    procedure = stepped(mediating(city), "close", date(2026, 3, 20), mode="failed", reason="分歧")
    client = as_user(city.users["gov_officer"])
    address, related = procedure.dispute.get_absolute_url(), {"tab": "related"}
    kinds = [way.kind for way in client.get(address, related).context["following"]]
    assert kinds == [Kind.RECONSIDERATION, Kind.FIRST_INSTANCE]
    reconsideration(
        city, procedure.dispute, date(2026, 3, 23), earlier=procedure, reason="引导复议"
    )
    assert client.get(address, related).context["following"] == []


def test_the_allowance_is_proposed_on_its_page(city, as_user):
    procedure = mediating(city)
    signed(agreed(city, procedure))
    url = here("allowance-new", procedure)
    assert as_user(city.users["mediator"]).get(url).status_code == 403
    client = as_user(city.users["centre_clerk"])
    assert url in settling(client, procedure)
    given = {"standard": "宜伍司发〔2023〕10号", "amount": "500"}
    assert client.post(url, given).status_code == 302
    allowance = Assignment.objects.get().allowance
    bureau = as_user(city.users["gov_officer"])
    url = reverse("cases:allowance", args=[allowance.public_id])
    given = {"approved": "yes", "version": allowance.version}
    assert bureau.post(url, given).status_code == 302
    allowance.refresh_from_db()
    given = {"on": str(timezone.localdate()), "version": allowance.version}
    assert bureau.post(url, given).status_code == 302
    allowance.refresh_from_db()
    assert allowance.state == "paid"


def test_the_desk_costs_the_same_for_any_length(city, as_user):
    session(mediating(city), on=date(2099, 3, 6))
    client = as_user(city.users["mediator"])
    costs = []
    for _n in range(3):
        session(mediating(city), on=date(2099, 3, 6))
        ContentType.objects.clear_cache()
        with CaptureQueriesContext(connection) as queries:
            page = client.get(reverse("cases:desk"))
        costs.append(len(queries))
        assert all(line.session and line.limit for line in page.context["mine"])
    assert len(page.context["mine"]) == 4
    assert costs[0] == costs[1] == costs[2]


def test_the_desk_shows_first_what_waits_for_an_answer(city, as_user):
    procedure = entrusted(city)
    client = as_user(city.users["mediator"])
    page = client.get(reverse("cases:desk"))
    assert [line.assignment.procedure for line in page.context["waiting"]] == [procedure]
    assert "acknowledge" in page.content.decode()
    other = as_user(city.users["centre_clerk"]).get(reverse("cases:desk"))
    assert other.context["waiting"] == []
    assert len(other.context["others"]) == 1


def test_settling_costs_the_same_for_any_number(city, as_user):
    """Other parts stand on this page too, so it is one cost against the other; they also
    ask once more where a mediation has failed."""
    found = dispute(city)
    client = as_user(city.users["gov_officer"])
    costs = []
    for _n in range(4):
        procedure = entrusted(city, mediation(city, found))
        procedure = stepped(procedure, "acknowledge", DAY)
        session(procedure)
        ContentType.objects.clear_cache()
        with CaptureQueriesContext(connection) as queries:
            client.get(found.get_absolute_url(), {"tab": "settling"})
        costs.append(len(queries))
        stepped(procedure, "close", DAY, mode="failed", reason="分歧过大")
    assert costs[1] == costs[2] == costs[3]
