"""A file of disputes written, against a bare bulk insert of the very rows that it made.

python -m benchmarks.inside.importing ROWS     loads, measures, prints JSON
"""

import io
import json
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.management import call_command
from django.db import connection, models, transaction
from django.utils import timezone
from openpyxl import Workbook

from cases.actions import imports
from cases.actions.bulk.session import Session
from cases.actions.bulk.writing import write
from cases.imports.checking import Checking
from cases.imports.mapping import own_columns
from cases.imports.reading import Table, read_table
from cases.models import (
    Access,
    AgencyTally,
    Dispute,
    Event,
    Import,
    ImportState,
    Link,
    LossAnalysis,
    OutcomeNotice,
    Participant,
    Party,
    Performance,
    Procedure,
    Tally,
)
from foundations.audit.models import AuditEntry
from mechanisms.models import Mechanism
from members.models import Body, Jurisdiction, Organization, RoleBinding, User
from members.states import OrganizationKind, Role, Side
from services.deadlines.models import Deadline
from services.documents.models import NumberSeries

TABLES: tuple[type[models.Model], ...] = (
    *(Dispute, Access, Party, Procedure, Link, Participant, Event, Performance),
    *(OutcomeNotice, LossAnalysis, Deadline, AuditEntry, Tally, AgencyTally),
)
KIND = "reconsideration"
PEOPLE = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨"
DECIDED = {
    "收到日期": "2026-03-02",
    "当事人类型": "自然人",
    "联系电话": "13800005678",
    "住址": "试验市东城街道",
    "被申请人": "试验市综合行政执法局",
    "行政管理领域": "城管、综合执法",
    "行政行为种类": "行政处罚",
    "行政行为": "责令限期拆除临时构筑物",
    "受理日期": "2026-03-05",
    "审理程序": "普通程序",
    "发送副本日期": "2026-03-09",
    "收到答复日期": "2026-03-16",
    "听取意见日期": "2026-03-20",
    "听取意见方式": "电话",
    "听取意见情况": "申请人陈述了意见",
    "审结日期": "2026-04-20",
    "结案方式": "维持",
    "送达申请人日期": "2026-04-22",
}
LOST = {"败诉原因": "主要证据不足", "履行期限": "2026-05-20"}


@dataclass(frozen=True)
class Place:
    mechanism: Mechanism
    government: Organization
    user: User


class Undone(Exception):
    """What was measured is taken back."""


def measure(count: int) -> dict[str, dict[str, float]]:
    call_command("migrate", verbosity=0)
    place = _place()
    content = _file(count)
    times: dict[str, float] = {}
    table = _timed(
        times,
        "read the file",
        lambda: read_table("a.xlsx", content, own_columns(KIND).columns.values()),
    )
    row = _row(place, content, table)
    _timed(times, "check", lambda: imports.check(row.pk, at=timezone.now()))
    row.refresh_from_db()
    if row.state != ImportState.READY:
        raise SystemExit(row.findings[:2000])
    made = _written(times, row)
    _timed(times, "bare bulk insert", lambda: _bare(made))
    bare = times["bare bulk insert"]
    whole = times["read the file"] + times["check"] + times["write"]
    return {
        "times of an import, s": {name: round(value, 1) for name, value in times.items()},
        "rows of an import": {model.__name__: len(rows) for model, rows in made.items()},
        "ratios": {
            "import, written / bare bulk insert": round(times["write"] / bare, 2),
            "import, all of it / bare bulk insert": round(whole / bare, 2),
        },
        "peak memory, MB": {"import": round(_peak())},
    }


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _timed(times: dict[str, float], name: str, thing: Callable[[], Any]) -> Any:
    start = time.perf_counter()
    found = thing()
    times[name] = time.perf_counter() - start
    return found


def _row(place: Place, content: bytes, table: Table) -> Import:
    row = imports.receive(
        place.mechanism,
        actor=place.user,
        organization=place.government,
        columns=own_columns(KIND),
        uploaded=imports.Uploaded("a.xlsx", content, table),
    )
    return imports.assign(row.pk, actor=place.user, at=timezone.now(), columns=own_columns(KIND))


def _place() -> Place:
    """A government, an agency and an officer."""
    place = Jurisdiction.objects.create(key="bench", name="试验市")
    government = _unit(place, "gov", "试验市人民政府", OrganizationKind.GOVERNMENT)
    bureau = _unit(place, "bureau", "试验市司法局", OrganizationKind.JUSTICE_BUREAU)
    _unit(place, "agency", "试验市综合行政执法局", OrganizationKind.AGENCY)
    mechanism = Mechanism.objects.create(
        jurisdiction=place,
        key="bench",
        title="试验市联席会议制度",
        short_title="联席会议制度",
        body=Body.objects.create(jurisdiction=place, key="joint", name="联席会议"),
    )
    NumberSeries.objects.create(
        jurisdiction=place,
        organization=bureau,
        key="dispute",
        name="争议登记号",
        pattern="试争〔{year}〕{n}号",
    )
    user = User.objects.create(username="bench", display_name="李文静")
    RoleBinding.objects.create(
        user=user,
        role=Role.LIAISON_OFFICER,
        organization=government,
        jurisdiction=place,
        valid_from=date(2024, 1, 2),
    )
    return Place(mechanism, government, user)


def _unit(place: Jurisdiction, key: str, name: str, kind: OrganizationKind) -> Organization:
    return Organization.objects.create(
        jurisdiction=place, key=key, name=name, short_name=name, kind=kind, side=Side.GOVERNMENT
    )


def _file(count: int) -> bytes:
    """Decided reconsiderations of different persons, every fifth lost by the agency."""
    book = Workbook(write_only=True)
    page = book.create_sheet()
    page.append([*DECIDED, "案号", "申请人", *LOST])
    for n in range(1, count + 1):
        name = "".join(PEOPLE[n // 16**place % 16] for place in range(4))
        decided = DECIDED | ({"结案方式": "撤销"} if n % 5 == 0 else {})
        lost = LOST.values() if n % 5 == 0 else [None] * len(LOST)
        page.append([*decided.values(), f"试府复〔2026〕{n}号", name, *lost])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _written(times: dict[str, float], row: Import) -> dict[type[models.Model], list]:
    """The rows that it made, which are taken back; entries of before are left out."""
    before = AuditEntry.objects.count()
    made: dict[type[models.Model], list] = {}
    try:
        with transaction.atomic():
            _timed(times, "write", lambda: _write(row))
            for model in TABLES:
                every = list(model._default_manager.order_by("pk"))
                made[model] = every[before:] if model is AuditEntry else every
            raise Undone
    except Undone:
        return made


def _write(row: Import) -> None:
    session = Session(row.mechanism, actor=row.uploaded_by, at=timezone.now())
    write(session, Checking(row, session).buildings())
    connection.check_constraints()


def _bare(made: dict[type[models.Model], list]) -> None:
    with transaction.atomic():
        for model, every in made.items():
            model._default_manager.bulk_create(every)
        connection.check_constraints()


if __name__ == "__main__":
    json.dump(measure(int(sys.argv[1])), sys.stdout, indent=2, ensure_ascii=False)
