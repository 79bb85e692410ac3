"""What the ledger of suggestions shows: entries, groups, chosen columns, its foot."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, reduce
from operator import and_

from django import forms
from django.db.models import (
    Case,
    Count,
    DateField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
    prefetch_related_objects,
)
from django.db.models.functions import Coalesce, StrIndex
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundations.access.policy import visible_to
from foundations.access.requests import SignedInRequest
from foundations.ledgers.chips import Chip, address, pairs
from foundations.ledgers.ledger import Column, Ledger
from foundations.ledgers.page import Head, LedgerPage
from members.models import User
from suggestions.filters import SuggestionFilter, look
from suggestions.lines import Line, Pill, line_of, nearest_reply, pill_of, prefetch_lines
from suggestions.models import Addressee, Suggestion
from suggestions.numbers import clean_number
from suggestions.reminding import awaits, urgeable
from suggestions.stages import Stage, at_stage
from suggestions.states import AddresseeState, Status
from suggestions.work.reading import Reading

GROUPINGS = {"unit": _("By unit"), "status": _("By state")}
ALWAYS = ("letter", "unit")
USUAL = ("status", "served", "reply", "rectify", "verify")
FITTING = 8
URGENCY = (
    Status.OVERDUE,
    Status.NO_REPLY,
    Status.PARTLY_REPLIED,
    Status.UNDER_REVIEW,
    Status.TO_VERIFY,
    Status.RECTIFYING,
    Status.TO_SERVE,
    Status.DRAFT,
    Status.CLOSED,
    Status.WITHDRAWN,
)
"""The order of the groups by state. No word of it is part of another, see `_by_status`."""


class SuggestionLedger(Ledger):
    name = "suggestions"
    title = _("Ledger of suggestions")
    subtitle = _("With procuratorial suggestions, reconsideration opinions and opinion letters")
    model = Suggestion
    filterset_class = SuggestionFilter
    search_fields = ("number", "title")
    search_hint = _("Number, title, unit")
    columns = (
        Column("letter", _("Suggestion")),
        Column("status", _("State"), width="134"),
        Column("issuer", _("Issuer"), sort="issuer__order", width="120"),
        Column("area", _("Area"), sort="area", width="110"),
        Column("issued", _("Sent out on"), sort="issued_on", width="112"),
        Column("unit", _("Addressee"), width="150"),
        Column("served", _("Served"), width="92"),
        Column("reply", _("Reply due"), sort="reply_by", width="186"),
        Column("rectify", _("Rectification"), width="140"),
        Column("verify", _("Verification"), width="132"),
    )
    order = "reply"
    row_template = "suggestions/_row.html"
    empty = _("No suggestions here")
    standing_views = (
        (Stage.CURRENT.label, f"stage={Stage.CURRENT}"),
        (Stage.LATE.label, f"stage={Stage.LATE}"),
        (_("For me to handle"), "mine=true"),
        (Stage.VERIFY.label, f"stage={Stage.VERIFY}"),
        (_("Class of cases"), "form=class"),
        (_("All"), ""),
    )
    opens_on = f"stage={Stage.CURRENT}"
    urgent_view = f"stage={Stage.LATE}"
    head_template = "suggestions/_list_head.html"


def listed(user: User, on: date) -> QuerySet[Suggestion]:
    """What the reader sees, with `status` and `reply_by`, the first reply still owed; where
    none is, what is under way stands before what is closed."""
    owed = Addressee.objects.filter(
        suggestion=OuterRef("pk"), state=AddresseeState.SERVED, reply_due_on__isnull=False
    )
    first = Subquery(owed.order_by("reply_due_on").values("reply_due_on")[:1])
    under_way = Addressee.objects.live().filter(suggestion=OuterRef("pk"))
    never = Case(
        When(Exists(under_way), then=Value(date.max - timedelta(days=1))),
        default=Value(date.max),
        output_field=DateField(),
    )
    rows = visible_to(user, Suggestion).with_status(on)
    return rows.annotate(reply_by=Coalesce(first, never)).select_related("issuer", "mechanism")


@dataclass(frozen=True)
class Entry:
    """A letter in the list; `heading` begins a group. The counts are what bulk work asks."""

    letter: Suggestion
    pill: Pill
    lines: list[Line]
    heading: str = ""
    to_remind: int = 0
    to_urge: int = 0

    @property
    def height(self) -> int:
        return len(self.lines) or 1


class SuggestionPage(LedgerPage):
    """`columns` and `group` are in the address, so that a saved view keeps them."""

    def __init__(self, request: SignedInRequest, ledger: type[Ledger], rows: QuerySet) -> None:
        super().__init__(request, ledger, rows)
        self.on = timezone.localdate()
        look(request, self.on)

    @cached_property
    def grouping(self) -> str:
        asked = self.query.get("group", "")
        return asked if asked in GROUPINGS else ""

    @cached_property
    def chosen(self) -> set[str]:
        known = {column.key for column in self.definition.columns}
        asked = known & set(self.query.getlist("columns"))
        return {*ALWAYS, *(asked or USUAL)}

    @property
    def heads(self) -> list[Head]:
        return [self._head(one) for one in self.definition.columns if one.key in self.chosen]

    @property
    def width(self) -> int:
        """Columns of the table, the one of the boxes included."""
        return len(self.chosen) + 1

    @property
    def is_wide(self) -> bool:
        """Are more columns chosen than fit beside each other in a window?"""
        return len(self.chosen) > FITTING

    def _searched(self, search: str) -> QuerySet:
        """Every word in the number, the title or the name of an addressee."""
        words = [self._holding(word) for word in search.split()]
        return self.all_rows.filter(reduce(and_, words)) if words else self.all_rows

    def _holding(self, word: str) -> Q:
        names = Q(organization__name__icontains=word) | Q(organization__short_name__icontains=word)
        names |= Q(organization__initials__icontains=word)
        number = Q(number__icontains=word) | Q(number__icontains=clean_number(word)[0])
        unit = Exists(Addressee.objects.filter(names, suggestion=OuterRef("pk")))
        return number | Q(title__icontains=word) | Q(unit)

    @cached_property
    def rows(self) -> QuerySet:
        rows = super().rows
        if self.grouping == "status":
            return _by_status(rows)
        return self._by_unit(rows) if self.grouping == "unit" else rows

    def _by_unit(self, rows: QuerySet) -> QuerySet:
        """A row for each addressee that the filters ask for, under its unit."""
        asked = Addressee.objects.filter(self.asked)
        order = ("addressees__organization__order", "addressees__organization")
        by_line = rows.filter(addressees__in=asked).annotate(line=F("addressees"))
        return by_line.order_by(*order, *rows.query.order_by)

    @cached_property
    def asked(self) -> Q:
        """What the filters ask of addressees."""
        filterset = self._filterset(self.query, self.all_rows)
        return filterset.lines() if isinstance(filterset, SuggestionFilter) else Q()

    @cached_property
    def chips(self) -> list[Chip]:
        """The filters, of `mine` only when set, as it has a view of its own; where there are
        rows, how they are grouped and which columns."""
        found = [chip for chip in super().chips if chip.value or chip.name != "mine"]
        return [*found, self._group_chip, self._column_chip] if self.count else found

    @property
    def _group_chip(self) -> Chip:
        chip = Chip("group", gettext("Grouped"), ("group",))
        if self.grouping:
            chip.value = str(GROUPINGS[self.grouping])
            chip.without = address(self.query, drop=("group",))
        else:
            chip.options = [
                (str(label), address(self.query, group=key)) for key, label in GROUPINGS.items()
            ]
        return chip

    @property
    def _column_chip(self) -> Chip:
        label = gettext("Columns %(n)d") % {"n": len(self.chosen)}
        chip = Chip("columns", label, ("columns",))
        offered = [
            (one.key, one.label) for one in self.definition.columns if one.key not in ALWAYS
        ]
        chip.widget = ColumnForm(offered, self.chosen)["columns"]
        chip.kept = pairs(self.query, drop=("columns",))
        return chip

    @cached_property
    def entries(self) -> list[Entry]:
        letters = list(self.page.object_list)
        prefetch_related_objects(letters, prefetch_lines())
        reading = Reading(self.request.user, self.on)
        reading.share(letters)
        urged = reading.urging(letters)
        return list(self._entries(letters, urged))

    def _entries(self, letters: list[Suggestion], urged: set[int]) -> Iterator[Entry]:
        before = ""
        for letter in letters:
            entry = self.entry_of(letter, may_urge=letter.pk in urged)
            group = self._group_of(entry)
            heading, before = ("" if group == before else group), group
            yield Entry(**{**vars(entry), "heading": heading})

    def entry_of(self, letter: Suggestion, *, may_urge: bool = False) -> Entry:
        addressees = list(letter.addressees.all())
        only = getattr(letter, "line", None)
        shown = [one for one in addressees if only in (None, one.pk)]
        status = letter.__dict__["status"]
        return Entry(
            letter,
            pill_of(status, nearest_reply(letter), self.on),
            [line_of(one, self.on) for one in shown],
            to_remind=sum(awaits(one) for one in addressees) if may_urge else 0,
            to_urge=sum(urgeable(one, self.on) for one in addressees) if may_urge else 0,
        )

    def _group_of(self, entry: Entry) -> str:
        if self.grouping == "status":
            return entry.pill.words
        if self.grouping == "unit":
            return entry.lines[0].addressee.organization.name
        return ""

    @cached_property
    def foot(self) -> dict[str, int]:
        """Letters and addressees of the whole view, and how many of these are late or soon."""
        letters = self.narrowed(self.query).order_by().values("pk")
        rows = Addressee.objects.filter(suggestion__in=letters)
        if self.grouping == "unit":
            rows = rows.filter(self.asked)
        return rows.aggregate(
            letters=Count("suggestion", distinct=True),
            units=Count("pk"),
            late=Count("pk", filter=at_stage(Stage.LATE, self.on)),
            soon=Count("pk", filter=at_stage(Stage.SOON, self.on)),
        )

    @property
    def letters(self) -> int:
        return self.foot["letters"] if self.grouping == "unit" else self.count


class ColumnForm(forms.Form):
    """Which columns are shown; rendered only, the address is read without it."""

    def __init__(self, offered: list[tuple], chosen: set[str]) -> None:
        super().__init__(initial={"columns": sorted(chosen)}, auto_id="ledger_%s")
        self.fields["columns"] = forms.MultipleChoiceField(
            choices=offered, widget=forms.CheckboxSelectMultiple
        )


def _by_status(rows: QuerySet) -> QuerySet:
    """In the order of URGENCY. By the place of the word in a list: a Case over `status`
    would repeat all its subqueries for each word."""
    places = Value(" ".join(URGENCY))
    placed = rows.annotate(place=StrIndex(places, F("status")))
    return placed.order_by("place", *rows.query.order_by)
