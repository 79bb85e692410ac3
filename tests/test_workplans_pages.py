"""The pages of task lists and of the enforcement-issue ledger, through the front door."""

from datetime import date
from io import BytesIO

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from tests.enforcement_issues import found, rectified
from tests.sitting import moment
from tests.task_lists import NOW, drafted, group, published, reported, row, task, term
from tests.task_sheets import small_import
from workplans.models import IssueLedgerEntry, ListImport, TaskList, TaskTerm


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(moment(NOW), tick=False):
        yield


def page(client, name, *args, **query):
    found_page = client.get(reverse(f"workplans:{name}", args=args), query)
    return found_page.status_code, found_page.content.decode()


@pytest.mark.parametrize(
    ("view", "said"),
    [("", "fy-plan"), ("board", "fy-lane"), ("calendar", "2026年12月")],
)
def test_a_list_is_a_table_a_board_and_a_calendar(city, as_user, view, said):
    listed = published(city)

    status, text = page(
        as_user(city.users["agency_contact"]), "list-detail", listed.public_id, view=view
    )

    assert status == 200
    assert said in text
    assert "全面检查行政执法文书" in text


@pytest.mark.parametrize(
    ("query", "rows"),
    [({}, 2), ({"q": "清单"}, 0), ({"stage": "overdue"}, 1), ({"unit": "agency"}, 2)],
)
def test_a_list_is_narrowed_by_its_address(city, as_user, query, rows):
    listed = published(city)
    if "unit" in query:
        query = {"unit": city.organizations["agency"].public_id}

    _status, text = page(
        as_user(city.users["gov_officer"]), "list-detail", listed.public_id, **query
    )

    assert text.count('<tr id="task-') == rows


def test_the_export_has_the_columns_of_the_document(city, as_user):
    listed = published(city)
    client = as_user(city.users["gov_officer"])

    answer = client.get(
        reverse("workplans:list-detail", args=[listed.public_id]), {"export": "xlsx"}
    )

    sheet = load_workbook(BytesIO(answer.content)).active
    heads = [cell.value for cell in sheet[2]]
    assert heads[:7] == [
        "序号",
        "主要任务",
        "工作措施",
        "牵头单位",
        "责任单位",
        "完成时限",
        "备注",
    ]
    assert "B3:B4" in {str(block) for block in sheet.merged_cells.ranges}


@pytest.mark.parametrize("count", [1, 3])
def test_pages_cost_the_same_for_any_length(city, as_user, django_assert_max_num_queries, count):
    listed = published(city, *(row(n, "长期坚持") for n in range(1, count + 1)))
    client = as_user(city.users["gov_officer"])
    for name, args, most in (
        ("list", (), 22),
        ("list-detail", (listed.public_id,), 32),
        ("terms", (), 22),
        ("unit", (city.organizations["agency"].public_id,), 24),
    ):
        with django_assert_max_num_queries(most):
            assert page(client, name, *args)[0] == 200


def test_a_unit_reports_and_the_lead_accepts(city, as_user):
    listed = published(city)
    of = term(listed, number=1)
    client = as_user(city.users["agency_contact"])
    address = reverse("workplans:report", args=[of.public_id])
    files = [SimpleUploadedFile("佐证.txt", "检查清单".encode())]
    given = {"text": "", "value_0": "98.5", "version": of.version, "file": files, "declared": "on"}

    empty = client.post(address, given)
    files[0].seek(0)
    sent = client.post(address, {**given, "text": "检查文书20份。"})

    assert (empty.status_code, sent.status_code) == (422, 302)
    _status, text = page(client, "term", of.public_id)
    assert "检查文书20份。" in text
    assert "98.5" in text
    assert "未达到" in text
    assert "佐证.txt" in text
    given_report = of.reports.get()
    client = as_user(city.users["gov_officer"])
    client.post(reverse("workplans:accept", args=[given_report.public_id]), {"remark": ""})
    of.refresh_from_db()
    assert of.state == "accepted"


def test_others_see_that_it_was_reported_but_not_what(city, as_user):
    listed = published(city)
    of = term(listed, "gov")

    _status, text = page(as_user(city.users["agency_contact"]), "term", of.public_id)

    assert "报送内容由本单位、牵头单位和机制联络员、负责人查看" in text


def test_a_draft_is_published_from_its_page(city, as_user):
    group(city)
    listed = drafted(city, row(1, "长期坚持"))
    client = as_user(city.users["gov_officer"])
    address = reverse("workplans:publish", args=[listed.public_id])
    given = {"on": "2026-11-23", "counts_from": "2026-10-01", "version": listed.version}

    refused = client.post(address, given)
    group(city, "agency")
    done = client.post(address, given)

    assert (refused.status_code, done.status_code) == (422, 302)
    assert "第1项" in refused.content.decode()
    assert TaskTerm.objects.get().name == "2026年第四季度"
    assert page(as_user(city.users["court_officer"]), "list-detail", listed.public_id)[0] == 200


