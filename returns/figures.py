"""What can be counted of returns: who stated, studied and reviewed in a year (R21).

A return holds the figures that its text asks for under keys of its own. Three keys mean the
same in every text: `stated` (yes or no: the head stated how the law was kept), `studies` (a
count: the law was studied before a meeting) and `reviewed` (a rate: decisions that passed the
review of legality, of all that needed it). A return belongs to its year as a whole.
"""

from collections.abc import Collection, Hashable, Mapping

from django.db.models import (
    BigIntegerField,
    Case,
    Exists,
    F,
    FloatField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce
from django.db.models.lookups import GreaterThanOrEqual
from django.utils.translation import gettext_lazy as _

from foundations.access.policy import visible_to
from foundations.ledgers.ledger import Column
from members.models import Jurisdiction, User
from returns.fields import Field, fields_of
from returns.models import Return, ReturnDuty
from returns.states import FieldKind
from services.indicators.groups import units
from services.indicators.sources import UNIT, Group, Source, Terms

STATED, STUDIES, REVIEWED = "stated", "studies", "reviewed"
KINDS = {STATED: FieldKind.YES_NO, STUDIES: FieldKind.COUNT, REVIEWED: FieldKind.RATE}
WHOLE = r"^[0-9]{1,15}$"
"""A text may ask for something else under a key: only whole numbers are added up."""
SAME = {name: OuterRef(name) for name in ("duty", "organization", "year")}


def every_return(jurisdiction: Jurisdiction, reader: User | None) -> QuerySet[Return]:
    """With `least_…`: what is owed in the year under the key, null where it is not asked for;
    with `reviewed` and `to_review`, the two halves of that rate."""
    rows = Return.objects.all() if reader is None else visible_to(reader, Return)
    asked = _asked(jurisdiction)
    return rows.filter(jurisdiction=jurisdiction).annotate(
        **{f"least_{key}": _least(asked[key]) for key in KINDS},
        reviewed=_half(0),
        to_review=_half(1),
    )


def unit_years(jurisdiction: Jurisdiction, reader: User | None) -> QuerySet[Return]:
    """The newest return of a unit in a matter and a year: it stands for all of that year.

    Who may read one of them may read all. Nothing is annotated from a subquery here: the
    conditions below could not be summed over it.
    """
    of_place = Return.objects.filter(jurisdiction=jurisdiction).order_by()
    newest = of_place.values(*SAME).annotate(newest=Max("pk")).values("newest")
    return every_return(jurisdiction, reader).filter(pk__in=newest)


def _asked(jurisdiction: Jurisdiction) -> Mapping[str, dict[tuple[int, int], float]]:
    """What the returns of a year were asked for, by key and by matter and year."""
    found: dict[str, dict[tuple[int, int], float]] = {key: {} for key in KINDS}
    rows = Return.objects.filter(jurisdiction=jurisdiction).order_by()
    for duty, year, fields in rows.values_list("duty", "year", "fields").distinct():
        for field in fields_of(fields):
            if KINDS.get(field.key) == field.kind:
                held = found[field.key]
                held[duty, year] = max(_owed(field), held.get((duty, year), 0))
    return found


def _owed(field: Field) -> float:
    """Where a text names no least number, once will do."""
    return max(field.at_least or 1, 1)


def _least(asked: Mapping[tuple[int, int], float]) -> Case:
    whens = [When(duty=duty, year=year, then=Value(owed)) for (duty, year), owed in asked.items()]
    return Case(*whens, default=None, output_field=FloatField())


def _half(place: int) -> Case:
    """The part (0) or the whole (1) of the rate of reviews; nought where there is none."""
    path = f"values__{REVIEWED}__{place}"
    there = When(**{f"{path}__regex": WHOLE}, then=Cast(KT(path), BigIntegerField()))
    return Case(there, default=0, output_field=BigIntegerField())


def _opened(terms: Terms) -> Q:
    """Asked for by the day, in a year that the period touches."""
    years = (terms.first_on.year, terms.last_on.year)
    return Q(year__range=years, opened_on__lte=terms.on)


def _handed_in(terms: Terms) -> Q:
    """Handed in by the day: one that was sent back has no such day any more."""
    return Q(sent_on__lte=terms.on)


def _over(terms: Terms) -> Q:
    """The last day of every return of the year is over; on that day itself one is in time."""
    return ~Q(Exists(Return.objects.filter(**SAME, due_on__gte=terms.on)))


def _of_the_year(terms: Terms) -> QuerySet[Return]:
    """What the unit handed in of the matter in the year, by the day."""
    return Return.objects.filter(_handed_in(terms), **SAME).order_by()


def _stated(terms: Terms) -> Q:
    return Q(Exists(_of_the_year(terms).filter(values__stated=True)))


def _studied(terms: Terms) -> Q:
    studies = Sum(Cast(KT("values__studies"), BigIntegerField()))
    rows = _of_the_year(terms).filter(values__studies__regex=WHOLE)
    total = rows.values("duty").annotate(total=studies).values("total")
    return Q(GreaterThanOrEqual(Coalesce(Subquery(total), 0), F(f"least_{STUDIES}")))


def _reviews(terms: Terms) -> QuerySet:
    """One row with both halves, where any decision had to be reviewed."""
    rows = _of_the_year(terms).values("duty")
    return rows.annotate(part=Sum(_half(0)), whole=Sum(_half(1))).filter(whole__gt=0)


def _all_reviewed(terms: Terms) -> Q:
    return Q(Exists(_reviews(terms).filter(part=F("whole"))))


def _nothing_to_review(terms: Terms) -> Q:
    """Something was handed in, and no decision had to be reviewed."""
    return Q(Exists(_of_the_year(terms))) & ~Q(Exists(_reviews(terms)))


def _matters(keys: Collection[Hashable]) -> dict[Hashable, str]:
    rows = ReturnDuty.objects.filter(Q(("pk__in", keys))).order_by("order", "pk")
    return dict(rows.values_list("pk", "name"))


ASKED = {f"asks_{key}": Q(**{f"least_{key}__isnull": False}) for key in KINDS}
GROUPS = {
    UNIT: units("organization"),
    "matter": Group(_("Matter"), "duty", _matters),
}
NEAR = ("duty", "organization", "jurisdiction")
MATTER = Column("matter", _("Matter"), value="duty.name")
OF_UNIT = Column("unit", _("Unit"), value="organization.name", sort="organization__order")
RETURNS = Source(
    key="returns",
    label=_("Returns"),
    rows=every_return,
    conditions={
        **ASKED,
        "opened": _opened,
        "handed_in": _handed_in,
        "nil": Q(nil=True),
    },
    dates={"due": "due_on", "sent": "sent_on"},
    columns=(
        MATTER,
        Column("term", _("Term reported on"), value="label", width="140"),
        OF_UNIT,
        Column("state", _("State"), value="state_words", width="124"),
        Column("due_on", _("Due on"), sort="due_on", width="140"),
        Column("sent_on", _("Handed in on"), sort="sent_on", width="140"),
    ),
    groups=GROUPS,
    sums={"reviewed": "reviewed", "to_review": "to_review"},
    near=NEAR,
    unit="organization",
)
UNIT_YEARS = Source(
    key="unit_years",
    label=_("Units in a year"),
    rows=unit_years,
    conditions={
        **ASKED,
        "opened": _opened,
        "over": _over,
        "stated": _stated,
        "studied": _studied,
        "all_reviewed": _all_reviewed,
        "nothing_to_review": _nothing_to_review,
    },
    dates={"due": "due_on"},
    columns=(
        MATTER,
        Column("year", _("Year"), sort="year", width="88"),
        OF_UNIT,
        Column("due_on", _("Due on"), sort="due_on", width="140"),
    ),
    groups=GROUPS,
    near=NEAR,
    unit="organization",
)
SOURCES = (RETURNS, UNIT_YEARS)
