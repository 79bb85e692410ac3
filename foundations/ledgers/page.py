"""One reading of a ledger: the rows that the address asks for, and what the page shows."""

from dataclasses import dataclass
from functools import cached_property, reduce
from operator import and_, or_
from typing import TYPE_CHECKING

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django_filters import FilterSet

from foundations.access.requests import SignedInRequest
from foundations.ledgers.chips import EVERYTHING, Chip, address, chips_of, pairs
from foundations.ledgers.models import SavedView

if TYPE_CHECKING:
    from foundations.ledgers.ledger import Column, Ledger


@dataclass
class ViewTab:
    label: str
    query: str
    count: int
    current: bool
    urgent: bool = False
    saved: SavedView | None = None
    cap: int = 0

    @property
    def shown(self) -> str:
        return counted(self.count, self.cap)


@dataclass
class Head:
    """The head of a column; `address` sorts by it, the other way round the second time."""

    label: str | Promise
    width: str
    css: str
    address: str = ""
    direction: str = ""


@dataclass
class WayOut:
    """A condition without which there would be rows."""

    label: str
    count: int
    address: str


def counted(number: int, cap: int) -> str:
    """A count that stopped behind `cap` is told as such; 0 stands for no cap."""
    return f"{cap}+" if cap and number > cap else str(number)


class LedgerPage:
    """`cap`: where the counts of a ledger stop that may be too long to count through."""

    cap = 0

    def __init__(self, request: SignedInRequest, ledger: "type[Ledger]", rows: QuerySet) -> None:
        self.request = request
        self.definition = ledger
        self.all_rows = rows
        self.query: QueryDict = request.GET or QueryDict(ledger.opens_on)
        self.search = self.query.get("q", "").strip()

    def narrowed(self, query: QueryDict) -> QuerySet:
        """The rows that the search and the filters of `query` leave, in no order."""
        rows = self._searched(query.get("q", ""))
        filterset = self._filterset(query, rows)
        return rows if filterset is None else filterset.qs

    def _filterset(self, query: QueryDict, rows: QuerySet) -> FilterSet | None:
        made = self.definition.filterset_class
        return made(data=query, queryset=rows, request=self.request) if made else None

    def _searched(self, search: str) -> QuerySet:
        """Every word must occur in one of the fields."""
        words = [
            reduce(
                or_, (Q(**{f"{name}__icontains": word}) for name in self.definition.search_fields)
            )
            for word in search.split()
            if self.definition.search_fields
        ]
        return self.all_rows.filter(reduce(and_, words)) if words else self.all_rows

    @cached_property
    def rows(self) -> QuerySet:
        """All rows of the view in their order; ties by key, so that pages don't overlap."""
        key = self.sort.removeprefix("-")
        columns = {column.key: column.sort_fields for column in self.definition.columns}
        fields = [
            f"-{name}" if self.sort.startswith("-") else name for name in columns.get(key, ())
        ]
        return self.narrowed(self.query).order_by(*fields, "-pk")

    @cached_property
    def sort(self) -> str:
        """The column asked for, with its minus sign, or the order of the ledger."""
        asked = self.query.get("sort", "")
        sortable = {column.key for column in self.definition.columns if column.sort_fields}
        return asked if asked.removeprefix("-") in sortable else self.definition.order

    @cached_property
    def page(self) -> Page:
        return Paginator(self.rows, self.definition.page_size).get_page(self.query.get("page"))

    @property
    def count(self) -> int:
        return self.page.paginator.count

    @cached_property
    def pages(self) -> list[tuple[str, str]]:
        """(number, address) of the pages to offer; an ellipsis has no address."""
        numbers = self.page.paginator.get_elided_page_range(self.page.number, on_ends=1)
        return [
            (str(number), address(self.query, page=number) if isinstance(number, int) else "")
            for number in numbers
        ]

    @property
    def page_number(self) -> str:
        return str(self.page.number)

    @property
    def heads(self) -> list[Head]:
        return [self._head(column) for column in self.definition.columns if column.shown]

    def _head(self, column: "Column") -> Head:
        head = Head(column.label, column.width, column.css)
        if column.sort_fields:
            if self.sort.removeprefix("-") == column.key:
                head.direction = "descending" if self.sort.startswith("-") else "ascending"
            turned = f"-{column.key}" if head.direction == "ascending" else column.key
            head.address = address(self.query, sort=turned)
        return head

    @cached_property
    def chips(self) -> list[Chip]:
        filterset = self._filterset(self.query, self.all_rows)
        return [] if filterset is None else chips_of(filterset.form, self.query)

    @property
    def search_keeps(self) -> list[tuple[str, str]]:
        return pairs(self.query, drop=("q",))

    @cached_property
    def tabs(self) -> list[ViewTab]:
        """Standing views, then the reader's own, each with its count; one query for all."""
        standing = self.definition.standing_views or ((_("All"), ""),)
        saved = list(
            SavedView.objects.filter(owner=self.request.user.pk, ledger=self.definition.name)
        )
        views: list[tuple[str, str, SavedView | None]] = [
            (str(label), query, None) for label, query in standing
        ]
        views += [(view.name, view.query, view) for view in saved]
        counts = self._counts([query for _label, query, _view in views])
        here = _signature(self.query.urlencode())
        return [
            ViewTab(
                label,
                query or EVERYTHING,
                count,
                current=_signature(query) == here,
                urgent=bool(count and query and query == self.definition.urgent_view),
                saved=view,
                cap=self.cap,
            )
            for (label, query, view), count in zip(views, counts, strict=True)
        ]

    def _counts(self, queries: list[str]) -> list[int]:
        found = {
            f"view{place}": Count(
                "pk",
                filter=Q(pk__in=self.narrowed(QueryDict(query)).order_by().values("pk")),
                distinct=True,
            )
            for place, query in enumerate(queries)
        }
        counts = self.definition.model._base_manager.aggregate(**found) if found else {}
        return [counts[f"view{place}"] for place in range(len(queries))]

    @property
    def saved_views(self) -> list[SavedView]:
        return [tab.saved for tab in self.tabs if tab.saved]

    @property
    def view_query(self) -> str:
        """The present view as it is saved."""
        return address(self.query).removeprefix("?")

    @property
    def exports(self) -> list[tuple[str, str]]:
        return [(kind, address(self.query, export=kind)) for kind in ("xlsx", "csv")]

    @property
    def other_exports(self) -> list[tuple[str, str]]:
        """(label, address) of files of this view in the columns of others."""
        return []

    @cached_property
    def conditions(self) -> list[str]:
        """What narrows the list now, in words."""
        words = [f"{chip.label} {chip.value}" for chip in self.chips if chip.value]
        if self.search:
            words.insert(0, _("Search %(words)s") % {"words": self.search})
        return words

    @cached_property
    def ways_out(self) -> list[WayOut]:
        """For an empty list: the conditions without which there would be rows."""
        dropped = [
            (f"{chip.label} {chip.value}", chip.without) for chip in self.chips if chip.value
        ]
        if self.search:
            dropped.append(
                (_("Search %(words)s") % {"words": self.search}, address(self.query, drop=("q",)))
            )
        counts = self._counts([where.removeprefix("?") for _label, where in dropped])
        ways = [
            WayOut(label, count, where)
            for (label, where), count in zip(dropped, counts, strict=True)
            if count
        ]
        return sorted(ways, key=lambda way: -way.count)[:3]


def _signature(query: str) -> list[tuple[str, str]]:
    """What two addresses of the same view have in common."""
    return sorted(pairs(QueryDict(query)))
