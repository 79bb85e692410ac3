import csv
import io
from datetime import UTC, date, datetime

import pytest
from django.test import RequestFactory
from django.urls import reverse
from openpyxl import load_workbook

from foundations.audit.models import AuditEntry
from foundations.audit.origin import Origin, reset_origin, set_origin
from foundations.audit.trail import acting, record
from foundations.ledgers.export import plain
from foundations.ledgers.ledger import Ledger
from foundations.ledgers.models import SavedView
from foundations.ledgers.page import LedgerPage
from foundations.ledgers.trail_views import TrailLedger

PAGE = reverse("audit:list")
ROWS = [
    # day, account, what, about
    ("2026-11-18", "gov_officer", "meetings.meeting.notified", "justice"),
    ("2026-11-19", "court_officer", "meetings.topic.submitted", "court"),
    ("2026-11-20", "recorder", "meetings.topic.accepted", "agency"),
]


@pytest.fixture
def entries(city):
    """entries(n) are the first n entries of ROWS."""

    def written(count=3):
        for day, account, verb, unit in ROWS[:count]:
            at = datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC)
            token = set_origin(Origin(address="10.0.0.7", at=at))
            with acting():
                record(city.users[account], verb, city.organizations[unit], note="甲")
            reset_origin(token)

    return written


@pytest.fixture
def auditor(city, as_user):
    return as_user(city.users["audit_admin"])


def shown(response) -> list[str]:
    return [row.action for row in response.context["ledger"].page]


ADDRESSES = [
    ("", [2, 1, 0]),
    ("?sort=at", [0, 1, 2]),
    ("?sort=-actor", [2, 0, 1]),
    ("?sort=actor", [1, 0, 2]),
    ("?sort=nonsense", [2, 1, 0]),
    ("?q=topic", [2, 1]),
    ("?q=topic 法院", [1]),
    ("?actor=李文静", [0]),
    ("?action=accepted", [2]),
    ("?day_after=2026-11-19&day_before=2026-11-19", [1]),
    ("?day_after=2026-11-19", [2, 1]),
    ("?day_after=yesterday", [2, 1, 0]),
    ("?chain=testing&q=meeting.notified", [0]),
    ("?page=99", [2, 1, 0]),
]


@pytest.mark.parametrize(("query", "expected"), ADDRESSES)
def test_the_address_says_what_is_shown(entries, auditor, query, expected):
    entries()

    # the default order is by the time of the entry, newest first
    assert shown(auditor.get(PAGE + query)) == [ROWS[number][2] for number in expected]


def test_the_chips_say_what_is_set_and_lead_out_of_it(entries, auditor):
    entries()

    page = auditor.get(PAGE + "?q=topic&actor=许若晴&day_after=2026-11-01&sort=at").context[
        "ledger"
    ]

    chips = {chip.name: chip for chip in page.chips}
    assert chips["actor"].value == "许若晴"
    assert chips["day"].value == "2026-11-01 — …"
    assert chips["day"].without == "?q=topic&actor=%E8%AE%B8%E8%8B%A5%E6%99%B4&sort=at"
    assert chips["chain"].options[0] == (
        "testing",
        "?q=topic&actor=%E8%AE%B8%E8%8B%A5%E6%99%B4&day_after=2026-11-01&sort=at&chain=testing",
    )
    assert page.heads[0].direction == "ascending"


def test_an_empty_list_names_its_conditions_and_the_ways_out(entries, auditor):
    entries()

    response = auditor.get(PAGE + "?q=topic&actor=李文静")

    assert "没有同时符合以下条件的记录：" in response.text
    assert "搜索 topic、人员 李文静" in response.text
    ways = response.context["ledger"].ways_out
    assert [(way.label, way.count) for way in ways] == [("人员 李文静", 2), ("搜索 topic", 1)]


def test_htmx_gets_the_list_alone(entries, auditor):
    entries()

    whole, part = auditor.get(PAGE), auditor.get(PAGE, headers={"hx-request": "true"})

    assert "<html" in whole.text
    assert part.text.lstrip().startswith('<div id="ledger"')
    assert "HX-Request" in part["Vary"]


def test_pages_do_not_overlap(city, auditor):
    with acting():
        for number in range(TrailLedger.page_size + 5):
            record(None, "tests.body.changed", city.body, number=number)

    first, second = auditor.get(PAGE), auditor.get(PAGE + "?page=2")

    numbers = [
        row.data["number"] for page in (first, second) for row in page.context["ledger"].page
    ]
    assert sorted(numbers) == list(range(TrailLedger.page_size + 5))
    assert len(second.context["ledger"].page) == 5
    assert second.context["ledger"].pages == [("1", "?page=1"), ("2", "?page=2")]
    assert "共 55 件" in first.text


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_however_many_rows(
    entries, auditor, count, django_assert_num_queries
):
    entries(count)
    auditor.get(PAGE)

    with django_assert_num_queries(13):
        auditor.get(PAGE)


