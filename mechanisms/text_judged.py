"""How the clauses are judged by which a text was issued: it stands in the portal."""

from django.utils.translation import gettext as _

from mechanisms import rules
from mechanisms.findings import Clause, Evidence, Finding, Words, weigh_standing
from mechanisms.states import RuleKind as K


def issued(clause: Clause) -> Finding:
    """The text with its head: who issued it, its number, since when it is in force."""
    since = clause.provision.version.effective_from
    shown = [Evidence(clause.mechanism, clause.mechanism.short_title, since)]
    words = Words(kept=_("The text is in force."), missing=_("The text is not in force."))
    return weigh_standing(clause, shown, since <= clause.on, words)


def register() -> None:
    rules.register(K.CHECKLIST, "mechanism", issued)
