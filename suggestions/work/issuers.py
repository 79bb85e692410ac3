"""What lies on the desk of who advised: to serve, to urge, to review, to verify."""

from datetime import date

from django.utils.translation import gettext as _

from foundations.ledgers.work import WorkItem
from suggestions.models import Addressee
from suggestions.reminding import urgeable
from suggestions.states import AddresseeState
from suggestions.work.reading import Reading, Task, address

A = AddresseeState


def tasks(reading: Reading) -> list[Task]:
    found = []
    for one in reading.addressees:
        item = _item_of(reading, one)
        if item is not None:
            found.append((one.suggestion_id, item))
    return found


def _item_of(reading: Reading, addressee: Addressee) -> WorkItem | None:
    issuer = reading.is_ours(addressee.suggestion.issuer)
    if urgeable(addressee, reading.on):
        urges = addressee.suggestion_id in reading.letters_urged
        return _late(addressee) if urges else None
    if not issuer:
        return None
    making = {
        A.SENT: _unserved,
        A.SERVED: _unanswered,
        A.OBJECTED: _objection,
        A.REFUSED: _refusal,
        A.RECTIFYING: _under_way,
        A.TO_VERIFY: _to_verify,
    }
    return making[A(addressee.state)](addressee)


def _late(addressee: Addressee) -> WorkItem:
    """A reply or the carrying out. Once urged, it waits until that measure is settled."""
    names = {
        "unit": addressee.organization.short_name,
        "title": addressee.suggestion.title,
    }
    if addressee.state == A.SERVED:
        title, due = _("Urge %(unit)s to reply to “%(title)s”"), addressee.reply_due_on
    else:
        title, due = _("Urge %(unit)s to carry out “%(title)s”"), addressee.rectify_due_on
    if getattr(addressee, "urged", False):
        url = addressee.get_absolute_url()
        return _item(addressee, "waiting", _("View"), url, due, title % names)
    url = address("urge", addressee)
    return _item(addressee, "todo", _("Issue an urging letter"), url, due, title % names)


def _unserved(addressee: Addressee) -> WorkItem:
    """A unit with an account signs in the portal; any other is served on paper."""
    group = "waiting" if getattr(addressee, "has_account", False) else "todo"
    return _item(addressee, group, _("Record the service"), address("serve", addressee))


def _unanswered(addressee: Addressee) -> WorkItem:
    due = addressee.reply_due_on
    if getattr(addressee, "has_account", False):
        url = addressee.get_absolute_url()
        return _item(addressee, "waiting", _("View"), url, due)
    url = address("register", addressee)
    return _item(addressee, "waiting", _("Enter the reply"), url, due)


def _objection(addressee: Addressee) -> WorkItem:
    due = getattr(addressee, "review_due_on", None)
    url = address("objection", addressee)
    return _item(addressee, "todo", _("Answer the objection"), url, due)


def _refusal(addressee: Addressee) -> WorkItem:
    due = getattr(addressee, "review_due_on", None)
    return _item(addressee, "todo", _("Review the reasons"), address("review", addressee), due)


def _under_way(addressee: Addressee) -> WorkItem:
    url = addressee.get_absolute_url()
    return _item(addressee, "waiting", _("View"), url, addressee.rectify_due_on)


def _to_verify(addressee: Addressee) -> WorkItem:
    due = getattr(addressee, "verify_due_on", None)
    return _item(addressee, "todo", _("Verify"), address("verify", addressee), due)


def _item(
    addressee: Addressee,
    group: str,
    verb: str,
    url: str,
    day: date | None = None,
    title: str = "",
) -> WorkItem:
    letter = addressee.suggestion
    return WorkItem(
        group=group,
        title=title or letter.title,
        url=url,
        verb=verb,
        day=day,
        meta=(letter.number, addressee.get_state_display()),
        party=addressee.organization.short_name,
        party_note=_("addressee"),
    )
