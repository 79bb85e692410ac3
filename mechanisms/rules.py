"""The registry of compliance: which room judges which rule, by its kind and subject.

    rules.register(RuleKind.ROSTER, "seat", seats_are_filled)   # in the room's apps.ready()
    rules.evaluate(clause)                                      # anywhere above

An evaluator takes a `Clause` and gives a `Finding`; `ANY` stands for every subject of a
kind that has no evaluator of its own.
"""

from collections.abc import Callable

from mechanisms.findings import Clause, Finding

Evaluate = Callable[[Clause], Finding]
ANY = "*"
_rules: dict[tuple[str, str], Evaluate] = {}


def register(kind: str, subject: str, evaluate: Evaluate) -> None:
    if (kind, subject) in _rules:
        raise RuntimeError(f"The rule {kind}/{subject} is judged already.")
    _rules[(kind, subject)] = evaluate


def registered() -> dict[tuple[str, str], Evaluate]:
    return dict(_rules)


def rule_for(kind: str, subject: str) -> Evaluate | None:
    return _rules.get((kind, subject)) or _rules.get((kind, ANY))


def subjects_of(kind: str) -> list[str]:
    """The subjects that may stand beside a kind in a profile; `ANY` for every word."""
    return sorted(subject for known, subject in _rules if known == kind)


def evaluate(clause: Clause) -> Finding:
    """The state of a clause; KeyError for a rule that no room judges."""
    kind, subject = clause.provision.rule_kind, clause.provision.subject
    found = rule_for(kind, subject)
    if found is None:
        raise KeyError(f"{kind}/{subject}")
    return found(clause)
