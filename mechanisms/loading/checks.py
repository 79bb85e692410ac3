"""What a profile must hold beyond its schema: references, order, nothing named twice."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from django.utils.translation import gettext as _

from mechanisms import sections
from mechanisms.loading.hours import office_hours
from mechanisms.sections import Fault
from mechanisms.states import RuleKind
from members.states import Side

Path = tuple[str | int, ...]
K = RuleKind
ALLOWED_PARAMETERS: dict[str, frozenset[str]] = {
    K.MEETING_CADENCE: frozenset({"every_months", "hosting", "kinds", "times"}),
    K.AD_HOC_MEETING: frozenset({"as_needed", "proposers", "consent", "hosting"}),
    K.EXCHANGE: frozenset({"matter", "as_needed", "every_months", "within"}),
    K.COPY_TO: frozenset({"recipients"}),
    K.REPLY_DEADLINE: frozenset({"within"}),
    K.REPORT_DEADLINE: frozenset({"within", "every_months", "as_needed"}),
    K.COUNT_PER_PERIOD: frozenset({"hosts", "times", "matter", "field"}),
    K.RATE_TARGET: frozenset({"indicator", "keys", "areas", "at_least", "at_most", "below"}),
    K.CHECKLIST: frozenset({"items", "as_needed"}),
    K.CASE_FLOW: frozenset({"flags", "topic_types", "measures", "as_needed"}),
    K.ROSTER: frozenset({"units", "counts", "each_side", "invitees"}),
    K.TASK: frozenset({"hosts", "as_needed", "form", "consent", "every_months", "persons"}),
    K.CONFIDENTIALITY: frozenset({"limits", "measures"}),
    K.STATEMENT: frozenset({"evidence", "consent"}),
}

PRINTED_NAMES = frozenset({"hosts", "invitees", "proposers", "recipients", "units"})

FaultsOf = Callable[[dict], Iterable[Fault]]
_known: dict[str, FaultsOf] = {}


def register(kind: str, faults: FaultsOf) -> None:
    """A room above tells the faults of the parameters of a rule that name what is its own;
    their paths begin at the parameters."""
    if kind in _known:
        raise RuntimeError(f"The parameters of {kind} are checked already.")
    _known[kind] = faults


def check_profile(source: dict) -> Iterator[Fault]:
    """The faults of a source that fits the schema."""
    yield from _office_hours(source["jurisdiction"])
    yield from _repeated(source)
    yield from _organizations(source)
    yield from _references(source)
    yield from _bodies(source)
    yield from _provisions(source)
    yield from _dates(source["mechanism"])
    for name, section in sections.registered().items():
        if name in source:
            yield from section.check(source)


def provisions_of(source: dict) -> Iterator[tuple[Path, dict, dict, dict]]:
    """Every provision with its place, its part and its clause, in the order of the text."""
    for p, part in enumerate(source["text"]):
        for c, clause in enumerate(part["clauses"]):
            for n, provision in enumerate(clause.get("provisions", ())):
                yield ("text", p, "clauses", c, "provisions", n), part, clause, provision


def _office_hours(jurisdiction: dict) -> Iterator[Fault]:
    opens_at, closes_at = office_hours(jurisdiction)
    if closes_at <= opens_at:
        yield Fault(("jurisdiction", "office_hours"), _("Office hours end after they begin."))


def _repeated(source: dict) -> Iterator[Fault]:
    for name in ("organizations", "organization_groups", "bodies"):
        keys = [(row["key"], (name, n, "key")) for n, row in enumerate(source.get(name, ()))]
        yield from _twice(keys)
    yield from _twice((row["side"], ("parties", n)) for n, row in enumerate(source["parties"]))
    types = source["meeting"]["topic_types"]
    yield from _twice(
        (row["key"], ("meeting", "topic_types", n, "key")) for n, row in enumerate(types)
    )
    yield from _twice(
        (provision["number"], (*place, "number"))
        for place, _part, _clause, provision in provisions_of(source)
    )
    clauses = [
        (clause["clause"], ("text", p, "clauses", c, "clause"))
        for p, part in enumerate(source["text"])
        for c, clause in enumerate(part["clauses"])
    ]
    yield from _twice(clauses)


def _twice(named: Iterable[tuple[str, Path]]) -> Iterator[Fault]:
    seen: set[str] = set()
    for name, place in named:
        if name in seen:
            yield Fault(place, _("“%(name)s” is used twice.") % {"name": name})
        seen.add(name)


def _organizations(source: dict) -> Iterator[Fault]:
    """A parent stands above its divisions, so that a file is read from top to bottom."""
    above: set[str] = set()
    known = {row["key"] for row in source["organizations"]}
    for n, row in enumerate(source["organizations"]):
        for name in ("parent", "acts_for"):
            key = row.get(name)
            if key in known and key not in above:
                message = _("“%(key)s” must stand above the organization that names it.")
                yield Fault(("organizations", n, name), message % {"key": key})
        above.add(row["key"])


def _references(source: dict) -> Iterator[Fault]:
    known = {row["key"] for row in source["organizations"]}
    for place, key in _named_organizations(source):
        if key not in known:
            yield Fault(place, _unknown_organization(key))
    groups = {row["key"] for row in source.get("organization_groups", ())}
    bearers = known | groups | set(Side.values)
    for place, _part, _clause, provision in provisions_of(source):
        for name in ("duty_bearers", "beneficiaries"):
            for n, key in enumerate(provision.get(name, ())):
                if key not in bearers:
                    message = _(
                        "“%(key)s” is neither a side nor an organization nor a group of this file."
                    )
                    yield Fault((*place, name, n), message % {"key": key})


def _unknown_organization(key: str) -> str:
    message = _("There is no organization “%(key)s” in this file. Add it under organizations.")
    return message % {"key": key}


def _named_organizations(source: dict) -> Iterator[tuple[Path, str]]:
    for n, row in enumerate(source["organizations"]):
        yield from _near_units(n, row)
    for n, row in enumerate(source.get("organization_groups", ())):
        for m, key in enumerate(row.get("organizations", ())):
            yield ("organization_groups", n, "organizations", m), key
    for n, row in enumerate(source["parties"]):
        for name in ("lead", "acting", "secretariat"):
            yield ("parties", n, name), row[name]
    for n, body in enumerate(source["bodies"]):
        for m, seat in enumerate(body.get("seats", ())):
            yield from _seat_units(("bodies", n, "seats", m), seat)


def _near_units(n: int, row: dict) -> Iterator[tuple[Path, str]]:
    for name in ("parent", "acts_for"):
        if name in row:
            yield ("organizations", n, name), row[name]
    for m, key in enumerate(row.get("succeeded_by", {}).get("heirs", ())):
        yield ("organizations", n, "succeeded_by", "heirs", m), key


def _seat_units(place: Path, seat: dict) -> Iterator[tuple[Path, str]]:
    yield (*place, "organization"), seat["organization"]
    for n, post in enumerate(seat.get("other_posts", ())):
        yield (*place, "other_posts", n, "organization"), post["organization"]


def _bodies(source: dict) -> Iterator[Fault]:
    wanted = source["mechanism"]["body"]
    if wanted not in {row["key"] for row in source["bodies"]}:
        message = _("There is no body “%(key)s” in this file. Add it under bodies.")
        yield Fault(("mechanism", "body"), message % {"key": wanted})
    for n, body in enumerate(source["bodies"]):
        officers: set[str] = set()
        for m, seat in enumerate(body.get("seats", ())):
            place = ("bodies", n, "seats", m)
            if ("name" in seat) == seat.get("ex_officio", False):
                yield Fault(place, _("A seat has either a name or the line “ex_officio: true”."))
            if "other_posts" in seat and "name" not in seat:
                yield Fault(place, _("Only a seat with a name can tell other posts of a person."))
            if seat["role"] == "liaison_officer" and seat["side"] in officers:
                yield Fault(place, _one_officer())
            if seat["role"] == "liaison_officer":
                officers.add(seat["side"])


def _one_officer() -> str:
    return _(
        "Each side has exactly one liaison officer in a body. An office with officers of its "
        "own is a body of its own."
    )


def _provisions(source: dict) -> Iterator[Fault]:
    for place, _part, clause, provision in provisions_of(source):
        if provision.get("operative", "") not in clause["text"]:
            message = _("The operative words are not in the text of the clause, word for word.")
            yield Fault((*place, "operative"), message)
        kind = provision["rule_kind"]
        for name in provision.get("parameters", {}):
            if name not in ALLOWED_PARAMETERS[kind]:
                message = _("The rule “%(kind)s” takes no parameter “%(name)s”; it takes %(all)s.")
                allowed = "、".join(sorted(ALLOWED_PARAMETERS[kind]))
                data = {"kind": RuleKind(kind).label, "name": name, "all": allowed}
                yield Fault((*place, "parameters", name), message % data)
        yield from _keys_for_names(source, place, provision.get("parameters", {}))
        if kind in _known:
            for fault in _known[kind](provision.get("parameters", {})):
                yield Fault((*place, "parameters", *fault.path), fault.message)


def _keys_for_names(source: dict, place: Path, parameters: dict) -> Iterator[Fault]:
    """These words are printed beside the clause, so a key in them would be read by people."""
    units = (*source["organizations"], *source.get("organization_groups", ()))
    keys = {row["key"] for row in units} | set(Side.values)
    for name in PRINTED_NAMES & parameters.keys():
        for n, word in enumerate(parameters[name]):
            if word in keys:
                message = _("“%(key)s” is a key; write the name here, as the text says it.")
                yield Fault((*place, "parameters", name, n), message % {"key": word})


def _dates(head: dict) -> Iterator[Fault]:
    issued = head.get("issued_on")
    if issued and date.fromisoformat(issued) > date.fromisoformat(head["effective_from"]):
        message = _("The text takes effect before it was issued; look at the two dates.")
        yield Fault(("mechanism", "effective_from"), message)
