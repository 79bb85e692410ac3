from django.utils.translation import gettext as _

from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.actor import Actor, User
from foundations.audit.trail import action, record
from foundations.ledgers.models import SavedView

MOST_VIEWS = 12


@action
def save_view(ledger: str, *, actor: User, name: str, query: str) -> SavedView:
    """Keep `query` under `name` for `actor`; a view of that name takes the new query.

    Raises RuleBroken("too_many_views") beyond MOST_VIEWS on one ledger.
    """
    own = SavedView.objects.select_for_update().filter(owner=actor.pk, ledger=ledger)
    view = own.filter(name=name).first()
    if view is None and own.count() >= MOST_VIEWS:
        raise RuleBroken(
            "too_many_views",
            _("You have %(most)d views of this list. Delete one before saving another.")
            % {"most": MOST_VIEWS},
            field="name",
        )
    view = view or SavedView(owner=actor, ledger=ledger, name=name)
    view.query = query
    view.store()
    record(actor, "ledgers.view.saved", view, query=query)
    return view


@action
def delete_view(view_id: int, *, actor: Actor) -> None:
    view = SavedView.objects.select_for_update().get(pk=view_id)
    policy_for(SavedView).require(actor, "delete", view)
    record(actor, "ledgers.view.deleted", view, name=view.name)
    view.delete()
