"""The procedures against a table written by hand from the law and the practice of offices.

What stands here was not read from `cases.flow`: states, closing modes and every move.
"""

import pytest

from cases.actions.steps import mode_of
from cases.flow.asks import ASKS
from cases.flow.guards import GUARDS
from cases.flow.table import BACK, tables
from cases.models import Procedure
from foundations.access.errors import RuleBroken
from services.deadlines.rules import law
from tests.disputes import FILED, dispute, stepped

# procedure: its states; how it closes
OUTCOMES = """
登记 | 待登记 已登记 分流中 已分流 不属本机制
     | 引导复议 引导起诉 转调解 转信访 其他
诉前调解 | 征求意愿 已同意 委派 受理确认 调解中 延长 结束
     | 调解成功 和解撤回 履行后撤回 不同意 调解不成 逾期未成 失联 其他
司法确认 | 待申请 已申请 审查 确认 驳回 撤回 | 确认有效 驳回申请 撤回
行政复议 | 收到 审查 补正 受理 送达答复 审理 中止 延期 审结 履行 回访 归档
     | 维持 撤销 部分撤销 撤销并责令重作 部分撤销并责令重作 变更 确认违法 确认无效 责令履行
       驳回复议请求 驳回申请 不予受理 终止（和解撤回） 终止（撤回） 终止（自行纠错后撤回）
       终止（主体消灭） 终止（中止期满） 调解书 行政协议责任 赔偿决定
一审 | 收到诉状 审查 立案 送达 答辩 开庭 中止 鉴定 协调 宣判 送达裁判文书 上诉期 生效 上诉
     | 驳回诉讼请求 撤销 部分撤销 撤销并判令重作 部分撤销并判令重作 变更 确认违法 确认无效
       责令履行 给付 协议责任 赔偿判决 调解书 准许撤诉（和解） 准许撤诉（自行纠错）
       准许撤诉（自愿） 按撤诉处理 驳回起诉 不予立案 移送 终结 维持（2015年前）
二审 | 收案 审理 结案
     | 驳回上诉，维持原判 驳回上诉，维持原裁定 改判 发回重审 撤销原裁定，指令审理
       准许撤回上诉 调解 按撤回上诉处理
再审审查 | 收案 审查 裁定 | 驳回 提审 指令再审 撤回
再审 | 收案 审查 裁定 | 维持 改判 发回 撤回
非诉执行审查 | 申请 受理 审查 裁定 | 准予执行 不准予执行 部分准予 不予受理 撤回申请
执行 | 立案 执行 结案 | 执行完毕 执行和解（履行完） 终结本次 终结 不予执行 驳回
检察监督 | 受理 审查 结案 | 提出抗诉 再审检察建议 不支持监督 终结 和解 检察建议
回访 | 待回访 已回访 异常跟进 | 已履行 部分 未履行 不满意 信访风险
"""

