"""Is it reported each year how agencies carried suggestions out (CX-26): by the matters under
the clause, which a bulletin tells or the report on the letters answers; else by the limit of
that report, which is opened where letters were issued."""

from bulletins.rules.obligations import judged, owed_under
from mechanisms.findings import Clause, Finding
from mechanisms.rules import Evaluate
from mechanisms.states import RuleKind
from suggestions.rules import YEARLY


def suggestions_reported(clause: Clause) -> Finding:
    return judged(clause) if owed_under(clause) else YEARLY(clause)


RULES: dict[tuple[str, str], Evaluate] = {
    (RuleKind.REPORT_DEADLINE, "suggestion_report"): suggestions_reported
}
