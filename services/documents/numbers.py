"""Document numbers: given gapless by a counter, or typed back and checked."""

import re
from collections.abc import Sequence
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from foundations.access.errors import RuleBroken
from members.models import Jurisdiction
from services.documents.models import NumberCounter, NumberSeries, OfficialDocument

YEAR_BRACKETS = re.compile(r"[(（\[［【〔]\s*(\d{4})\s*[)）\]］】〕]")
ORDINAL = re.compile(r"〕第?0*(\d+)号?$")


def normalized(typed: str) -> str:
    """`typed` as offices write it: 〔2026〕 for any bracket, no 第, no leading zero (F8).

    Full-width figures become half-width, spaces go.
    """
    text = "".join(typed.split()).translate(str.maketrans("０１２３４５６７８９", "0123456789"))
    text = YEAR_BRACKETS.sub(r"〔\1〕", text)
    return ORDINAL.sub(r"〕\1号", text)


def correction_of(typed: str) -> str:
    """The sentence that tells what was put right in a typed number; "" if nothing was."""
    number = normalized(typed)
    if number == typed.strip():
        return ""
    return _("The number was put into the usual form: “%(number)s”.") % {"number": number}


def take_number(document: OfficialDocument, *, on: date, typed: str) -> None:
    """Give `document` its number: the next of its series, or the typed one, which stands
    unchecked where there is no series: its subject knows what is right.

    Without a series it bears what was typed, which the subject's action has checked.

    Locks the counter of the year until the transaction ends, so a rolled-back issue
    leaves no gap. Raises RuleBroken with field "number".
    """
    series = document.series
    if series is None:
        document.number = typed
        return
    if series.mode == NumberSeries.Mode.EXTERNAL:
        _take_typed(document, series, normalized(typed))
        return
    if typed:
        raise RuleBroken(
            "number_given", _("The portal gives the numbers of this series itself."), "number"
        )
    document.year, document.sequence = on.year, _counted(series, on.year)
    document.number = series.pattern.format(year=on.year, n=document.sequence)


def next_number(jurisdiction: Jurisdiction, key: str, on: date) -> str:
    """The next number of a portal series for a record that is no document, gapless a year.

    "" where the jurisdiction has no such series. Locked until the transaction ends.
    """
    series = NumberSeries.objects.filter(
        jurisdiction=jurisdiction, key=key, mode=NumberSeries.Mode.PORTAL
    ).first()
    if series is None:
        return ""
    return series.pattern.format(year=on.year, n=_counted(series, on.year))


def next_numbers(jurisdiction: Jurisdiction, key: str, days: Sequence[date]) -> list[str]:
    """As `next_number` for each of the days in turn, in a few statements."""
    series = NumberSeries.objects.filter(
        jurisdiction=jurisdiction, key=key, mode=NumberSeries.Mode.PORTAL
    ).first()
    if series is None:
        return [""] * len(days)
    counters = {year: _locked_counter(series, year) for year in sorted({d.year for d in days})}
    found = []
    for day in days:
        counters[day.year].value += 1
        found.append(series.pattern.format(year=day.year, n=counters[day.year].value))
    for counter in counters.values():
        counter.save(update_fields=["value"])
    return found


def _counted(series: NumberSeries, year: int) -> int:
    counter = _locked_counter(series, year)
    counter.value += 1
    counter.save(update_fields=["value"])
    return counter.value


def _locked_counter(series: NumberSeries, year: int) -> NumberCounter:
    NumberCounter.objects.get_or_create(series=series, year=year)
    return NumberCounter.objects.select_for_update().get(series=series, year=year)


def _take_typed(document: OfficialDocument, series: NumberSeries, number: str) -> None:
    if not number:
        raise RuleBroken(
            "number_missing",
            _("Type the number that your office system gave to this document."),
            "number",
        )
    found = pattern_of(series).fullmatch(number)
    if found is None:
        example = series.pattern.format(year=2026, n=3)
        raise RuleBroken(
            "number_format",
            _("This number does not fit the series; it looks like “%(example)s”.")
            % {"example": example},
            "number",
        )
    # The counter's row keeps two people from typing the same number at once.
    _locked_counter(series, int(found["year"]))
    document.year, document.sequence = int(found["year"]), int(found["n"])
    document.number = number
    taken = Q(number=number) | Q(year=document.year, sequence=document.sequence)
    if OfficialDocument.objects.filter(taken, series=series).exclude(pk=document.pk).exists():
        raise RuleBroken(
            "number_taken",
            _("“%(number)s” has been given to another document.") % {"number": number},
            "number",
        )


def pattern_of(series: NumberSeries) -> re.Pattern[str]:
    """The expression that the numbers of a series match, with groups year and n."""
    text = re.escape(series.pattern)
    text = text.replace(r"\{year\}", r"(?P<year>\d{4})")
    return re.compile(text.replace(r"\{n\}", r"(?P<n>[1-9]\d*)"))
