"""A bulletin: which matters it tells, to whom, its text and figures; what is said to it."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bulletins.actions.bulletin_figures import chosen_in, in_order
from bulletins.actions.bulletin_words import BulletinWords
from bulletins.actions.reports import UNITS
from bulletins.models import Bulletin, FigureTable, Instalment, Obligation
from bulletins.states import Kind, OpinionTopic
from bulletins.tables import BY_UNIT, ERRATUM, INDICATORS, TABLES, table_named
from bulletins.tables.indicators import publishes
from foundations.access.form_shapes import VersionForm, day_field
from foundations.access.forms import OnceForm, PortalForm
from foundations.access.rich_text import RichTextFormField
from mechanisms.models import Mechanism
from members.models import Organization
from services.indicators.definitions import indicators
from suggestions.forms.units import UnitsField

MORE_ROWS = 3
OFFERED = 2
"""So many open instalments of one matter are offered, the earliest first."""


class BulletinForm(OnceForm):
    """`issuer` owes the matters among which one chooses; it stays once the draft is begun."""

    wide = (
        "title",
        "covers",
        "matter",
        "recipients",
        "body",
        "tables",
        "indicators",
        "restricted",
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(label=_("Title of the bulletin"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices)
    happened_on = day_field(
        _("Day of the event"), required=False, help_text=_("If it tells of one event.")
    )
    covers = forms.MultipleChoiceField(
        label=_("Matters owed that it tells"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    matter = forms.CharField(
        label=_("Other matter"),
        max_length=200,
        required=False,
        help_text=_("If none of the matters above fits."),
    )
    first_on = day_field(_("Tells of the days from"), required=False)
    last_on = day_field(_("Tells of the days until"), required=False)
    recipients = UnitsField(
        label=_("Goes to"),
        max_length=2000,
        required=False,
        help_text=_(
            "Short names or pinyin initials, parted by 、. Left empty: who is owed the matters."
        ),
    )
    restricted = forms.BooleanField(
        label=_("For named readers only"),
        required=False,
        help_text=_("Read by the people of the bodies named; PDF with the reader's name only."),
    )
    body = RichTextFormField(label=_("Text"), required=False)
    tables = forms.MultipleChoiceField(
        label=_("Tables of figures"),
        choices=[(key, table.title) for key, table in TABLES.items()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Counted from the portal's records where it has them; else to be filled in."),
    )
    indicators = forms.MultipleChoiceField(
        label=_("Indicators of the table"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("For the table of indicators; counted as the institution has chosen."),
    )

    def __init__(
        self, *args: Any, mechanism: Mechanism, issuer: Organization, on: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.mechanism, self.issuer, self.on = mechanism, issuer, on
        recipients: Any = self.fields["recipients"]
        recipients.among(mechanism.jurisdiction, on)
        covers: Any = self.fields["covers"]
        covers.choices = list(self._matters())
        self._offer_indicators()

    def _offer_indicators(self) -> None:
        """To who publishes figures of the whole institution."""
        if not publishes(self.mechanism, self.issuer):
            del self.fields["indicators"]
            return
        tables: Any = self.fields["tables"]
        had = [key for key in self.initial.get("tables", ()) if key.startswith(BY_UNIT)]
        units = dict.fromkeys([*(f"{BY_UNIT}{key}" for key in UNITS), *had])
        offered = [table for key in (INDICATORS, *units) if (table := table_named(key))]
        tables.choices = [*((one.key, one.title) for one in offered), *tables.choices]
        field: Any = self.fields["indicators"]
        field.choices = [(one.key, f"{one.key} {one.name}") for one in indicators().values()]

    def _matters(self) -> Iterator[tuple[str, str]]:
        """Each matter, with its open instalments where it has some; what is chosen stays."""
        rows = Obligation.objects.on(self.on).filter(mechanism=self.mechanism, debtor=self.issuer)
        chosen = set(self.initial.get("covers", ()))
        parts: dict[int, list[Instalment]] = {}
        for part in Instalment.objects.standing().filter(obligation__in=rows).order_by("due_on"):
            parts.setdefault(part.obligation_id, []).append(part)
        for row in rows:
            yield from self._choices_of(row, parts.get(row.pk, []), chosen)

    def _choices_of(
        self, row: Obligation, parts: list[Instalment], chosen: set[str]
    ) -> Iterator[tuple[str, str]]:
        name = f"{row.number} {row.name}"
        kept = [part for part in parts if f"i-{part.public_id}" in chosen]
        still = [part for part in parts if part.is_open and part not in kept]
        offered = [*kept, *still[: max(0, OFFERED - len(kept))]]
        for part in offered:
            yield f"i-{part.public_id}", self._instalment_words(name, part)
        if not offered or f"o-{row.public_id}" in chosen or not row.is_periodic:
            yield f"o-{row.public_id}", name

    def _instalment_words(self, name: str, part: Instalment) -> str:
        if part.due_on is None:
            return f"{name} · {part.label}"
        due = gettext("due by %(day)s") % {"day": part.due_on.isoformat()}
        return f"{name} · {part.label}（{due}）"

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("first_on"), cleaned.get("last_on")
        if first and last and last < first:
            self.add_error("last_on", gettext("The last day is before the first."))
        return cleaned

    def keep_version(self, version: int) -> None:
        """The draft was saved meanwhile: what is sent next speaks of that version."""
        self._retype("version", version)

    def words(self) -> BulletinWords:
        given = self.cleaned_data
        covers = tuple(self._pairs(given["covers"]))
        tables = set(given["tables"])
        if not self.initial.get("version"):
            tables |= self._tables_of(covers)
        plain = ("title", "kind", "matter", "first_on", "last_on", "happened_on", "restricted")
        return BulletinWords(
            body=given["body"],
            covers=covers,
            recipients=tuple(unit.pk for unit in given["recipients"]),
            tables=tuple(in_order(tables)),
            indicators=tuple(given.get("indicators", ())),
            **{name: given[name] for name in plain},
        )

    def _pairs(self, keys: list[str]) -> Iterator[tuple[int, int | None]]:
        own = {key[2:] for key in keys}
        owed = Obligation.objects.filter(mechanism=self.mechanism)
        for part in Instalment.objects.filter(obligation__in=owed, public_id__in=own):
            yield part.obligation_id, part.pk
        for row in owed.filter(public_id__in=own):
            yield row.pk, None

    def _tables_of(self, covers: tuple[tuple[int, int | None], ...]) -> set[str]:
        """A new bulletin brings the tables that its matters carry."""
        rows = Obligation.objects.filter(pk__in=[one for one, _part in covers])
        return {key for key in rows.values_list("figures", flat=True) if key in TABLES}


def first_values(bulletin: Bulletin) -> dict[str, Any]:
    """What the form of a draft begins with."""
    covered = bulletin.covered.select_related("obligation", "instalment")
    plain = ("title", "kind", "matter", "body", "restricted", "version")
    days = ("first_on", "last_on", "happened_on")
    return {
        **{name: getattr(bulletin, name) for name in (*plain, *days)},
        "covers": [
            f"i-{row.instalment.public_id}" if row.instalment else f"o-{row.obligation.public_id}"
            for row in covered
        ],
        "recipients": [
            row.organization for row in bulletin.circulations.select_related("organization")
        ],
        "tables": list(bulletin.tables.exclude(key=ERRATUM).values_list("key", flat=True)),
        "indicators": list(chosen_in(bulletin)),
    }


class ReasonForm(VersionForm):
    wide = ("reason",)
    reason = forms.CharField(
        label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )


class CommentForm(PortalForm):
    wide = ("text",)
    text = forms.CharField(
        label=_("Opinion"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )
    topic = forms.ChoiceField(label=_("About"), choices=OpinionTopic.choices, required=False)

    def given(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class ReplyForm(PortalForm):
    wide = ("text",)
    text = forms.CharField(
        label=_("Answer"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5})
    )

    def given(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class TableForm(PortalForm):
    """The cells of a table, and some empty rows below them."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, table: FigureTable, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.table = table
        self.count = len(table.rows) + MORE_ROWS
        if self.is_bound:
            sent = [name for name in self.data if name.startswith("c-")]
            rows = [int(name.split("-")[1]) + 1 for name in sent if name.split("-")[1].isdecimal()]
            self.count = min(max([self.count, *rows]), 80)

    def cells(self) -> list[list[dict[str, str]]]:
        """For the page: name, value and label of each cell."""
        return [[self._cell(row, column) for column in self._columns] for row in range(self.count)]

    @property
    def _columns(self) -> range:
        return range(len(self.table.columns))

    def _cell(self, row: int, column: int) -> dict[str, str]:
        name = f"c-{row}-{column}"
        kept = self.table.rows[row] if row < len(self.table.rows) else []
        value = str(kept[column]) if column < len(kept) else ""
        head = str(self.table.columns[column])
        label = gettext("Row %(n)d, %(head)s") % {"n": row + 1, "head": head}
        return {
            "name": name,
            "value": self.data.get(name, "") if self.is_bound else value,
            "label": label,
            "head": head,
        }

    def given(self) -> dict[str, Any]:
        rows = [
            [self.data.get(f"c-{row}-{column}", "") for column in self._columns]
            for row in range(self.count)
        ]
        return {"rows": rows, "version": self.cleaned_data["version"]}
