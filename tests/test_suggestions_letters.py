"""Letters are written, issued, withdrawn; whom they go to and are copied to."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from foundations.access.errors import RuleBroken
from foundations.access.policy import visible_to
from foundations.audit.trail import history_of
from foundations.notifications.models import Notice
from services.deadlines.actions import open_by_rule
from services.deadlines.models import Deadline, DeadlineState
from services.documents.models import OfficialDocument
from suggestions.actions import letters
from suggestions.actions.letters import LetterWords
from suggestions.models import Copy, Suggestion
from suggestions.states import AddresseeState, CopyMode, LetterState
from tests.letters import agencies, ceased, letter, moment, procuratorate, unit

ON = date(2026, 11, 23)
AT = moment(ON)
PROBLEMS = (
    ("作出限期拆除决定前未书面催告。", "限期拆除前统一制发催告书。", "告知程序"),
    ("处罚裁量未说明理由。", "在处罚决定书中写明裁量的理由。", ""),
)


def words(city, **changes) -> LetterWords:
    given = {
        "kind": "judicial",
        "issuer": city.organizations["court"],
        "title": "关于规范违法建设查处程序的司法建议",
        "problems": PROBLEMS,
        "addressees": (city.organizations["agency"].pk,),
        "copies": (city.organizations["justice"].pk,),
        "contact": "周明远",
        **changes,
    }
    return LetterWords(**given)


def write(city, by="court_officer", token=None, **changes) -> Suggestion:
    return letters.create_letter(
        city.mechanism.pk,
        actor=city.users[by],
        at=AT,
        words=words(city, **changes),
        token=token,
    )


def issue(city, draft, by="court_officer", on=ON, **given) -> Suggestion:
    return letters.issue_letter(draft.pk, actor=city.users[by], at=AT, on=on, **given)


def refusal(action, *args, **given) -> tuple[str, str]:
    """Code and field of the rule that was broken; nothing may have been written."""
    before = Suggestion.objects.count(), OfficialDocument.objects.count()
    with pytest.raises(RuleBroken) as broken:
        action(*args, **given)
    assert (Suggestion.objects.count(), OfficialDocument.objects.count()) == before
    return broken.value.code, broken.value.field


def told(user) -> list[str]:
    return list(Notice.objects.filter(recipient=user).values_list("title", flat=True))


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
    if kind != "opinion_letter":
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


def test_issuing_numbers_sends_and_tells(city):
    agencies(city, 3)
    names = ("agency", "natural", "housing")
    to = tuple(city.organizations[key].pk for key in names)
    draft = write(city, addressees=to)

    made = issue(city, draft)

    assert (made.state, made.number, made.issued_on) == ("issued", "试法建〔2026〕1号", ON)
    assert {a.state for a in made.addressees.all()} == {AddresseeState.SENT}
    assert [copy.sent_on for copy in made.copies.all()] == [ON]
    paper = OfficialDocument.objects.about(made).get()
    assert (paper.kind, paper.number) == ("judicial_suggestion", made.number)
    assert paper.context["number"] == made.number
    assert not Deadline.objects.exists()
    for key in ("agency_contact", "natural_contact", "housing_contact"):
        assert told(city.users[key]) == [f"司法建议送你单位：{made}"]
    assert told(city.users["gov_officer"]) == [f"抄送你单位：{made}"]
    assert told(city.users["court_officer"]) == []
    assert visible_to(city.users["natural_contact"], Suggestion).get() == made
    assert issue(city, write(city)).number == "试法建〔2026〕2号"


def test_a_letter_is_issued_once(city):
    draft = write(city)
    issue(city, draft)

    with pytest.raises(PermissionDenied):
        issue(city, draft)
    assert OfficialDocument.objects.count() == 1


def test_who_may_not_issue(city):
    draft = write(city)

    for by in ("gov_officer", "agency_contact", "court_convenor"):
        with pytest.raises(PermissionDenied):
            issue(city, draft, by)


def test_no_letter_is_issued_in_the_future(city):
    draft = write(city)

    assert refusal(issue, city, draft, on=ON + timedelta(days=1)) == ("future_day", "on")
    assert issue(city, draft, on=ON - timedelta(days=3)).issued_on == ON - timedelta(days=3)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"addressees": ()}, ("no_addressee", "addressees")),
        ({"problems": ()}, ("no_problem", "problems")),
        ({"problems": (("问题", "", ""),)}, ("no_advice", "problems")),
        ({"problems": (("", "建议", ""),)}, ("no_problem", "problems")),
        ({"contact": ""}, ("no_contact", "contact")),
        ({"kind": "opinion_letter"}, ("no_period", "reply_length")),
        ({"form": "comprehensive"}, ("not_heard", "heard_on")),
        ({"form": "comprehensive", "heard_on": ON}, ("not_deliberated", "deliberated_on")),
        (
            {"form": "comprehensive", "heard_on": ON, "deliberated_on": ON},
            ("not_signed", "signed_on"),
        ),
        (
            {
                "form": "comprehensive",
                "heard_on": ON,
                "deliberated_on": ON,
                "signed_on": ON,
            },
            ("not_signed", "signed_by"),
        ),
    ],
)
def test_what_a_draft_lacks(city, changes, expected):
    """Kept as a draft, refused when it is issued."""
    assert refusal(issue, city, write(city, **changes)) == expected


def test_a_comprehensive_letter_goes_its_way(city):
    steps = {
        "form": "comprehensive",
        "heard_on": ON - timedelta(days=10),
        "deliberated_on": ON - timedelta(days=5),
        "signed_on": ON - timedelta(days=1),
        "signed_by": "陈维嘉",
    }
    draft = write(city, **steps)

    assert refusal(issue, city, draft, on=ON - timedelta(days=2)) == ("steps_order", "signed_on")
    assert issue(city, draft).state == LetterState.ISSUED


def test_a_unit_that_ceases_before_the_issue(city):
    draft = write(city)
    agency = city.organizations["agency"]
    agency.valid_to = ON - timedelta(days=1)
    agency.save()

    assert refusal(issue, city, draft) == ("ceased", "addressees")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("试检建〔2026〕3号", "试检建〔2026〕3号"),
        ("试检建[2026]第3号", "试检建〔2026〕3号"),
        ("试检建（2026） 3号", "试检建〔2026〕3号"),
        ("", "number_missing"),
        ("别检建〔2026〕3号", "number_format"),
        ("试检建〔2026〕7号", "number_taken"),
    ],
)
def test_a_number_of_the_office_s_own_system(city, typed, expected):
    office = procuratorate(city)
    given = {"kind": "procuratorial", "issuer": office, "copies": ()}
    issue(city, write(city, "procurator", **given), "procurator", number="试检建〔2026〕7号")
    draft = write(city, "procurator", **given)

    if expected.startswith("number"):
        assert refusal(issue, city, draft, "procurator", number=typed) == (expected, "number")
    else:
        assert issue(city, draft, "procurator", number=typed).number == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("试法意〔2026〕3号", "试法意〔2026〕3号"),
        ("试法意(2026)3号", "试法意〔2026〕3号"),
        ("(2026)试0199司建3号", "（2026）试0199司建3号"),
        ("", "number_missing"),
        ("第三号", "number_format"),
        ("试法意〔2026〕7号", "number_taken"),
    ],
)
def test_a_number_where_there_is_no_series(city, typed, expected):
    given = {"kind": "opinion_letter", "reply_length": 30}
    issue(city, write(city, **given), number="试法意〔2026〕7号")
    draft = write(city, **given)

    if expected.startswith("number"):
        assert refusal(issue, city, draft, number=typed) == (expected, "number")
    else:
        made = issue(city, draft, number=typed)
        assert made.number == OfficialDocument.objects.about(made).get().number == expected


def test_the_portal_s_own_series_takes_no_typed_number(city):
    assert refusal(issue, city, write(city), number="试法建〔2026〕9号") == (
        "number_given",
        "number",
    )


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