# procedure: "from, from > to: by this step, or this one". "=" stays, "<" returns to where it
# was interrupted, "#" closes. A step that closes goes where its mode says.
MOVES = """
登记
待登记 > 已登记: 登记编号, 先行受理（容缺）
已登记, 分流中 > =: 补齐材料
已登记 > 分流中: 开始分流
已登记, 分流中 > =: 收到不服当场（电子监控）处罚的复议申请, 自行改变处罚决定，不再转送
已登记, 分流中 > #: 分流完毕, 转入后续程序

诉前调解
征求意愿 > 已同意: 当事人同意调解
已同意 > 委派: 委派（委托）调解
委派, 受理确认, 调解中 > 委派: 另行委派调解员
委派 > 受理确认: 调解员确认接受
委派 > 已同意: 调解员不接受
受理确认 > 调解中: 开始调解
受理确认, 调解中, 延长 > 延长: 各方同意延长
征求意愿, 已同意, 委派 > #: 未进入调解即结束
受理确认, 调解中, 延长 > #: 结束调解

司法确认
待申请 > 已申请: 共同申请
已申请 > 审查: 受理审查
审查 > #: 裁定
待申请, 已申请, 审查 > #: 撤回申请

行政复议
收到 > 审查: 开始审查
收到, 审查 > 补正: 通知补正
补正 > 审查: 收到补正材料
收到, 审查 > 受理: 受理, 先行受理（容缺）, 审查期满，视为受理
受理, 送达答复, 审理, 延期 > =: 补齐容缺材料
收到, 审查 > #: 不予受理
补正 > #: 逾期未补正，视为放弃
受理 > 送达答复: 向被申请人发送申请书副本
送达答复 > 审理: 收到答复和证据, 未收到答复，转入审理
审理, 延期 > =: 收到答复和证据
受理, 送达答复, 审理 > =: 转为普通程序
送达答复, 审理, 延期 > =: 听取意见
审理, 延期 > =: 集体讨论, 提请复议委员会咨询
受理, 送达答复, 审理, 延期 > 中止: 中止
中止 > =: 附带审查：通知制定机关答复, 附带审查：收到制定机关答复, 附带审查：本机关处理完毕
中止 > =: 附带审查：转送有权处理的机关, 附带审查：收到处理意见
中止 > <: 恢复审理
送达答复, 审理 > 延期: 批准延期
审理, 延期 > #: 作出复议决定
受理, 送达答复 > #: 驳回申请（受理后发现不符合条件）
受理, 送达答复, 审理, 延期, 中止 > #: 终止
审结, 履行, 回访 > =: 送达决定
审结 > 履行: 进入履行
履行 > 回访: 进入回访
审结, 履行, 回访 > 归档: 归档

一审
收到诉状 > 审查: 开始审查
收到诉状, 审查 > =: 收到补正的诉状, 申请延长起诉期限
收到诉状, 审查 > 立案: 立案
收到诉状, 审查 > #: 裁定不予立案
立案 > 送达: 开始送达
立案, 送达 > 答辩: 送达起诉状副本
答辩, 开庭, 协调 > =: 送达起诉状副本, 收到答辩状和证据, 答辩状副本送原告
答辩, 开庭 > 开庭: 进入开庭
立案, 送达, 答辩, 开庭 > 中止: 中止审理
答辩, 开庭 > 鉴定: 委托鉴定
答辩, 开庭 > 协调: 进入协调化解
中止, 鉴定, 协调 > <: 恢复审理
立案, 送达, 答辩, 开庭 > =: 公告送达, 公告期满, 转为普通程序
开庭 > =: 收到答辩状和证据
立案, 送达, 答辩 > =: 提出管辖异议, 送达管辖异议裁定, 管辖异议处理完毕
答辩, 开庭 > =: 批准延长审限
答辩, 开庭, 协调 > #: 宣判（裁定）
立案, 送达, 中止, 鉴定 > #: 撤诉、移送或者终结
宣判, 送达裁判文书 > 上诉期: 送达裁判文书
上诉期, 上诉 > =: 送达裁判文书
上诉期 > 上诉: 当事人上诉
上诉 > =: 当事人上诉
宣判, 送达裁判文书, 上诉期, 上诉 > 生效: 生效

二审
收案, 审理 > 审理: 送达上诉状副本
审理 > =: 收到答辩状, 批准延长审限
收案 > 审理: 开始审理
收案, 审理 > =: 暂停计算审限, 恢复计算审限
审理 > #: 结案
结案 > =: 送达裁判文书

再审审查
收案 > 审查: 开始审查
收案, 审查 > =: 批准延长
收案, 审查 > #: 裁定

再审
收案 > 审查: 开始审理
收案, 审查 > =: 暂停计算审限, 恢复计算审限
审查 > =: 批准延长审限
收案, 审查 > #: 裁判
裁定 > =: 送达裁判文书

非诉执行审查
申请 > 受理: 受理
受理 > 审查: 审查（听取意见）
受理, 审查 > 审查: 明显违法，听取双方意见
申请 > #: 不予受理
受理, 审查 > #: 裁定
申请, 受理, 审查 > #: 撤回申请
裁定 > =: 裁定送达机关, 机关向上一级法院申请复议, 上一级法院复议裁定

执行
立案 > 执行: 开始执行
执行 > =: 达成执行和解
立案, 执行 > #: 结案

检察监督
受理 > 审查: 开始审查
受理, 审查 > =: 检察听证, 司法救助
受理, 审查 > #: 结案
结案 > =: 法院收到再审检察建议

回访
待回访 > =: 收到履行情况报告
待回访, 异常跟进 > #: 回访
"""


