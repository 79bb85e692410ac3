"""What a clause on rates names: indicators, their ways of counting, and what is wanted of them.

parameters: {indicator: 负责人出庭应诉率、发声率, keys: [R6, R7], at_least: 100}
parameters: {indicator: 涉企案件平均办案期限, keys: [R19/enterprise], below: R19/reconsideration}
"""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from mechanisms.sections import Fault
from services.indicators.definitions import Unit, indicators
from services.indicators.profile import BOUNDS
from services.indicators.values import HUNDRED


def keys_of(parameters: Mapping[str, Any]) -> list[str]:
    return list(dict.fromkeys(parameters.get("keys", ())))


def every_key(parameters: Mapping[str, Any]) -> Iterator[str]:
    """Also that of the figure which others are to stay below."""
    yield from keys_of(parameters)
    if "below" in parameters:
        yield parameters["below"]


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


def _unit(text: str) -> Unit | None:
    found = indicators().get(named(text)[0])
    return found.unit if found else None
