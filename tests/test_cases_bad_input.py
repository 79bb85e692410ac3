"""What is refused on the pages of procedures: said at its field, and nothing half-written."""

from collections.abc import Callable
from datetime import date
from html import unescape

import pytest
from django.urls import reverse

from cases.actions.access import admit
from cases.models import Assignment, Dispute, Event, Link, Participant, Procedure
from services.deadlines.models import Deadline
from tests.disputes import (
    accepted,
    agency_part,
    centre,
    filed,
    mediator,
    opened,
    party_part,
    reconsideration,
    stepped,
    suit,
)

MARCH_3, MARCH_9, MARCH_12 = date(2026, 3, 3), date(2026, 3, 9), date(2026, 3, 12)
APRIL_20, APRIL_21 = date(2026, 4, 20), date(2026, 4, 21)
LATE = {"late": "补录"}
WRITTEN = (Dispute, Procedure, Event, Link, Participant, Assignment, Deadline)


def step(procedure: Procedure, key: str) -> str:
    place = (procedure.dispute.public_id, procedure.public_id, key)
    return reverse("cases:step", args=place)


def foreign_mode(city) -> tuple[str, str, dict]:
    """A reconsideration is never closed by a court's 准许撤诉."""
    case = accepted(reconsideration(city), MARCH_3)
    stepped(case, "send", MARCH_9)
    case = stepped(case, "answered", MARCH_12, respondent=agency_part(case))
    given = {"on": "2026-04-20", "mode": "withdrawn_settled", "reason": "双方和解"}
    return "gov_officer", step(case, "decide"), given | {"version": case.version}


def judged(city) -> Procedure:
    """The judgment was served on the plaintiff, and not yet on the agency."""
    case = filed(suit(city), MARCH_9)
    stepped(case, "send", MARCH_12, served_party=agency_part(case))
    stepped(case, "pronounce", APRIL_20, mode="claims_dismissed")
    return stepped(case, "serve", APRIL_21, served_party=party_part(case))


def appeal_before_service(city) -> tuple[str, str, dict]:
    case = judged(city)
    given = {"on": "2026-04-22", "party": agency_part(case).public_id, "reason": "不服判决"}
    return "court_officer", step(case, "appeal"), given | {"version": case.version}


def second_suit(city) -> tuple[str, str, dict]:
    made = filed(suit(city), MARCH_9).dispute
    given = {
        "organ": city.organizations["court"].public_id,
        "on": "2026-03-12",
        "source": "court",
        "claimants": [one.public_id for one in made.parties.all()],
        "agencies": [city.organizations["agency"].public_id],
        "form_token": "t1",
    }
    address = reverse("cases:open", args=[made.public_id, "first_instance"])
    return "court_officer", address, given


def agencys_mediator(city) -> tuple[str, str, dict]:
    case = opened(city, "mediation", dispute_of(city), centre(city), MARCH_3, channel="people")
    for part in case.participants.exclude(party=None):
        part.consents.create(agreed=True, on=MARCH_3, method="phone")
    case = stepped(case, "consent", MARCH_3)
    chosen = mediator(city)
    chosen.organization, chosen.user = city.organizations["agency"], None
    chosen.store()
    given = {"on": "2026-03-09", "referral": "before_filing", "reason": "补录"}
    return (
        "centre_clerk",
        step(case, "refer"),
        given | {"mediator": chosen.public_id, "version": case.version},
    )


def dispute_of(city) -> Dispute:
    return reconsideration(city).dispute


BAD: dict[str, tuple[Callable, str, str]] = {
    "a closing mode of another procedure": (foreign_mode, "mode", "有效的选项"),
    "an appeal before service": (appeal_before_service, "party", "没有起算"),
    "two open first instances": (second_suit, "", "已有一件正在审理的一审案件"),
    "a mediator of the agency in dispute": (
        agencys_mediator,
        "mediator",
        "不能担任本争议",
    ),
}


def written() -> list[int]:
    return [model.objects.count() for model in WRITTEN]


@pytest.mark.parametrize("name", BAD)
def test_it_is_said_at_its_field_and_nothing_is_written(city, as_user, name):
    prepare, field, words = BAD[name]
    who, address, given = prepare(city)
    before = written()
    answer = as_user(city.users[who]).post(address, given | LATE)
    assert answer.status_code == 422
    errors = answer.context["form"].errors
    assert words in " ".join(errors[field or "__all__"])
    assert f'id="id_{field}_error"' in answer.content.decode() or not field
    assert written() == before


def test_a_case_number_in_the_wrong_brackets_is_put_right_and_said(city, as_user):
    case = suit(city)
    admit(case.dispute, [city.organizations["court"]], "organ")
    given = {"on": "2026-03-09", "number": "〔2026〕鄂0199行初8号", "track": "ordinary"}
    client = as_user(city.users["court_officer"])
    answer = client.post(
        step(case, "file"),
        given | LATE | {"version": case.version, "reason": "依法立案"},
        follow=True,
    )
    case.refresh_from_db()
    assert case.number == "（2026）鄂0199行初8号"
    assert "案号的年份用（ ）" in unescape(answer.content.decode())
