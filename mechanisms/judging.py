"""A whole institution on a day: each of its provisions with its state."""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mechanisms import rules
from mechanisms.findings import Clause, Evidence, Finding
from mechanisms.models import Mechanism, Provision
from mechanisms.queries import version_on
from mechanisms.states import ComplianceState


@dataclass(frozen=True)
class Judgement:
    provision: Provision
    finding: Finding


def judgements(mechanism: Mechanism, on: date) -> list[Judgement]:
    """Every provision of the version in force on a day, in the order of the text."""
    version = version_on(mechanism, on)
    if version is None:
        return []
    answers: dict[Hashable, Any] = {}
    return [
        Judgement(provision, judge(Clause(mechanism, provision, on, answers)))
        for provision in version.provisions.all()
    ]


def judge(clause: Clause) -> Finding:
    """The state of one clause; before its text takes effect it asks for nothing yet."""
    begins = clause.provision.version.effective_from
    if clause.on < begins:
        said = _("The text takes effect on %(day)s.") % {"day": date_format(begins, _("F j, Y"))}
        return Finding(ComplianceState.NOT_YET_DUE, said, next_on=begins)
    if rules.rule_for(clause.provision.rule_kind, clause.provision.subject) is None:
        said = _("The portal does not judge this rule.")
        return Finding(ComplianceState.NOT_APPLICABLE, said)
    return rules.evaluate(clause)


def counted(found: list[Judgement]) -> dict[ComplianceState, int]:
    """How many provisions are in each state, in the order in which states are shown."""
    states = [one.finding.state for one in found]
    return {state: states.count(state) for state in IN_ORDER}


IN_ORDER = (
    ComplianceState.BROKEN,
    ComplianceState.DUE_SOON,
    ComplianceState.KEPT,
    ComplianceState.ATTESTED,
    ComplianceState.NOT_YET_DUE,
    ComplianceState.NOT_APPLICABLE,
)
"""The states as pages list them, what has to be done first."""


def described(found: list[Judgement]) -> Iterator[dict]:
    """The judgements as plain values for a machine, with all their evidence."""
    for one in found:
        finding = one.finding
        yield {
            "provision": one.provision.number,
            "rule": f"{one.provision.rule_kind}/{one.provision.subject}",
            "state": str(finding.state.value),
            "due_on": finding.next_on.isoformat() if finding.next_on else None,
            "evidence": [_proof(evidence) for evidence in finding.evidence],
            "said": str(finding.said),
        }


def _proof(evidence: Evidence) -> dict:
    record: Any = evidence.record
    return {
        "label": str(evidence.label),
        "url": record.get_absolute_url(),
        "on": evidence.on.isoformat(),
    }
