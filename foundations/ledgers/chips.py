"""The chips of a ledger: one for each filter, set or not, each with its addresses."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.forms import BoundField
from django.http import QueryDict

from foundations.access.forms import css_class

EVERYTHING = "view=all"
"""The address of all rows; the bare one opens the ledger's usual view."""
VOLATILE = ("page", "after", "before", "export", "view")


@dataclass
class Chip:
    """A filter: `value` in words when set; else `options` as links, or `widget` to fill in."""

    name: str
    label: str
    keys: tuple[str, ...]
    value: str = ""
    without: str = ""
    options: list[tuple[str, str]] = field(default_factory=list)
    widget: object = None
    kept: list[tuple[str, str]] = field(default_factory=list)


def address(query: QueryDict, drop: Sequence[str] = (), **changes: str | int) -> str:
    """`query` as an address without `drop` and with `changes`; back on the first page."""
    kept = query.copy()
    for key in (*VOLATILE, *drop):
        kept.pop(key, None)
    for key, value in changes.items():
        kept[key] = str(value)
    return f"?{kept.urlencode() or EVERYTHING}"


def pairs(query: QueryDict, drop: Sequence[str] = ()) -> list[tuple[str, str]]:
    """What a form that changes `drop` has to carry along."""
    return [
        (key, value)
        for key, values in query.lists()
        for value in values
        if key not in (*VOLATILE, *drop) and value
    ]


def chips_of(form: forms.Form, query: QueryDict) -> list[Chip]:
    form.is_valid()
    return [_chip(bound, form.cleaned_data.get(bound.name), query) for bound in form]


def _chip(bound: BoundField, value: Any, query: QueryDict) -> Chip:
    keys = _keys(bound)
    chip = Chip(bound.name, str(bound.label), keys)
    if _is_set(value):
        chip.value = _words(bound, value)
        chip.without = address(query, drop=keys)
    elif isinstance(bound.field, forms.ChoiceField) and not _is_multiple(bound):
        chip.options = [
            (str(label), address(query, **{bound.name: key}))
            for key, label in _flat(bound.field.choices)
            if key
        ]
    else:
        bound.field.widget.attrs.setdefault("class", css_class(bound.field.widget))
        chip.widget = bound
        chip.kept = pairs(query, drop=keys)
    return chip


def _keys(bound: BoundField) -> tuple[str, ...]:
    suffixes = getattr(bound.field.widget, "suffixes", None)
    if not suffixes:
        return (bound.html_name,)
    return tuple(f"{bound.html_name}_{suffix}" for suffix in suffixes)


def _is_multiple(bound: BoundField) -> bool:
    return getattr(bound.field.widget, "allow_multiple_selected", False)


def _is_set(value: Any) -> bool:
    if isinstance(value, slice):
        return value.start is not None or value.stop is not None
    return value is not None and value != "" and (not hasattr(value, "__len__") or len(value) > 0)


def _words(bound: BoundField, value: Any) -> str:
    if isinstance(value, slice):
        ends = (value.start, value.stop)
        return " — ".join(_end(end) for end in ends)
    if isinstance(bound.field, forms.ChoiceField) and _is_multiple(bound):
        names = dict(_flat(bound.field.choices))
        return "、".join(str(names.get(str(getattr(one, "pk", one)), one)) for one in value)
    if isinstance(bound.field, forms.ModelChoiceField):
        return bound.field.label_from_instance(value)
    if isinstance(bound.field, forms.ChoiceField):
        return str(dict(_flat(bound.field.choices)).get(str(value), value))
    return str(value)


def _end(value: Any) -> str:
    if value is None:
        return "…"
    return value.date().isoformat() if hasattr(value, "date") else str(value)


def _flat(choices: Any) -> Iterator[tuple[str, str]]:
    for key, label in choices:
        if isinstance(label, list | tuple):
            yield from ((str(inner), text) for inner, text in label)
        else:
            yield str(key), label
