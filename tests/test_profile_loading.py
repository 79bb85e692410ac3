"""load_profile: what it makes, what it leaves, and how it refuses a file."""

import json
from datetime import date
from pathlib import Path

import pytest
import yaml
from django.core.management import CommandError, call_command

from foundations.audit.models import AuditEntry
from mechanisms.loading.reading import read_profile
from mechanisms.models import Mechanism, MechanismVersion, Provision
from mechanisms.profile import get_profile
from mechanisms.queries import parties, party, provision
from members.models import Jurisdiction, Organization, Person, Seat, User
from members.rosters import roster

YINING = Path(__file__).parent.parent / "mechanisms" / "profiles" / "yining.yaml"
SMALL = """\
schema: 1
jurisdiction: {key: small, name: 小城}
mechanism:
  key: small
  version: "1"
  title: 小城联席会议制度
  short_title: 联席会议制度
  issued_on: 2024-01-02
  effective_from: 2024-01-02
  issuers: [小城人民政府, 小城人民法院]
  body: joint
organizations:
  - {key: gov, name: 小城人民政府, short_name: 市政府, kind: government, side: government}
  - {key: court, name: 小城人民法院, short_name: 市法院, kind: court, side: court}
bodies:
  - key: joint
    name: 联席会议
    seats:
      - {role: convenor, side: government, name: 王 彬, organization: gov, title: 副市长}
      - {role: convenor, side: court, ex_officio: true, organization: court, title: 院长}
parties:
  - {side: government, lead: gov, acting: gov, secretariat: gov}
  - {side: court, lead: court, acting: court, secretariat: court}
meeting:
  cadence_provision: SM-1
  topic_types:
    - {key: report, label: 情况通报}
text:
  - chapter: 一、总则
    clauses:
      - clause: 一
        text: 每两个月召开一次。
        provisions:
          - number: SM-1
            operative: 每两个月
            duty_bearers: [government, court]
            modal: shall
            rule_kind: meeting_cadence
            subject: regular_meeting
            parameters: {every_months: 2, hosting: alternate}
            realised_by: {room: meetings, record: meeting_series}
"""


@pytest.fixture
def profile(tmp_path):
    """profile(old, new, …) is a file with the small profile, each `old` made `new`."""

    def written(*changes: str, text: str = SMALL) -> Path:
        for old, new in zip(changes[::2], changes[1::2], strict=True):
            assert old in text
            text = text.replace(old, new, 1)
        path = tmp_path / "profile.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return written


def load(path, capsys, *options) -> dict:
    call_command("load_profile", path, "--format", "json", *options)
    return json.loads(capsys.readouterr().out)


def refused(path, capsys) -> list[tuple[int, str, str]]:
    with pytest.raises(CommandError):
        call_command("load_profile", path, "--format", "json")
    answer = json.loads(capsys.readouterr().out)
    assert answer["ok"] is False
    return [(one["line"], one["path"], one["message"]) for one in answer["errors"]]


def everything() -> tuple[int, ...]:
    models = (Jurisdiction, Organization, Person, Seat, Mechanism, MechanismVersion, Provision)
    return tuple(model.objects.count() for model in (*models, AuditEntry))


@pytest.mark.django_db
def test_it_makes_the_institution_and_never_an_account(profile, capsys):
    answer = load(profile(), capsys)

    assert answer["ok"] is True
    assert {change["outcome"] for change in answer["changes"]} == {"create"}
    mechanism = Mechanism.objects.get(key="small")
    assert [side.lead.name for side in parties(mechanism)] == ["小城人民政府", "小城人民法院"]
    assert party(mechanism, "court").lead.short_name == "市法院"
    assert provision(mechanism, "SM-1", date(2024, 1, 2)).citation == "制度一"
    assert provision(mechanism, "SM-2", date(2024, 1, 2)) is None
    assert get_profile(mechanism, date(2025, 1, 1)).meeting.cadence_provision == "SM-1"
    assert Person.objects.get().name == "王彬"
    assert [line.person.name for line in roster(mechanism.body, date(2024, 1, 2))] == ["王彬"]
    assert not User.objects.exists()
    assert AuditEntry.objects.filter(action="mechanisms.version.loaded", actor=None).count() == 1


@pytest.mark.django_db
def test_loading_twice_changes_nothing(profile, capsys):
    load(profile(), capsys)
    before = everything()

    again = load(profile("schema: 1", "# 只改了注释\nschema: 1"), capsys)

    assert everything() == before
    assert [change["outcome"] for change in again["changes"]] == ["leave"]


@pytest.mark.django_db
def test_a_rehearsal_tells_all_and_writes_nothing(profile, capsys):
    before = everything()

    told = load(profile(), capsys, "--dry-run")

    assert everything() == before
    assert told["changes"] == load(profile(), capsys)["changes"]