LEGACY = {"维持（2015年前）"}
"""Only in what is imported."""


def named(name: str):
    return next(table for table in tables().values() if table.name == name)


def outcomes() -> list[tuple[str, list[str], list[str]]]:
    text = OUTCOMES.replace("\n     |", " |").replace("\n       ", " ")
    rows = [line.split("|") for line in text.strip().splitlines()]
    return [(name.strip(), states.split(), modes.split()) for name, states, modes in rows]


def by_hand(name: str) -> set[tuple[str, str, str]]:
    """(from, step, to) of every move."""
    block = next(b for b in MOVES.strip().split("\n\n") if b.splitlines()[0] == name)
    found = set()
    for line in block.splitlines()[1:]:
        way, steps = line.split(": ")
        sources, target = way.split(" > ")
        for step in steps.split(", "):
            found |= {(source, step, target) for source in sources.split(", ")}
    return found


def of_the_tables(name: str) -> set[tuple[str, str, str]]:
    table = named(name)
    found = set()
    for step in table.steps.values():
        for source in step.sources:
            target = table.states[step.target].name if step.target in table.states else "="
            if step.target == BACK:
                target = "<"
            if step.closes:
                target = "#"
            if source in step.stays:
                target = "="
            found.add((table.states[source].name, step.name, target))
    return found


NAMES = [name for name, _states, _modes in outcomes()]


def test_there_are_these_procedures_and_no_others():
    assert [table.name for table in tables().values()] == NAMES


@pytest.mark.parametrize(("name", "states", "modes"), outcomes(), ids=NAMES)
def test_states_and_closing_modes(name, states, modes):
    table = named(name)
    assert [state.name for state in table.states.values()] == states
    assert [mode.name for mode in table.modes.values()] == modes


@pytest.mark.parametrize("name", NAMES)
def test_every_move(name):
    assert of_the_tables(name) == by_hand(name)


@pytest.fixture
def standing(city):
    """standing(name) is a procedure of that name; its state is what a test puts there."""
    of = dispute(city)

    def made(name: str) -> Procedure:
        kind = named(name).key
        row = Procedure(
            dispute=of, kind=kind, organ=city.organizations["court"], state="", opened_on=FILED
        )
        row.store()
        return row

    return made


@pytest.mark.parametrize("name", NAMES)
def test_every_other_move_is_refused(standing, name):
    """In every state each step that the table by hand does not have there; the system asks,
    who may record everything."""
    table, procedure = named(name), standing(name)
    allowed = {(source, step) for source, step, _target in by_hand(name)}
    for state in table.states.values():
        Procedure.objects.filter(pk=procedure.pk).update(state=state.key)
        for step in table.steps.values():
            if (state.name, step.name) not in allowed:
                with pytest.raises(RuleBroken) as broken:
                    stepped(procedure, step.key, FILED)
                expected = "no_such_step" if step.start else "bad_transition"
                assert broken.value.code == expected, (state.name, step.name)
    assert not procedure.events.exists()


@pytest.mark.parametrize(("name", "_states", "modes"), outcomes(), ids=NAMES)
def test_no_mode_of_another_procedure_closes_it(standing, name, _states, modes):
    """By whichever step; nor one of those that only old files have."""
    table, procedure = named(name), standing(name)
    own = {mode.key for mode in table.modes.values() if mode.name in set(modes) - LEGACY}
    others = {key for one in tables().values() for key in one.modes} - own
    for step in table.steps.values():
        for mode in others if step.closes and len(table.modes_of(step)) > 1 else ():
            with pytest.raises(RuleBroken) as broken:
                mode_of(procedure, step, {"mode": mode})
            assert (broken.value.code, broken.value.field) == ("no_such_mode", "mode")


