"""A query as a workbook: its figures, and a sheet of how each is counted."""

from django.utils.translation import gettext as _

from dashboards.figures.lines import Line
from dashboards.queries.results import Result
from foundations.ledgers.workbooks import Table, written


def workbook(result: Result) -> bytes:
    """The first sheet has what the page shows, the second every 口径 with n, d and target."""
    return written(
        (_("Result of the query"), _apart(result) if result.is_apart else _listed(result)),
        (_("Ways of counting"), _definitions(result)),
    )


def _listed(result: Result) -> Table:
    heads = [_("Key"), _("Indicator"), _("Counted by"), _("Figure"), _("Numerator")]
    heads += [_("Denominator"), _("Told apart"), _("Against last year"), _("Target")]
    heads.append(_("Target met"))
    met = {True: _("Yes"), False: _("No"), None: ""}
    rows = [
        [
            *_named(line),
            *_figures(line),
            _told(line),
            line.change.text if line.change else "",
            line.target if line.is_chosen else "",
            met[line.meets],
        ]
        for line in result.lines
    ]
    return heads, rows


def _apart(result: Result) -> Table:
    """A line for each group, three columns for each indicator; the whole comes first."""
    heads = [str(result.wanted.grouping.label)]
    for line in result.lines:
        words = {"name": line.indicator.name, "way": line.variant.name}
        heads += [
            _("%(name)s (%(way)s)") % words,
            _("%(name)s: numerator") % words,
            _("%(name)s: denominator") % words,
        ]
    whole = [cell for line in result.lines for cell in _figures(line)]
    groups = [
        [row.name, *(one for cell in row.cells for one in _figures(cell.line))]
        for row in result.rows
    ]
    return heads, [[_("The whole"), *whole], *groups]


def _definitions(result: Result) -> Table:
    heads = [_("Key"), _("Indicator"), _("Counted by"), _("How it is counted"), _("Numerator")]
    heads += [_("Denominator"), _("Target"), _("Period"), _("As known on")]
    asked = result.asked
    days = [f"{asked.first_on} — {asked.last_on}", asked.on]
    rows: list[list] = [
        [*_named(line), line.variant.basis, *_figures(line)[1:], line.target, *days]
        for line in result.lines
    ]
    said = _("Counted of the records that are open to %(reader)s.") % {"reader": asked.reader}
    rows += [["", said], *(["", words] for words in result.missing)]
    return heads, rows


def _named(line: Line) -> list[str]:
    return [line.indicator.key, line.indicator.name, line.variant.name]


def _figures(line: Line) -> list:
    """The figure with its sign, n and d; a count has no d."""
    value = line.value
    if value is None:
        return ["", "", ""]
    if value.broken:
        return [value.broken, "", ""]
    return [value.text, value.n, "" if line.is_count else value.d]


def _told(line: Line) -> str:
    apart = line.value.apart if line.value else ()
    return "、".join(f"{name} {count}" for name, count in apart)
