"""A duty of performance arises, and its last day is watched."""

from datetime import date

from django.utils.translation import gettext as _

from cases.models import Dispute, DutySource, Party, Performance, Procedure
from foundations.access.errors import RuleBroken
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from members.models import Organization
from services.deadlines import actions as deadlines

OF_AGREEMENTS = "TJ-PERF"
OF_OTHERS = "PERFORMANCE"
"""The limit of what is owed by a decision, a judgment or a letter; no table counts it."""
BASES = {
    DutySource.AGREEMENT: "调解（和解）协议约定的履行日期",
    DutySource.DECISION: "《中华人民共和国行政复议法》第七十七条",
    DutySource.JUDGMENT: "《中华人民共和国行政诉讼法》第九十四条",
    DutySource.OPINION: "《中华人民共和国行政复议法》第七十六条",
}


def rule_of(item: Performance) -> str:
    return OF_AGREEMENTS if item.source == DutySource.AGREEMENT else OF_OTHERS


@action
def promise(
    dispute: Dispute,
    *,
    procedure: Procedure,
    owed_by: Organization | None,
    party: Party | None,
    what: str,
    due_on: date,
    source: str,
    actor: Actor = None,
    on: date | None = None,
    token: str | None = None,
) -> Performance:
    """Somebody owes something of the dispute from the day `on` (of the procedure's end).

    The caller has locked the dispute and asked its own policy. Exactly one of `owed_by` and
    `party` is given. Raises RuleBroken "nobody" (field owed_by), "due_before" (field due_on).
    """
    if (owed_by is None) == (party is None):
        message = _("Say who has to perform it: one organization or one party.")
        raise RuleBroken("nobody", message, "owed_by")
    since = on or procedure.closed_on or procedure.opened_on
    if due_on < since:
        message = _("It cannot be due before %(day)s, when the duty arose.") % {"day": since}
        raise RuleBroken("due_before", message, "due_on")
    item = Performance(
        dispute=dispute,
        procedure=procedure,
        organization=owed_by,
        party=party,
        source=source,
        what=what[:300],
        due_on=due_on,
        form_token=token,
    )
    item.store()
    record(actor, "cases.performance.owed", item, due_on=str(due_on), source=str(source))
    watch(item, actor=actor, since=since)
    return item


def watch(item: Performance, *, actor: Actor, since: date) -> None:
    """A party owes the other side, not the portal: its day stands in the register alone."""
    if item.organization is None:
        return
    deadlines.open_deadline(
        item,
        rule_of(item),
        actor=actor,
        title=f"{item.dispute.title}：{item.what}",
        jurisdiction=item.dispute.jurisdiction,
        owed_by=item.organization,
        trigger_on=since,
        due_on=item.due_on,
        basis=BASES.get(DutySource(item.source), ""),
        mechanism=item.dispute.mechanism,
    )
