"""One cell as the value of a field; what is wrong with it is said in a sentence."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from difflib import get_close_matches
from typing import Any

from django.utils.translation import gettext as _

from cases.imports.fields import Field, Shape
from members.models import Organization

DAY = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:\s+0?0:00(?::00)?)?"
)
COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
SERIAL = re.compile(r"[1-9]\d{4}")
ZERO = date(1899, 12, 30)
"""The day before the first of Excel's count, as it counts since March 1900."""
EARLIEST = date(1990, 1, 1)
YES = {"是": True, "有": True, "√": True, "1": True, "否": False, "无": False, "0": False}
BETWEEN = re.compile(r"[;；\n]+")


class Unfit(ValueError):
    """The cell cannot be the field's value; the sentence says why."""


def key_of(text: str) -> str:
    """What two spellings of one word have in common: half-width, without spaces."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(plain.split()).casefold()


class Reader:
    """Reads the cells of one import: `units` are the organizations by name, `today` the last
    day that anything can have happened on."""

    def __init__(self, units: Mapping[str, Organization], today: date) -> None:
        self.units, self.today = units, today
        self._choices: dict[str, dict[str, str]] = {}

    def read(self, field: Field, text: str) -> Any:
        """Raises Unfit."""
        return READERS[field.shape](self, field, text)

    def text(self, field: Field, text: str) -> str:
        if len(text) > field.most:
            message = _("It has %(n)d signs; at most %(most)d are kept.")
            raise Unfit(message % {"n": len(text), "most": field.most})
        return text

    def day(self, field: Field, text: str) -> date:
        found = day_of(text)
        if found is None:
            raise Unfit(_("“%(text)s” is no date; write it like 2026-03-02.") % {"text": text})
        if not EARLIEST <= found <= self.today:
            if field.key == "performance_due" and found > self.today:
                return found
            message = _("%(day)s is no day that can be: enter one that is past, from 1990 on.")
            raise Unfit(message % {"day": found})
        return found

    def choice(self, field: Field, text: str) -> str:
        if field.key not in self._choices:
            names = {key_of(name): key for key, name in field.choices.items()}
            self._choices[field.key] = names | {key_of(key): key for key in field.choices}
        known = self._choices[field.key]
        found = known.get(key_of(text))
        if found is not None:
            return found
        near = get_close_matches(key_of(text), known, n=3, cutoff=0.5)
        meant = "、".join(dict.fromkeys(field.choices[known[one]] for one in near))
        if meant:
            message = _("“%(text)s” is not in the list; near it are: %(names)s.")
            raise Unfit(message % {"text": text, "names": meant})
        raise Unfit(
            _("“%(text)s” is not in the list of “%(head)s”.")
            % {
                "text": text,
                "head": field.head,
            }
        )

    def yes(self, field: Field, text: str) -> bool:
        found = YES.get(key_of(text))
        if found is None:
            raise Unfit(_("Write 是 or 否, not “%(text)s”.") % {"text": text})
        return found

    def unit(self, field: Field, text: str) -> Organization:
        found = self.units.get(key_of(text))
        if found is not None:
            return found
        near = get_close_matches(key_of(text), self.units, n=3, cutoff=0.5)
        names = "、".join(dict.fromkeys(self.units[one].name for one in near))
        if names:
            message = _("No unit is called “%(text)s”; near it are: %(names)s.")
            raise Unfit(message % {"text": text, "names": names})
        raise Unfit(_("No unit of this place is called “%(text)s”.") % {"text": text})

    def names(self, field: Field, text: str) -> list[str]:
        found = [name.strip() for name in BETWEEN.split(text) if name.strip()]
        if any(len(name) > 120 for name in found):
            raise Unfit(_("Write each name apart, with semicolons between."))
        return found


READERS: dict[Shape, Callable[[Reader, Field, str], Any]] = {
    Shape.TEXT: Reader.text,
    Shape.DAY: Reader.day,
    Shape.CHOICE: Reader.choice,
    Shape.YES: Reader.yes,
    Shape.UNIT: Reader.unit,
    Shape.NAMES: Reader.names,
}


def day_of(text: str) -> date | None:
    """A day as offices and spreadsheets write it."""
    plain = unicodedata.normalize("NFKC", text).strip()
    parts = DAY.fullmatch(plain) or COMPACT.fullmatch(plain)
    try:
        if parts:
            year, month, day = parts.groups()
            return date(int(year), int(month), int(day))
        return ZERO + timedelta(days=int(plain)) if SERIAL.fullmatch(plain) else None
    except ValueError:
        return None
