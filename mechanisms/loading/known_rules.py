"""Every rule of a profile is judged by a room."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from mechanisms import rules
from mechanisms.loading.checks import provisions_of
from mechanisms.sections import Fault
from mechanisms.states import RuleKind


def unknown_rules(source: dict) -> Iterator[Fault]:
    """The provisions whose kind and subject nobody judges, with the subjects that are."""
    for place, _part, _clause, given in provisions_of(source):
        kind, subject = given["rule_kind"], given["subject"]
        if rules.rule_for(kind, subject) is None:
            message = _("No room judges “%(subject)s” under the rule “%(kind)s”; known: %(all)s.")
            known = "、".join(rules.subjects_of(kind)) or "—"
            data = {"subject": subject, "kind": RuleKind(kind).label, "all": known}
            yield Fault((*place, "subject"), message % data)
