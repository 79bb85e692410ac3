"""Of hearings: calls to sign for, slips to send, hearings of the week, who came."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.hearings.states import Finding, HearingState, Joint
from cases.models import Appearance, Hearing, SessionCall, SessionState
from cases.work.desk import MOST, Desk, matter
from foundations.ledgers.work import WorkItem
from members.desk import Sort, Sorts

WEEK = timedelta(days=7)
SET, HELD = HearingState.SET, HearingState.HELD


def sorts(desk: Desk) -> Sorts:
    if desk.works:
        coming = Hearing.objects.filter(state=SET, on__lte=desk.on + WEEK)
        yield Sort(_attending(desk), _of_agencies)
        yield Sort(coming.filter(procedure__organ__in=desk.units), _of_organs)
        calls = SessionCall.objects.filter(organization__in=desk.units, replied_at=None)
        yield Sort(calls.filter(session__state=SessionState.PLANNED), _called)


def _called(_desk: Desk, rows: QuerySet[SessionCall]) -> Iterator[WorkItem]:
    """A head is asked to come to a mediation session, and nobody has said who comes (WJ-16)."""
    near = rows.select_related("session__procedure__organ", "session__procedure__dispute__agency")
    for one in near.order_by("session__starts_at", "pk")[:MOST]:
        procedure = one.session.procedure
        yield matter(
            procedure.dispute,
            _("Call to a mediation session"),
            reverse("cases:session-call", args=[procedure.dispute.public_id, one.public_id]),
            _("Say who comes"),
            group="sign",
            day=timezone.localtime(one.session.starts_at).date(),
            number=procedure.number,
            party=procedure.organ.short_name,
        )


def _attending(desk: Desk) -> QuerySet[Appearance]:
    """Of the agencies at a hearing: theirs to answer, the organ's to record."""
    coming = Q(organization__in=desk.units, hearing__state=SET, hearing__on__gte=desk.on)
    own = Q(hearing__procedure__organ__in=desk.units)
    unrecorded = Q(hearing__state=HELD, recorded_at=None)
    excused = Q(hearing__state=SET, finding=Finding.PENDING) & ~Q(ground="")
    asked = Q(hearing__state=SET, joint=Joint.PROPOSED, joint_with__organization__in=desk.units)
    return Appearance.objects.filter(coming | (own & (unrecorded | excused)) | asked)


def _of_agencies(desk: Desk, rows: QuerySet[Appearance]) -> Iterator[WorkItem]:
    near = rows.select_related("organization", "joint_with", "hearing__procedure__dispute__agency")
    for one in near.order_by("hearing__on", "pk")[:MOST]:
        if one.hearing.procedure.organ_id in desk.units:
            yield from _to_record(one)
        elif one.organization_id in desk.units:
            yield from _to_answer(one, desk)
        else:
            yield _appearance(one, "agree", _("A co-defendant asks for our head"), _("Agree"))


def _to_answer(one: Appearance, desk: Desk) -> Iterator[WorkItem]:
    if one.call and one.called_on is None:
        words = _("Call of the head to the hearing")
        yield _appearance(one, "sign", words, _("Sign for it"), group="sign")
    if one.replied_at is None:
        words = _("Reply slip of the hearing")
        yield _appearance(one, "reply", words, _("Send the reply slip"))
    elif one.hearing.on <= desk.on + WEEK:
        yield _hearing(one.hearing, one.hearing.get_absolute_url(), _("Look"), group="waiting")


def _to_record(one: Appearance) -> Iterator[WorkItem]:
    if one.hearing.state == HELD and one.recorded_at is None:
        yield _appearance(one, "record", _("Who appeared is not recorded"), _("Record"))
    elif one.hearing.state == SET:
        yield _appearance(one, "finding", _("A head cannot come"), _("Examine the reasons"))


def _appearance(
    one: Appearance, key: str, what: str, verb: str, *, group: str = "todo"
) -> WorkItem:
    procedure = one.hearing.procedure
    return matter(
        procedure.dispute,
        what,
        reverse(f"cases:appearance-{key}", args=[one.public_id]),
        verb,
        group=group,
        day=one.hearing.on,
        number=procedure.number,
        party=one.organization.short_name,
    )


def _of_organs(desk: Desk, rows: QuerySet[Hearing]) -> Iterator[WorkItem]:
    """The own hearings of the week, and those whose day is past and that nobody recorded."""
    near = rows.select_related("procedure__organ", "procedure__dispute__agency")
    for one in near.order_by("on", "starts_at", "pk")[:MOST]:
        if one.on > desk.on:
            yield _hearing(one, one.get_absolute_url(), _("Look"), group="waiting")
        else:
            yield _hearing(one, reverse("cases:hearing-hold", args=[one.public_id]), _("Record"))


def _hearing(one: Hearing, url: str, verb: str, *, group: str = "todo") -> WorkItem:
    procedure = one.procedure
    what = _("Hearing at %(time)s, %(place)s") % {
        "time": f"{one.starts_at:%H:%M}",
        "place": one.place,
    }
    return matter(
        procedure.dispute, what, url, verb, group=group, day=one.on, number=procedure.number
    )
