"""The text of a report, made from its tables: official Chinese, as it is printed."""

from collections.abc import Iterable, Iterator
from html import escape
from itertools import groupby

from bulletins.models import Bulletin, FigureTable
from bulletins.tables import BY_UNIT, INDICATORS
from bulletins.tables.indicators import FIGURE, MET, MOVED, TARGET, D, N
from services.indicators.definitions import Indicator, Unit, indicators
from services.indicators.periods import Period
from services.indicators.values import NOTHING, SMALL

NUMERALS = "一二三四五六七八九十"
OUTERMOST = 3
"""So many units are named at either end of a ranking."""


def composed(bulletin: Bulletin) -> str:
    """What the tables of indicators say, in sentences; empty without such a table."""
    tables = {row.key: row for row in bulletin.tables.all()}
    main = tables.get(INDICATORS)
    if main is None or bulletin.days is None:
        return ""
    parts = list(_families(main))
    units = [row for key, row in tables.items() if key.startswith(BY_UNIT)]
    by_unit = [said for row in units if (said := _of_units(row))]
    if by_unit:
        parts.append(("各单位情况", by_unit))
    return "".join([_opening(bulletin), *_numbered(parts), _closing(bulletin)])


def _opening(bulletin: Bulletin) -> str:
    return f"<p>现将{_label(bulletin)}府院联动工作主要指标情况通报如下。</p>"


def _label(bulletin: Bulletin) -> str:
    return Period(*bulletin.days).label if bulletin.days else ""


def _closing(bulletin: Bulletin) -> str:
    return (
        "<p>以上各项数据由府院联动工作平台按照附表所列口径统计，分子、分母及统计时间见附表；"
        "同比为与上年同期相比。</p>"
    )


def _numbered(parts: Iterable[tuple[str, list[str]]]) -> Iterator[str]:
    for place, (name, said) in enumerate(parts):
        number = NUMERALS[place] if place < len(NUMERALS) else str(place + 1)
        yield f"<h2>{number}、{escape(name)}</h2>"
        yield from (f"<p>{escape(one)}</p>" for one in said)


def _families(table: FigureTable) -> Iterator[tuple[str, list[str]]]:
    known = indicators()
    asked = [one["key"] for one in table.filter.get("indicators", ())]
    pairs = [
        (known[key], row) for key, row in zip(asked, table.rows, strict=False) if key in known
    ]
    order = {one: place for place, one in enumerate(known)}
    pairs.sort(key=lambda pair: order[pair[0].key])
    for family, members in groupby(pairs, key=lambda pair: pair[0].family):
        said = [_sentence(one, row) for one, row in members]
        yield family, ["；".join(said) + "。"]


def _sentence(one: Indicator, row: list) -> str:
    """行政机关败诉率13.74%（18/131），同比下降1.26个百分点，达到不高于15%的目标."""
    if row[FIGURE] == NOTHING:
        return f"{one.name}无统计基数"
    said = [f"{one.name}{_figure(one, row)}"]
    if moved := _moved(row):
        said.append(moved)
    if row[MET] != NOTHING:
        said.append(_weighed(row))
    return "，".join(said)


def _figure(one: Indicator, row: list) -> str:
    if one.unit == Unit.COUNT:
        return f"{row[N]}件"
    if one.unit == Unit.DAYS:
        return f"{row[FIGURE]}（共{row[N]}天、{row[D]}件）"
    small = "，基数较小，仅供参考" if isinstance(row[D], int) and row[D] < SMALL else ""
    return f"{row[FIGURE]}（{row[N]}/{row[D]}{small}）"


def _moved(row: list) -> str:
    """Empty where there was nothing to compare with last year."""
    moved = str(row[MOVED])
    if moved == NOTHING:
        return ""
    if moved[0] not in "+−":
        return "与上年同期持平"
    return f"同比{'上升' if moved[0] == '+' else '下降'}{moved[1:]}"


def _weighed(row: list) -> str:
    bounds = str(row[TARGET]).replace("≥", "不低于").replace("≤", "不高于")
    return f"{'达到' if row[MET] == '达标' else '未达到'}{bounds}的目标"


def _of_units(table: FigureTable) -> str:
    """The first and the last of a ranking, and how many are not in it."""
    rows = table.rows[:-1]
    ranked = [row for row in rows if isinstance(row[1], int)]
    small = len(rows) - len(ranked)
    if not rows:
        return ""
    name = table.title.removeprefix("各单位").removesuffix("情况")
    aside = f"{small}个单位基数不足{SMALL}，不作排名" if small else ""
    if not ranked:
        return f"{name}方面，{aside}。"
    first, last = ranked[:OUTERMOST], ranked[OUTERMOST:][-OUTERMOST:]
    said = [f"{name}方面，位次在前的是{_named(first)}"]
    if last:
        said.append(f"在后的是{_named(last)}")
    return "；".join([*said, *([f"另有{aside}"] if aside else [])]) + "。"


def _named(rows: list[list]) -> str:
    """市公安局95.00%（19/20）、…"""
    return "、".join(f"{row[0]}{row[FIGURE + 1]}（{row[N + 1]}/{row[D + 1]}）" for row in rows)
