"""述廉、回避: given in by a person, read by the leader of the unit."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.actions.days import require_past
from cases.actions.telling_units import tell_units
from cases.models import Procedure
from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.trail import action, record, words_of
from members.models import Organization, User
from returns.models import Declaration
from returns.states import DeclarationKind
from suggestions.actions.steps import day_of


@dataclass(frozen=True)
class Statement:
    organization: Organization
    kind: str
    text: str
    on: date
    year: int
    procedure: Procedure | None = None


@action
def declare(
    *, actor: User, at: datetime, words: Statement, token: str | None = None
) -> Declaration:
    """State the own conduct of a year, or why one does not act in a procedure.

    Raises RuleBroken "future" (field on), "no_procedure" (field procedure), "given_already"
    (field year), "form_used".
    """
    unit = Organization.objects.select_for_update(of=("self",)).get(pk=words.organization.pk)
    made = Declaration.made_before(token, text=words.text)
    if made is not None:
        return made
    row = Declaration(
        jurisdiction=unit.jurisdiction,
        organization=unit,
        author=actor,
        kind=words.kind,
        year=words.year,
        procedure=words.procedure if words.kind == DeclarationKind.RECUSAL else None,
        text=words.text,
        on=words.on,
        form_token=token,
    )
    policy_for(Declaration).require(actor, "declare", row)
    require_past(words.on, at)
    _require_sound(row)
    row.store()
    record(actor, "returns.declaration.given", row, **words_of(row, text=row.text))
    title = gettext_lazy("A declaration waits to be read")
    told = row.get_kind_display()
    tell_units(
        [unit],
        row,
        reason="returns.declared",
        title=title,
        text=told,
        actor=actor,
        at=at,
        leaders=True,
    )
    return row


def _require_sound(row: Declaration) -> None:
    if row.kind == DeclarationKind.RECUSAL:
        if row.procedure is None:
            message = _("Choose the procedure in which you do not act.")
            raise RuleBroken("no_procedure", message, "procedure")
        return
    given = Declaration.objects.filter(
        author=row.author, organization=row.organization, year=row.year, kind=row.kind
    )
    if given.exists():
        message = _("You gave in the statement of %(year)d before.") % {"year": row.year}
        raise RuleBroken("given_already", message, "year")


@action
def note_read(
    declaration_id: int, *, actor: User, at: datetime, version: int | None = None
) -> Declaration:
    """A leader of the unit has read it."""
    rows = Declaration.objects.select_for_update(of=("self",))
    row: Declaration = rows.select_related("jurisdiction", "organization").get(pk=declaration_id)
    policy_for(Declaration).require(actor, "note", row)
    row.require_version(version)
    row.seen_on, row.seen_by = day_of(at), actor
    row.store()
    record(actor, "returns.declaration.seen", row)
    return row
