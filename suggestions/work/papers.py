"""Letters to issue, copies to sign for, requests for more time, supervision, proposals."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from foundations.access.policy import visible_to
from foundations.ledgers.work import WorkItem
from members.desk import Sort, Sorts
from suggestions.models import Copy, ExtensionRequest, Proposal, Suggestion, Supervision
from suggestions.proposal_kinds import kind_of, sentence_of
from suggestions.states import LetterState, ProposalState, SupervisionState
from suggestions.work.reading import Reading, Task, address


def sorts(reading: Reading) -> Sorts:
    user, units = reading.user, reading.mine.organizations
    drafts = visible_to(user, Suggestion).filter(state=LetterState.DRAFT, issuer__in=units)
    yield Sort(drafts, _drafts)
    copies = visible_to(user, Copy).filter(
        organization__in=units,
        sent_on__isnull=False,
        received_at__isnull=True,
        suggestion__state=LetterState.ISSUED,
    )
    yield Sort(copies, _copies)
    of_live = Q(addressee__suggestion__state=LetterState.ISSUED)
    yield Sort(visible_to(user, ExtensionRequest).filter(of_live, granted=None), _requests)
    measures = visible_to(user, Supervision).exclude(state=SupervisionState.CLOSED)
    yield Sort(measures.filter(of_live), _supervision)
    noticed = visible_to(user, Proposal).filter(state=ProposalState.WAITING)
    yield Sort(noticed, _proposals)


def _drafts(_reading: Reading, rows: QuerySet[Suggestion]) -> list[Task]:
    return [
        (
            letter.pk,
            WorkItem(
                group="todo",
                title=letter.title,
                url=letter.get_absolute_url(),
                verb=_("Issue"),
                meta=(letter.get_kind_display(), letter.get_state_display()),
                party=letter.issuer.short_name,
                party_note=str(letter.handler or ""),
            ),
        )
        for letter in rows.select_related("issuer", "handler").order_by("pk")
    ]


def _copies(_reading: Reading, rows: QuerySet[Copy]) -> list[Task]:
    """One matter a letter: its page signs for all the copies that are the reader's."""
    found: dict[Suggestion, list[str]] = {}
    for copy in rows.select_related("organization", "suggestion__issuer").order_by("pk"):
        found.setdefault(copy.suggestion, []).append(copy.organization.short_name)
    return [(letter.pk, _of_copies(letter, names)) for letter, names in found.items()]


def _of_copies(letter: Suggestion, names: list[str]) -> WorkItem:
    return WorkItem(
        group="sign",
        title=_("%(title)s (copy)") % {"title": letter.title},
        url=f"{letter.get_absolute_url()}#copies",
        verb=_("Sign for"),
        meta=(letter.number, "、".join(names)),
        party=letter.issuer.short_name,
        party_note=letter.get_kind_display(),
    )


def _requests(reading: Reading, rows: QuerySet[ExtensionRequest]) -> list[Task]:
    """More time was asked for: to answer for the issuer, awaited by the unit."""
    rows = rows.select_related("addressee__organization", "addressee__suggestion__issuer")
    found = []
    for asked in rows.order_by("pk"):
        letter = asked.addressee.suggestion
        if reading.is_ours(letter.issuer):
            url = address("extension-answer", asked)
            found.append((letter.pk, _of_request(asked, "todo", _("Answer"), url)))
        elif reading.is_ours(asked.addressee.organization):
            url = asked.get_absolute_url()
            found.append((letter.pk, _of_request(asked, "waiting", _("View"), url)))
    return found


def _of_request(asked: ExtensionRequest, group: str, verb: str, url: str) -> WorkItem:
    addressee = asked.addressee
    return WorkItem(
        group=group,
        title=_("More time for “%(title)s”") % {"title": addressee.suggestion.title},
        url=url,
        verb=verb,
        day=addressee.reply_due_on,
        meta=(addressee.suggestion.number, asked.reason),
        party=addressee.organization.short_name,
        party_note=_("until %(day)s") % {"day": asked.until_on.isoformat()},
    )


def _supervision(reading: Reading, rows: QuerySet[Supervision]) -> list[Task]:
    rows = rows.select_related(
        "by_organization", "addressee__organization", "addressee__suggestion"
    )
    found = []
    for one in rows.order_by("due_on", "pk"):
        answered = one.state == SupervisionState.ANSWERED
        if reading.is_ours(one.addressee.organization):
            group, verb = ("waiting", _("View")) if answered else ("todo", _("Answer"))
            found.append(_of_supervision(one, group, verb, theirs=False))
        if reading.is_ours(one.by_organization):
            group, verb = ("todo", _("Settle")) if answered else ("waiting", _("View"))
            found.append(_of_supervision(one, group, verb, theirs=True))
    return found


def _of_supervision(one: Supervision, group: str, verb: str, *, theirs: bool) -> Task:
    party = one.addressee.organization if theirs else one.by_organization
    item = WorkItem(
        group=group,
        title=_("%(measure)s: %(title)s")
        % {"measure": one.get_kind_display(), "title": one.addressee.suggestion.title},
        url=address("supervision", one),
        verb=verb,
        day=one.due_on if one.state == SupervisionState.OPEN else None,
        meta=(one.number or one.addressee.suggestion.number, one.get_state_display()),
        party=party.short_name,
        party_note=one.get_level_display(),
    )
    return one.addressee.suggestion_id, item


def _proposals(_reading: Reading, rows: QuerySet[Proposal]) -> list[Task]:
    return [
        (
            None,
            WorkItem(
                group="todo",
                title=sentence_of(one),
                url=address("proposal", one),
                verb=_("Decide on it"),
                meta=(
                    str(kind_of(one).label),
                    _("noticed by the portal on %(day)s") % {"day": one.noticed_on},
                ),
                party=one.organization.short_name,
            ),
        )
        for one in rows.select_related("organization").order_by("pk")
    ]
