import io
from datetime import date, datetime
from urllib.parse import urlencode

import openpyxl
import pytest
import time_machine
from django.utils import timezone

from foundations.calendars.actions import publish_year
from mechanisms.models import MechanismVersion
from members.models import RoleBinding
from members.states import Role
from services.deadlines.actions import meet, open_by_rule, open_deadline, recount_open, suspend
from services.deadlines.models import Deadline, Move, MoveState
from services.deadlines.rules import law
from tests.answering import served

TODAY = datetime(2026, 11, 22, 9, tzinfo=timezone.get_default_timezone())
CALCULATOR = "/deadlines/calculator/"


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(TODAY, tick=False):
        yield


def counted(client, rule, trigger, **more):
    return client.get(CALCULATOR, {"rule": rule, "trigger": trigger, **more})


def words(page) -> str:
    return page.content.decode()


def test_the_calculator_explains_a_day_as_a_clerk_reads_it(city, as_user):
    page = counted(as_user(city.users["agency_contact"]), "SJ-REPLY", "2026-09-28")

    shown = words(page)
    assert page.context["found"].reckoning.due_on == date(2026, 11, 30)
    assert "2026年11月30日 周一" in shown
    assert "2026年11月28日 星期六，休息日" in shown
    assert "顺延至工作日" in shown
    assert "（法释〔2023〕11号）第八条" in shown
    assert f"http://testserver{CALCULATOR}?rule=SJ-REPLY&amp;trigger=2026-09-28" in shown


# rule, trigger, what else is asked, last day
ASKED = [
    ("SJ-REPLY", "2026-08-31", {"length": 1}, date(2026, 9, 30)),
    ("FY-DEC", "2026-03-02", {"extended": "on"}, date(2026, 6, 1)),
    (
        "FY-DEC",
        "2026-03-02",
        {"from1": "2026-03-10", "to1": "2026-03-19", "from2": "2026-04-01", "to2": "2026-04-03"},
        date(2026, 5, 14),
    ),
    ("FY-DEC", "2025-03-05", {"region": "65"}, date(2025, 5, 6)),
    ("XS-LA", "2025-06-02", {"region": "65"}, date(2025, 6, 11)),
    ("XS-LA", "2025-06-02", {"region": "00"}, date(2025, 6, 9)),
    ("YR-Q1", "2026-02-01", {}, date(2026, 3, 31)),
    ("xs-ct", "2026-10-12", {}, date(2026, 10, 9)),
    ("FY-ANS", "2023-12-29", {}, date(2024, 1, 8)),
]


@pytest.mark.parametrize(("rule", "trigger", "more", "due"), ASKED)
def test_the_calculator_counts_what_the_address_asks(city, as_user, rule, trigger, more, due):
    page = counted(as_user(city.users["recorder"]), rule, trigger, **more)

    assert page.status_code == 200
    assert page.context["found"].reckoning.due_on == due, page.context["form"].errors


REFUSED = [
    ({"rule": "SJ-REPLY", "trigger": "2026-13-01"}, "trigger", "输入一个有效的日期。"),
    ({"rule": "SJ-REPLY", "trigger": ""}, "trigger", "必填"),
    ({"rule": "SJ-REPLY", "trigger": "0001-01-01"}, "trigger", "1990"),
    ({"rule": "SJ-REPLY", "trigger": "2026-09-28", "length": "999"}, "length", "240"),
    ({"rule": "XS-LA", "trigger": "2026-09-28", "length": "3"}, "length", "由规定确定"),
    ({"rule": "XS-LA", "trigger": "2026-09-28", "extended": "on"}, "extended", "延长"),
    ({"rule": "XS-CP", "trigger": "2026-09-28", "from1": "2026-09-01", "to1": "2026-09-02"},
     "from1", "停算"),
    ({"rule": "FY-DEC", "trigger": "2026-03-02", "from1": "2026-03-09", "to1": "2026-03-03"},
     "from1", "停算"),
    ({"rule": "FY-DEC", "trigger": "2026-03-02", "from1": "2026-03-09"}, "from1",
     "停算要填首日和末日。"),
]  # fmt: skip


@pytest.mark.parametrize(("query", "field", "message"), REFUSED)
def test_what_can_not_be_counted_is_said_beside_its_field(city, as_user, query, field, message):
    page = as_user(city.users["recorder"]).get(CALCULATOR, query)

    assert page.context["found"] is None
    assert message in " ".join(page.context["form"].errors[field])
    assert "按所填内容无法计算。" in words(page)
    assert page.context["form"]["rule"].value() == query["rule"]


