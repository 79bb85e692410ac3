"""What an institution still lacks before it runs: told of a file, and of what is loaded."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mechanisms.loading.checks import provisions_of
from mechanisms.loading.unsaid import unsaid
from mechanisms.sections import Fault
from mechanisms.states import RuleKind
from members.states import SeatRole, Side

CODE = re.compile(r"^[^\W\d_]", re.UNICODE)
DISPUTES = "dispute"
KINDS: dict[str, Promise] = {
    "seat": gettext_lazy("Seats of the roster"),
    "officer": gettext_lazy("Liaison officers"),
    "holidays": gettext_lazy("Holidays"),
    "series": gettext_lazy("Number series"),
    "receiver": gettext_lazy("Receivers"),
    "group": gettext_lazy("Groups of organizations"),
    "rows": gettext_lazy("Clauses without rows"),
}


@dataclass(frozen=True)
class Gap:
    """`kind` is one of KINDS; the fault says what is missing, and where in the file."""

    kind: str
    fault: Fault

    @property
    def kind_name(self) -> str:
        return str(KINDS[self.kind])


def gaps_in(source: dict) -> Iterator[Gap]:
    """All that a valid file leaves open."""
    for fault in _seats(source):
        yield Gap("seat", fault)
    for fault in _officers(source):
        yield Gap("officer", fault)
    yield from configuration_gaps(source)


def configuration_gaps(source: dict) -> Iterator[Gap]:
    """What only a new version of the file can mend."""
    for kind, found in (
        ("holidays", _holidays(source)),
        ("series", _series(source)),
        ("receiver", _receivers(source)),
        ("group", _groups(source)),
        ("rows", unsaid(source)),
    ):
        for fault in found:
            yield Gap(kind, fault)


def _body(source: dict) -> tuple[int, dict]:
    wanted = source["mechanism"]["body"]
    rows = enumerate(source["bodies"])
    return next((n, row) for n, row in rows if row["key"] == wanted)


def _seats(source: dict) -> Iterator[Fault]:
    """The seats that the text counts and the roster of the body has not."""
    n, body = _body(source)
    held = [seat["role"] for seat in body.get("seats", ())]
    for _place, _part, _clause, given in provisions_of(source):
        parameters = given.get("parameters", {})
        if given["rule_kind"] != RuleKind.ROSTER or given["subject"] == "annex":
            continue
        times = len(source["parties"]) if parameters.get("each_side") else 1
        for role, count in parameters.get("counts", {}).items():
            missing = count * times - held.count(role)
            if missing > 0 and role != SeatRole.LIAISON_OFFICER:
                message = _("%(number)s wants %(n)d more of %(role)s on the roster.")
                data = {"number": given["number"], "n": missing, "role": SeatRole(role).label}
                yield Fault(("bodies", n, "seats"), message % data)


def _officers(source: dict) -> Iterator[Fault]:
    n, body = _body(source)
    seats = body.get("seats", ())
    having = {seat["side"] for seat in seats if seat["role"] == SeatRole.LIAISON_OFFICER}
    for party in source["parties"]:
        if party["side"] not in having:
            message = _("The side %(side)s has no liaison officer.")
            yield Fault(("bodies", n, "seats"), message % {"side": Side(party["side"]).label})


def _holidays(source: dict) -> Iterator[Fault]:
    if not source.get("jurisdiction", {}).get("division_code"):
        message = _("No division code: regional holidays cannot be chosen, only national ones.")
        yield Fault(("jurisdiction",), message)


def _series(source: dict) -> Iterator[Fault]:
    rows = source.get("number_series", ())
    for n, row in enumerate(rows):
        if not CODE.match(row["pattern"]):
            message = _("The pattern “%(pattern)s” has no code of the issuer before the year.")
            yield Fault(("number_series", n, "pattern"), message % {"pattern": row["pattern"]})
    if DISPUTES not in {row["key"] for row in rows}:
        message = _("No number series “dispute”: no dispute can be registered.")
        yield Fault(("number_series",), message)
    series = source["meeting"].get("notice_series", {})
    for party in source.get("parties", ()):
        if party["side"] not in series:
            message = _("The notices of the side %(side)s have no number series.")
            place = ("meeting", "notice_series")
            yield Fault(place, message % {"side": Side(party["side"]).label})
    minutes = source["meeting"].get("texts", {}).get("minutes")
    if minutes is not None and not minutes.get("series"):
        yield Fault(("meeting", "texts", "minutes"), _("Minutes have no number series."))


def _receivers(source: dict) -> Iterator[Fault]:
    for section in ("obligations", "returns"):
        for n, row in enumerate(source.get(section, ())):
            if not row.get("to"):
                message = _("“%(name)s” is owed to nobody.")
                yield Fault((section, n), message % {"name": row.get("name", row["key"])})


def _groups(source: dict) -> Iterator[Fault]:
    for n, row in enumerate(source.get("organization_groups", ())):
        if not row.get("organizations"):
            message = _("The group “%(name)s” has no organization yet.")
            yield Fault(("organization_groups", n), message % {"name": row["name"]})
