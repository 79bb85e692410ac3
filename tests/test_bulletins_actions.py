"""The course of a bulletin: who may do what when, what it must have, what becomes of it."""

from itertools import product

import pytest
from django.core.exceptions import PermissionDenied

from bulletins.actions import bulletins as actions
from bulletins.actions.bulletin_figures import count_table, type_table
from bulletins.actions.bulletin_steps import move
from bulletins.actions.circulation import circulate, correct, note_reading, receive
from bulletins.actions.comments import comment
from bulletins.models import Bulletin, FigureTable
from bulletins.states import BulletinState, FigureSource
from foundations.access.errors import RuleBroken
from foundations.audit.trail import acting
from foundations.notifications.models import Notice
from members.models import Organization
from members.states import OrganizationKind, Side
from services.documents.models import OfficialDocument
from tests.issues import (
    AT,
    DAY,
    circulated,
    drafted,
    instalment,
    obligation,
    reviewing,
    signed,
    words,
)

ALLOWED = {
    ("drafting", "reviewing"), ("drafting", "discarded"),
    ("reviewing", "returned"), ("reviewing", "approved"), ("reviewing", "signed"),
    ("returned", "reviewing"), ("returned", "discarded"),
    ("approved", "returned"), ("approved", "signed"),
    ("signed", "returned"), ("signed", "circulated"),
    ("circulated", "withdrawn"),
}  # fmt: skip


@pytest.mark.parametrize("before", BulletinState)
def test_which_moves_are_allowed(city, before):
    made = drafted(city)
    for to in BulletinState:
        Bulletin.objects.filter(pk=made.pk).update(state=before, sequence=1)
        row = Bulletin.objects.get(pk=made.pk)
        if (before, to) in ALLOWED:
            with acting():
                move(row, to, None)
        else:
            with pytest.raises(RuleBroken) as refused, acting():
                move(row, to, None)
            assert refused.value.code == "bad_transition"


STEPS = {
    "send": ("drafted", actions.send_for_review),
    "approve": ("reviewing", actions.approve),
    "sign": ("reviewing", actions.sign),
    "circulate": ("signed", circulate),
}
MADE = {"drafted": drafted, "reviewing": reviewing, "signed": signed}
MAY = {
    ("send", "court_officer"),
    ("approve", "court_deputy"),
    ("approve", "court_convenor"),
    ("sign", "court_deputy"),
    ("sign", "court_convenor"),
    ("circulate", "court_officer"),
}


WHO = ("court_officer", "court_deputy", "court_convenor", "gov_officer", "agency_contact")


@pytest.mark.parametrize(
    ("step", "who"),
    list(product(STEPS, WHO)),
)
def test_who_takes_which_step(city, step, who):
    before, action = STEPS[step]
    made = MADE[before](city)
    if (step, who) in MAY:
        action(made.pk, actor=city.users[who], at=AT)
        return
    with pytest.raises(PermissionDenied):
        action(made.pk, actor=city.users[who], at=AT)


def test_the_drafter_does_not_sign(city):
    """Four eyes: an officer may sign what another drafted, never the own draft."""
    made = drafted(city, issuer="justice", actor="gov_officer", recipients=_pks(city, "court"))
    actions.send_for_review(made.pk, actor=city.users["gov_officer"], at=AT)
    with pytest.raises(PermissionDenied):
        actions.sign(made.pk, actor=city.users["gov_officer"], at=AT)

    actions.sign(made.pk, actor=city.users["gov_deputy"], at=AT)

    made.refresh_from_db()
    assert (made.state, made.signed_by) == (BulletinState.SIGNED, city.users["gov_deputy"])


def _pks(city, *keys):
    return tuple(city.organizations[key].pk for key in keys)


def _stranger(city) -> Organization:
    return Organization.objects.create(
        jurisdiction=city.jurisdiction,
        key="proc",
        name="试验市人民检察院",
        short_name="市检察院",
        kind=OrganizationKind.PROCURATORATE,
        side=Side.PROCURATORATE,
    )


@pytest.mark.parametrize(
    ("more", "code", "field"),
    [
        ({"matter": ""}, "no_matter", "covers"),
        ({"recipients": ()}, "no_recipient", "recipients"),
        ({"body": "<p></p>"}, "no_text", "body"),
    ],
)
def test_what_must_be_there_before_review(city, more, code, field):
    made = drafted(city, **more)
    with pytest.raises(RuleBroken) as refused:
        actions.send_for_review(made.pk, actor=city.users["court_officer"], at=AT)
    assert (refused.value.code, refused.value.field) == (code, field)


