"""The columns of an import: what each is called, how it is read, which step it belongs to.

The heads are those of the template file. They name columns of a format, not words of a page,
and stay Chinese in every language.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from types import MappingProxyType

from cases.dictionaries import act_kinds, area_names
from cases.drafts import AGENCIES, CLAIMANTS
from cases.flow.asks import ASKS
from cases.flow.table import table_of
from cases.states import Kind, Source


class Shape(StrEnum):
    TEXT = "text"
    DAY = "day"
    CHOICE = "choice"
    YES = "yes"
    UNIT = "unit"
    NAMES = "names"


@dataclass(frozen=True)
class Field:
    """`choices` are key → name; `note` stands in the sheet of explanations."""

    key: str
    head: str
    shape: Shape = Shape.TEXT
    needed: bool = False
    most: int = 300
    choices: Mapping[str, str] = field(default_factory=dict)
    note: str = ""


@dataclass(frozen=True)
class StepOf:
    """A step of the procedure: taken if its `day` is filled in; `given` says which field
    answers what it asks for; `served` are of whom it names one (each, for all of them)."""

    step: str
    day: str
    given: Mapping[str, str] = field(default_factory=dict)
    names: tuple[str, str] = ("", "")


CLOSE = "close"
"""The place of the step that closes the procedure: which one follows from the mode."""


@dataclass(frozen=True)
class Sheet:
    """One kind of file: a row is a dispute with one procedure."""

    kind: str
    title: str
    fields: tuple[Field, ...]
    opens: Mapping[str, str]
    steps: tuple[StepOf, ...]

    @property
    def by_key(self) -> dict[str, Field]:
        return {one.key: one for one in self.fields}


def asked(name: str) -> dict[str, str]:
    """The choices of an answer by key, as the tables name them."""
    return {key: str(label) for key, label in ASKS[name].choices}


@cache
def sheets() -> Mapping[str, Sheet]:
    made = (_reconsideration(), _first_instance())
    return MappingProxyType({sheet.kind: sheet for sheet in made})


def _modes(kind: str) -> dict[str, str]:
    return {key: mode.name for key, mode in table_of(kind).modes.items() if not mode.legacy}


def _dispute(claimant: str, agency: str) -> tuple[Field, ...]:
    received = "收到申请书或者起诉状之日"
    return (
        Field("received_on", "收到日期", Shape.DAY, needed=True, note=received),
        *_party(claimant),
        Field("agency", agency, Shape.UNIT, needed=True, note="平台登记的单位全称或者简称"),
        *_act(),
        Field("claims", "请求事项", most=2000),
        Field("enterprise", "涉企", Shape.YES, note="填“是”或者“否”"),
        Field(
            "source",
            "来源",
            Shape.CHOICE,
            choices={one.value: str(one.label) for one in Source},
            note="不填即为“批量导入”",
        ),
    )


def _party(claimant: str) -> tuple[Field, ...]:
    return (
        Field("party", claimant, needed=True, most=120, note="第一位当事人的姓名或者名称"),
        Field(
            "party_kind",
            "当事人类型",
            Shape.CHOICE,
            needed=True,
            choices={"natural": "自然人", "legal": "法人", "other": "其他组织"},
        ),
        Field(
            "id_number", "证件号码", most=40, note="居民身份证号码或者统一社会信用代码，校验末位"
        ),
        Field("phone", "联系电话", most=40),
        Field("address", "住址", most=200),
        Field("others", f"共同{claimant}", Shape.NAMES, note="多人之间用分号隔开；均为自然人"),
    )


def _act() -> tuple[Field, ...]:
    return (
        Field(
            "area",
            "行政管理领域",
            Shape.CHOICE,
            needed=True,
            choices=dict(area_names()),
            note="见下拉项",
        ),
        Field(
            "act_kind",
            "行政行为种类",
            Shape.CHOICE,
            needed=True,
            choices={name: name for name in act_kinds()},
        ),
        Field("act", "行政行为", needed=True, note="一句话写明，不写个人姓名"),
        Field("act_number", "行政行为文号", most=80),
        Field("act_on", "行政行为日期", Shape.DAY),
        Field("known_on", "知道行政行为之日", Shape.DAY),
    )


def _end(kind: str, closed: str, mode: str) -> tuple[Field, ...]:
    return (
        Field("closed_on", closed, Shape.DAY),
        Field(
            "mode", mode, Shape.CHOICE, choices=_modes(kind), note="名称与法律文书一致，不得合并"
        ),
        Field("loss", "败诉原因", Shape.CHOICE, choices=asked("ground_of_loss")),
        Field("performance_due", "履行期限", Shape.DAY, note="文书确定的履行届满之日"),
    )


def _reconsideration() -> Sheet:
    kind = Kind.RECONSIDERATION
    return Sheet(
        kind=kind,
        title="行政复议",
        fields=(
            Field("number", "案号", most=80, note="例：试府复〔2026〕12号；受理的必填"),
            *_dispute("申请人", "被申请人"),
            Field("accepted_on", "受理日期", Shape.DAY),
            Field("track", "审理程序", Shape.CHOICE, choices=asked("track")),
            Field("sent_on", "发送副本日期", Shape.DAY, note="向被申请人发送申请书副本之日"),
            Field("answered_on", "收到答复日期", Shape.DAY),
            Field("heard_on", "听取意见日期", Shape.DAY),
            Field("method", "听取意见方式", Shape.CHOICE, choices=asked("method")),
            Field("note", "听取意见情况", most=2000),
            *_end(kind, "审结日期", "结案方式"),
            Field("served_on", "送达申请人日期", Shape.DAY),
            Field("reason", "说明", most=2000, note="未听取意见、不予受理等的理由"),
        ),
        opens={"source": "source"},
        steps=(
            StepOf("accept", "accepted_on", {"number": "number", "track": "track"}),
            StepOf("send", "sent_on"),
            StepOf("answered", "answered_on", names=("respondent", AGENCIES)),
            StepOf("heard", "heard_on", {"method": "method", "note": "note"}),
            StepOf(CLOSE, "closed_on"),
            StepOf("serve", "served_on", names=("served_party", CLAIMANTS)),
        ),
    )


def _first_instance() -> Sheet:
    kind = Kind.FIRST_INSTANCE
    return Sheet(
        kind=kind,
        title="行政诉讼一审",
        fields=(
            Field("number", "案号", most=80, note="例：（2026）鄂0199行初12号；立案的必填"),
            *_dispute("原告", "被告"),
            Field("suit_kind", "诉讼类别", Shape.CHOICE, choices=asked("suit_kind")),
            Field("accepted_on", "立案日期", Shape.DAY),
            Field("track", "审理程序", Shape.CHOICE, choices=asked("track")),
            Field("panel", "合议庭或者承办人", most=120),
            Field("sent_on", "送达起诉状副本日期", Shape.DAY),
            Field("answered_on", "收到答辩日期", Shape.DAY),
            Field("heard_on", "开庭日期", Shape.DAY),
            *_end(kind, "宣判日期", "裁判结果"),
            Field("served_on", "裁判送达原告日期", Shape.DAY),
            Field("served_agency_on", "裁判送达被告日期", Shape.DAY),
            Field("effective_on", "生效日期", Shape.DAY),
            Field("reason", "说明", most=2000, note="不予立案等的理由"),
        ),
        opens={"source": "source", "suit_kind": "suit_kind"},
        steps=(
            StepOf(
                "file", "accepted_on", {"number": "number", "track": "track", "panel": "panel"}
            ),
            StepOf("send", "sent_on", names=("served_party", AGENCIES)),
            StepOf("answered", "answered_on", names=("respondent", AGENCIES)),
            StepOf("hear", "heard_on"),
            StepOf(CLOSE, "closed_on"),
            StepOf("serve", "served_on", names=("served_party", CLAIMANTS)),
            StepOf("serve", "served_agency_on", names=("served_party", AGENCIES)),
            StepOf("effective", "effective_on"),
        ),
    )