@pytest.mark.django_db
def test_the_same_version_with_other_content_is_refused(profile, capsys):
    load(profile(), capsys)
    before = everything()

    faults = refused(profile("每两个月召开一次", "每两个月召开一次会议"), capsys)

    assert [(line, path) for line, path, _message in faults] == [(5, "mechanism.version")]
    assert "请为新内容换一个版本号" in faults[0][2]
    assert everything() == before


@pytest.mark.django_db
def test_a_later_version_changes_units_and_leaves_the_roster(profile, capsys):
    load(profile(), capsys)
    later = profile(
        'version: "1"',
        'version: "2"',
        "effective_from: 2024-01-02",
        "effective_from: 2025-03-01",
        "short_name: 市法院",
        "short_name: 市人民法院",
        "name: 王 彬",
        "name: 李明",
        "every_months: 2",
        "every_months: 3",
    )

    changes = load(later, capsys)["changes"]

    told = {(change["outcome"], change["kind"]): change for change in changes}
    assert told["change", "单位"]["detail"] == "简称：市法院 → 市人民法院"
    assert "名单已有记录" in told["leave", "成员名单"]["detail"]
    assert [person.name for person in Person.objects.all()] == ["王彬"]
    mechanism = Mechanism.objects.get(key="small")
    before, after = date(2025, 2, 28), date(2025, 3, 1)
    assert provision(mechanism, "SM-1", before).parameters["every_months"] == 2
    assert provision(mechanism, "SM-1", after).parameters["every_months"] == 3


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("title", "more", "clause", "cited"),
    [
        ("小城联席会议制度", "", "一", "制度一"),
        ("小城联席会议制度（试行）", "", "三（二）", "制度三（二）"),
        ("关于加强府院联动工作的实施意见", "", "第五条", "意见第五条"),
        ("小城《府院联动机制》", "", "二", "机制二"),
        ("小城府院联动二十条", "", "一", "《联席会议制度》一"),
        ("小城联席会议制度", "\n  cited_as: 联席制度", "一", "联席制度一"),
        ("小城联席会议制度", "\n  cited_as: 联席制度", "附件", "附件"),
    ],
)
def test_a_clause_is_cited_by_the_kind_of_its_document(
    profile, capsys, title, more, clause, cited
):
    changed = profile(
        "  title: 小城联席会议制度", f"  title: {title}{more}", "clause: 一", f"clause: {clause}"
    )

    load(changed, capsys)

    assert Provision.objects.get().citation == cited


@pytest.mark.django_db
def test_a_version_that_does_not_take_effect_later_is_refused(profile, capsys):
    load(profile(), capsys)

    faults = refused(profile('version: "1"', 'version: "2"'), capsys)

    assert [(line, path) for line, path, _message in faults] == [(9, "mechanism.effective_from")]


