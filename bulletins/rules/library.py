"""Is the library kept: laws put together (CX-52), cases collected and printed (CX-53)."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from bulletins.models import LibraryItem, LibraryKind, LibraryState
from mechanisms.findings import Clause, Finding, Occasion, Words, weigh_use
from mechanisms.rules import Evaluate
from mechanisms.states import RuleKind

CASES = "案例"
"""The `form` of a clause that asks for cases; any other asks for texts put together."""


def library_grows(clause: Clause) -> Finding:
    wants_cases = clause.parameters.get("form") == CASES
    kind = LibraryKind.TYPICAL_CASE if wants_cases else LibraryKind.COMPILATION
    words = Words(
        kept=_("Texts of this kind were put into the library within a year."),
        missing="",
        idle=_("No text of this kind was put into the library within a year."),
        period=_("As needed"),
    )
    return weigh_use(clause, _published(clause, kind), words)


def _published(clause: Clause, kind: str) -> Iterator[Occasion]:
    rows = LibraryItem.objects.filter(
        jurisdiction=clause.jurisdiction, kind=kind, state=LibraryState.PUBLISHED
    )
    for item in rows.only("public_id", "title", "published_at"):
        if item.published_at is not None:
            on = timezone.localtime(item.published_at).date()
            yield Occasion(item, item.title, on, done_on=on)


RULES: dict[tuple[str, str], Evaluate] = {(RuleKind.TASK, "library"): library_grows}