def test_a_rule_without_length_says_why_there_is_no_day(city, as_user):
    page = counted(as_user(city.users["recorder"]), "JC-OBJ", "2026-09-28")

    assert "异议期限以检察建议书载明的为准，没有统一的天数。" in words(page)
    assert "单位：日（自然日）" in words(page)


def test_an_institution_that_says_its_own_length_is_asked_first(city, as_user):
    version = MechanismVersion.objects.get(mechanism=city.mechanism)
    source = {**version.source, "deadlines": [{"key": "FY-PERF-REP", "length": "5 workdays"}]}
    MechanismVersion.objects.filter(pk=version.pk).update(source=source)
    client = as_user(city.users["recorder"])

    own = counted(client, "FY-PERF-REP", "2026-11-02", mechanism="testing")
    law_alone = counted(client, "FY-PERF-REP", "2026-11-02", mechanism="")

    assert own.context["found"].reckoning.due_on == date(2026, 11, 9)
    assert law_alone.context["found"].reckoning.due_on == date(2026, 11, 12)


def test_a_year_without_holidays_is_marked_provisional(city, as_user):
    page = counted(as_user(city.users["recorder"]), "SJ-REPLY", "2026-12-07")

    assert "暂定。" in words(page)
    assert "节假日安排未发布，暂按周末推算" in words(page)


def test_a_time_to_wait_names_the_day_on_which_one_may_act(city, as_user):
    client = as_user(city.users["recorder"])

    rolled = counted(client, "XS-BZW", "2026-09-14")
    plain = counted(client, "FS-CUI", "2026-11-02")

    assert rolled.context["why"].sentence == (
        "自2026年9月14日 星期一起等待 2 个月，2026年11月14日 星期六为休息日，"
        "等待期顺延至2026年11月16日 星期一届满，自2026年11月17日 星期二起可以办理。"
    )
    assert plain.context["why"].sentence == (
        "自2026年11月2日 星期一起等待 10 个工作日，"
        "等待期于2026年11月16日 星期一届满，自2026年11月17日 星期二起可以办理。"
    )
    assert [(step.label, step.words) for step in plain.context["why"].steps][-2:] == [
        ("等待期届满", "2026年11月16日 星期一"),
        ("次日起可以办理", "2026年11月17日 星期二"),
    ]
    assert "2026年11月17日 周二<span>起可以办理" in words(plain)


SEARCHED = [
    ("SJ-REPLY", "SJ-REPLY"),
    ("sj-reply 司法建议书回复", "SJ-REPLY"),
    ("司法建议书 回复", "SJ-REPLY"),
    ("回访申请人", ""),
    ("没有这样的词", ""),
]


@pytest.mark.parametrize(("asked", "key"), SEARCHED)
def test_a_rule_is_found_by_its_key_or_by_words(city, as_user, asked, key):
    page = as_user(city.users["recorder"]).get(CALCULATOR, {"rule": asked})

    assert (page.context["rule"].key if page.context["rule"] else "") == key
    if asked == "回访申请人":
        assert "FY-VISIT-A" in words(page)
        assert "指的是哪一项？" in words(page)


def test_what_was_asked_goes_along_to_the_rule_that_is_chosen(city, as_user):
    page = counted(as_user(city.users["recorder"]), "回访申请人", "2026-09-28")

    assert "?rule=FY-VISIT-A&amp;trigger=2026-09-28" in words(page)


@pytest.mark.parametrize(
    "name", ["system_admin", "security_admin", "audit_admin", "agency_contact"]
)
def test_who_has_no_list_of_limits_finds_the_calculator_on_the_rail(city, as_user, name):
    user = city.users[name]
    RoleBinding.objects.filter(user=city.users["agency_contact"]).update(role=Role.GUEST)
    page = words(as_user(user).get(CALCULATOR))

    assert f'href="{CALCULATOR}"' in page
    assert 'href="/deadlines/"' not in page


def test_every_signed_in_account_may_count_and_nobody_else(city, client, as_user):
    assert client.get(CALCULATOR).status_code == 302
    for user in city.users.values():
        assert as_user(user).get(CALCULATOR).status_code == 200


