"""Who is told of a supervision measure, and in what words."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from foundations.audit.actor import Actor
from foundations.notifications.send import notify_once
from members.models import Organization, User
from suggestions.actions.steps import office_language, people_of
from suggestions.models import Supervision


def words_of(supervision: Supervision) -> dict[str, str]:
    letter = supervision.addressee.suggestion
    title = letter.title
    return {
        "unit": supervision.addressee.organization.short_name,
        "sender": supervision.by_organization.short_name,
        "title": title,
        "measure": _("%(kind)s: %(title)s")
        % {"kind": supervision.get_kind_display(), "title": title},
        "due": supervision.due_on.isoformat(),
        "level": supervision.get_level_display(),
    }


def unit_people(supervision: Supervision, at: datetime) -> list[User]:
    addressee = supervision.addressee
    return people_of(addressee.organization, at, addressee.handler)


def tell_urged(
    supervision: Supervision, units: list[Organization], actor: Actor, at: datetime
) -> None:
    with office_language():
        words = words_of(supervision)
        title = words["measure"]
        text = (
            _("%(sender)s calls your unit to a talk on %(due)s.")
            if supervision.is_talk
            else _("%(sender)s expects your answer by %(due)s (level: %(level)s).")
        ) % words
        copied = _("Copied to your unit: %(measure)s") % words
    tell_of(unit_people(supervision, at), supervision, "urged", title, actor, at, text)
    for unit in units:
        tell_of(people_of(unit, at), supervision, "copied", copied, actor, at, text="")
    letter = supervision.addressee.suggestion
    if supervision.by_organization_id != letter.issuer_id:
        people = people_of(letter.issuer, at, letter.handler)
        tell_of(people, supervision, "urged_for", title, actor, at, text="")


def tell_sender(supervision: Supervision, words: str, actor: Actor, at: datetime) -> None:
    """Not the issuer, who is told of the reply itself."""
    if supervision.by_organization_id == supervision.addressee.suggestion.issuer_id:
        return
    with office_language():
        title = _("%(unit)s did what it was urged to: %(title)s") % words_of(supervision)
    people = people_of(supervision.by_organization, at)
    tell_of(people, supervision, "done", title, actor, at, text=words)


def tell_of(
    people: Iterable[User],
    supervision: Supervision,
    reason: str,
    title: str,
    actor: Actor,
    at: datetime,
    text: str = "",
) -> None:
    others = [user for user in people if user != actor]
    notify_once(others, supervision, reason=reason, title=title, text=text, at=at)
