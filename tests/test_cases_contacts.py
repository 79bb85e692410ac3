"""Contacts about a pending case are written down; and no government touches a court's case."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from cases.actions.contacts import ContactWords, record_contact
from cases.actions.steps import take
from cases.flow.table import tables
from cases.models import Contact, Procedure
from cases.policy.circle import may_record
from foundations.access.errors import RuleBroken
from foundations.access.policy import visible_to
from foundations.audit.models import AuditEntry
from members.states import Side
from tests.disputes import accepted, filed, moment, reconsideration, suit
from tests.test_cases_mediation import mediating

DAY = date(2026, 3, 6)
PURPOSE = "询问是否有调解意愿"


def contact(city, procedure, by="agency", actor="agency_contact", **changes) -> Contact:
    given = {
        "recorded_for": city.organizations[by],
        "on": DAY,
        "who": "孙启明",
        "who_unit": "市综合执法局法规科",
        "to_whom": "周明远",
        "manner": "phone",
        "purpose": PURPOSE,
        "content": "请求法院先行组织调解。",
    }
    more = {name: changes.pop(name) for name in ("corrects", "token") if name in changes}
    words = ContactWords(**{**given, **changes})
    return record_contact(
        procedure.pk, actor=city.users[actor], at=moment(DAY, 16), words=words, **more
    )


def test_the_court_sees_all_contacts_on_its_case_others_their_own(city):
    case = filed(suit(city), date(2026, 3, 5))
    own = contact(city, case)
    other = contact(city, case, "justice", "gov_officer", purpose="了解审理进度")

    def seen(key):
        return set(visible_to(city.users[key], Contact).values_list("pk", flat=True))

    assert seen("court_officer") == {own.pk, other.pk}
    assert seen("court_convenor") == {own.pk, other.pk}
    assert seen("agency_contact") == {own.pk}
    assert seen("gov_officer") == {other.pk}
    assert seen("security_admin") == set()


def test_the_reconsideration_organ_sees_all_contacts_on_its_case(city):
    case = accepted(reconsideration(city), DAY)
    own = contact(city, case, to_whom="李文静")

    def seen(key):
        return set(visible_to(city.users[key], Contact).values_list("pk", flat=True))

    assert seen("gov_officer") == seen("agency_contact") == {own.pk}
    assert seen("court_officer") == set()


def test_a_contact_is_written_once_and_corrected_by_another(city):
    case = suit(city)
    first = contact(city, case)

    with pytest.raises(TypeError):
        first.store()
    with pytest.raises(TypeError):
        first.delete()
    second = contact(city, case, corrects=first, purpose="更正：询问开庭时间")
    assert second.corrects == first
    with pytest.raises(RuleBroken) as refused:
        contact(city, case, corrects=first, purpose="再更正")
    assert refused.value.code == "other_case"


def test_its_content_stays_out_of_the_trail(city):
    contact(city, suit(city))

    entry = AuditEntry.objects.get(action="cases.contact.recorded")
    assert "调解" not in str(entry.data)


def reconsidered(city) -> Procedure:
    return accepted(reconsideration(city), DAY)


EARLIER = date(2026, 3, 1)
REFUSED = {
    "a mediation": (lambda city: contact(city, mediating(city)), "not_decided"),
    "before it was pending": (
        lambda city: contact(city, suit(city), on=date(2026, 3, 1)),
        "not_pending",
    ),
    "tomorrow": (lambda city: contact(city, suit(city), on=date(2026, 3, 7)), "future"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused(city, name):
    attempt, code = REFUSED[name]

    with pytest.raises(RuleBroken) as refused:
        attempt(city)
    assert refused.value.code == code


def test_nobody_records_for_another_unit(city):
    with pytest.raises(PermissionDenied):
        contact(city, suit(city), "court", "agency_contact")


# What a party itself does in a court's procedure: it answers, applies, withdraws, reports.
PARTY_STEPS = {
    ("confirmation", "open"),
    ("confirmation", "apply"),
    ("confirmation", "withdraw"),
    ("first_instance", "answered"),
    ("second_instance", "answered"),
    ("visit", "report_received"),
}
GUARDED = {"panel", "handler", "number", "track", "until", "mediator", "ground_of_loss"}
"""Who decides, when, and how: what only a court says of its own case."""


def test_no_government_account_takes_a_step_of_a_court(city):
    """YN-22, G10: over all tables, every step of a procedure that a court handles."""
    made = suit(city).dispute
    court = city.organizations["court"]
    people = [
        city.users[key]
        for key in ("gov_officer", "gov_deputy", "gov_convenor", "recorder", "agency_contact")
    ]
    taken = set()
    for table in tables().values():
        if Side.COURT not in table.organs:
            continue
        procedure = Procedure(dispute=made, kind=table.key, organ=court, state=table.first)
        for step in table.steps.values():
            if any(may_record(user, procedure, step) for user in people):
                taken.add((table.key, step.key))
                assert not GUARDED & set(step.asks), step.name

    assert taken <= PARTY_STEPS


@pytest.mark.parametrize("key", ["gov_officer", "agency_contact", "gov_deputy"])
def test_no_government_account_files_a_suit_or_names_its_panel(city, key):
    case = suit(city)
    given = {"number": "（2026）鄂0199行初1号", "track": "ordinary", "panel": "第一合议庭"}

    with pytest.raises(PermissionDenied):
        take(case.pk, "file", actor=city.users[key], at=moment(DAY), on=DAY, given=given)
    case.refresh_from_db()
    assert (case.panel, case.handler, case.state) == ("", None, "received")
