"""Tags of the paper templates: what stands between {% p %} and {% endp %} goes onto the grid."""

from collections.abc import Iterable
from itertools import groupby

from django import template
from django.template import Context
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from services.documents.rendering.compose import CELL, Line, compose, width
from services.documents.rendering.fonts import chain
from services.documents.rendering.titles import LONGEST
from services.documents.rendering.titles import title_lines as lines_of_title

register = template.Library()
IMPRINT_COLUMNS, IMPRINT_LINE = 26, 8.5
"""Characters of 14 pt beside 抄送：, and mm from line to line."""
NUMERALS = "一二三四五六七八九十"
GOES_TO = (
    ("报", "report_to"),
    ("送", "send_to"),
    ("发", "hand_to"),
    ("印发", "circulation"),
    ("抄送", "copy_to"),
)
"""What stands at the foot of a paper, and where its context says it."""


@register.simple_block_tag(takes_context=True)
def p(
    context: Context,
    content: str,
    label: str = "",
    head: str = "",
    first: int = 2,
    rest: int = 0,
    whole: bool = False,
) -> SafeString:
    """A paragraph. `label` is set in 黑体 before it, `head` too, numbered 一、二、三、.

    `first` and `rest` are the empty cells before the first and the other lines; a `whole`
    one, the last before a signature, is not parted.
    """
    text = "".join(piece.strip() for piece in content.splitlines())
    if head:
        label = f"{numeral(next(context['headings']))}、{head}{'：' if text else ''}"
    classes = "g keep" if label and not text else "g whole" if whole else "g"
    return _paragraph(context, label, text, first=first, rest=rest, classes=classes)


@register.simple_block_tag(takes_context=True)
def hanging(context: Context, content: str, label: str = "") -> SafeString:
    """出席：… : the lines after the first begin below the text, not below the label."""
    return _paragraph(context, label, content.strip(), first=2, rest=2 + len(label))


def _paragraph(
    context: Context, label: str, text: str, *, first: int, rest: int, classes: str = "g"
) -> SafeString:
    lines = compose(f"{label}{text}", first=first, rest=rest, names=context["names"])
    bold, shown = len(label), []
    for line in lines:
        shown.append(_line_html(line, bold))
        bold = max(0, bold - len(line.text))
    # The markup is ours, every piece of text is escaped in _line_html.
    return mark_safe(  # noqa: S308
        f'<p class="{classes}" data-first="{first}" data-rest="{rest}">{"<br>".join(shown)}</p>'
    )


def _set(text: str, role: str) -> str:
    """Escaped; what comes from a stand-in face is kept apart, or its taller metrics would
    push the whole line off the grid."""
    first = chain(role)[0]
    runs = groupby(text, key=lambda c: c.isspace() or first.has(c))
    return "".join(
        escape("".join(run)) if own else f'<i class="other">{escape("".join(run))}</i>'
        for own, run in runs
    )


def _line_html(line: Line, bold: int) -> str:
    style = f"padding-left:{line.indent * CELL:.5f}mm"
    if line.spacing is not None:
        style += f";letter-spacing:{line.spacing:.5f}mm"
    head, tail = _set(line.text[:bold], "hei"), _set(line.text[bold:], "fang")
    shown = f'<b class="hei">{head}</b>{tail}' if head else tail
    return f'<span style="{style}">{shown}</span>'


@register.filter
def title_lines(title: str, longest: int = LONGEST) -> list[str]:
    """The lines of a title; `longest` is how many characters of its size a line takes."""
    return lines_of_title(title, longest)


@register.filter
def numeral(position: int) -> str:
    """1 → 一; what a heading of the first level is numbered with."""
    if position <= 10:
        return NUMERALS[position - 1]
    tens, ones = divmod(position, 10)
    head = "十" if tens == 1 else f"{NUMERALS[tens - 1]}十"
    return head + (NUMERALS[ones - 1] if ones else "")


@register.filter
def paper_name(name: str) -> str:
    """A name of two characters is parted by a wide space on paper."""
    return f"{name[0]}\u3000{name[1]}" if len(name) == 2 else name


@register.simple_tag
def name(given: str) -> SafeString:
    """A name in a cell: on one line, a long one in smaller type."""
    size = "name longest" if len(given) > 12 else "name long" if len(given) > 8 else "name"
    return format_html('<span class="{}">{}</span>', size, paper_name(given))


@register.filter
def people(rows: list[dict]) -> str:
    """[{name, unit_title}] in one sentence: 市司法局局长王　彬、市法院院长陈维嘉."""
    return "、".join(f"{row.get('unit_title', '')}{paper_name(row['name'])}" for row in rows)


@register.filter
def copy_line(groups: list | str) -> str:
    """Units of one rank are parted by 、, ranks by ，; the line ends with 。 (F21)."""
    if isinstance(groups, str):
        return f"{groups.rstrip('。')}。"
    parts = ["、".join(group) if isinstance(group, list) else group for group in groups]
    return "，".join(part for part in parts if part) + "。"


@register.filter
def sentence(text: str) -> str:
    """`text` with a full stop, unless it has an end mark, be it within its last bracket or
    quotation; what was typed as if more followed ends here."""
    text = text.strip().rstrip("，、,")
    said = text.rstrip("”’）")
    return text if not said or said[-1] in "。；！？：…" else f"{text}。"


@register.inclusion_tag("papers/_imprint.html", takes_context=True)
def imprint(context: Context) -> dict:
    """版记 at the foot of the page on which it fits below the text (F21)."""
    given = {name: context.get(name, "") for name in ("printed_by", "printed_on")}
    rows = [f"{label}：{copy_line(context[name])}" for label, name in GOES_TO if context.get(name)]
    lines = sum(-(-len(row) // IMPRINT_COLUMNS) for row in rows) + bool(given["printed_by"])
    return {**given, "rows": rows, "height": f"{lines * IMPRINT_LINE + 2:.1f}"}


@register.inclusion_tag("papers/_sign.html")
def sign(signers: str | Iterable[str], day: str) -> dict:
    """署名 and 成文日期: the date four cells from the right, the names centred on it (F15)."""
    names = [signers] if isinstance(signers, str) else list(signers)
    widest = max([width(name) for name in names] + [0.0])
    right = max(0.0, 4 * CELL - max(0.0, widest - width(day)) / 2)
    return {"signers": names, "day": day, "right": f"{right:.4f}"}
