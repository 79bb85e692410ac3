"""load_profile refuses a file whole, and says where it is wrong."""

from functools import partial

import pytest
from django.core.management import CommandError, call_command

from members.models import Jurisdiction
from tests.profiles import SMALL, everything, load, refused, written


@pytest.fixture
def profile(tmp_path):
    """profile(old, new, …) is a file with the small profile, each `old` made `new`."""
    return partial(written, tmp_path / "profile.yaml")


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
            "kind: government, side: government}",
            "kind: government, side: government, "
            "succeeded_by: {heirs: [justice], on: 2019-12-31}}",
            13,
            "organizations[1].succeeded_by.heirs[1]",
            "本文件中没有单位“justice”，请在 organizations 下补充。",
            id="unknown heir",
        ),
        pytest.param(
            "kind: government, side: government}",
            "kind: government, side: government, succeeded_by: {heirs: [gov], on: 2019-12-31}}",
            13,
            "organizations[1].succeeded_by.heirs",
            "请至少选择一个其他单位作为承继单位",
            id="heir of itself",
        ),
        pytest.param(
            "ex_officio: true, organization: court, title: 院长}",
            "ex_officio: true, organization: court, title: 院长, "
            "other_posts: [{organization: gov, title: 委员}]}",
            20,
            "bodies[1].seats[2]",
            "只有写明姓名的席位才能登记该人的其他职务。",
            id="other post without a name",
        ),
        pytest.param(
            "organization: gov, title: 副市长}",
            "organization: gov, title: 副市长, other_posts: [{organization: bank, title: 行长}]}",
            19,
            "bodies[1].seats[1].other_posts[1].organization",
            "本文件中没有单位“bank”，请在 organizations 下补充。",
            id="other post in an unknown unit",
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
