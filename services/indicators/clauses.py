"""What a clause on rates names: indicators, their ways of counting, and what is wanted of them.

parameters: {indicator: 负责人出庭应诉率、发声率, keys: [R6, R7], at_least: 100}
parameters: {indicator: 涉企案件平均办案期限, keys: [R19/enterprise], below: R19/reconsideration}
parameters: {indicator: 重点民生领域纠错率, keys: [R2], areas: [labour, environment]}
"""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from mechanisms.sections import Fault
from services.indicators.definitions import Unit, indicators
from services.indicators.profile import BOUNDS
from services.indicators.values import HUNDRED, SIGNS

AREA = "area"
"""The group of a source that says in which area of administration a row is."""


def keys_of(parameters: Mapping[str, Any]) -> list[str]:
    return list(dict.fromkeys(parameters.get("keys", ())))


def every_key(parameters: Mapping[str, Any]) -> Iterator[str]:
    """Also that of the figure which others are to stay below."""
    yield from keys_of(parameters)
    if "below" in parameters:
        yield parameters["below"]


def areas_of(parameters: Mapping[str, Any]) -> frozenset[str]:
    """The areas in which the figures are judged together; none stands for all."""
    return frozenset(parameters.get("areas", ()))


def sign_of(parameters: Mapping[str, Any]) -> str:
    """What stands behind a bound: %, 倍, 天, or nothing where the figures differ in that. A rate
    of which no figure is named is one in percent."""
    signs = {SIGNS[unit] for unit in map(_unit, keys_of(parameters)) if unit}
    return signs.pop() if len(signs) == 1 else SIGNS[Unit.PERCENT] if not signs else ""


def named(text: str) -> tuple[str, str]:
    """The key of an indicator and that of its variant, which is empty if none is named."""
    key, _stroke, variant = text.partition("/")
    return key, variant


def faults_in(parameters: Mapping[str, Any]) -> Iterator[Fault]:
    """What the loader refuses, with the place among the parameters of a clause."""
    for place, text in enumerate(parameters.get("keys", ())):
        if said := _unknown(text):
            yield Fault(("keys", place), said)
    if "below" in parameters:
        yield from _below(parameters)
    yield from _bounds(parameters)
    yield from _areas(parameters)


def _unknown(text: str) -> str:
    key, variant = named(text)
    found = indicators().get(key)
    if found is None:
        message = _("There is no indicator “%(key)s”; there are %(known)s.")
        return message % {"key": key, "known": "、".join(indicators())}
    if variant and variant not in found.variants:
        message = _("%(key)s is not counted by “%(variant)s”; its ways are %(known)s.")
        return message % {"key": key, "variant": variant, "known": "、".join(found.variants)}
    return ""


def _below(parameters: Mapping[str, Any]) -> Iterator[Fault]:
    if said := _unknown(parameters["below"]):
        yield Fault(("below",), said)
    elif set(BOUNDS) & parameters.keys():
        yield Fault(("below",), _("Write either a number or the figure to stay below."))
    units = {_unit(text) for text in every_key(parameters)} - {None}
    if len(units) > 1:
        yield Fault(("below",), _("Figures of different units cannot be compared."))


def _bounds(parameters: Mapping[str, Any]) -> Iterator[Fault]:
    units = {_unit(text) for text in keys_of(parameters)}
    for name in sorted(set(BOUNDS) & parameters.keys()):
        if Unit.PERCENT in units and not 0 <= parameters[name] <= HUNDRED:
            message = _("%(bound)s is no percentage; write a number from 0 to 100.")
            yield Fault((name,), message % {"bound": parameters[name]})
    if set(BOUNDS) <= parameters.keys() and parameters["at_least"] > parameters["at_most"]:
        yield Fault(("at_least",), _("The least that is wanted is more than the most."))


def _areas(parameters: Mapping[str, Any]) -> Iterator[Fault]:
    """An area that no dictionary has is its own word."""
    groups = {}
    for text in every_key(parameters):
        key, way = named(text)
        found = indicators().get(key)
        if found is not None and (not way or way in found.variants):
            variant = found.variants[way] if way else found.usual
            groups[text] = variant.counted_in.groups.get(AREA)
    for place, area in enumerate(parameters.get("areas", ())):
        for text, group in groups.items():
            if group is None:
                message = _("%(key)s is not counted by area.") % {"key": text}
                yield Fault(("areas", place), message)
            elif group.words([area]).get(area, area) == area:
                yield Fault(("areas", place), _("There is no area “%(key)s”.") % {"key": area})
                break


def _unit(text: str) -> Unit | None:
    found = indicators().get(named(text)[0])
    return found.unit if found else None
