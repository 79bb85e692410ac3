"""The due of a task as a document writes it: 长期坚持, 2023年12月, 2023年12月并长期坚持."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from foundations.calendars.periods import add_months
from foundations.calendars.terms import Per
from workplans.states import DueKind

DAY = re.compile(
    r"(?P<year>\d{4})年(?:(?P<month>\d{1,2})月)?(?:(?P<day>\d{1,2})日)?"
    r"(?P<end>年?底)?(?P<before>之?以?前)?"
)
GOES_ON = ("长期", "常年", "持续", "每")
EACH: dict[str, Per] = {"每半年": Per.HALF_YEAR, "每季": Per.QUARTER, "每月": Per.MONTH}


@dataclass(frozen=True)
class Due:
    """`due_on` is the last day (inclusive); `per` how often the text asks to report."""

    kind: DueKind
    due_on: date | None = None
    per: Per | None = None
    doubt: str = ""


def due_of(text: str) -> Due:
    """The due that a cell states; `doubt` says what a person should look at."""
    words = "".join(text.split())
    found = DAY.search(words)
    on = any(word in words for word in GOES_ON)
    per = next((per for each, per in EACH.items() if each in words), None)
    if found is None:
        doubt = "" if on else _("The due “%(due)s” was not understood.") % {"due": text or "—"}
        return Due(DueKind.LONG_TERM if on else DueKind.UNREAD, None, per, doubt)
    try:
        day, doubt = _last_day(found)
    except ValueError:
        doubt = _("The due “%(due)s” was not understood.") % {"due": text}
        return Due(DueKind.UNREAD, None, per, doubt)
    return Due(DueKind.BY_DAY_AND_ON if on else DueKind.BY_DAY, day, per, doubt)


def milestones_in(measure: str) -> list[tuple[str, date, str]]:
    """The days that the words of a measure set themselves: the words, the last day, a doubt."""
    found = []
    for match in DAY.finditer("".join(measure.split())):
        if not (match["before"] or match["end"]):
            continue
        try:
            found.append((match[0], *_last_day(match)))
        except ValueError:
            continue
    return found


def _last_day(found: re.Match) -> tuple[date, str]:
    """Raises ValueError for a day that no calendar has."""
    year, month = int(found["year"]), int(found["month"] or 0)
    if found["day"]:
        first = date(year, month, int(found["day"]))
        last = first
    elif month:
        first = date(year, month, 1)
        last = add_months(first, 1) - timedelta(days=1)
    else:
        first, last = date(year, 1, 1), date(year, 12, 31)
    if not found["before"] or found["end"] or found["day"]:
        return last, ""
    read = first - timedelta(days=1)
    doubt = _("“%(words)s” is read as %(day)s at the latest.")
    return read, doubt % {"words": found[0], "day": read.isoformat()}
