"""What the circular (通报) of a published sheet says; printed, so it is Chinese."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from assessments.marks import LEAST_SCORED
from assessments.models import Assessed, Item, Score, Sheet
from assessments.states import Wanted, Way
from services.indicators.values import SMALL
from suggestions.papers.words import long_day

NOT_SCORED, NO_RANK = "不计分", "—"


def title_of(sheet: Sheet) -> str:
    name = f"关于{sheet.title}结果的通报"
    return f"{name}（更正）" if sheet.corrects_id else name


def body_of(sheet: Sheet, lines: Sequence[Assessed], items: Sequence[Item]) -> str:
    """Rich text: what was assessed, the table, how each item is scored. The scores and their
    items are loaded with the lines."""
    return (
        _paragraphs(_opening(sheet, len(lines)))
        + format_html("<h2>一、考核结果</h2>{}", _table(lines, items))
        + _paragraphs(_notes(sheet, lines))
        + format_html("<h2>二、计分办法</h2>{}", _paragraphs(_ways(items, lines)))
    )


def _paragraphs(texts: Iterable[str]) -> SafeString:
    return format_html_join("", "<p>{}</p>", ((text,) for text in texts if text))


def _opening(sheet: Sheet, units: int) -> list[str]:
    scheme = sheet.scheme
    basis = "、".join(part for part in (scheme.basis, scheme.clause) if part)
    cited = f"（依据：{basis}）" if basis else ""
    said = (
        f"根据《{scheme.name}》{cited}，{sheet.organization.name}对{units}个单位"
        f"{sheet.period}的工作进行了考核，现将结果通报如下。"
    )
    before = sheet.corrects
    if before is None:
        return [said]
    day = long_day(before.published_on)
    return [f"本通报更正{day}公布的考核结果。更正原因：{sheet.correction_reason}", said]


def _table(lines: Sequence[Assessed], items: Sequence[Item]) -> SafeString:
    heads = ["名次", "单位", *(f"{one.name}（{plain(one.weight)}%）" for one in items), "总分"]
    rows = [_row(line, items) for line in lines]
    return format_html(
        "<table><tbody><tr>{}</tr>{}</tbody></table>",
        format_html_join("", "<th>{}</th>", ((head,) for head in heads)),
        format_html_join("", "<tr>{}</tr>", ((_cells(row),) for row in rows)),
    )


def _cells(row: Iterable[str]) -> SafeString:
    return format_html_join("", "<td>{}</td>", ((cell,) for cell in row))


def _row(line: Assessed, items: Sequence[Item]) -> list[str]:
    scores = {one.item_id: one for one in line.scores.all()}
    rank = str(line.rank) if line.rank else NO_RANK
    total = f"{line.total}" if line.total is not None else NO_RANK
    return [rank, line.organization.name, *(_mark(scores[one.pk]) for one in items), total]


def _mark(score: Score) -> str:
    """20.00（80.00%，8 / 10）: the mark, and the figure that it comes from."""
    mark = NOT_SCORED if score.mark is None else f"{score.mark}"
    value = score.value
    if value is None:
        return mark
    base = f"，{value.n} / {value.d}" if value.text != str(value.n) else ""
    return f"{mark}（{value.text}{base}）"


def _notes(sheet: Sheet, lines: Sequence[Assessed]) -> list[str]:
    scores = [one for line in lines for one in line.scores.all()]
    small = any(one.mark is None for one in scores)
    changed = any(one.changed for one in scores)
    unranked = any(line.rank is None for line in lines)
    return [
        f"注：统计期间为{long_day(sheet.first_on)}至{long_day(sheet.last_on)}，"
        f"数据截至{long_day(sheet.counted_on)}；同一案件涉及几个单位的，各单位分别计入。",
        f"基数不足{SMALL}的项目不计分，其权重按比例分摊到该单位的其他项目。" if small else "",
        f"计分项目权重不足{LEAST_SCORED}%的单位不排名。" if unranked else "",
        "部分项目的得分系采纳单位异议后调整。" if changed else "",
    ]


def _ways(items: Sequence[Item], lines: Sequence[Assessed]) -> list[str]:
    basis = {
        one.item_id: one.asked.get("basis", "") for line in lines for one in line.scores.all()
    }
    return [
        f"{n}．{one.name}：权重{plain(one.weight)}%，满分{plain(one.full_mark)}分。"
        f"{way_words(one)}{basis.get(one.pk, '')}"
        for n, one in enumerate(items, start=1)
    ]


def way_words(item: Item) -> str:
    """How a figure becomes a mark, in a sentence."""
    if not item.is_counted:
        return f"评定项目：{item.note}。" if item.note else "由考核单位评定。"
    down = item.wanted == Wanted.DOWN
    reached = "不高于" if down else "达到"
    bound = f"{plain(item.target)}{item.sign}"
    if item.way == Way.PROPORTIONAL:
        rest = "按目标值与实际值之比" if down else "按实际值与目标值之比"
        return f"{reached}{bound}得满分，否则{rest}计分。"
    if item.way == Way.THRESHOLD:
        return f"{reached}{bound}得满分，否则不得分。"
    steps = sorted(item.measure.steps, reverse=not down)
    said = "，".join(
        f"{reached}{plain(least)}{item.sign}得满分的{plain(percent)}%" for least, percent in steps
    )
    return f"{said}，其余不得分。"


def plain(number: Decimal | None) -> str:
    """20, 12.5: without noughts behind the point."""
    return "" if number is None else f"{number.normalize():f}"
