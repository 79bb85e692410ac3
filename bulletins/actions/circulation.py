"""A signed bulletin goes out with its number and paper; receipts; a correcting issue."""

from datetime import date, datetime

from django.db.models import Max
from django.utils.translation import gettext as _

from bulletins.actions.bulletin_figures import chosen_in, take_typed_over
from bulletins.actions.bulletin_steps import (
    locked_bulletin,
    move,
    people_of,
    require_told,
    tell,
)
from bulletins.actions.bulletin_words import BulletinWords, put_words, require_party
from bulletins.actions.obligations import fulfil, reopen
from bulletins.actions.report_text import is_of_the_portal, write_text
from bulletins.models import Bulletin, Circulation
from bulletins.papers.bulletins import PAPER_KIND, bulletin_context
from bulletins.states import BulletinState
from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.actor import Actor, User
from foundations.audit.trail import action, record
from members.models import Organization
from services.documents import actions as documents
from services.documents.models import OfficialDocument
from services.documents.numbers import next_number
from services.documents.states import DocumentState
from suggestions.actions.steps import day_of, office_language

B = BulletinState


@action
def circulate(
    bulletin_id: int, *, actor: Actor, at: datetime, version: int | None = None
) -> Bulletin:
    """Send the bulletin to its recipients: number, paper, the matters it tells are answered,
    and what it corrects is replaced.

    Raises RuleBroken: "not_signed", "not_party", "no_recipient".
    """
    bulletin = locked_bulletin(bulletin_id)
    if bulletin.state in (B.DRAFTING, B.REVIEWING, B.RETURNED, B.APPROVED):
        raise RuleBroken("not_signed", _("A bulletin is circulated once it is signed."))
    policy_for(Bulletin).require(actor, "circulate", bulletin)
    bulletin.require_version(version)
    on = day_of(at)
    units = _recipients(bulletin, on)
    _take_number(bulletin, on)
    bulletin.circulated_on = on
    move(bulletin, B.CIRCULATED, actor, number=bulletin.issue)
    bulletin.circulations.update(sent_at=at)
    _issue_paper(bulletin, actor, at)
    _answer_matters(bulletin, actor, on)
    if bulletin.corrects:
        _replace(bulletin.corrects, bulletin, actor, on)
    with office_language():
        title = _("Bulletin received: %(title)s") % {"title": bulletin.title}
    people = people_of(units, at)
    tell(people, bulletin, reason="circulated", title=title, at=at, actor=actor)
    return bulletin


def _recipients(bulletin: Bulletin, on: date) -> list[Organization]:
    rows = bulletin.circulations.select_related("organization")
    units = [row.organization for row in rows]
    if not units:
        message = _("Choose at least one unit that it goes to.")
        raise RuleBroken("no_recipient", message, "recipients")
    for unit in units:
        require_party(bulletin.mechanism, unit, on)
    return units


def _take_number(bulletin: Bulletin, on: date) -> None:
    """The next issue of this issuer and kind in the year; the issuer's row is the queue."""
    Organization.objects.select_for_update(of=("self",), no_key=True).get(pk=bulletin.issuer_id)
    series = f"{bulletin.issuer.key}-bulletins"
    before = Bulletin.objects.filter(issuer=bulletin.issuer, kind=bulletin.kind, year=on.year)
    last = before.aggregate(last=Max("sequence"))["last"] or 0
    bulletin.year, bulletin.sequence = on.year, last + 1
    bulletin.number = next_number(bulletin.jurisdiction, series, on)


def _issue_paper(bulletin: Bulletin, actor: Actor, at: datetime) -> None:
    before = paper_of(bulletin.corrects) if bulletin.corrects else None
    paper = documents.draft(
        PAPER_KIND,
        bulletin,
        actor=actor,
        organization=bulletin.issuer,
        jurisdiction=bulletin.jurisdiction,
        title=bulletin.title,
        context=bulletin_context(bulletin),
        internal=bulletin.restricted,
        mark="内部" if bulletin.restricted else "",
        replaces=before,
    )
    with office_language():
        number = bulletin.issue
    documents.issue(paper.pk, actor=actor, on=day_of(at), at=at, number=number)


def paper_of(bulletin: Bulletin) -> OfficialDocument | None:
    """The paper under which it went out."""
    papers = OfficialDocument.objects.about(bulletin)
    return papers.exclude(state__in=(DocumentState.VOIDED, DocumentState.DRAFT)).first()


def _answer_matters(bulletin: Bulletin, actor: Actor, on: date) -> None:
    for row in bulletin.covered.filter(instalment__isnull=False).order_by("instalment"):
        fulfil(row.instalment_id, actor=actor, on=on)