def test_a_file_is_uploaded_looked_through_and_taken_over(city, as_user):
    read = small_import(city)
    client = as_user(city.users["gov_officer"])
    status, text = page(client, "import", read.public_id)
    assert status == 200
    assert "没有叫“市数据局”的单位或类别" in text
    words = {"word_0": "leave", "kind": "", "version": read.version}
    client.post(reverse("workplans:import-words", args=[read.public_id]), words)
    read.refresh_from_db()

    done = client.post(
        reverse("workplans:import-confirm", args=[read.public_id]), {"version": read.version}
    )

    made = TaskList.objects.get()
    assert done.url == made.get_absolute_url()
    assert [one.responsible for one in made.tasks.all()] == [["unit:agency"], ["unit:agency"]]
    assert made.tasks.get(number=2).lead == ["unit:justice"], "filled down"


def test_the_upload_form_takes_a_file_and_says_what_is_wrong(city, as_user):
    client = as_user(city.users["gov_officer"])
    address = reverse("workplans:upload")
    keeper = city.organizations["justice"].public_id
    given = {"keeper": keeper, "reporting": "quarter", "declared": "on", "form_token": "a" * 20}

    wrong = client.post(address, {**given, "file": SimpleUploadedFile("清单.txt", b"1")})

    assert wrong.status_code == 422
    assert "上传Excel（.xlsx）或Word（.docx）格式的任务清单" in wrong.content.decode()
    assert not ListImport.objects.exists()
    assert as_user(city.users["agency_contact"]).get(address).status_code == 403


def test_the_next_year_is_made_by_the_wizard(city, as_user):
    listed = published(city)
    client = as_user(city.users["gov_officer"])
    address = reverse("workplans:roll", args=[listed.public_id])
    given = {"year": "2027", "title": "2027年任务清单", "reporting": "quarter", "on_1": "on"}

    wrong = client.post(address, {**given, "due_1": "尽快"})
    done = client.post(address, {**given, "due_1": "长期坚持"})

    assert (wrong.status_code, done.status_code) == (422, 302)
    assert TaskList.objects.get(year=2027).tasks.get().due_text == "长期坚持"


def test_an_issue_is_entered_rectified_verified_and_taken_up_again(city, as_user):
    officer, contact = city.users["gov_officer"], city.users["agency_contact"]
    given = {
        "organization": city.organizations["agency"].public_id,
        "category": "procedure",
        "cause": "未依法催告",
        "what": "强制拆除前没有催告。",
        "found_on": "2026-11-02",
        "rectify_by": "2026-12-02",
        "form_token": "b" * 20,
    }
    client = as_user(officer)
    for _twice in range(2):
        client.post(reverse("workplans:issue-new"), given)
    entry = IssueLedgerEntry.objects.get()

    def post(user, name, **more):
        entry.refresh_from_db()
        address = reverse(f"workplans:{name}", args=[entry.public_id])
        return as_user(user).post(address, {"version": entry.version, **more}).status_code

    assert post(contact, "rectify", measures="已整改", rectified_on="2026-10-01") == 422
    assert post(contact, "rectify", measures="已整改", rectified_on="2026-11-20") == 302
    assert post(contact, "verify") == 403
    assert post(officer, "verify") == 302
    assert post(officer, "reopen", reason="再次发生", rectify_by="2026-12-20") == 302
    entry.refresh_from_db()
    assert (entry.state, entry.reopened, entry.rectify_by) == ("asked", 1, date(2026, 12, 20))
    assert page(as_user(city.users["court_officer"]), "issue", entry.public_id)[0] == 404


def test_what_recurs_is_shown_by_unit_and_category(city, as_user):
    found(city)
    rectified(city)
    client = as_user(city.users["gov_officer"])

    _status, text = page(client, "recurring")

    assert "反复" in text.partition("<tbody>")[2]
    sheet = load_workbook(
        BytesIO(client.get(reverse("workplans:recurring"), {"export": "xlsx"}).content)
    )
    assert [cell.value for cell in sheet.active[2]][:2] == ["试验市综合行政执法局", 2]


def test_a_task_page_tells_its_units_and_the_row_as_it_stood(city, as_user):
    listed = published(city)
    reported(city, term(listed))

    status, text = page(as_user(city.users["court_officer"]), "task", task(listed).public_id)

    assert status == 200
    assert "市综合执法局" in text
    assert "2026年第三季度" in text
