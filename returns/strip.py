"""The counts above the returns of a duty; each is a link that shows what it counts."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from returns.matrix import PARTS, SHORT, Matrix


@dataclass(frozen=True)
class Count:
    key: str
    name: str
    icon: str
    n: int
    css: str = ""
    note: str = ""
    chosen: bool = False


def strip_of(matrix: Matrix, shown: str) -> list[Count]:
    """`matrix` with all its lines; `shown` is the count that was chosen."""
    counts, (_there, asked) = matrix.counts(), matrix.covered
    of_all = _("of %(n)s") % {"n": asked}
    looks = (
        ("over", _("Overdue"), "exclamation-octagon-fill", "is-red", ""),
        ("soon", _("Due in 7 days"), "clock-history", "is-amber", ""),
        ("due", _("Due later"), "circle", "", ""),
        ("in", _("Return handed in"), "check2-all", "", of_all),
    )
    short = len(matrix.short_units)
    words = _("Units short of the year's figures")
    found = [
        (key, name, icon, sum(counts[kind] for kind in PARTS[key]), css, note)
        for key, name, icon, css, note in looks
    ]
    found.append((SHORT, words, "bar-chart-line", short, "is-amber", ""))
    return [
        Count(key, name, icon, n, css if n else "", note, key == shown)
        for key, name, icon, n, css, note in found
    ]
