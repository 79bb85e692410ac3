"""What the text of a profile says and no section carries out: such a clause is kept by nothing."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from mechanisms.loading.checks import Path, provisions_of
from mechanisms.sections import Fault
from mechanisms.states import RuleKind as K
from members.states import Side

BY_DISPUTES = ("early_warning", "transfer")
"""Words for `exchange` whose proof are disputes, not matters owed."""
USUAL_HOSTS = {Side.GOVERNMENT, Side.COURT, Side.CENTRE}


def unsaid(source: dict) -> Iterator[Fault]:
    cited = {
        name: {row.get("provision") for row in source.get(name, ())}
        for name in ("obligations", "returns", "deliverables", "deadlines")
    }
    for place, _part, _clause, given in provisions_of(source):
        section = _section_of(given)
        if section and given["number"] not in cited[section]:
            yield Fault(place, _words(section) % {"number": given["number"]})
    yield from _rates(source)
    yield from _cadence(source)
    yield from _hosts(source)


def _section_of(given: dict) -> str:
    """The section in which a row must cite the clause; empty if none."""
    kind, subject = given["rule_kind"], given["subject"]
    if kind == K.EXCHANGE and subject not in BY_DISPUTES:
        return "obligations"
    if kind == K.REPLY_DEADLINE and "within" in given.get("parameters", {}):
        return "deadlines"
    return {"return": "returns", "deliverable": "deliverables"}.get(subject, "")


def _words(section: str) -> str:
    return {
        "obligations": _("%(number)s asks for an exchange, and no row of obligations cites it."),
        "deadlines": _(
            "%(number)s names a reply period, and no row of deadlines cites it: the portal "
            "counts as the law says."
        ),
        "returns": _("%(number)s asks for returns, and no row of returns cites it."),
        "deliverables": _("%(number)s asks for a document, and no row of deliverables cites it."),
    }[section]


def _rates(source: dict) -> Iterator[Fault]:
    for place, _part, _clause, given in provisions_of(source):
        if given["rule_kind"] == K.RATE_TARGET and not given.get("parameters", {}).get("keys"):
            message = _("%(number)s asks for a rate and names no figure: nothing judges it.")
            yield Fault(place, message % {"number": given["number"]})


def _cadence(source: dict) -> Iterator[Fault]:
    if source["meeting"].get("cadence_months"):
        return
    for _place, _part, _clause, given in provisions_of(source):
        months = given.get("parameters", {}).get("every_months")
        if given["rule_kind"] == K.MEETING_CADENCE and months:
            here: Path = ("meeting", "cadence_months")
            message = _(
                "%(number)s asks for regular meetings; without an interval none is planned."
            )
            yield Fault(here, message % {"number": given["number"]})


def _hosts(source: dict) -> Iterator[Fault]:
    """Hosts that are left out are government and court, whoever the parties are."""
    meeting = source["meeting"]
    others = {row["side"] for row in source.get("parties", ())} - USUAL_HOSTS
    if meeting.get("cadence_months") and "hosts" not in meeting and others:
        message = _("No hosts are named: government and court host, and no other side.")
        yield Fault(("meeting",), message)
