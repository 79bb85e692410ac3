"""What can be counted of letters of advice: who replied in time, adopted, carried out (R8-R11).

The rows are addressees: a letter to three units is counted three times, but is one letter
sent (C4).
"""

from collections.abc import Collection, Hashable

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from foundations.access.policy import visible_to
from foundations.ledgers.ledger import Column
from members.models import Jurisdiction, User
from services.indicators import sources
from services.indicators.groups import units
from services.indicators.sources import UNIT, Condition, Group, Source, Terms
from suggestions.models import Addressee, Suggestion
from suggestions.states import AddresseeState, Attitude, Form, Kind, LetterState

A = AddresseeState
ADOPTED = (Attitude.ACCEPTED, Attitude.PARTLY)
GONE = (A.DRAFT, A.WITHDRAWN)


def addressees(jurisdiction: Jurisdiction, reader: User | None) -> QuerySet[Addressee]:
    rows = Addressee.objects.all() if reader is None else visible_to(reader, Addressee)
    return rows.filter(suggestion__jurisdiction=jurisdiction)


def letters(jurisdiction: Jurisdiction, reader: User | None) -> QuerySet[Suggestion]:
    rows = Suggestion.objects.all() if reader is None else visible_to(reader, Suggestion)
    return rows.filter(jurisdiction=jurisdiction)


LETTER: dict[str, Condition] = {
    "judicial": Q(kind=Kind.JUDICIAL),
    "procuratorial": Q(kind=Kind.PROCURATORIAL),
    "public_interest": Q(form__in=(Form.PUBLIC_INTEREST, Form.URGENT)),
    "urgent": Q(form=Form.URGENT),
}
"""What holds of a letter holds of each of its addressees."""
SENT = Q(state=LetterState.ISSUED) & Q(
    pk__in=Addressee.objects.exclude(state__in=GONE).values("suggestion")
)
STANDS = Q(suggestion__state=LetterState.ISSUED) & ~Q(state__in=GONE)


def _sent_in_period(terms: Terms) -> Q:
    return Q(suggestion__issued_on__range=(terms.first_on, terms.last_on))


def _over(terms: Terms) -> Q:
    """The last day is over; on that day itself a reply is still in time."""
    return Q(reply_due_on__lt=terms.on)


def _replied(terms: Terms) -> Q:
    """A reply is there, and no other one was asked for in its place."""
    return Q(replied_on__lte=terms.on) & ~Q(state=A.SERVED)


def _in_time(terms: Terms) -> Q:
    return _replied(terms) & Q(reply_late=False)


def _late(terms: Terms) -> Q:
    return _replied(terms) & Q(reply_late=True)


def _adopted(terms: Terms) -> Q:
    return _replied(terms) & Q(attitude__in=ADOPTED)


def _refused(terms: Terms) -> Q:
    return _replied(terms) & ~Q(attitude__in=ADOPTED)


def _confirmed(terms: Terms) -> Q:
    """Found in place by the issuer, not by the unit; no longer so once it was taken up again."""
    return _adopted(terms) & Q(state=A.CLOSED, verified_on__lte=terms.on)


def _being_carried_out(terms: Terms) -> Q:
    """Adopted, and there is time left to carry it out."""
    return _adopted(terms) & Q(state=A.RECTIFYING, rectify_due_on__gte=terms.on)


def _kinds(keys: Collection[Hashable]) -> dict[Hashable, str]:
    return {key: str(name) for key, name in Kind.choices if key in keys}


def _areas(keys: Collection[Hashable]) -> dict[Hashable, str]:
    named = sorted(str(key) for key in keys if key)
    words: dict[Hashable, str] = {key: key for key in named}
    return words | ({"": str(_("Area not stated"))} if "" in keys else {})


def _groups(unit: str, letter: str) -> dict[str, Group]:
    """`letter` stands before the columns of the letter. Its area is in its writer's words."""
    return {
        UNIT: units(unit),
        "issuer": Group(_("Issuer"), f"{letter}issuer", units("").words),
        "kind": Group(_("Kind"), f"{letter}kind", _kinds),
        "letter_area": Group(_("Area"), f"{letter}area", _areas),
    }


ADDRESSEES = Source(
    key="addressees",
    label=_("Addressees of suggestions"),
    rows=addressees,
    conditions={
        **sources.within(LETTER, "suggestion__"),
        "stands": STANDS,
        "withdrawn": Q(suggestion__issued_on__isnull=False) & ~STANDS,
        "with_term": Q(reply_due_on__isnull=False),
        "sent_in_period": _sent_in_period,
        "over": _over,
        "replied": _replied,
        "in_time": _in_time,
        "late": _late,
        "adopted": _adopted,
        "refused": _refused,
        "confirmed": _confirmed,
        "being_carried_out": _being_carried_out,
    },
    dates={"due": "reply_due_on", "issued": "suggestion__issued_on"},
    columns=(
        Column("number", _("Document number"), value="suggestion.number", width="180"),
        Column("title", _("Title"), value="suggestion.title"),
        Column("unit", _("Addressee"), value="organization.name", sort="organization__order"),
        Column("state", _("State"), value="get_state_display", width="112"),
        Column("reply_due_on", _("Reply due"), sort="reply_due_on", width="132"),
        Column("replied_on", _("Replied on"), sort="replied_on", width="132"),
        Column("attitude", _("Attitude"), value="get_attitude_display", width="112"),
        Column("verified_on", _("Verified on"), sort="verified_on", width="132"),
    ),
    groups=_groups("organization", "suggestion__"),
    near=("suggestion__issuer", "suggestion__jurisdiction", "organization"),
    unit="organization",
    record="suggestion",
)
LETTERS = Source(
    key="letters",
    label=_("Suggestions"),
    rows=letters,
    conditions={
        **LETTER,
        "stands": SENT,
        "withdrawn": Q(issued_on__isnull=False) & ~SENT,
    },
    dates={"issued": "issued_on"},
    columns=(
        Column("number", _("Document number"), width="180"),
        Column("title", _("Title")),
        Column("kind", _("Kind"), value="get_kind_display", width="132"),
        Column("issuer", _("Issuer"), value="issuer.name", sort="issuer__order"),
        Column("issued_on", _("Sent out on"), sort="issued_on", width="132"),
    ),
    groups=_groups("addressees__organization", ""),
    near=("issuer", "jurisdiction"),
    apiece=ADDRESSEES,
)


def register() -> None:
    for one in (ADDRESSEES, LETTERS):
        sources.register(one)
