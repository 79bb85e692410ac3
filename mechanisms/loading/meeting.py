"""What the section `meeting` must agree with: the parties, the text, the number series."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from mechanisms.loading.checks import Path, provisions_of
from mechanisms.sections import Fault
from mechanisms.states import RuleKind


def meeting_faults(source: dict) -> Iterator[Fault]:
    yield from _sides(source)
    yield from _clauses(source)
    yield from _series(source)
    yield from _cadence(source)
    for key, rule in source["meeting"].get("texts", {}).items():
        if rule.get("internal") and not rule.get("clause"):
            message = _("An internal text needs its clause in the words of the institution.")
            yield Fault(("meeting", "texts", key), message)


def _sides(source: dict) -> Iterator[Fault]:
    sides = {row["side"] for row in source["parties"]}
    for place, side in _named_sides(source["meeting"]):
        if side not in sides:
            message = _("“%(side)s” is not among the parties of this file.")
            yield Fault(place, message % {"side": side})


def _named_sides(meeting: dict) -> Iterator[tuple[Path, str]]:
    for name in ("hosts", "proposers"):
        for n, side in enumerate(meeting.get(name, ())):
            yield ("meeting", name, n), side
    for side in meeting.get("notice_series", {}):
        yield ("meeting", "notice_series", side), side
    for key, rule in meeting.get("texts", {}).items():
        for n, side in enumerate(rule.get("confirm", ())):
            yield ("meeting", "texts", key, "confirm", n), side
    if "origin" in meeting:
        yield ("meeting", "origin", "host"), meeting["origin"]["host"]


def _clauses(source: dict) -> Iterator[Fault]:
    meeting = source["meeting"]
    known = {provision["number"] for *_rest, provision in provisions_of(source)}
    named: list[tuple[Path, str]] = [
        (("meeting", key), meeting[key]) for key in meeting if key.endswith("_provision")
    ]
    named += [
        (("meeting", "texts", key, "provision"), rule["provision"])
        for key, rule in meeting.get("texts", {}).items()
        if "provision" in rule
    ]
    for place, number in named:
        if number not in known:
            message = _("There is no provision “%(number)s” in this file.")
            yield Fault(place, message % {"number": number})


def _series(source: dict) -> Iterator[Fault]:
    """The series from which notices and texts take their numbers stand in the file."""
    meeting = source["meeting"]
    known = {row.get("key") for row in source.get("number_series", ())}
    named: list[tuple[Path, str]] = [
        (("meeting", "notice_series", side), key)
        for side, key in meeting.get("notice_series", {}).items()
    ]
    named += [
        (("meeting", "texts", text, "series"), rule["series"])
        for text, rule in meeting.get("texts", {}).items()
        if "series" in rule
    ]
    for place, key in named:
        if key not in known:
            message = _("There is no number series “%(key)s” in this file.")
            yield Fault(place, message % {"key": key})


def _cadence(source: dict) -> Iterator[Fault]:
    """The plan follows `meeting`, the state of the clause its parameters: they say the same."""
    meeting, message = source["meeting"], _("%(number)s says “%(clause)s”, this says “%(own)s”.")
    for _place, _part, _clause, given in provisions_of(source):
        if given["rule_kind"] != RuleKind.MEETING_CADENCE:
            continue
        parameters = given.get("parameters", {})
        for name, parameter in (("cadence_months", "every_months"), ("host_policy", "hosting")):
            own, clause = meeting.get(name), parameters.get(parameter)
            if own and clause and own != clause:
                data = {"number": given["number"], "clause": clause, "own": own}
                yield Fault(("meeting", name), message % data)
