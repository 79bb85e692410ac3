"""What lies on the desk of a unit that was advised: to sign for, to reply, to carry out."""

from datetime import date

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from foundations.ledgers.work import WorkItem
from suggestions.models import Addressee, Measure
from suggestions.states import AddresseeState, MeasureState
from suggestions.work.reading import Reading, Task, address

A = AddresseeState


def tasks(reading: Reading) -> list[Task]:
    ours = [one for one in reading.addressees if reading.is_ours(one.organization)]
    prefetch_related_objects([one for one in ours if one.state == A.RECTIFYING], "measures")
    return [(one.suggestion_id, item) for one in ours for item in _items(one)]


def _items(addressee: Addressee) -> list[WorkItem]:
    page = addressee.get_absolute_url()
    if addressee.state == A.SENT:
        return [_item(addressee, "sign", _("Sign for"), page)]
    if addressee.state == A.SERVED:
        again = addressee.replied_on is not None
        group, verb = ("returned", _("Reply again")) if again else ("todo", _("Reply"))
        due = addressee.reply_due_on
        return [_item(addressee, group, verb, address("reply", addressee), due)]
    if addressee.state == A.RECTIFYING:
        return _rectification(addressee)
    return [_item(addressee, "waiting", _("View"), page)]


def _rectification(addressee: Addressee) -> list[WorkItem]:
    """A matter for each measure under way; without one, what comes before or after."""
    measures = list(addressee.measures.all())
    under_way = [one for one in measures if one.state == MeasureState.OPEN]
    if under_way:
        return [_of_measure(addressee, one) for one in under_way]
    group = "returned" if getattr(addressee, "checked", False) else "todo"
    due = addressee.rectify_due_on
    if not measures:
        url = address("measures", addressee)
        return [_item(addressee, group, _("Plan the measures"), url, due)]
    url = address("finish", addressee)
    return [_item(addressee, group, _("Report as carried out"), url, due)]


def _of_measure(addressee: Addressee, measure: Measure) -> WorkItem:
    letter = addressee.suggestion
    return WorkItem(
        group="todo",
        title=measure.text,
        url=address("measure-done", measure),
        verb=_("Report"),
        day=measure.due_on,
        meta=(letter.number, letter.title),
        party=addressee.organization.short_name,
        party_note=measure.responsible,
    )


def _item(
    addressee: Addressee, group: str, verb: str, url: str, day: date | None = None
) -> WorkItem:
    letter = addressee.suggestion
    return WorkItem(
        group=group,
        title=letter.title,
        url=url,
        verb=verb,
        day=day,
        meta=(letter.number, addressee.get_state_display()),
        party=letter.issuer.short_name,
        party_note=letter.get_kind_display(),
    )
