"""Tables of figures in a bulletin: counted from the portal's records, or typed into a grid.

`TABLES` names every table by the word that an obligation carries (`figures`). Heads and
words are printed on papers, so they are Chinese.
"""

from bulletins.tables.cases import appearances, losses, non_litigation, outcomes, suits
from bulletins.tables.indicators import (
    BY_UNIT,
    INDICATORS,
    OF_ISSUER,
    counted_indicators,
    is_of_indicators,
    period_of,
    table_of_indicators,
)
from bulletins.tables.others import protests, reconsideration, suggestions
from bulletins.tables.shapes import Counted, Picked, Rows, Scope, Table

ERRATUM = "erratum"
ERRATA = Table(ERRATUM, "更正情况", ("统计表", "项目", "栏目", "原为", "更正为"), None, labels=3)
"""What a correcting issue changes in the figures, made by the portal."""

TABLES: dict[str, Table] = {
    table.key: table
    for table in (
        Table(
            "suits",
            "行政案件收结案情况",
            ("程序", "期初未结", "收案", "结案", "期末未结"),
            suits,
            "按本院办理的程序计；期初、期末以统计期间首日和末日为准。",
        ),
        Table(
            "outcomes",
            "结案方式情况",
            ("程序", "结案方式", "件数"),
            outcomes,
            "按统计期间内结案的程序计。",
            labels=2,
        ),
        Table(
            "losses",
            "行政机关败诉情况",
            ("行政机关", "结案", "败诉", "败诉率"),
            losses,
            "按统计期间内结案的行政诉讼程序计；败诉率＝败诉÷以判决结案。",
        ),
        Table(
            "appearances",
            "行政机关负责人出庭应诉情况",
            ("行政机关", "应出庭", "出庭", "出庭率", "正职出庭", "出庭发声"),
            appearances,
            "按统计期间内首次开庭的审级计，同一审级多次开庭计一件；几个机关共同被诉的，各计一件，合计计一件；未登记出庭情况的不计。",
        ),
        Table(
            "suggestions",
            "建议落实情况",
            ("被建议单位", "发出", "已回复", "逾期未复", "采纳", "核查通过"),
            suggestions,
            "一件建议发往几个单位的，按几个单位次计；采纳含部分采纳；已撤回的不计。",
        ),
        Table(
            "reconsideration",
            "行政复议案件收结案情况",
            ("被申请人", "期初未结", "受理", "审结", "其中纠错", "期末未结"),
            reconsideration,
            "按本机关办理的行政复议案件计；纠错指撤销、变更、确认违法或者无效、责令履行。",
        ),
        Table(
            "non_litigation",
            "非诉执行审查情况",
            ("申请机关", "受理", "结案", "准予执行", "不准予或者部分准予"),
            non_litigation,
            "按本院办理的非诉执行审查程序计。",
        ),
        Table(
            "protests",
            "行政诉讼监督情况",
            ("结案方式", "件数"),
            protests,
            "按统计期间内审结的检察监督程序计。",
        ),
        Table(
            "enforcement",
            "行政执法案件统计",
            ("单位", "行政处罚", "行政强制", "行政许可", "其他", "合计"),
            None,
            "由各单位填报。",
        ),
        Table("own", "其他统计", ("项目", "数量", "说明"), None, ""),
    )
}
"""The four fixed tables of CX-36 are suits, losses, appearances and suggestions."""


def table_named(key: str) -> Table | None:
    """The table of that key: one of `TABLES`, of indicators, of one indicator by unit, or of
    what a correcting issue changes."""
    return TABLES.get(key) or (ERRATA if key == ERRATUM else table_of_indicators(key))


def counted(key: str, scope: Scope) -> Rows:
    """What the portal counts for a table; nothing for one that is typed."""
    count = TABLES[key].count
    return count(scope) if count else []


def frozen(key: str, scope: Scope) -> Counted:
    """The same with its 口径 and with what was asked. KeyError for an unknown table."""
    if is_of_indicators(key):
        return counted_indicators(key, scope)
    asked = {**period_of(scope), "scope": OF_ISSUER, "unit": scope.issuer.short_name}
    return Counted(counted(key, scope), TABLES[key].basis, asked)


__all__ = [
    "BY_UNIT",
    "ERRATUM",
    "INDICATORS",
    "TABLES",
    "Counted",
    "Picked",
    "Rows",
    "Scope",
    "Table",
    "counted",
    "frozen",
    "is_of_indicators",
    "table_named",
]
