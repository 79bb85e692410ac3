"""What is counted of reconsideration, of the procuratorate's work, and of suggestions."""

from collections import Counter, defaultdict

from bulletins.tables.cases import closed_within, flow, in_order, procedures
from bulletins.tables.shapes import Rows, Scope, summed
from cases.flow.table import table_of
from cases.models import Procedure
from cases.states import Kind
from members.models import Organization
from suggestions.figures import counts_of
from suggestions.models import Addressee
from suggestions.states import AddresseeState, LetterState


def reconsideration(scope: Scope) -> Rows:
    found: dict[Organization, list[Procedure]] = defaultdict(list)
    for one in procedures(scope, (Kind.RECONSIDERATION,)):
        found[one.dispute.agency].append(one)
    lines: Rows = []
    for unit in sorted(found, key=in_order):
        before, accepted, closed, after = flow(found[unit], scope)
        ended = [one.outcome for one in found[unit] if closed_within(one, scope)]
        corrected = sum(mode.against for mode in ended if mode)
        if before or accepted or closed:
            lines.append([unit.short_name, before, accepted, closed, corrected, after])
    return summed(lines)


def protests(scope: Scope) -> Rows:
    rows = [one for one in procedures(scope, (Kind.SUPERVISION,)) if closed_within(one, scope)]
    found = Counter(one.mode for one in rows)
    modes = table_of(Kind.SUPERVISION).modes
    return summed([[modes[key].name, found[key]] for key in modes if found[key]])


def suggestions(scope: Scope) -> Rows:
    """Of the letters that the issuer wrote in these days, by the unit advised."""
    rows = Addressee.objects.filter(
        suggestion__mechanism=scope.mechanism,
        suggestion__issuer=scope.issuer,
        suggestion__state=LetterState.ISSUED,
        suggestion__issued_on__range=(scope.first_on, scope.last_on),
    ).exclude(state=AddresseeState.WITHDRAWN)
    found: dict[Organization, list[Addressee]] = defaultdict(list)
    for row in rows.select_related("suggestion", "organization"):
        found[row.organization].append(row)
    lines: Rows = []
    for unit in sorted(found, key=in_order):
        counts = counts_of(found[unit], scope.on)
        lines.append(
            [
                unit.short_name,
                len(found[unit]),
                counts.replied,
                counts.silent,
                counts.taken_up,
                counts.verified,
            ]
        )
    return summed(lines)