def test_recipients_must_be_parties_or_units(city):
    stranger = _stranger(city)
    with pytest.raises(RuleBroken) as refused:
        drafted(city, recipients=(stranger.pk,))
    assert (refused.value.code, refused.value.field) == ("not_party", "recipients")
    assert "市检察院" in refused.value.message
    assert not Bulletin.objects.exists()

    drafted(city, recipients=_pks(city, "agency"))


def test_the_issuer_is_no_recipient_and_owes_the_matters(city):
    with pytest.raises(RuleBroken, match="本身") as refused:
        drafted(city, recipients=_pks(city, "court"))
    assert refused.value.code == "own_unit"
    theirs = obligation(city, debtor="justice")
    with pytest.raises(RuleBroken) as refused:
        drafted(city, covers=((theirs.pk, None),))
    assert (refused.value.code, refused.value.field) == ("wrong_matter", "covers")


def test_without_recipients_it_goes_to_who_is_owed_the_matter(city):
    row = obligation(city)
    part = instalment(row)

    made = drafted(city, covers=((row.pk, part.pk),), matter="", recipients=())

    names = {one.organization.key for one in made.circulations.all()}
    assert names == {"gov", "justice"}
    assert made.days == (part.first_on, part.last_on)


def test_circulating_gives_number_paper_receipts_and_answers_the_matter(city):
    row = obligation(city)
    part = instalment(row)
    made = circulated(city, covers=((row.pk, part.pk),), matter="")

    made.refresh_from_db()
    part.refresh_from_db()
    paper = OfficialDocument.objects.about(made).get()
    told = set(
        Notice.objects.filter(reason="circulated").values_list("recipient__username", flat=True)
    )
    assert (made.issue, made.circulated_on) == ("2026年第1期", DAY)
    assert (part.state, part.done_on) == ("sent", DAY)
    assert (paper.number, paper.context["issue"]) == ("2026年第1期", "2026年第1期")
    assert paper.context["send_to"] == [["试验市人民政府", "试验市司法局"]]
    assert {"gov_officer", "gov_deputy"} <= told
    assert circulated(city).issue == "2026年第2期"
    assert circulated(city, kind="brief").issue == "2026年第1期"


def test_circulating_an_unsigned_one_is_refused(city):
    made = reviewing(city)
    with pytest.raises(RuleBroken) as refused:
        circulate(made.pk, actor=city.users["court_officer"], at=AT)
    assert refused.value.code == "not_signed"


def test_returned_goes_round_again(city):
    made = reviewing(city)
    actions.return_draft(made.pk, actor=city.users["court_deputy"], at=AT, reason="数据有误")
    made.refresh_from_db()
    assert (made.state, made.return_reason) == (BulletinState.RETURNED, "数据有误")

    actions.revise(made.pk, actor=city.users["court_officer"], at=AT, words=words(city))
    again = actions.send_for_review(made.pk, actor=city.users["court_officer"], at=AT)
    assert (again.state, again.return_reason) == (BulletinState.REVIEWING, "")


def test_two_people_change_one_draft(city):
    made = drafted(city)
    seen = made.version
    actions.revise(
        made.pk, actor=city.users["court_officer"], at=AT, words=words(city), version=seen
    )
    with pytest.raises(RuleBroken) as refused:
        actions.revise(
            made.pk, actor=city.users["court_officer"], at=AT, words=words(city), version=seen
        )
    assert refused.value.code == "stale"


def test_receipts_note_who_and_when(city):
    made = circulated(city)
    note_reading(made.pk, actor=city.users["gov_deputy"], at=AT)
    assert receive(made.pk, actor=city.users["gov_officer"], at=AT) == 2
    assert receive(made.pk, actor=city.users["gov_officer"], at=AT) == 0

    row = made.circulations.get(organization=city.organizations["justice"])
    assert (row.read_by, row.received_by) == (city.users["gov_deputy"], city.users["gov_officer"])
    with pytest.raises(PermissionDenied):
        receive(made.pk, actor=city.users["agency_contact"], at=AT)


