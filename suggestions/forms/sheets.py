"""The form of a letter as one: its fields and its rows, kept whatever is wrong with them."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import QueryDict

from foundations.access.errors import RuleBroken
from suggestions.actions.wording import LetterWords
from suggestions.forms.letters import CaseRow, LetterForm, ProblemRow, RowForm, small_number
from suggestions.forms.units import put_in_place
from suggestions.models import Suggestion

LISTS = frozenset({"triggers", "copies"})
LEAST = {"problem": 1, "case": 1}
ROWS: dict[str, type[RowForm]] = {"problem": ProblemRow, "case": CaseRow}
MOST = 60
"""Rows of one sort: more than any letter has, fewer than would keep a server busy."""


class LetterSheet:
    """Several forms that are sent as one; `run` takes it for a form."""

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        initial: Mapping[str, Any] | None = None,
        problems: Iterable[Mapping[str, str]] = (),
        cases: Iterable[Mapping[str, str]] = (),
        **given: Any,
    ) -> None:
        first = dict(initial or {})
        self.main = LetterForm(data, initial=first, **given)
        rows: dict[str, list] = {"problem": list(problems), "case": list(cases)}
        if data is not None:
            rows = {name: _sent_rows(data, form) for name, form in ROWS.items()}
        self.rows = {
            name: [
                form(row, place=place) if data is not None else form(initial=row, place=place)
                for place, row in enumerate(_at_least(rows[name], LEAST[name]))
            ]
            for name, form in ROWS.items()
        }
        self.is_bound = data is not None
        self.is_stale = False

    @classmethod
    def again(cls, data: QueryDict, wish: str, **given: Any) -> "LetterSheet":
        """The sheet with a row more or less, or a unit replaced: nothing is judged yet.

        `wish` is what the button says: "add problem", "drop case 2", "use OLD|NEW".
        """
        names = LetterForm.base_fields
        initial = {
            name: data.getlist(name) if name in LISTS else data.get(name)
            for name in names
            if name in data or name in LISTS
        }
        rows = {name: _sent_rows(data, form) for name, form in ROWS.items()}
        verb, _space, rest = wish.partition(" ")
        if verb == "add" and rest in rows:
            rows[rest] = [*rows[rest], {}][:MOST]
        elif verb == "drop":
            sort, _space, place = rest.partition(" ")
            if sort in rows:
                out = small_number(place)
                rows[sort] = [row for n, row in enumerate(rows[sort]) if n != out]
        elif verb == "use":
            old, _bar, new = rest.partition("|")
            for name in ("addressees", "more_copies"):
                initial[name] = put_in_place(str(initial.get(name) or ""), old, new)
        return cls(initial=initial, problems=rows["problem"], cases=rows["case"], **given)

    @classmethod
    def of(cls, letter: Suggestion, **given: Any) -> "LetterSheet":
        """The sheet of a draft as it was saved."""
        return cls(
            initial=first_values(letter),
            problems=[
                {"problem": one.text, "advice": one.advice, "tag": one.tag}
                for one in letter.problems.all()
            ],
            cases=[{"case": one.number, "case_note": one.note} for one in letter.cases.all()],
            **given,
        )

    @property
    def problems(self) -> list[RowForm]:
        return self.rows["problem"]

    @property
    def cases(self) -> list[RowForm]:
        return self.rows["case"]

    @property
    def refused_rows(self) -> list[RowForm]:
        rows = (row for sort in self.rows.values() for row in sort)
        return [row for row in rows if row.is_bound and row.errors]

    def is_valid(self) -> bool:
        rows = [row.is_valid() for sort in self.rows.values() for row in sort]
        return self.main.is_valid() and all(rows)

    def refuse(self, broken: RuleBroken) -> None:
        """Of a draft that somebody else saved first the page tells above the whole form."""
        if broken.version is not None:
            self.is_stale = True
            self.see(broken.version)
        else:
            self.main.refuse(broken)

    def see(self, version: int) -> None:
        """What was typed is put in the place of `version` when it is sent again."""
        data = QueryDict(mutable=True)
        data.update(self.main.data)
        data["version"] = str(version)
        self.main.data = data

    @property
    def corrections(self) -> list[str]:
        return [row.correction for row in self.cases if getattr(row, "correction", "")]

    def words(self) -> LetterWords:
        """What was typed, of a sheet that is valid."""
        given = dict(self.main.cleaned_data)
        for name in ("form_token", "version"):
            given.pop(name)
        more = [unit.pk for unit in given.pop("more_copies")]
        copies = (*(int(pk) for pk in given.pop("copies")), *more)
        return LetterWords(
            kind=self.main.kind,
            addressees=tuple(unit.pk for unit in given.pop("addressees")),
            copies=tuple(dict.fromkeys(copies)),
            triggers=tuple(given.pop("triggers")),
            problems=tuple(
                (row.cleaned_data["problem"], row.cleaned_data["advice"], row.cleaned_data["tag"])
                for row in self.problems
                if not row.is_blank
            ),
            cases=tuple(
                (row.cleaned_data["case"], row.cleaned_data["case_note"])
                for row in self.cases
                if row.cleaned_data["case"]
            ),
            **given,
        )


def first_values(letter: Suggestion) -> dict[str, Any]:
    names = (
        *("issuer_id", "division_id", "handler_id", "form", "title", "area", "triggers"),
        *("background", "legal_basis", "reply_length", "heard_on", "heard_note"),
        *("deliberated_on", "signed_on", "signed_by", "contact", "contact_phone", "version"),
    )
    values = {name.removesuffix("_id"): getattr(letter, name) for name in names}
    rows = letter.copies.select_related("organization")
    lines = {row.organization for row in rows}
    addressees = [row.organization for row in letter.addressees.select_related("organization")]
    long_reply = letter.reply_length is not None
    return {
        **values,
        "addressees": addressees,
        "copies": [unit.pk for unit in lines],
        "more_copies": sorted(lines, key=lambda unit: unit.order),
        "long_reply": long_reply,
    }


def _sent_rows(data: QueryDict, form: type[RowForm]) -> list[dict[str, str]]:
    """The rows of one sort: the names of their fields were sent as lists."""
    names = list(form.base_fields)
    lists = [data.getlist(name)[:MOST] for name in names]
    longest = max(map(len, lists), default=0)
    filled = [[*values, *[""] * (longest - len(values))] for values in lists]
    return [dict(zip(names, row, strict=True)) for row in zip(*filled, strict=True)]


def _at_least(rows: list, least: int) -> list:
    return [*rows, *({} for _missing in range(least - len(rows)))]
