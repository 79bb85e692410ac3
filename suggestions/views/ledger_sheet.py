"""The ledger as a table for a spreadsheet: a line for each addressee, the letter repeated."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from django.utils.translation import gettext_lazy as _

from foundations.ledgers.ledger import Column, Ledger
from foundations.ledgers.page import LedgerPage
from suggestions.lines import Line, prefetch_lines
from suggestions.models import Addressee, Suggestion
from suggestions.views.ledger_page import ALWAYS, Entry, SuggestionLedger, SuggestionPage


@dataclass(frozen=True)
class SheetRow:
    entry: Entry
    line: Line | None

    @property
    def letter(self) -> Suggestion:
        return self.entry.letter

    @property
    def addressee(self) -> Addressee | None:
        return self.line.addressee if self.line else None

    @property
    def replied(self) -> str:
        return self.line.reply.words if self.line and self.line.reply else ""

    @property
    def rectified(self) -> str:
        return self.line.rectify.words if self.line and self.line.rectify else ""

    @property
    def verified(self) -> str:
        return self.line.verify.words if self.line and self.line.verify else ""


PARTS: tuple[tuple[str, Column], ...] = (
    ("letter", Column("number", _("Document number"), value="letter.number")),
    ("letter", Column("title", _("Title"), value="letter.title")),
    ("letter", Column("kind", _("Kind"), value="letter.get_kind_display")),
    ("letter", Column("form", _("Form"), value="letter.get_form_display")),
    ("status", Column("status", _("State"), value="entry.pill.words")),
    ("issuer", Column("issuer", _("Issuer"), value="letter.issuer.name")),
    ("area", Column("area", _("Area"), value="letter.area")),
    ("issued", Column("issued_on", _("Sent out on"), value="letter.issued_on")),
    ("unit", Column("unit", _("Addressee"), value="addressee.organization.name")),
    ("unit", Column("state", _("State of the addressee"), value="addressee.get_state_display")),
    ("served", Column("served_on", _("Served on"), value="addressee.served_on")),
    ("reply", Column("reply_due_on", _("Reply due"), value="addressee.reply_due_on")),
    ("reply", Column("replied_on", _("Replied on"), value="addressee.replied_on")),
    ("reply", Column("reply", _("Reply"), value="replied")),
    ("reply", Column("attitude", _("Attitude"), value="addressee.get_attitude_display")),
    ("rectify", Column("rectify_due", _("Rectify by"), value="addressee.rectify_due_on")),
    ("rectify", Column("rectified_on", _("Carried out on"), value="addressee.rectified_on")),
    ("rectify", Column("rectified", _("Rectification"), value="rectified")),
    ("verify", Column("verified_on", _("Verified on"), value="addressee.verified_on")),
    ("verify", Column("effect", _("Effect"), value="addressee.get_effect_display")),
    ("verify", Column("verified", _("Verification"), value="verified")),
)
"""The columns of the file by the column of the list to which they belong."""
MORE = ("issuer", "area", "issued")


class _Sheet:
    """What `export_response` asks of a page: the ledger's own rows are letters."""

    def __init__(self, page: SuggestionPage) -> None:
        self.definition = _definition_of(page)
        self.view_query = page.view_query
        self.rows = list(_rows_of(page))
        self.count = len(self.rows)


def sheet_of(page: SuggestionPage) -> LedgerPage:
    return cast(LedgerPage, _Sheet(page))


def _definition_of(page: SuggestionPage) -> type[Ledger]:
    """The columns that were chosen; all of them when the reader chose none."""
    shown = page.chosen if page.query.getlist("columns") else {*page.chosen, *MORE}
    columns = tuple(column for part, column in PARTS if part in {*shown, *ALWAYS})
    return type("SuggestionSheet", (SuggestionLedger,), {"columns": columns})


def _rows_of(page: SuggestionPage) -> Iterator[SheetRow]:
    for letter in page.rows.prefetch_related(prefetch_lines()):
        entry = page.entry_of(letter)
        if not entry.lines:
            yield SheetRow(entry, None)
        for line in entry.lines:
            yield SheetRow(entry, line)
