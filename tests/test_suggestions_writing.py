"""The pages on which a letter is written and changed."""

import pytest
from django.urls import reverse

from suggestions.models import Suggestion
from suggestions.states import LetterState
from tests.letters import agencies, ceased, letter, procuratorate

JUDICIAL = "?kind=judicial&form=individual"


def address(name: str, made: Suggestion | None = None) -> str:
    return reverse(f"suggestions:{name}", args=[made.public_id] if made else [])


def typed(city, **changes) -> dict:
    """What a browser sends for a good letter."""
    given = {
        "form_token": "token-1",
        "issuer": city.organizations["court"].pk,
        "form": "individual",
        "title": "关于规范违法建设查处程序的司法建议",
        "addressees": "市综合执法局",
        "triggers": ["tendency", "early_sign"],
        "problem": ["未书面催告。", "未说明裁量理由。"],
        "advice": ["统一制发催告书。", "写明裁量理由。"],
        "tag": ["告知程序", ""],
        "case": ["(2026)新4002行初字第012号"],
        "case_note": [""],
        "copies": [city.organizations["justice"].pk],
        "contact": "周明远",
    }
    return {**given, **changes}


@pytest.fixture
def court(city, as_user):
    return as_user(city.users["court_officer"])


@pytest.mark.parametrize(
    ("by", "kinds"),
    [
        ("court_officer", ["judicial", "opinion_letter"]),
        ("procurator", ["procuratorial"]),
        ("gov_officer", ["reconsideration_opinion", "reconsideration_suggestion"]),
    ],
)
def test_the_kinds_that_the_writer_s_unit_issues(city, as_user, by, kinds):
    procuratorate(city)

    page = as_user(city.users[by]).get(address("new"))

    assert [value for _label, value, _forms in page.context["groups"]] == kinds
    for _label, value, forms in page.context["groups"]:
        for form, _name in forms:
            assert page.client.get(f"{address('new')}?kind={value}&form={form}").status_code == 200


@pytest.mark.parametrize("by", ["agency_contact", "court_convenor", "gov_deputy", "system_admin"])
def test_who_writes_no_letters(city, as_user, by):
    assert as_user(city.users[by]).get(address("new")).status_code == 403


@pytest.mark.parametrize(
    "query", ["?kind=procuratorial", "?kind=nothing", "?kind=judicial&form=x"]
)
def test_there_is_no_page_of_another_kind(court, query):
    assert court.get(address("new") + query).status_code == 404


def test_a_letter_is_written_and_its_case_number_put_right(city, court):
    page = court.post(address("new") + JUDICIAL, typed(city), follow=True)

    draft = Suggestion.objects.get()
    assert page.redirect_chain == [(address("edit", draft), 302)]
    assert "案号已更正" in page.content.decode()
    assert [case.number for case in draft.cases.all()] == ["（2026）新4002行初12号"]
    assert [(p.text, p.advice) for p in draft.problems.all()] == [
        ("未书面催告。", "统一制发催告书。"),
        ("未说明裁量理由。", "写明裁量理由。"),
    ]
    assert draft.triggers == ["tendency", "early_sign"]
    assert [row.organization.key for row in draft.addressees.all()] == ["agency"]
    assert [row.organization.key for row in draft.copies.all()] == ["justice"]