@pytest.mark.parametrize(
    "name", ["gov_officer", "gov_convenor", "agency_contact", "system_admin", "security_admin"]
)
def test_the_trail_is_for_the_audit_administrator_alone(city, entries, as_user, name):
    entries()

    assert as_user(city.users[name]).get(PAGE).status_code == 403


def test_an_auditor_sees_the_trail_of_the_own_city_alone(entries, auditor):
    entries()
    AuditEntry.objects.filter(action=ROWS[0][2]).update(chain="elsewhere")

    assert shown(auditor.get(PAGE)) == [ROWS[2][2], ROWS[1][2]]


# -- saved views


def save(client, name="本月议题", query="q=topic&sort=at", **changes):
    data = {"ledger": "trail", "name": name, "query": query, "next": PAGE}
    return client.post(reverse("ledgers:save-view"), data | changes, follow=True)


def test_a_view_is_saved_counted_opened_and_deleted(city, entries, auditor):
    entries()

    response = save(auditor)

    assert "已保存视图“本月议题”。" in response.text
    tabs = response.context["ledger"].tabs
    assert [(tab.label, tab.count, tab.current) for tab in tabs] == [
        ("全部", 4, False),  # saving is an entry itself, on the chain of the portal
        ("本月议题", 2, True),
    ]
    view = SavedView.objects.get()
    gone = auditor.post(reverse("ledgers:delete-view", args=[view.public_id]), follow=True)
    assert "已删除视图“本月议题”。" in gone.text
    assert not SavedView.objects.exists()


def test_saving_under_the_same_name_changes_the_view(auditor):
    save(auditor)
    save(auditor, query="q=meeting")

    assert SavedView.objects.get().query == "q=meeting"


REFUSED_VIEWS = [({"name": ""}, "请填写视图名称"), ({"name": "长" * 41}, "最多 40 个字")]


@pytest.mark.parametrize(("given", "message"), REFUSED_VIEWS)
def test_a_view_is_refused(auditor, given, message):
    assert message in save(auditor, **given).text
    assert not SavedView.objects.exists()


def test_twelve_views_are_enough(auditor):
    for number in range(12):
        save(auditor, name=f"视图{number}")

    assert "请先删除一个再保存" in save(auditor, name="又一个").text
    assert SavedView.objects.count() == 12


def test_views_are_their_owners_alone(city, auditor, as_user):
    save(auditor)
    view = SavedView.objects.get()

    other = as_user(city.users["gov_officer"])
    response = other.post(reverse("ledgers:delete-view", args=[view.public_id]))

    assert response.status_code == 404
    assert SavedView.objects.exists()


def test_a_form_leads_nowhere_else(auditor):
    response = auditor.post(
        reverse("ledgers:save-view"),
        {"ledger": "trail", "name": "x", "query": "", "next": "https://evil.example/"},
    )

    assert response["Location"].startswith("/?")


# -- export


def test_a_view_is_exported_as_a_workbook(entries, auditor):
    entries()

    response = auditor.get(PAGE + "?q=topic&sort=at&export=xlsx")

    rows = list(load_workbook(io.BytesIO(response.content)).active.values)
    assert rows[0][:5] == ("时间", "人员", "操作", "所办事项", "记录")
    assert rows[1][:3] == (datetime(2026, 11, 19, 8, 0), "周明远", "meetings.topic.submitted")  # noqa: DTZ001
    assert len(rows) == 3
    assert response["Cache-Control"] == "no-store"
    note = AuditEntry.objects.get(action="ledgers.ledger.exported")
    assert note.data == {"ledger": "trail", "query": "q=topic&sort=at", "rows": 2}


def test_a_view_is_exported_as_text_that_excel_reads_as_utf8(entries, auditor):
    entries()

    content = auditor.get(PAGE + "?export=csv").content

    assert content.startswith(b"\xef\xbb\xbf")
    assert len(list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))) == 4


CELLS = [
    ("=1+1", "'=1+1"),
    ("+86 10", "'+86 10"),
    ("-1", "'-1"),
    ("@SUM(A1)", "'@SUM(A1)"),
    ("\tx", "'\tx"),
    ("a\x0bb", "ab"),
    ("张三", "张三"),
    (-5, -5),
    (None, ""),
    (date(2026, 11, 20), date(2026, 11, 20)),
]


@pytest.mark.parametrize(("value", "cell"), CELLS)
def test_no_cell_of_an_export_can_run(value, cell):
    assert plain(value) == cell


def test_a_ledger_may_do_without_filters_and_search(city, db):
    class Plain(Ledger):
        name = "plain"
        model = AuditEntry
        columns = TrailLedger.columns

    request = RequestFactory().get("/", {"q": "nothing"})
    request.user = city.users["audit_admin"]
    page = LedgerPage(request, Plain, AuditEntry.objects.all())

    assert page.chips == []
    assert page.count == AuditEntry.objects.count()