def test_a_correcting_issue_replaces_it_and_receipts_start_anew(city):
    row = obligation(city)
    part = instalment(row)
    old = circulated(city, covers=((row.pk, part.pk),), matter="")
    receive(old.pk, actor=city.users["gov_officer"], at=AT)
    officer = city.users["court_officer"]
    new = correct(old.pk, actor=officer, at=AT, reason="数字有误")
    with pytest.raises(RuleBroken, match="正在"):
        correct(old.pk, actor=officer, at=AT, reason="再来")
    actions.send_for_review(new.pk, actor=officer, at=AT)
    actions.sign(new.pk, actor=city.users["court_deputy"], at=AT)
    circulate(new.pk, actor=officer, at=AT)

    old.refresh_from_db()
    part.refresh_from_db()
    assert old.state == BulletinState.WITHDRAWN
    assert part.state == "sent"
    assert not new.circulations.filter(received_at__isnull=False).exists()
    assert new.issue == ""
    new.refresh_from_db()
    assert new.issue == "2026年第2期"
    with pytest.raises(RuleBroken) as refused:
        comment(old.pk, actor=city.users["gov_officer"], at=AT, text="意见")
    assert refused.value.code == "withdrawn"


def test_a_matter_that_only_the_old_issue_told_is_owed_again(city):
    row = obligation(city)
    part = instalment(row)
    old = circulated(city, covers=((row.pk, part.pk),), matter="")
    officer = city.users["court_officer"]
    new = correct(old.pk, actor=officer, at=AT, reason="事项有误")
    actions.revise(new.pk, actor=officer, at=AT, words=words(city))
    actions.send_for_review(new.pk, actor=officer, at=AT)
    actions.sign(new.pk, actor=city.users["court_deputy"], at=AT)
    circulate(new.pk, actor=officer, at=AT)

    part.refresh_from_db()
    assert (part.state, part.done_on) == ("due", None)


def test_opinions_are_answered(city):
    made = circulated(city)
    asked = comment(
        made.pk, actor=city.users["gov_officer"], at=AT, text="建议统一标准", topic="trial"
    )
    answer = comment(
        made.pk, actor=city.users["court_officer"], at=AT, text="将研究", reply_to=asked.pk
    )
    assert asked.organization.key in {"gov", "justice"}
    assert (answer.organization.key, answer.reply_to) == ("court", asked)
    with pytest.raises(RuleBroken, match="意见"):
        comment(made.pk, actor=city.users["gov_officer"], at=AT, text="再问", reply_to=answer.pk)
    with pytest.raises(PermissionDenied):
        comment(made.pk, actor=city.users["agency_contact"], at=AT, text="意见")


def test_figures_are_counted_or_typed_and_freeze(city):
    with pytest.raises(RuleBroken) as refused:
        drafted(city, tables=("suits",))
    assert (refused.value.code, refused.value.field) == ("no_period", "first_on")
    days = {"first_on": DAY.replace(day=1), "last_on": DAY}
    made = drafted(city, tables=("suits", "enforcement"), **days)
    officer = city.users["court_officer"]
    type_table(made.pk, actor=officer, at=AT, key="enforcement", rows=[["市城管局", " 3 "], [""]])
    table = FigureTable.objects.get(bulletin=made, key="enforcement")
    assert table.rows == [["市城管局", 3, "", "", "", ""]]
    type_table(made.pk, actor=officer, at=AT, key="suits", rows=[["一审", "1"]])
    kept = actions.revise(
        made.pk, actor=officer, at=AT, words=words(city, tables=("suits",), **days)
    )
    suits = kept.tables.get()
    assert (suits.source, suits.rows[0][0]) == (FigureSource.TYPED, "一审")
    assert count_table(made.pk, actor=officer, at=AT, key="suits").rows == []

    actions.send_for_review(made.pk, actor=officer, at=AT)
    with pytest.raises(PermissionDenied):
        type_table(made.pk, actor=officer, at=AT, key="suits", rows=[["一审", "1"]])


def test_the_same_form_makes_one_draft(city):
    first = actions.draft(
        city.mechanism.pk,
        actor=city.users["court_officer"],
        at=AT,
        issuer_id=city.organizations["court"].pk,
        words=words(city),
        token="abc",
    )
    again = actions.draft(
        city.mechanism.pk,
        actor=city.users["court_officer"],
        at=AT,
        issuer_id=city.organizations["court"].pk,
        words=words(city),
        token="abc",
    )
    assert again == first
