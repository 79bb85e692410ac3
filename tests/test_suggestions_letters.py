"""What becomes of a letter: taken back, copies signed for, a unit added."""

import pytest
from django.core.exceptions import PermissionDenied

from foundations.access.policy import visible_to
from foundations.notifications.models import Notice
from services.deadlines.actions import open_by_rule
from services.deadlines.models import DeadlineState
from services.documents.models import OfficialDocument
from suggestions.actions import letters
from suggestions.models import Copy, Suggestion
from suggestions.states import AddresseeState, LetterState
from tests.drafting import AT, ON, issue, refusal, told, write
from tests.letters import agencies, ceased, letter, unit


def test_a_draft_is_discarded_with_its_reason(city):
    draft = write(city)
    given = {"actor": city.users["court_officer"], "at": AT}

    assert refusal(letters.withdraw_letter, draft.pk, reason=" ", **given) == (
        "no_reason",
        "reason",
    )
    gone = letters.withdraw_letter(draft.pk, reason="案件已化解", **given)

    assert (gone.state, gone.withdrawn_reason) == (LetterState.WITHDRAWN, "案件已化解")
    assert visible_to(city.users["court_officer"], Suggestion).get() == gone
    assert not visible_to(city.users["agency_contact"], Suggestion).exists()
    assert not Notice.objects.exists()


def test_a_letter_is_taken_back_from_who_has_not_closed_it(city):
    agencies(city, 2)
    made = issue(city, write(city, addressees=tuple(one.pk for one in agencies(city, 2))))
    first, second = made.addressees.all()
    first.state = AddresseeState.CLOSED
    first.save()
    limit = open_by_rule(
        second,
        "SJ-REPLY",
        actor=None,
        title="回复",
        jurisdiction=city.jurisdiction,
        owed_by=second.organization,
        trigger_on=ON,
    )

    gone = letters.withdraw_letter(
        made.pk, actor=city.users["court_officer"], at=AT, reason="事实有误"
    )

    states = [row.state for row in gone.addressees.all()]
    assert states == [AddresseeState.CLOSED, AddresseeState.WITHDRAWN]
    limit.refresh_from_db()
    assert (limit.state, limit.closed_on) == (DeadlineState.CANCELLED, ON)
    paper = OfficialDocument.objects.about(gone).get()
    assert (paper.state, paper.voided_reason) == ("voided", "事实有误")
    assert f"已撤回：{made}" in told(city.users["natural_contact"])
    assert f"已撤回：{made}" in told(city.users["gov_officer"])
    with pytest.raises(PermissionDenied):
        letters.withdraw_letter(made.pk, actor=city.users["gov_officer"], at=AT, reason="试")


def test_a_copy_is_signed_for_once(city):
    copy = letter(city).copies.get()
    given = {"actor": city.users["gov_officer"], "at": AT}

    signed = letters.sign_copy(copy.pk, **given)

    assert (signed.received_at, signed.received_by) == (AT, city.users["gov_officer"])
    assert refusal(letters.sign_copy, copy.pk, **given) == ("signed", "")
    waiting = letter(city, copies=("gov",)).copies.get()
    with pytest.raises(PermissionDenied):
        letters.sign_copy(waiting.pk, actor=city.users["agency_contact"], at=AT)
    assert Copy.objects.filter(received_at=None).get() == waiting


def test_a_unit_is_added_after_the_issue(city):
    made = letter(city)
    agencies(city, 2)
    old, _new = ceased(city)
    add = {"actor": city.users["court_officer"], "at": AT}
    natural = city.organizations["natural"]

    assert refusal(letters.add_addressee, made.pk, organization_id=old.pk, **add)[0] == "ceased"
    row = letters.add_addressee(made.pk, organization_id=natural.pk, **add)

    assert (row.state, row.order) == (AddresseeState.SENT, 1)
    assert visible_to(city.users["natural_contact"], Suggestion).get() == made
    assert told(city.users["natural_contact"]) == [f"司法建议送你单位：{made}"]
    for unit_of, code in ((natural, "already_addressed"), (made.issuer, "own_letter")):
        given = {"organization_id": unit_of.pk, **add}
        assert refusal(letters.add_addressee, made.pk, **given) == (code, "organization")
    draft = letter(city, state=LetterState.DRAFT)
    assert refusal(letters.add_addressee, draft.pk, organization_id=natural.pk, **add) == (
        "not_issued",
        "",
    )


def test_units_of_another_place_are_no_addressees(city):
    stranger = unit(city, "far", "外地某局", "外地某局")
    stranger.jurisdiction = type(city.jurisdiction).objects.create(key="far", name="外市")
    stranger.save()

    assert refusal(write, city, addressees=(stranger.pk,)) == ("wrong_unit", "addressees")