def test_the_table_names_every_rule_once_a_text(city, as_user):
    client = as_user(city.users["recorder"])

    page = client.get("/deadlines/rules/")
    assert page.context["count"] == sum(len(rows) for rows in law().values())
    for key in law():
        assert f"rule={key}" in words(page)
    narrowed = client.get("/deadlines/rules/", {"q": "非诉执行"})
    assert {name for name, _lines in narrowed.context["groups"]} == {"非诉执行"}


def owed(city, unit="agency", *, subject=None, rule="TOPICS", due=date(2026, 11, 24), **more):
    given = {
        "actor": None,
        "title": f"报送{unit}",
        "jurisdiction": city.jurisdiction,
        "owed_by": city.organizations[unit],
        "trigger_on": date(2026, 11, 2),
        "due_on": due,
    }
    return open_deadline(subject or city.body, rule, **given | more)


def reply(city, unit="agency", *, trigger=date(2026, 12, 7)):
    """Two months from 2026-12-07: a Sunday, so the Monday after it, as long as no holiday
    of 2027 is known."""
    return open_by_rule(
        city.body,
        "SJ-REPLY",
        actor=None,
        title=f"回复{unit}",
        jurisdiction=city.jurisdiction,
        owed_by=city.organizations[unit],
        trigger_on=trigger,
    )


def shown(client, query="") -> list[str]:
    return [row.title for row in client.get(f"/deadlines/?{query}").context["ledger"].rows]


def test_the_tabs_hold_what_their_names_say(city, as_user):
    owed(city, "gov", due=date(2026, 11, 20))
    owed(city, "court", due=date(2026, 11, 29))
    owed(city, "justice", due=date(2026, 11, 30))
    owed(city, "agency", due=date(2026, 11, 19))
    meet(
        city.body,
        "TOPICS",
        actor=None,
        on=date(2026, 11, 20),
        owed_by=city.organizations["agency"],
    )
    owed(city, "section", due=date(2026, 11, 18))
    suspend(
        city.body,
        "TOPICS",
        actor=None,
        on=date(2026, 11, 16),
        reason="等待鉴定",
        owed_by=city.organizations["section"],
    )
    client = as_user(city.users["gov_officer"])

    assert shown(client, "when=overdue") == ["报送gov"]
    assert shown(client, "when=soon") == ["报送court"]
    assert shown(client) == ["报送section", "报送gov", "报送court", "报送justice"]
    assert shown(client, "when=closed") == ["报送agency"]
    assert shown(client, "when=open&mine=true") == ["报送section", "报送gov", "报送justice"]
    tabs = client.get("/deadlines/").context["ledger"].tabs
    assert [tab.count for tab in tabs] == [1, 1, 4, 3, 1]
    assert "迟 1 天" in words(client.get("/deadlines/?when=closed"))
    assert "中止" in words(client.get("/deadlines/"))


def test_a_unit_sees_what_it_owes_and_nothing_else(city, as_user):
    owed(city, "court")
    owed(city, "agency")

    assert shown(as_user(city.users["agency_contact"])) == ["报送agency"]
    assert shown(as_user(city.users["system_admin"])) == []


def test_limits_are_filtered_by_rule_and_unit_and_exported_with_their_reasons(city, as_user):
    reply(city, "agency")
    reply(city, "justice")
    owed(city, "court")
    client = as_user(city.users["gov_officer"])
    unit = city.organizations["agency"]

    assert sorted(shown(client, "rule=SJ-REPLY")) == ["回复agency", "回复justice"]
    assert shown(client, urlencode({"rule": "SJ-REPLY", "unit": unit.pk})) == ["回复agency"]
    answer = client.get("/deadlines/", {"rule": "SJ-REPLY", "unit": unit.pk, "export": "xlsx"})
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.getvalue())).active.values)
    assert len(rows) == 2
    assert "自2026年12月7日 星期一起 2 个月" in "".join(str(cell) for cell in rows[1])
    assert "SJ-REPLY 司法建议书回复" in rows[1]


def test_a_limit_leads_to_its_record(city, as_user):
    mine = owed(city, "agency")
    theirs = owed(city, "court")
    client = as_user(city.users["agency_contact"])

    went = client.get(f"/deadlines/{mine.public_id}/record/")
    assert (went.status_code, went.headers["Location"]) == (302, city.body.get_absolute_url())
    assert client.get(f"/deadlines/{theirs.public_id}/record/").status_code == 404


