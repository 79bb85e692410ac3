"""The ledger of disputes: what it shows, and how it is read page by page."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, reduce
from itertools import groupby
from operator import and_, attrgetter, or_

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.dictionaries import area_name
from cases.filters import DisputeFilter, quick
from cases.imports.mapping import shipped
from cases.models import Dispute, Procedure
from cases.pills import Pill, pill_of_dispute
from cases.policy.circle import principals
from cases.reading import CAP, Key, Rows, access_rows, beyond, capped_counts, newest
from foundations.ledgers.chips import Chip, address
from foundations.ledgers.ledger import Column, Ledger
from foundations.ledgers.page import LedgerPage, counted
from members.standing import standing

GROUPINGS: dict[str, tuple[str | Promise, tuple[str, ...]]] = {
    "agency": (_("By agency"), ("agency__order", "agency")),
    "kind": (_("By procedure"), ("kind", "state")),
    "holder": (_("By who has to act"), ("holder__order", "holder")),
    "area": (_("By area"), ("area",)),
}


class DisputeLedger(Ledger):
    name = "disputes"
    title = _("Ledger of disputes")
    subtitle = _("From registration to the follow-up visit")
    model = Dispute
    filterset_class = DisputeFilter
    search_fields = ("number", "title", "act_number", "agency__name", "agency__short_name")
    search_hint = _("Case number, register number, title, unit")
    columns = (
        Column("title", _("Dispute")),
        Column("number", _("Register number"), shown=False),
        Column("state", _("State"), value=lambda row: pill_of_dispute(row)[2], width="168"),
        Column("holder", _("Who has to act"), value="holder.short_name", width="150"),
        Column("due", _("Next limit"), value="next_due_on", sort="next_due_on", width="160"),
        Column("agency", _("Agency"), value="agency.name", width="160", css="hide-s"),
        Column("area", _("Area"), value=lambda row: area_name(row.area), shown=False),
        Column("act_kind", _("Kind of act"), shown=False),
        Column("filed", _("Registered on"), value="filed_on", sort="filed_on", width="112"),
        Column("source", _("Came in by"), value="get_source_display", shown=False),
        Column("closed", _("Closed on"), value="closed_on", shown=False),
    )
    order = "-filed"
    row_template = "cases/_row.html"
    empty = _("No disputes here")
    empty_hint = _("A dispute stands here once it is registered, or imported from a table.")
    standing_views = (
        (_("In progress"), "standing=open"),
        (_("For us to act"), "mine=true"),
        (_("Overdue"), "due=over"),
        (_("To go on elsewhere"), "standing=onward"),
        (_("To be performed or visited"), "standing=aftermath"),
        (_("Enterprise"), "enterprise=true"),
        (_("All"), ""),
    )
    head_template = "cases/_list_head.html"


@dataclass(frozen=True)
class Line:
    dispute: Dispute
    pill: Pill
    heading: str = ""


class DisputePage(LedgerPage):
    """Pages follow each other by key, so that the last costs what the first does; what is
    sorted or grouped otherwise has numbered pages. Counts stop at a hundred."""

    cap = CAP

    def _searched(self, search: str) -> QuerySet:
        """Every word in the dispute itself or in a case number, whatever its brackets."""
        words = [self._holding(word) for word in search.split()]
        return self.all_rows.filter(reduce(and_, words)) if words else self.all_rows

    def _holding(self, word: str) -> Q:
        fields = self.definition.search_fields
        own = reduce(or_, (Q(**{f"{name}__icontains": word}) for name in fields))
        key = "".join(char for char in word if char.isalnum())
        numbered = Procedure.objects.filter(number_key__icontains=key)
        return own | Q(pk__in=numbered.values("dispute")) if key else own

    @cached_property
    def grouping(self) -> str:
        asked = self.query.get("group", "")
        return asked if asked in GROUPINGS else ""

    @property
    def groupings(self) -> list[tuple[str | Promise, str, bool]]:
        return [
            (words, address(self.query, group=key), key == self.grouping)
            for key, (words, _fields) in GROUPINGS.items()
        ]

    @property
    def ungrouped(self) -> str:
        return address(self.query, drop=("group",))

    @cached_property
    def chips(self) -> list[Chip]:
        """Offered are the agencies on this page; any other is found by its name."""
        chips: list[Chip] = super().chips
        for chip in chips:
            if chip.name == "agency" and not chip.value:
                agencies = {one.agency for one in self.shown}
                chip.options = [
                    (one.name, address(self.query, agency=one.public_id))
                    for one in sorted(agencies, key=attrgetter("order", "name"))
                ]
        return chips

    @property
    def by_key(self) -> bool:
        return self.sort == self.definition.order and not self.grouping

    @cached_property
    def rows(self) -> QuerySet:
        if not self.grouping:
            return super().rows
        fields = GROUPINGS[self.grouping][1]
        return self.narrowed(self.query).order_by(*fields, "-filed_on", "-pk")

    @cached_property
    def _slice(self) -> tuple[list[Dispute], bool, bool]:
        """The rows of this page, whether any stand before them and after them."""
        after, before = self._key("after"), self._key("before")
        most = self.definition.page_size + 1
        found = self._next(most, after, before)
        more = len(found) == most
        if before:
            return found[-(most - 1) :], more, True
        return found[: most - 1], after is not None, more

    def _next(self, most: int, after: Key | None, before: Key | None) -> list[Dispute]:
        where = self.quick(self.query)
        if where is not None:
            return newest(self.request.user, most, where=where, after=after, before=before)
        rows = beyond(self.narrowed(self.query), after=after, before=before)
        found = list(rows.select_related("agency", "holder")[:most])
        return found[::-1] if before else found

    def _key(self, name: str) -> Key | None:
        """Of the dispute that the address names; of one that is gone, nothing."""
        asked = self.query.get(name, "")
        if not asked:
            return None
        row = Dispute.objects.filter(public_id=asked).values_list("filed_on", "pk").first()
        return Key(*row) if row else None

    @cached_property
    def shown(self) -> list[Dispute]:
        return self._slice[0] if self.by_key else list(self.page.object_list)

    @property
    def lines(self) -> Iterator[Line]:
        if not self.grouping:
            yield from (Line(one, pill_of_dispute(one)) for one in self.shown)
            return
        for heading, held in groupby(self.shown, key=self._heading):
            for place, one in enumerate(held):
                yield Line(one, pill_of_dispute(one), "" if place else heading)

    def _heading(self, dispute: Dispute) -> str:
        if self.grouping == "agency":
            return str(dispute.agency.name)
        if self.grouping == "holder":
            return str(dispute.holder.name) if dispute.holder else "—"
        if self.grouping == "area":
            return area_name(dispute.area)
        return pill_of_dispute(dispute)[2]

    @property
    def width(self) -> int:
        return sum(column.shown for column in self.definition.columns)

    @property
    def earlier(self) -> str:
        """The address of the page before this one."""
        if not self._slice[1] or not self.shown:
            return ""
        return address(self.query, before=self.shown[0].public_id)

    @property
    def later(self) -> str:
        if not self._slice[2] or not self.shown:
            return ""
        return address(self.query, after=self.shown[-1].public_id)

    @property
    def first(self) -> str:
        return address(self.query)

    def _counts(self, queries: list[str]) -> list[int]:
        times = len(principals(standing(self.request.user)))
        return capped_counts([self._counted(QueryDict(query)) for query in queries], times)

    def _counted(self, query: QueryDict) -> Rows:
        """Rows of access where they tell as much as the disputes themselves."""
        where = self.quick(query)
        return self.narrowed(query) if where is None else access_rows(self.request.user, where)

    def quick(self, query: QueryDict) -> Q | None:
        return quick(query, self.request.user)

    @cached_property
    def total(self) -> str:
        """Of the present view: known where its pages are numbered, or if it is one of the
        tabs."""
        if not self.by_key:
            return str(self.page.paginator.count)
        told = next((tab.shown for tab in self.tabs if tab.current), "")
        return told or counted(self._counts([self.query.urlencode()])[0], CAP)

    @property
    def is_capped(self) -> bool:
        """Were the rows of this view not counted to the end?"""
        return self.total.endswith("+")

    @property
    def other_exports(self) -> list[tuple[str, str]]:
        query = address(self.query, drop=("after", "before"))
        return [
            (columns.name, reverse("cases:export", args=[f"shipped-{key}"]) + query)
            for key, columns in shipped().items()
        ]

    @property
    def count(self) -> int:
        """Of an export, which reads every row."""
        return self.rows.count()