def _replace(before: Bulletin, by: Bulletin, actor: Actor, on: date) -> None:
    """What was corrected stays readable; a matter that only it told is owed again."""
    old = locked_bulletin(before.pk)
    move(old, B.WITHDRAWN, actor, by=by.issue)
    told = set(by.covered.values_list("instalment", flat=True))
    others = Bulletin.objects.filter(state=B.CIRCULATED)
    for row in old.covered.filter(instalment__isnull=False).order_by("instalment"):
        again = others.filter(covered__instalment=row.instalment_id).exists()
        if row.instalment_id not in told and not again:
            reopen(row.instalment_id, actor=actor, on=on)


@action
def receive(bulletin_id: int, *, actor: User, at: datetime) -> int:
    """Sign for a bulletin for every body of the reader's that has not; how many it were.

    Signed for is not read: who opens the text is noted by `note_reading`.
    Raises RuleBroken: "withdrawn", "not_circulated".
    """
    bulletin = locked_bulletin(bulletin_id)
    require_told(bulletin)
    mine = own_circulations(bulletin, actor, "receive")
    waiting = [row for row in mine if row.received_at is None]
    for row in waiting:
        row.received_at, row.received_by = at, actor
        row.save(update_fields=["received_at", "received_by"])
        unit = row.organization.short_name
        record(actor, "bulletins.bulletin.received", bulletin, unit=unit)
    return len(waiting)


@action
def receive_several(bulletin_ids: list[int], *, actor: User, at: datetime) -> int:
    """Sign for several bulletins at once; those replaced in the meantime are left out."""
    rows = Bulletin.objects.filter(pk__in=bulletin_ids, state=B.CIRCULATED).order_by("pk")
    return sum(receive(pk, actor=actor, at=at) for pk in rows.values_list("pk", flat=True))


def own_circulations(bulletin: Bulletin, user: User, verb: str) -> list[Circulation]:
    """The rows of the bodies for which the user may do `verb`; PermissionDenied for none."""
    policy = policy_for(Circulation)
    rows = list(bulletin.circulations.select_related("organization"))
    mine = [row for row in rows if policy.can(user, verb, row)]
    if not mine:
        policy.require(user, verb, rows[0] if rows else Circulation(bulletin=bulletin))
    return mine


@action
def note_reading(bulletin_id: int, *, actor: User, at: datetime) -> None:
    """Somebody of a body that it went to opened it for the first time."""
    bulletin = locked_bulletin(bulletin_id)
    policy = policy_for(Circulation)
    unread = bulletin.circulations.filter(sent_at__isnull=False, read_at=None)
    mine = [row for row in unread if policy.can(actor, "read", row)]
    for row in mine:
        row.read_at, row.read_by = at, actor
        row.save(update_fields=["read_at", "read_by"])
    if mine or bulletin.restricted:
        record(actor, "bulletins.bulletin.read", bulletin)


@action
def correct(
    bulletin_id: int, *, actor: Actor, at: datetime, reason: str, version: int | None = None
) -> Bulletin:
    """Begin the issue that takes the place of this one once it is circulated.

    It begins with the same words, matters, recipients and tables; receipts start anew. The
    portal puts at its head what it changes in the figures.
    Raises RuleBroken: "withdrawn", "not_circulated", "corrected" with a draft under way.
    """
    bulletin = locked_bulletin(bulletin_id)
    require_told(bulletin)
    policy_for(Bulletin).require(actor, "correct", bulletin)
    bulletin.require_version(version)
    if bulletin.corrections.exclude(state=B.DISCARDED).exists():
        raise RuleBroken("corrected", _("A correcting issue is being prepared already."))
    new = Bulletin(
        jurisdiction=bulletin.jurisdiction,
        mechanism=bulletin.mechanism,
        issuer=bulletin.issuer,
        drafted_by=actor,
        corrects=bulletin,
        correction_reason=reason.strip(),
        report=bulletin.report,
    )
    put_words(new, words_of(bulletin), at)
    take_typed_over(new, bulletin)
    if is_of_the_portal(bulletin):
        write_text(new)
    record(actor, "bulletins.bulletin.drafted", new)
    record(actor, "bulletins.bulletin.correcting", bulletin, reason=reason.strip())
    return new


def words_of(bulletin: Bulletin) -> BulletinWords:
    """What a bulletin holds, as a form or its correcting issue begins."""
    return BulletinWords(
        title=bulletin.title,
        body=bulletin.body,
        kind=bulletin.kind,
        matter=bulletin.matter,
        covers=tuple(bulletin.covered.values_list("obligation", "instalment")),
        recipients=tuple(bulletin.circulations.values_list("organization", flat=True)),
        tables=tuple(bulletin.tables.values_list("key", flat=True)),
        indicators=chosen_in(bulletin),
        first_on=bulletin.first_on,
        last_on=bulletin.last_on,
        happened_on=bulletin.happened_on,
        restricted=bulletin.restricted,
    )