@pytest.mark.parametrize(
    ("copies", "opens"), [pytest.param((), False, id="kept from"), (("justice",), True)]
)
def test_a_limit_is_seen_with_its_record_alone(city, as_user, copies, opens):
    served(city, copies=copies)
    limit = Deadline.objects.get()
    address = f"/deadlines/{limit.public_id}/record/"
    client = as_user(city.users["gov_officer"])

    page = words(client.get("/deadlines/?when="))

    assert (limit.title in page) is (address in page) is opens
    assert client.get(address).status_code == (302 if opens else 404)


def test_the_list_takes_the_same_queries_with_one_limit_and_three(
    city, as_user, django_assert_num_queries
):
    client = as_user(city.users["gov_officer"])
    reply(city, "agency")
    client.get("/deadlines/")
    with django_assert_num_queries(18):
        client.get("/deadlines/")
    reply(city, "justice")
    owed(city, "court")
    with django_assert_num_queries(18):
        client.get("/deadlines/")


@pytest.fixture
def moving(city):
    """Two replies whose last day the holidays of 2027 would move past the Spring Festival."""
    first, second = reply(city, "agency"), reply(city, "justice")
    days = [(date(2027, 2, day), "statutory", "春节") for day in range(5, 12)]
    publish_year(2027, actor=None, source="国办发明电〔2026〕8号", days=days)
    assert recount_open() == 2
    return first, second


def ticks(*deadlines, **more):
    chosen = Move.objects.filter(deadline__in=deadlines).values_list("public_id", flat=True)
    return {"move": list(chosen), "reason": "", **more}


def test_an_officer_finds_the_moves_on_the_desk_and_confirms_them(city, as_user, moving):
    first, second = moving
    client = as_user(city.users["gov_officer"])
    assert "新的日历将使 2 个期限改变截止日" in words(client.get("/"))
    page = words(client.get("/deadlines/moves/"))
    assert page.count("2027-02-08 周一") == 2
    assert page.count("2027-02-12 周五") >= 2
    assert "为春节，顺延至2027年2月12日 星期五止" in page

    done = client.post("/deadlines/moves/", ticks(first, confirm=""), follow=True)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.due_on, second.due_on) == (date(2027, 2, 12), date(2027, 2, 8))
    assert "已变动 1 个截止日。" in words(done)
    assert "新的日历将使 1 个期限改变截止日" in words(client.get("/"))


def test_a_day_is_kept_with_a_reason_only(city, as_user, moving):
    first, _second = moving
    client = as_user(city.users["gov_officer"])

    refused = client.post("/deadlines/moves/", ticks(first, keep=""))
    assert (refused.status_code, Move.objects.filter(state=MoveState.PROPOSED).count()) == (422, 2)
    assert "请填写保留原截止日的理由。" in words(refused)
    assert "checked" in words(refused)
    nothing = client.post("/deadlines/moves/", {"confirm": "", "reason": ""})
    assert "请先勾选期限。" in words(nothing)

    client.post("/deadlines/moves/", ticks(first, keep="", reason="已书面告知"))

    kept = Move.objects.get(deadline=first)
    assert (kept.state, kept.reason) == (MoveState.DISMISSED, "已书面告知")
    assert Deadline.objects.get(pk=first.pk).due_on == date(2027, 2, 8)
    assert recount_open() == 0


def test_who_is_no_officer_sees_the_moves_and_settles_none(city, as_user, moving):
    first, _second = moving
    client = as_user(city.users["agency_contact"])

    assert 'type="checkbox"' not in words(client.get("/deadlines/moves/"))
    assert client.post("/deadlines/moves/", ticks(first, confirm="")).status_code == 403
    assert Deadline.objects.get(pk=first.pk).due_on == date(2027, 2, 8)


def test_the_moves_take_the_same_queries_with_one_and_with_three(
    city, as_user, moving, django_assert_num_queries
):
    first, _second = moving
    client = as_user(city.users["gov_officer"])
    client.get("/deadlines/moves/")
    with django_assert_num_queries(15):
        client.get("/deadlines/moves/")
    client.post("/deadlines/moves/", ticks(first, keep="", reason="已书面告知"))
    client.get("/deadlines/moves/")
    with django_assert_num_queries(15):
        client.get("/deadlines/moves/")
