"""Letters are written: by whom, to whom, with which copies; and changed."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from foundations.access.errors import RuleBroken
from foundations.audit.trail import history_of
from foundations.notifications.models import Notice
from suggestions.actions import letters
from suggestions.states import AddresseeState, CopyMode, LetterState
from tests.drafting import AT, ON, PROBLEMS, refusal, words, write
from tests.letters import agencies, ceased, procuratorate


def test_a_draft_keeps_what_was_written(city):
    draft = write(
        city,
        triggers=("tendency", "early_sign"),
        cases=(("(2026)新4002行初字第012号", "一审"), ("", "")),
        reply_length=1,
    )

    assert (draft.state, draft.number, draft.form) == (LetterState.DRAFT, "", "individual")
    assert draft.triggers == ["tendency", "early_sign"]
    assert [(p.order, p.text, p.advice, p.tag) for p in draft.problems.all()] == [
        (1, *PROBLEMS[0]),
        (2, *PROBLEMS[1]),
    ]
    assert [(c.number, c.note) for c in draft.cases.all()] == [("（2026）新4002行初12号", "一审")]
    assert [(a.organization.key, a.state) for a in draft.addressees.all()] == [
        ("agency", AddresseeState.DRAFT)
    ]
    assert [(c.organization.key, c.mode, c.sent_on) for c in draft.copies.all()] == [
        ("justice", CopyMode.DEFAULT, None)
    ]
    assert (draft.reply_length, draft.reply_unit) == (1, "months")
    assert not Notice.objects.exists()


@pytest.mark.parametrize(
    ("kind", "by", "issuer", "forms"),
    [
        ("judicial", "court_officer", "court", ("individual", "class", "comprehensive", "norm")),
        ("procuratorial", "procurator", "procuratorate", ("general", "public_interest", "urgent")),
        ("reconsideration_opinion", "gov_officer", "gov", ("individual",)),
        ("reconsideration_suggestion", "gov_officer", "justice", ("class", "norm")),
        ("opinion_letter", "court_officer", "court", ("individual", "class")),
    ],
)
def test_every_kind_has_its_issuers_and_forms(city, kind, by, issuer, forms):
    procuratorate(city)
    given = {"kind": kind, "issuer": city.organizations[issuer], "copies": ()}

    for form in forms:
        assert write(city, by, **given, form=form).form == form
    assert write(city, by, **given).form == forms[0]
    other = "urgent" if "urgent" not in forms else "class"
    assert refusal(write, city, by, **given, form=other) == ("wrong_form", "form")
    wrong = "procuratorate" if issuer != "procuratorate" else "court"
    stranger = "procurator" if wrong == "procuratorate" else "court_officer"
    given["issuer"] = city.organizations[wrong]
    assert refusal(write, city, stranger, **given) == ("wrong_issuer", "issuer")


@pytest.mark.parametrize("by", ["gov_officer", "court_convenor", "agency_contact", "system_admin"])
def test_nobody_writes_in_the_name_of_others(city, by):
    with pytest.raises(PermissionDenied):
        write(city, by)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"title": "  "}, ("no_title", "title")),
        ({"triggers": ("curiosity",)}, ("unknown_trigger", "triggers")),
        ({"cases": (("某案", ""),)}, ("case_number", "cases")),
        ({"addressees": (999999,)}, ("wrong_unit", "addressees")),
        ({"form": "norm", "reply_length": 1}, ("fixed_length", "reply_length")),
        ({"reply_length": 0}, ("length_range", "reply_length")),
        ({"reply_length": 3}, ("long_reply", "long_reply")),
        (
            {"form": "comprehensive", "heard_on": ON + timedelta(days=1)},
            ("future_day", "heard_on"),
        ),
        (
            {"form": "comprehensive", "heard_on": ON, "deliberated_on": ON - timedelta(days=1)},
            ("steps_order", "deliberated_on"),
        ),
        (
            {"form": "comprehensive", "heard_on": ON, "signed_on": ON - timedelta(days=1)},
            ("steps_order", "signed_on"),
        ),
    ],
)
def test_what_no_draft_says(city, changes, expected):
    assert refusal(write, city, **changes) == expected


def test_a_longer_reply_period_is_meant_or_refused(city):
    draft = write(city, reply_length=3, long_reply=True)

    assert draft.reply_length == 3


@pytest.mark.parametrize(
    ("form", "length", "expected"),
    [
        ("general", 10, None),
        ("general", 60, None),
        ("general", 61, ("long_reply", "long_reply")),
        ("public_interest", 10, ("fixed_length", "reply_length")),
        ("urgent", 10, ("fixed_length", "reply_length")),
    ],
)
def test_the_procuratorate_sets_the_period_in_an_emergency(city, form, length, expected):
    """检察建议工作规定 art. 19; what the 公益诉讼解释 art. 21 sets stays as it is."""
    given = {"kind": "procuratorial", "issuer": procuratorate(city), "form": form}
    given |= {"copies": (), "reply_length": length}

    if expected:
        assert refusal(write, city, "procurator", **given) == expected
    else:
        draft = write(city, "procurator", **given)
        assert (draft.reply_length, draft.reply_unit) == (length, "days")


def test_hands_that_do_not_belong_to_the_issuer(city):
    section = city.organizations["section"]

    assert refusal(write, city, division=section) == ("wrong_division", "division")
    assert refusal(write, city, handler=city.users["gov_officer"]) == ("wrong_handler", "handler")
    division, handler = city.organizations["division"], city.users["court_officer"]
    assert write(city, division=division, handler=handler).handler == handler


def test_a_unit_that_ceased_is_refused_and_its_successor_named(city):
    old, new = ceased(city)

    with pytest.raises(RuleBroken) as broken:
        write(city, addressees=(old.pk,))

    assert (broken.value.code, broken.value.field) == ("ceased", "addressees")
    assert new.short_name in broken.value.message
    assert write(city, addressees=(new.pk,)).addressees.get().organization == new


def test_the_issuer_does_not_write_to_itself(city):
    mine = (city.organizations["court"].pk,)

    assert refusal(write, city, addressees=mine) == ("own_letter", "addressees")


@pytest.mark.parametrize(
    ("kind", "chosen", "expected"),
    [
        ("judicial", (), []),
        ("judicial", ("gov", "justice"), [("gov", "default"), ("justice", "default")]),
        ("judicial", ("justice", "natural"), [("justice", "default"), ("natural", "optional")]),
        ("opinion_letter", (), [("justice", "forced")]),
        ("opinion_letter", ("agency", "court"), [("justice", "forced")]),
    ],
)
def test_copies_follow_the_clauses(city, kind, chosen, expected):
    agencies(city, 2)
    copies = tuple(city.organizations[key].pk for key in chosen)

    draft = write(city, kind=kind, copies=copies)

    assert [(copy.organization.key, copy.mode) for copy in draft.copies.all()] == expected


def test_an_addressee_is_not_copied_too(city):
    justice = city.organizations["justice"].pk

    assert not write(city, addressees=(justice,), copies=(justice,)).copies.exists()


def test_the_same_form_makes_one_draft(city):
    first = write(city, token="once")

    assert write(city, token="once") == first
    assert refusal(write, city, token="once", title="另一份") == ("form_used", "")


def test_a_draft_is_changed_and_keeps_its_rows(city):
    agencies(city, 2)
    draft = write(city)
    row = draft.addressees.get()
    more = (city.organizations["natural"].pk, row.organization_id)

    changed = letters.edit_letter(
        draft.pk,
        actor=city.users["court_officer"],
        at=AT,
        words=words(city, title="改过的标题", addressees=more, copies=()),
        version=draft.version,
    )

    assert changed.title == "改过的标题"
    assert [a.organization.key for a in changed.addressees.all()] == ["natural", "agency"]
    assert changed.addressees.get(organization=row.organization).pk == row.pk
    assert not changed.copies.exists()
    entry = history_of(draft).last()
    assert entry.data["changed"] == ["title", "addressees", "copies"]


def test_an_older_version_is_not_saved_over_a_newer_one(city):
    draft = write(city)
    given = {"actor": city.users["court_officer"], "at": AT, "version": draft.version}
    letters.edit_letter(draft.pk, words=words(city, title="先改"), **given)

    assert refusal(letters.edit_letter, draft.pk, words=words(city, title="后改"), **given) == (
        "stale",
        "",
    )
    draft.refresh_from_db()
    assert draft.title == "先改"


def test_rows_alone_make_a_new_version_too(city):
    draft = write(city)
    given = {"actor": city.users["court_officer"], "at": AT, "version": draft.version}
    letters.edit_letter(draft.pk, words=words(city, problems=PROBLEMS[:1]), **given)

    assert refusal(letters.edit_letter, draft.pk, words=words(city), **given)[0] == "stale"
