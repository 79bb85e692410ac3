"""The eight looks decide on mediation or filing; a court alone decides on filing."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from cases.actions.checklist import ChecklistWords, fill_checklist
from cases.models import Checklist, ChecklistLook, Look
from cases.models.checklist import advice_of
from cases.states import Source
from foundations.access.errors import RuleBroken
from tests.disputes import dispute, moment

DAY = date(2026, 3, 3)
ALL = {str(look): ("meets", "") for look in Look}


@pytest.fixture
def of_court(city):
    """A dispute that the court's filing hall registered."""
    return dispute(city, registered_by=city.organizations["court"], source=Source.COURT)


def fill(city, made, *, user="court_officer", looks=ALL, on=DAY, version=None, **words):
    given = ChecklistWords(made.registered_by, looks, **words)
    return fill_checklist(
        made.pk,
        actor=city.users[user],
        at=moment(DAY),
        on=on,
        words=given,
        version=version,
    )


ADVICE = [
    ([*["meets"] * 8], "filed"),
    ([*["meets"] * 7, "none"], "filed"),
    ([*["meets"] * 7, "wants"], "supplement"),
    ([*["wants"] * 7, "fails"], "not_filed"),
    ([*["meets"] * 7], None),
]


@pytest.mark.parametrize(("verdicts", "advice"), ADVICE)
def test_the_looks_speak_for_something(verdicts, advice):
    assert advice_of(verdicts) == advice


@pytest.mark.parametrize(
    ("verdict", "said"),
    [
        ("meets", "可以立案；双方愿意的，可先行诉前协调"),
        ("wants", "先补正，再决定"),
        ("fails", "不宜立案；双方愿意的，仍可协调"),
    ],
)
def test_the_page_says_what_the_looks_speak_for_until_it_is_decided(
    city, of_court, as_user, verdict, said
):
    found = {**ALL, "period": (verdict, "见收案登记表")}
    page = f"{of_court.get_absolute_url()}?tab=settling"
    fill(city, of_court, looks=found)

    before = as_user(city.users["court_officer"]).get(page).content.decode()
    kept = Checklist.objects.get(dispute=of_court)
    fill(city, of_court, looks=found, version=kept.version, decision="mediation", reason="愿意")
    after = as_user(city.users["court_officer"]).get(page).content.decode()

    assert said in before
    assert said not in after


@pytest.mark.parametrize(
    ("decision", "mode"), [("filed", "to_suit"), ("mediation", "to_mediation")]
)
def test_a_decision_sends_the_dispute_on(city, of_court, decision, mode):
    fill(city, of_court, decision=decision)

    intake = of_court.procedures.get()
    assert (intake.mode, intake.closed_on) == (mode, DAY)
    kept = Checklist.objects.get()
    assert (kept.decision, kept.decided_on, kept.looks.count()) == (decision, DAY, 8)


@pytest.mark.parametrize("decision", ["supplement", ""])
def test_without_filing_or_mediation_the_intake_stays_open(city, of_court, decision):
    fill(city, of_court, decision=decision, reason="待补")

    assert of_court.procedures.get().is_open


REFUSED = [
    pytest.param({"looks": {"claims": ("fails", "")}}, "no_note", "note_claims", id="no remark"),
    pytest.param(
        {"looks": {"claims": ("meets", "")}, "decision": "filed"},
        "unlooked",
        "decision",
        id="seven open",
    ),
    pytest.param(
        {"looks": {**ALL, "period": ("fails", "超过起诉期限")}, "decision": "filed"},
        "against_looks",
        "reason",
        id="against the looks",
    ),
    pytest.param({"on": date(2026, 3, 4)}, "future", "on", id="tomorrow"),
]


@pytest.mark.parametrize(("words", "code", "field"), REFUSED)
def test_what_does_not_fit_is_refused_whole(city, of_court, words, code, field):
    with pytest.raises(RuleBroken) as broken:
        fill(city, of_court, **words)

    assert (broken.value.code, broken.value.field) == (code, field)
    assert not Checklist.objects.exists()
    assert not ChecklistLook.objects.exists()


def test_what_was_decided_stays(city, of_court):
    fill(city, of_court, decision="mediation")

    with pytest.raises(RuleBroken) as broken:
        fill(city, of_court, decision="filed")

    assert broken.value.code == "decided"


@pytest.mark.parametrize("decision", ["filed", "not_filed"])
def test_the_government_decides_no_filing(city, decision):
    made = dispute(city)

    with pytest.raises(PermissionDenied):
        fill(city, made, user="gov_officer", decision=decision, reason="试")

    fill(city, made, user="gov_officer", decision="mediation")
    assert made.procedures.get().mode == "to_mediation"


def test_who_does_not_keep_it_looks_at_nothing(city):
    made = dispute(city)

    with pytest.raises(PermissionDenied):
        fill(city, made, user="agency_contact")


def test_the_page_keeps_what_was_typed(city, of_court, as_user):
    client = as_user(city.users["court_officer"])
    address = reverse("cases:checklist", args=[of_court.public_id])
    typed = {
        "version": 0,
        "organization": city.organizations["court"].pk,
        "on": DAY.isoformat(),
        "look_claims": "wants",
        "note_claims": "",
    }
    with time_machine.travel(moment(DAY), tick=False):
        assert client.get(address).status_code == 200
        refused = client.post(address, typed)
        kept = client.post(address, {**typed, "note_claims": "请求不明确"})
        stale = client.post(address, {**typed, "note_claims": "另写"})
        shown = client.get(f"{of_court.get_absolute_url()}?tab=settling").content.decode()

    assert (refused.status_code, kept.status_code, stale.status_code) == (422, 302, 422)
    assert "看原告诉讼请求" in refused.content.decode()
    assert "请求不明确" in shown
    assert as_user(city.users["gov_officer"]).get(address).status_code in (200, 404)


def test_the_government_is_offered_no_filing(city, as_user):
    made = dispute(city)

    page = as_user(city.users["gov_officer"]).get(
        reverse("cases:checklist", args=[made.public_id])
    )

    assert 'value="mediation"' in page.content.decode()
    assert 'value="filed"' not in page.content.decode()
