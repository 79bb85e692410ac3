"""The figures of a period as a workbook, with a sheet that says how each is counted."""

from django.utils.translation import gettext as _

from dashboards.figures.asked import Asked
from dashboards.figures.lines import Line
from foundations.ledgers.workbooks import written


def workbook(asked: Asked, lines: list[Line]) -> bytes:
    """`lines` are written as the page shows them; the second sheet has every 口径."""
    told = [_("Period"), f"{asked.first_on} — {asked.last_on}", f"{asked.on}"]
    bases = [
        [line.indicator.key, line.indicator.name, variant.name, variant.basis]
        for line in lines
        for variant in line.indicator.variants.values()
    ]
    heads = [_("Key"), _("Indicator"), _("Counted by"), _("Basis")]
    return written(
        (_("Indicators"), (_heads(), [_cells(line) for line in lines])),
        (_("Ways of counting"), (heads, [told, *bases])),
    )


def _heads() -> list[str]:
    return [
        _("Key"),
        _("Indicator"),
        _("Counted by"),
        _("Figure"),
        _("Numerator"),
        _("Denominator"),
        _("Told apart"),
        _("Against last year"),
        _("Target"),
        _("Met"),
    ]


def _cells(line: Line) -> list:
    value, count = line.value, line.is_count
    met = {True: _("Yes"), False: _("No"), None: ""}[line.meets]
    figures: list = ["", "", "", ""]
    if value is not None and not value.broken:
        apart = "、".join(f"{name} {number}" for name, number in value.apart)
        figures = [value.text, value.n, "" if count else value.d, apart]
    moved = line.change.text if line.change else ""
    named = [line.indicator.key, line.indicator.name, line.variant.name]
    return [*named, *figures, moved, line.target, met]
