"""Were others invited to meetings, as the text allows: organs, deputies, members, lawyers."""

from collections.abc import Callable, Iterable

from django.utils import timezone
from django.utils.translation import gettext as _

from mechanisms.findings import Clause, Finding, Occasion, Words, weigh_use
from mechanisms.states import RuleKind as K
from meetings.models import Invitation, Meeting
from meetings.rules.rows import AD_HOC, REGULAR
from meetings.states import InviteeCategory

OWN = (InviteeCategory.MEMBER, InviteeCategory.STAFF)


def invited(*kinds: str) -> Callable[[Clause], Finding]:
    """To meetings of some kinds; to any, where none is named."""

    def judged(clause: Clause) -> Finding:
        rows = Invitation.objects.notified().filter(meeting__mechanism=clause.mechanism)
        rows = rows.exclude(category__in=OWN)
        if kinds:
            rows = rows.filter(meeting__kind__in=kinds)
        words = Words(
            kept=_("Others were invited to meetings within a year."),
            missing="",
            idle=_("Nobody else was invited within a year."),
            period=_("As needed"),
        )
        return weigh_use(clause, _once_a_meeting(rows.select_related("meeting")), words)

    return judged


def _once_a_meeting(rows: Iterable[Invitation]) -> list[Occasion]:
    """The meeting, from the first notice to one of them."""
    found: dict[Meeting, Occasion] = {}
    for one in rows:
        day = timezone.localtime(one.notified_at).date()
        known = found.get(one.meeting)
        if known is None or day < known.on:
            found[one.meeting] = Occasion(one.meeting, one.meeting.title, day)
    return list(found.values())


RULES = {
    (K.ROSTER, "regular_invitation"): invited(REGULAR),
    (K.ROSTER, "ad_hoc_invitation"): invited(AD_HOC),
    (K.ROSTER, "invited_member"): invited(),
}
