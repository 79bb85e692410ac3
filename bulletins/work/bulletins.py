"""Bulletins on a desk: to review, to sign, to circulate, to sign for; drafts returned."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from bulletins.models import Bulletin, Circulation
from bulletins.states import BulletinState
from foundations.access.policy import policy_for, visible_to
from foundations.ledgers.work import WorkItem
from members.desk import Desk, Sort, Sorts
from members.models import User

IN_STEPS = (
    BulletinState.REVIEWING,
    BulletinState.RETURNED,
    BulletinState.APPROVED,
    BulletinState.SIGNED,
)


def sorts(desk: Desk) -> Sorts:
    if not desk.mine.is_staff:
        return
    if desk.works:
        sent = Circulation.objects.filter(
            organization__in=desk.units,
            sent_at__isnull=False,
            received_at=None,
            bulletin__state=BulletinState.CIRCULATED,
            bulletin__in=visible_to(desk.user, Bulletin),
        )
        yield Sort(sent, _to_receive)
    rows = visible_to(desk.user, Bulletin)
    yield Sort(rows.filter(state__in=IN_STEPS, issuer__in=desk.units), _in_steps)


def _to_receive(_desk: Desk, rows: QuerySet[Circulation]) -> list[WorkItem]:
    near = rows.select_related("bulletin__issuer", "organization").order_by("sent_at", "pk")
    bulletins = {row.bulletin_id: row.bulletin for row in near}
    return [_item(one, "sign", _("Sign for it")) for one in bulletins.values()]


def _in_steps(desk: Desk, rows: QuerySet[Bulletin]) -> list[WorkItem]:
    found = []
    for one in rows.select_related("issuer").order_by("pk"):
        step = _step(desk.user, one)
        if step:
            found.append(_item(one, *step))
    return found


def _step(user: User, one: Bulletin) -> tuple[str, str] | None:
    """What the user has to do with it; nothing of the other's step."""
    may = policy_for(Bulletin).can
    if one.state == BulletinState.RETURNED:
        own = one.drafted_by_id in (user.pk, None)
        return ("returned", _("Change the draft")) if own else None
    if one.state == BulletinState.SIGNED:
        return ("todo", _("Circulate")) if may(user, "circulate", one) else None
    if may(user, "sign", one) and one.state == BulletinState.APPROVED:
        return "todo", _("Sign the bulletin")
    if may(user, "review", one):
        return "todo", _("Review")
    return None


def _item(one: Bulletin, group: str, verb: str) -> WorkItem:
    meta = (str(one.get_kind_display()), one.issue)
    return WorkItem(
        group=group,
        title=one.title,
        url=_url(one, group),
        verb=verb,
        meta=tuple(filter(None, meta)),
        party=one.issuer.short_name,
        party_note=one.return_reason if group == "returned" else "",
    )


def _url(one: Bulletin, group: str) -> str:
    if group == "returned":
        return reverse("bulletins:edit", args=[one.public_id])
    return one.get_absolute_url()
