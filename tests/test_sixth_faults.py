"""What is wrong in the profile of a sixth institution is told with its place."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.profiles import CHENGXI, everything, refused, written

TEXT = CHENGXI.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("changes", "path", "message"),
    [
        pytest.param(
            ["body: year-meeting", "body: council"],
            "mechanism.body",
            "本文件中没有机构“council”",
            id="missing body",
        ),
        pytest.param(
            ["cadence_months: 12", "cadence_month: 12"],
            "meeting.cadence_month",
            "是否应为“cadence_months”",
            id="unknown key",
        ),
        pytest.param(
            ["cadence_months: 12", "cadence_months: 每年"],
            "meeting.cadence_months",
            "1 至 24 的整数",
            id="a word for a number",
        ),
        pytest.param(
            ["cadence_months: 12", "cadence_months: 6"],
            "meeting.cadence_months",
            "与条款 CHX-6 不一致：条款为“12”，此处为“6”",
            id="text and plan differ",
        ),
        pytest.param(
            ["host_policy: co_host", "host_policy: alternate"],
            "meeting.host_policy",
            "与条款 CHX-6 不一致",
            id="text and hosts differ",
        ),
        pytest.param(
            ["hosts: [government, court, proc", "hosts: [government, court, centre, proc"],
            "meeting.hosts[3]",
            "“centre”不在本文件的参与方（parties）之中",
            id="a host that is no party",
        ),
        pytest.param(
            ["court: court-letter", "court: court-paper"],
            "meeting.notice_series.court",
            "本文件中没有文号序列“court-paper”",
            id="missing series",
        ),
        pytest.param(
            ["key: SJ-REPLY", "key: reply"],
            "deadlines[1].key",
            "没有编号为 reply 的期限规则。现有：SJ-REPLY、",
            id="no such time limit",
        ),
        pytest.param(
            [
                "SJ-REPLY, length: 45 days",
                "SJ-REPLY, length: 45天",
            ],
            "deadlines[1].length",
            "如 10 workdays",
            id="a length in other words",
        ),
        pytest.param(
            ["key: hard_case", "key: hard-case"],
            "meeting.topic_types[2].key",
            "小写字母、数字和下划线",
            id="a word with a hyphen",
        ),
        pytest.param(
            ["due: {days_after: 20}", "due: {days_after: 20, day: 5}"],
            "obligations[1].due",
            "从下列键中只写一个：day、days_after、on",
            id="two days for one matter",
        ),
        pytest.param(
            ["record: side_notice", "record: notice"],
            "text[3].clauses[3].provisions[1].realised_by.record",
            "没有记录种类“notice”",
            id="no such record",
        ),
        pytest.param(
            ['page: "suggestions:yearly"', 'page: "suggestions:years"'],
            "text[5].clauses[3].provisions[1].realised_by.page",
            "没有页面“suggestions:years”；相近的有：suggestions:yearly",
            id="no such page",
        ),
        pytest.param(
            ['page: "dashboards:compliance", of: mechanism', 'page: "dashboards:compliance"'],
            "text[1].clauses[1].provisions[1].realised_by.page",
            "的 of 应写：mechanism",
            id="a page without its institution",
        ),
        pytest.param(
            ["recipients: [县司法局]", "recipients: [justice]"],
            "text[5].clauses[1].provisions[1].parameters.recipients[1]",
            "“justice”是键；此处显示给用户",
            id="a key that people would read",
        ),
        pytest.param(
            ["{upheld: collected}", "{won: collected}"],
            "cases.notices.reconsideration.won",
            "可用的有：upheld、revoked",
            id="no such closing mode",
        ),
        pytest.param(
            ["role: office_director", "role: liaison_officer"],
            "bodies[2].seats[4]",
            "每个机构中每方只能有 1 名联络员",
            id="two liaison officers of a side",
        ),
    ],
)
@pytest.mark.django_db
def test_a_changed_copy_is_refused_at_its_place(tmp_path, capsys, changes, path, message):
    faults = refused(written(tmp_path / "copy.yaml", *changes, text=TEXT), capsys)

    assert [place for _line, place, _message in faults] == [path]
    assert message in faults[0][2]
    assert set(everything()) == {0}


@pytest.mark.parametrize(
    ("changes", "path", "message"),
    [
        pytest.param(
            ["key: protests\n    provision: CHX-11", "key: protests\n    provision: CHX-10"],
            "text[4].clauses[2].provisions[1]",
            "条款 CHX-11 要求通报",
            id="a matter that nobody owes",
        ),
        pytest.param(
            [
                "deadlines:\n  - {key: SJ-REPLY, length: 45 days, provision: CHX-15}\n"
                "  - {key: JC-REPLY, length: 45 days, provision: CHX-15}\n",
                "",
            ],
            "text[5].clauses[2].provisions[1]",
            "平台将按法律规定计算",
            id="a reply period that nothing sets",
        ),
        pytest.param(
            ["  cadence_months: 12\n", ""],
            "meeting.cadence_months",
            "不会排定会议",
            id="an interval that nothing plans",
        ),
        pytest.param(
            ["  hosts: [government, court, procuratorate]\n", ""],
            "meeting",
            "没有写明主办方：由政府和法院主办",
            id="hosts left out",
        ),
        pytest.param(
            ["provision: CHX-24, name", "provision: CHX-25, name"],
            "text[6].clauses[4].provisions[1]",
            "条款 CHX-24 要求形成文件",
            id="a document that nobody owes",
        ),
    ],
)
def test_a_clause_that_nothing_carries_out_is_told(tmp_path, changes, path, message):
    copy, out = written(tmp_path / "copy.yaml", *changes, text=TEXT), StringIO()

    with pytest.raises(CommandError) as stopped:
        call_command("check_profile", copy, "--format", "json", stdout=out)

    assert stopped.value.returncode == 2
    (missing,) = json.loads(out.getvalue())["missing"]
    assert missing["path"] == path
    assert message in missing["message"]