@pytest.mark.parametrize("name", NAMES)
def test_every_state_is_reached_and_every_mode_is_possible(name):
    table = named(name)
    steps = table.steps.values()
    reached = {table.first, *(step.target for step in steps), *(step.to_final for step in steps)}
    closing = [step for step in steps if step.closes]
    modes = {mode.key: mode for step in closing for mode in table.modes_of(step)}
    ends = [state.key for state in table.states.values() if state.ends]
    reached |= {mode.state or ends[0] for mode in modes.values()}
    assert set(table.states) <= reached
    assert set(modes) == {mode.key for mode in table.modes.values() if not mode.legacy}


@pytest.mark.parametrize("name", NAMES)
def test_a_table_names_only_what_exists(name):
    table = named(name)
    for step in table.steps.values():
        assert set(step.needs) <= GUARDS.keys()
        assert set(step.asks) <= ASKS.keys()
        rules = {clock.rule for clock in (*step.opens, *step.reopens)}
        rules |= {*step.meets, *step.cancels, *step.pauses, *step.resumes, *step.extends}
        assert rules - {"MISSING"} <= law().keys()
        opened = {c.rule for s in table.steps.values() for c in (*s.opens, *s.reopens)}
        assert rules <= opened, f"{step.key} ends what nothing opens"
        assert not step.closes or step.modes or step.key in ("close", "visit")
    assert all(onward.kind in tables() for onward in table.onward)


OF_PROCEDURES = {
    "诉前调解": {"行诉前调", "行调", "诉前调"},
    "司法确认": {"诉前调确", "民特"},
    "一审": {"行初", "行赔初"},
    "二审": {"行终", "行赔终", "行辖终"},
    "再审审查": {"行申", "行监", "行抗", "行赔申", "行赔监", "行赔抗"},
    "再审": {"行再", "行赔再"},
    "非诉执行审查": {"行审", "行审复"},
    "执行": {"执", "执恢", "执异", "执复", "执监", "执协", "执保", "执他"},
}


@pytest.mark.parametrize("name", NAMES)
def test_which_numbers_are_those_of_a_procedure(name):
    """N3; what the parser says of a number and what a procedure takes are one thing."""
    assert set(named(name).types) == OF_PROCEDURES.get(name, set())


MERGED_NEVER = (
    ("行政复议", "驳回复议请求", "驳回申请"),
    ("一审", "驳回诉讼请求", "驳回起诉"),
    ("二审", "驳回上诉，维持原判", "驳回上诉，维持原裁定"),
    ("一审", "准许撤诉（和解）", "准许撤诉（自愿）"),
)


@pytest.mark.parametrize(("name", "one", "other"), MERGED_NEVER)
def test_labels_are_never_merged(name, one, other):
    keys = {mode.name: mode.key for mode in named(name).modes.values()}
    assert keys[one] != keys[other]


OF_OTHERS = {
    # what an organ other than the court or the procuratorate itself may record there
    "司法确认": {"协议生效，可申请司法确认", "共同申请", "撤回申请"},
    "一审": {"收到答辩状和证据"},
    "二审": {"收到答辩状"},
    "非诉执行审查": {"机关向上一级法院申请复议", "上一级法院复议裁定"},
    "检察监督": {"法院收到再审检察建议"},
}


@pytest.mark.parametrize(
    "name", ["司法确认", "一审", "二审", "再审审查", "再审", "非诉执行审查", "检察监督"]
)
def test_what_a_court_decides_is_recorded_by_its_own_people(name):
    """YN-22, G10: others record only what they do themselves."""
    others = {step.name for step in named(name).steps.values() if step.by != ("organ",)}
    assert others == OF_OTHERS.get(name, set())
    assert all("justice" not in step.by for step in named(name).steps.values())