def test_the_same_form_sent_twice_makes_one_draft(city, court):
    for _time in range(2):
        court.post(address("new") + JUDICIAL, typed(city))

    assert Suggestion.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"title": ""}, "必填"),
        ({"case": ["某案"]}, "不是案号"),
        ({"addressees": "不知何处"}, "不知何处"),
        ({"addressees": "市人民法院"}, "市人民法院"),
        ({"reply_length": "3"}, "超过通常期限"),
        ({"reply_length": "0"}, "1"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(city, court, changes, words):
    page = court.post(address("new") + JUDICIAL, typed(city, **changes))

    body = page.content.decode()
    assert page.status_code == 422
    assert "没有保存" in body
    assert words in body
    assert "统一制发催告书。" in body
    assert "未说明裁量理由。" in body
    assert not Suggestion.objects.exists()


def test_a_long_reply_period_is_ticked_and_goes_on(city, court):
    refused = court.post(address("new") + JUDICIAL, typed(city, reply_length="3"))
    assert 'name="long_reply"' in refused.content.decode()

    court.post(address("new") + JUDICIAL, typed(city, reply_length="3", long_reply="on"))

    assert Suggestion.objects.get().reply_length == 3


@pytest.mark.parametrize(
    ("form", "asked"), [("individual", True), ("norm", False), ("comprehensive", True)]
)
def test_the_fields_fit_the_form(city, court, form, asked):
    body = court.get(f"{address('new')}?kind=judicial&form={form}").content.decode()

    assert ('name="reply_length"' in body) == asked
    assert ('name="heard_on"' in body) == (form == "comprehensive")
    assert ("法定60 日" in body) == (form == "norm")


def test_rows_come_and_go_without_script(city, court):
    url = address("new") + JUDICIAL
    more = court.post(url, typed(city, row="add problem"))
    assert more.status_code == 200
    assert [row["problem"].value() for row in more.context["sheet"].problems] == [
        "未书面催告。",
        "未说明裁量理由。",
        None,
    ]
    fewer = court.post(url, typed(city, row="drop problem 0"))
    assert [row["advice"].value() for row in fewer.context["sheet"].problems] == ["写明裁量理由。"]
    assert "市综合执法局" in fewer.content.decode()
    cases = court.post(url, typed(city, row="add case"))
    assert len(cases.context["sheet"].cases) == 2
    for odd in ("drop problem 99", "drop problem x", "add nothing", "use", ""):
        assert court.post(url, typed(city, row=odd)).status_code == 200
    assert not Suggestion.objects.exists()


def test_what_was_ticked_stays_ticked_while_rows_change(city, court):
    url = address("new") + JUDICIAL
    page = court.post(url, typed(city, row="add problem", copies=[], triggers=["tendency"]))

    boxes = [ticked for _line, ticked in page.context["form"].copy_boxes]
    assert boxes == [False, False]
    assert page.context["form"]["triggers"].value() == ["tendency"]
    fresh = court.get(url).context["form"]
    assert [ticked for _line, ticked in fresh.copy_boxes] == [True, True]


def test_a_forced_copy_cannot_be_taken_out(city, court):
    url = f"{address('new')}?kind=opinion_letter&form=individual"
    assert "disabled" in court.get(url).content.decode()

    court.post(url, typed(city, copies=[], reply_length="30"))

    assert [row.organization.key for row in Suggestion.objects.get().copies.all()] == ["justice"]


def test_a_unit_that_ceased_is_replaced_by_its_successor(city, court):
    ceased(city)
    url = address("new") + JUDICIAL

    refused = court.post(url, typed(city, addressees="市规划局、市综合执法局"))
    assert refused.status_code == 422
    body = refused.content.decode()
    assert "承继单位是" in body
    assert "use 市规划局|市自然资源局" in body

    offered = court.post(
        url,
        typed(city, addressees="市规划局、市综合执法局", row="use 市规划局|市自然资源局"),
    )
    assert offered.context["form"]["addressees"].value() == "市自然资源局、市综合执法局"


@pytest.mark.parametrize(
    "wanted",
    ["市综合执法局", "试验市综合行政执法局", "szhzfj", "综合执法", "市综合执法局，szhzfj"],
)
def test_units_are_found_by_name_and_initials(city, court, wanted):
    court.post(address("new") + JUDICIAL, typed(city, addressees=wanted))

    assert [row.organization.key for row in Suggestion.objects.get().addressees.all()] == [
        "agency"
    ]


def test_a_draft_is_changed(city, court):
    court.post(address("new") + JUDICIAL, typed(city))
    draft = Suggestion.objects.get()
    page = court.get(address("edit", draft))
    assert page.context["form"]["addressees"].value() == "市综合执法局"

    change = typed(city, title="改过", version=draft.version, go="issue", case=[""])
    answer = court.post(address("edit", draft), change)

    draft.refresh_from_db()
    assert answer.url == address("issue", draft)
    assert (draft.title, draft.cases.count()) == ("改过", 0)


def test_a_stale_draft_keeps_what_was_typed(city, court):
    draft = letter(city, state=LetterState.DRAFT)
    old = typed(city, version=draft.version, title="我的改动")
    court.post(address("edit", draft), typed(city, version=draft.version, title="先保存的"))

    page = court.post(address("edit", draft), old)

    body = page.content.decode()
    assert page.status_code == 422
    assert "他人已保存过" in body
    assert "我的改动" in body
    draft.refresh_from_db()
    assert draft.title == "先保存的"
    again = typed(city, title="我的改动", version=page.context["form"]["version"].value())
    court.post(address("edit", draft), again)
    draft.refresh_from_db()
    assert draft.title == "我的改动"


@pytest.mark.parametrize("name", ["edit", "issue", "preview", "withdraw"])
def test_a_draft_is_the_issuer_s_alone(city, as_user, name):
    agencies(city, 2)
    draft = letter(city, state=LetterState.DRAFT)

    for by in ("agency_contact", "gov_officer", "natural_contact", "system_admin"):
        assert as_user(city.users[by]).get(address(name, draft)).status_code == 404
    assert as_user(city.users["court_convenor"]).get(address(name, draft)).status_code == 403
    assert as_user(city.users["court_officer"]).get(address(name, draft)).status_code == 200


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(("name", "queries"), [("edit", 27), ("issue", 21)])
def test_a_page_asks_the_database_as_often_for_more_units(
    city, court, django_assert_num_queries, name, queries, number
):
    units = agencies(city, number)
    problems = [(f"问题{n}", f"建议{n}", "") for n in range(number)]
    draft = letter(city, state=LetterState.DRAFT, addressees=units, problems=problems)
    court.get(address(name, draft))

    with django_assert_num_queries(queries):
        page = court.get(address(name, draft))

    assert page.status_code == 200
