"""A principle is kept by whoever answers for it: attesting, taking back, running out."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from dashboards.actions import AttestationWords, attest, withdraw_attestation
from dashboards.models import Attestation
from foundations.access.errors import RuleBroken
from mechanisms.findings import Clause
from mechanisms.judging import judge
from mechanisms.states import RuleKind
from tests.clauses import clause, provision
from tests.sitting import moment

DAY = date(2026, 11, 23)
LATER = moment(DAY, 10)


def paper():
    return SimpleUploadedFile("年度总结.txt", "两方年度总结".encode())


def attested(city, number, by="gov_officer", unit="justice", on=DAY, until=None, files=None):
    words = AttestationWords(
        text="两方均有年度总结。",
        on=on,
        organization=city.organizations[unit],
        expires_on=until,
    )
    return attest(
        city.mechanism.pk,
        number=number,
        actor=city.users[by],
        at=LATER,
        words=words,
        files=[paper()] if files is None else files,
        declared=True,
    )


@pytest.mark.parametrize(
    ("on", "state", "next_on"),
    [
        pytest.param(date(2024, 12, 31), "not_yet_due", date(2024, 12, 31), id="its first year"),
        pytest.param(date(2025, 1, 1), "broken", date(2024, 12, 31), id="after its first year"),
        pytest.param(date(2025, 12, 31), "broken", date(2024, 12, 31), id="the day before"),
        pytest.param(date(2026, 1, 1), "attested", date(2027, 1, 1), id="the day it begins"),
        pytest.param(date(2026, 12, 1), "attested", date(2027, 1, 1), id="31 days are left"),
        pytest.param(date(2026, 12, 2), "due_soon", date(2027, 1, 1), id="30 days are left"),
        pytest.param(date(2027, 1, 1), "due_soon", date(2027, 1, 1), id="its last day"),
        pytest.param(date(2027, 1, 2), "broken", date(2024, 12, 31), id="run out"),
    ],
)
def test_a_principle_is_judged_by_the_attestation_of_the_day(city, on, state, next_on):
    asked = clause(city, RuleKind.STATEMENT, "mechanism", on)
    attested(city, asked.provision.number, on=date(2026, 1, 1))

    found = judge(asked)

    assert (found.state, found.next_on) == (state, next_on)
    assert bool(found.evidence) == (state in {"attested", "due_soon"})


def test_what_is_taken_back_holds_until_the_day_before(city):
    asked = clause(city, RuleKind.STATEMENT, "mechanism", DAY)
    made = attested(city, asked.provision.number, on=date(2026, 1, 1))
    withdraw_attestation(
        made.pk,
        actor=city.users["gov_officer"],
        at=LATER,
        on=date(2026, 6, 1),
        reason="写错了单位",
        version=made.version,
    )

    states = [
        judge(Clause(city.mechanism, asked.provision, day)).state
        for day in (date(2026, 5, 31), date(2026, 6, 1))
    ]

    assert states == ["attested", "broken"]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        pytest.param({"files": []}, "no_evidence", id="nothing shows it"),
        pytest.param({"on": date(2026, 11, 24)}, "attested_ahead", id="of tomorrow"),
        pytest.param({"on": date(2024, 1, 1)}, "attested_before", id="before the text"),
        pytest.param({"until": DAY}, "ends_before", id="ends at once"),
    ],
)
def test_what_cannot_be_attested(city, changed, code):
    number = provision(city, RuleKind.STATEMENT, "mechanism").number

    with pytest.raises(RuleBroken) as refused:
        attested(city, number, **changed)

    assert refused.value.code == code
    assert not Attestation.objects.exists()


def test_records_show_what_is_no_principle(city):
    number = provision(city, RuleKind.ROSTER, "seat").number

    with pytest.raises(RuleBroken) as refused:
        attested(city, number)

    assert refused.value.code == "not_a_statement"


@pytest.mark.parametrize(
    ("by", "bearers", "may"),
    [
        pytest.param("gov_officer", ["government"], True, id="an officer of the side that owes"),
        pytest.param("court_convenor", ["court"], True, id="a leader of the side that owes"),
        pytest.param("gov_officer", ["division"], False, id="an officer of the other side"),
        pytest.param("court_officer", ["agency"], False, id="of a unit of the other side"),
        pytest.param("recorder", ["government"], False, id="a recorder"),
        pytest.param("agency_contact", ["agency"], False, id="a member unit"),
        pytest.param("system_admin", ["government"], False, id="an administrator"),
    ],
)
def test_who_answers_for_a_clause(city, by, bearers, may):
    number = provision(city, RuleKind.STATEMENT, "mechanism", bearers=bearers).number
    unit = "court" if by.startswith("court") else "justice"

    if may:
        assert attested(city, number, by, unit).attested_by == city.users[by]
    else:
        with pytest.raises(PermissionDenied):
            attested(city, number, by, unit)


@time_machine.travel(LATER, tick=False)
def test_a_clause_is_attested_and_taken_back_on_pages(city, as_user):
    number = provision(city, RuleKind.STATEMENT, "mechanism").number
    client = as_user(city.users["gov_officer"])
    address = reverse("dashboards:attest", args=[city.mechanism.key, number])
    sent = {
        "organization": city.organizations["justice"].pk,
        "on": "2026-11-23",
        "text": "两方均有年度总结。",
        "form_token": "a",
    }

    refused = client.post(address, sent)
    assert refused.status_code == 422
    assert "请附上佐证文件" in refused.content.decode()
    unknown = client.post(address, {**sent, "document": "试司函〔2026〕99号"})
    assert "没有这一文号或者标题的已制发公文" in unknown.content.decode()
    made = client.post(address, {**sent, "file": paper(), "declared": "on"}, follow=True)
    again = client.post(address, {**sent, "file": paper(), "declared": "on"})

    row = Attestation.objects.get()
    assert again.status_code == 302
    assert "佐证认定" in made.content.decode()
    shown = client.get(row.get_absolute_url()).content.decode()
    assert "年度总结.txt" in shown
    back = reverse("dashboards:attestation-withdraw", args=[row.public_id])
    client.post(back, {"on": "2026-11-23", "reason": "写错了单位", "version": row.version})
    row.refresh_from_db()
    assert row.withdrawn_on == DAY
    assert "已撤回" in client.get(row.get_absolute_url()).content.decode()
