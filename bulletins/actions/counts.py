"""The only writer of what the sides say of two counts of one fact."""

from datetime import datetime

from django.utils.translation import gettext as _

from bulletins.counts import Counts, counts_of
from bulletins.models import CountNote, Instalment
from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from members.models import Organization, User
from members.policy import works_for


@action
def explain_counts(instalment_id: int, *, actor: User, at: datetime, text: str) -> CountNote:
    """One side says why its figures differ. Raises "no_counts", "no_text" (field text)."""
    row, counts = _counts(instalment_id, actor)
    if not text.strip():
        raise RuleBroken("no_text", _("Say why the figures differ."), "text")
    note = _note(counts, actor, at, text=text.strip())
    record(actor, "bulletins.counts.explained", row, unit=note.organization.short_name)
    return note


@action
def agree_counts(instalment_id: int, *, actor: User, at: datetime) -> CountNote:
    """One side agrees with the two counts as they stand, explained or equal.

    Raises RuleBroken: "no_counts", "unexplained" while they differ and nobody said why,
    "agreed" a second time on the same figures.
    """
    row, counts = _counts(instalment_id, actor)
    unit = _side_of(counts, actor)
    if unit in counts.agreed_by:
        raise RuleBroken("agreed", _("Your side has agreed on these figures already."))
    if counts.differing and not any(note.text for note in counts.notes):
        message = _("The counts differ: one of the sides has to say why first.")
        raise RuleBroken("unexplained", message, "text")
    note = _note(counts, actor, at, agrees=True)
    record(actor, "bulletins.counts.agreed", row, unit=unit.short_name)
    return note


def _counts(instalment_id: int, actor: Actor) -> tuple[Instalment, Counts]:
    """The row of the matter that comes first in the text, locked, and its counts."""
    rows = Instalment.objects.for_listing()
    counts = counts_of(rows.get(pk=instalment_id), None)
    if counts is None or not counts.is_complete:
        message = _("Both sides have to tell their figures of this term first.")
        raise RuleBroken("no_counts", message, "text")
    locked = rows.select_for_update(of=("self",)).get(pk=counts.first.pk)
    policy_for(Instalment).require(actor, "compare", locked)
    return locked, counts


def _side_of(counts: Counts, actor: User) -> Organization:
    return next(unit for unit in counts.sides if works_for(actor, unit))


def _note(
    counts: Counts, actor: User, at: datetime, *, text: str = "", agrees: bool = False
) -> CountNote:
    note = CountNote(
        instalment=counts.first,
        organization=_side_of(counts, actor),
        by=actor,
        at=at,
        text=text,
        agrees=agrees,
        digest=counts.digest,
    )
    note.store()
    return note