@pytest.mark.django_db
def test_an_institution_stays_where_it_is(profile, capsys):
    load(profile(), capsys)

    faults = refused(profile("{key: small, name: 小城}", "{key: other, name: 他城}"), capsys)

    assert [(line, path) for line, path, _message in faults] == [(2, "jurisdiction.key")]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("old", "new", "line", "path", "message"),
    [
        pytest.param(
            "  short_title: 联席会议制度\n",
            "",
            3,
            "mechanism",
            "缺少键：short_title。",
            id="missing key",
        ),
        pytest.param(
            "  body: joint",
            "  body: joint\n  isuers: []",
            12,
            "mechanism.isuers",
            "此处不认识键“isuers”，是否应为“issuers”？",
            id="unknown key",
        ),
        pytest.param(
            'version: "1"',
            "version: 1",
            5,
            "mechanism.version",
            "“1”应为文字；数字和代码请加引号。",
            id="wrong type",
        ),
        pytest.param(
            "kind: court",
            "kind: tribunal",
            14,
            "organizations[2].kind",
            "“tribunal”不在可选值之中。",
            id="unknown choice",
        ),
        pytest.param(
            "issued_on: 2024-01-02",
            "issued_on: 2024-1-2",
            8,
            "mechanism.issued_on",
            "“2024-1-2”不是日期，请写成 2023-06-12 的样子。",
            id="bad date",
        ),
        pytest.param(
            "issued_on: 2024-01-02",
            "issued_on: 2024-02-30",
            8,
            "mechanism.issued_on",
            "“2024-02-30”不是日期",
            id="no such day",
        ),
        pytest.param(
            "issued_on: 2024-01-02",
            "issued_on: 2024-01-03",
            9,
            "mechanism.effective_from",
            "生效日早于印发日",
            id="dates crossed",
        ),
        pytest.param(
            "acting: court",
            "acting: tribunal",
            23,
            "parties[2].acting",
            "本文件中没有单位“tribunal”，请在 organizations 下补充。",
            id="unknown organization",
        ),
        pytest.param(
            "  body: joint",
            "  body: group",
            11,
            "mechanism.body",
            "本文件中没有机构“group”",
            id="unknown body",
        ),
        pytest.param(
            "cadence_provision: SM-1",
            "cadence_provision: SM-7",
            25,
            "meeting.cadence_provision",
            "本文件中没有条款“SM-7”。",
            id="unknown provision",
        ),
        pytest.param(
            "duty_bearers: [government, court]",
            "duty_bearers: [government, nobody]",
            36,
            "text[1].clauses[1].provisions[1].duty_bearers[2]",
            "“nobody”既不是一方，也不是本文件中的单位或单位类别。",
            id="unknown bearer",
        ),
        pytest.param(
            "operative: 每两个月",
            "operative: 每二个月",
            35,
            "text[1].clauses[1].provisions[1].operative",
            "标出的文字与条文原文不一致",
            id="words not in the text",
        ),
        pytest.param(
            "parameters: {every_months: 2, hosting: alternate}",
            "parameters: {every_months: 2, recipients: [市委办]}",
            40,
            "text[1].clauses[1].provisions[1].parameters.recipients",
            "规则“会议周期”没有参数“recipients”",
            id="parameter of another rule",
        ),
        pytest.param(
            "name: 王 彬, ",
            "",
            19,
            "bodies[1].seats[1]",
            "席位要么写姓名",
            id="seat without holder",
        ),
        pytest.param(
            "  key: small",
            "  key: small\n  key: large",
            5,
            "mechanism.key",
            "键“key”重复出现，前一次在第 4 行。",
            id="key twice",
        ),
        pytest.param("  title: 小", "\ttitle: 小", 6, "", "制表符", id="tab"),
        pytest.param("  title: 小", "  title:小", 7, "", "不符合 YAML 的写法", id="no space"),
        pytest.param("name: 小城}", "name: &place 小城, x: *place}", 2, "", "别名", id="alias"),
        pytest.param("schema: 1", "schema: 9", 1, "schema", "格式版本为 1", id="other schema"),
        pytest.param("小城}", "小城\a}", 2, "", "控制字符", id="control character"),
    ],
)
def test_an_invalid_file_is_refused_whole(profile, capsys, old, new, line, path, message):
    before = everything()

    faults = refused(profile(old, new), capsys)

    assert len(faults) == 1
    assert faults[0][:2] == (line, path)
    assert message in faults[0][2]
    assert everything() == before


@pytest.mark.django_db
def test_every_fault_is_told_in_the_order_of_lines(profile, capsys):
    faults = refused(profile("name: 小城}", "nam: 小城}", "side: court}", "side: bench}"), capsys)

    assert [line for line, _path, _message in faults] == [2, 2, 14]


@pytest.mark.django_db
def test_a_provision_number_stands_once(profile, capsys):
    text = SMALL + SMALL[SMALL.index("          - number") :]

    faults = refused(profile(text=text), capsys)

    assert [(line, message) for line, _path, message in faults] == [(42, "“SM-1”重复使用。")]


@pytest.mark.django_db
def test_a_rule_of_the_roster_that_is_broken_is_told_with_its_line(profile, capsys):
    other = (
        "\n  - {key: bench, name: 小城人民法院, short_name: 院, kind: court, side: court}\nbodies"
    )

    faults = refused(profile("\nbodies", other), capsys)

    assert [(line, path) for line, path, _message in faults] == [(15, "organizations[3].name")]
    assert not Jurisdiction.objects.exists()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(b"", "文件是空的", id="empty"),
        pytest.param(b"- 1\n", "机制配置应以", id="a list"),
        pytest.param("schema: 1\n名: 值".encode("gb18030"), "UTF-8", id="another encoding"),
        pytest.param(b"schema: 1\n---\nschema: 1\n", "只能是一个文档", id="two documents"),
        pytest.param(b"schema: !!python/none x\n", "标签", id="tag"),
    ],
)
def test_a_file_that_is_no_profile(tmp_path, capsys, content, message):
    path = tmp_path / "profile.yaml"
    path.write_bytes(content)

    faults = refused(path, capsys)

    assert message in faults[0][2]


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(CommandError) as refusal:
        call_command("load_profile", tmp_path / "none.yaml")

    assert "没有文件" in str(refusal.value)


@pytest.mark.django_db
def test_the_text_answer_names_what_it_creates(capsys):
    call_command("load_profile", YINING)

    told = capsys.readouterr().out
    assert told.startswith("新建（36）\n  地区　伊宁市\n")
    assert "  条款　45 条\n" in told
    assert "热孜艳·买买提明" in told


def test_yining_is_what_a_yaml_reader_sees_too():
    """Our narrower reader changes dates only: they stay text."""

    ours = read_profile(YINING).source
    theirs = yaml.safe_load(YINING.read_text(encoding="utf-8"))
    assert ours["text"] == theirs["text"]
    assert ours["mechanism"]["issued_on"] == "2023-06-12"
