"""Files of disputes for tests: rows of reconsiderations, as Excel or csv, and their way in."""

import csv
import io
from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from cases import tasks
from cases.actions import imports as actions
from cases.forms.imports import OWN
from cases.imports.fields import sheets
from cases.imports.mapping import own_columns
from cases.imports.reading import read_table
from cases.models import Import, ImportMapping, ImportState
from services.documents.models import NumberSeries
from tests.disputes import moment

KIND = "reconsideration"
DECIDED = {
    "收到日期": "2026-03-02",
    "申请人": "张三",
    "当事人类型": "自然人",
    "联系电话": "13800005678",
    "住址": "试验市东城街道",
    "被申请人": "市综合执法局",
    "行政管理领域": "城管、综合执法",
    "行政行为种类": "行政处罚",
    "行政行为": "责令限期拆除临时构筑物",
    "受理日期": date(2026, 3, 5),
    "审理程序": "普通程序",
    "发送副本日期": "2026年3月9日",
    "收到答复日期": "2026/3/16",
    "听取意见日期": "2026-03-20",
    "听取意见方式": "电话",
    "听取意见情况": "申请人陈述了意见",
    "审结日期": "2026-04-20",
    "结案方式": "维持",
    "送达申请人日期": "2026-04-22",
}
PEOPLE = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨"


def rows(count: int, **changes) -> list[dict]:
    """Decided reconsiderations of different persons, numbered from 1."""
    return [
        {
            **DECIDED,
            "案号": f"试府复〔2026〕{n}号",
            "申请人": f"{PEOPLE[n % 16]}{PEOPLE[n // 16 % 16]}{PEOPLE[n // 256 % 16]}",
            **changes,
        }
        for n in range(1, count + 1)
    ]


def heads(kind: str = KIND) -> list[str]:
    return [one.head for one in sheets()[kind].fields]


def xlsx(lines: list[dict], names: list[str] | None = None, above: list[list] = ()) -> bytes:
    """`above` are lines over the head."""
    book = Workbook()
    page = book.active
    named = names or heads()
    for line in (*above, named, *([line.get(name) for name in named] for line in lines)):
        page.append(line)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def text(lines: list[dict], encoding: str = "utf-8") -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, heads(), extrasaction="ignore")
    writer.writeheader()
    writer.writerows(lines)
    return out.getvalue().encode(encoding)


def numbered(city) -> None:
    NumberSeries.objects.get_or_create(
        jurisdiction=city.jurisdiction,
        organization=city.organizations["justice"],
        key="dispute",
        defaults={"name": "争议登记号", "pattern": "试争〔{year}〕{n}号"},
    )


def sent(
    client, city, content: bytes, name: str = "复议.xlsx", way: str = f"{OWN}-{KIND}", organ="gov"
):
    """The answer to an uploaded file."""
    return client.post(
        reverse("cases:imports"),
        {
            "organization": city.organizations[organ].pk,
            "way": way,
            "file": SimpleUploadedFile(name, content),
            "declared": "on",
            "form_token": f"token-{name}-{len(content)}"[:32],
        },
    )


def checked(client, city, content: bytes, name: str = "复议.xlsx", **given) -> Import:
    """An uploaded file, checked; its columns were left as they were found."""
    answer = sent(client, city, content, name, **given)
    assert answer.status_code == 302, answer.context["form"].errors
    row = Import.objects.latest("pk")
    if row.state == ImportState.CHECKING:
        tasks.check_import(row.pk)
    row.refresh_from_db()
    if row.state != ImportState.MAPPING:
        return row
    page = client.get(row.get_absolute_url())
    form = page.context["form"]
    values = {bound.html_name: bound.value() or "" for bound in form}
    answer = client.post(reverse("cases:import-columns", args=[row.public_id]), values)
    assert answer.status_code == 302, answer.context["form"].errors
    row.refresh_from_db()
    return row


def confirmed(client, row: Import, **given):
    values = {"version": row.version, **given}
    answer = client.post(reverse("cases:import-confirm", args=[row.public_id]), values)
    row.refresh_from_db()
    return answer


def kept_columns(city) -> ImportMapping:
    return ImportMapping.objects.create(
        jurisdiction=city.jurisdiction,
        name="老系统",
        kind="reconsideration",
        columns={"number": "案件编号", "mode": "结果"},
        values={"mode": {"复议维持": "维持"}},
    )


def uploaded(city) -> Import:
    """A file of the government's with a fault, as its people find it."""
    numbered(city)
    line = rows(1, 结案方式="不详")
    content = xlsx(line)
    user, columns = city.users["gov_officer"], own_columns(KIND)
    given = actions.Uploaded("复议.xlsx", content, read_table("复议.xlsx", content, heads()))
    row = actions.receive(
        city.mechanism,
        actor=user,
        organization=city.organizations["gov"],
        columns=columns,
        uploaded=given,
    )
    at = moment(date(2026, 11, 27), 9)
    actions.assign(row.pk, actor=user, at=at, columns=columns)
    actions.check(row.pk, at=at)
    return row
