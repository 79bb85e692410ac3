"""What every action on a bulletin begins and ends with: lock it, move it, tell people."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from bulletins.models import Bulletin
from bulletins.states import BULLETIN_MOVES, BulletinState
from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.actor import Actor
from foundations.audit.trail import record
from foundations.notifications.send import notify_once
from members.models import Organization, User
from members.rosters import leaders_of, users_of
from suggestions.actions.steps import day_of

NEAR = ("jurisdiction", "mechanism", "issuer", "drafted_by", "corrects")


def locked_bulletin(bulletin_id: int) -> Bulletin:
    """The bulletin, locked until the transaction ends."""
    rows = Bulletin.objects.select_for_update(of=("self",)).select_related(*NEAR)
    return rows.get(pk=bulletin_id)


def move(bulletin: Bulletin, to: str, actor: Actor, **data: Any) -> None:
    """Change the state, or raise RuleBroken("bad_transition"); writes the audit entry."""
    before = BulletinState(bulletin.state)
    if to not in BULLETIN_MOVES[before]:
        message = _("What is “%(before)s” cannot become “%(to)s”.")
        names = {"before": before.label, "to": BulletinState(to).label}
        raise RuleBroken("bad_transition", message % names)
    bulletin.state = to
    bulletin.store()
    record(actor, f"bulletins.bulletin.{to}", bulletin, before=before.value, **data)


def require_told(bulletin: Bulletin) -> None:
    """Raise RuleBroken unless the bulletin was circulated and still stands."""
    if bulletin.state == BulletinState.WITHDRAWN:
        message = _("This bulletin was replaced by a correcting issue; go on there.")
        raise RuleBroken("withdrawn", message)
    if bulletin.state != BulletinState.CIRCULATED:
        raise RuleBroken("not_circulated", _("This bulletin has not been circulated yet."))


def tell(
    people: Iterable[User],
    bulletin: Bulletin,
    *,
    reason: str,
    title: str,
    at: datetime,
    actor: Actor,
) -> None:
    """Tell people once of a bulletin that they may see; whoever did it knows already."""
    others = [user for user in {one.pk: one for one in people}.values() if user != actor]
    if bulletin.restricted:
        policy = policy_for(Bulletin)
        others = [user for user in others if policy.sees(user, bulletin)]
    notify_once(others, bulletin, reason=reason, title=title, at=at)


def seconds_of(bulletin: Bulletin, at: datetime) -> list[User]:
    """Those of the issuer who may review and sign, the drafter left out."""
    on = day_of(at)
    people = [*leaders_of(bulletin.issuer, on), *users_of(bulletin.issuer, on)]
    return [user for user in people if user.pk != bulletin.drafted_by_id]


def people_of(units: Iterable[Organization], at: datetime) -> list[User]:
    return [user for unit in units for user in users_of(unit, day_of(at))]
