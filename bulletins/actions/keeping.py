"""The only writers of matters owed: what a profile states is in force from its day on."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from bulletins.models import Instalment, InstalmentState, Obligation
from bulletins.models.obligations import RULE
from bulletins.obligation_rows import Facts
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from mechanisms.models import MechanismVersion
from services.deadlines.actions import cancel


@action
def keep_obligations(
    version_id: int, wanted: list[Facts], *, actor: Actor, at: datetime
) -> list[Obligation]:
    """Have the obligations of a version in force from its day on; others end the day before.

    One that says the same as before goes on. Called by the loader in its transaction.
    """
    version = MechanismVersion.objects.select_related("mechanism__jurisdiction").get(pk=version_id)
    before = Obligation.objects.filter(mechanism=version.mechanism, valid_to=None).for_listing()
    running = {(one.key, one.debtor_id): one for one in before}
    kept = []
    for order, facts in enumerate(wanted):
        known = (facts.key, facts.debtor.pk)
        if known in running and _says(running[known]) == facts:
            kept.append(running.pop(known))
        else:
            kept.append(_begin(version, facts, order, actor, at))
    for ended in running.values():
        _end(ended, version.effective_from, actor)
    return kept


def _says(row: Obligation) -> Facts:
    return Facts(
        key=row.key,
        number=row.number,
        name=row.name,
        debtor=row.debtor,
        office=row.office,
        creditors=frozenset(row.creditors.all()),
        cadence=row.cadence,
        terms=row.terms,
        figures=row.figures,
        reconciles_with=row.reconciles_with,
        library=row.library,
        note=row.note,
    )


def _begin(
    version: MechanismVersion, facts: Facts, order: int, actor: Actor, at: datetime
) -> Obligation:
    mechanism = version.mechanism
    begins = max(version.effective_from, facts.since or version.effective_from)
    row = Obligation(
        jurisdiction=mechanism.jurisdiction,
        mechanism=mechanism,
        key=facts.key,
        order=order,
        valid_from=begins,
        watched_from=max(begins, timezone.localdate(at)),
        **facts.columns,
    )
    row.store()
    row.creditors.set(facts.creditors)
    record(actor, "bulletins.obligation.begun", row, name=row.name)
    return row


def _end(row: Obligation, next_from: date, actor: Actor) -> None:
    """It ends before the next version begins; what it would owe after that falls away."""
    row.valid_to = next_from - timedelta(days=1)
    row.store()
    record(actor, "bulletins.obligation.ended", row, on=row.valid_to.isoformat())
    for one in row.instalments.open().filter(first_on__gte=next_from):
        void_instalment(one, actor, next_from)


def void_instalment(row: Instalment, actor: Actor, on: date) -> None:
    """Inside another action: the instalment is not owed any more."""
    row.state = InstalmentState.VOID
    row.store()
    cancel(row, RULE, actor=actor, on=on)
    record(actor, "bulletins.instalment.voided", row, label=row.label)
