"""The only writers of white papers (K-16): counted, written, finished outside, circulated."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext as _

from bulletins.actions import bulletins
from bulletins.actions.bulletin_words import BulletinWords
from bulletins.models import (
    Bulletin,
    Instalment,
    InstalmentState,
    LibraryItem,
    LibraryKind,
    WhitePaper,
    WhitePaperState,
)
from bulletins.tables import BY_UNIT, INDICATORS, Picked, Scope, frozen, table_named
from bulletins.tables.indicators import publishes
from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.access.visibility import Visibility
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from foundations.calendars.terms import Per, Term
from mechanisms.models import Mechanism
from members.models import Organization
from services.documents.attachments import attach, attachments_of
from services.documents.models import Attachment

YEARLY_TABLES = ("suits", "outcomes", "losses", "appearances", "non_litigation", "suggestions")
INDICATORS_OF_YEAR = ("R5", "R12", "R13", "R15", "R17", "R18", "R6", "R6a", "R7", "R8", "R10")
"""What a court tells of a year beside its own tables, and two of them unit by unit."""
UNIT_TABLES = (f"{BY_UNIT}R5", f"{BY_UNIT}R6")
MATTER = "white_paper"
"""How a profile marks the matter that the white paper tells: `library: white_paper` (CX-45)."""


@dataclass(frozen=True)
class WhitePaperWords:
    """What is written around the figures; `typical` are masked cases of the library."""

    overview: str = ""
    features: str = ""
    enforcement: str = ""
    litigation: str = ""
    advice: str = ""
    typical: Sequence[LibraryItem] = ()


WRITTEN = ("overview", "features", "enforcement", "litigation", "advice")


@action
def begin(
    mechanism_id: int, *, actor: Actor, at: datetime, organization: Organization, year: int
) -> WhitePaper:
    """Put together the figures of a year; a white paper that was begun is given as it is.

    Raises RuleBroken "future_year" (field year) for a year that is not over.
    """
    court = Organization.objects.select_for_update(of=("self",)).get(pk=organization.pk)
    found = WhitePaper.objects.filter(
        mechanism=mechanism_id, organization=court, year=year
    ).first()
    if found is not None:
        return found
    mechanism = Mechanism.objects.select_related("jurisdiction").get(pk=mechanism_id)
    on = timezone.localtime(at).date()
    paper = WhitePaper(
        jurisdiction=mechanism.jurisdiction,
        mechanism=mechanism,
        organization=court,
        year=year,
        counted_on=on,
        by=actor,
    )
    policy_for(WhitePaper).require(actor, "write", paper)
    if paper.term.last_on >= on:
        message = _("The year %(year)d is not over yet.") % {"year": year}
        raise RuleBroken("future_year", message, "year")
    paper.tables = _figures(paper, at)
    paper.store()
    record(actor, "bulletins.white_paper.begun", paper, year=year)
    return paper


@action
def write(
    paper_id: int,
    *,
    actor: Actor,
    at: datetime,
    words: WhitePaperWords,
    version: int | None = None,
) -> WhitePaper:
    """Write the parts around the figures.

    Raises RuleBroken "stale", "not_masked" (field typical).
    """
    paper = _open(paper_id, actor, "write", version)
    cases = [one.pk for one in words.typical]
    masked = LibraryItem.objects.published().filter(
        pk__in=cases, kind=LibraryKind.TYPICAL_CASE, masked=True
    )
    if masked.count() != len(cases):
        message = _("Choose masked cases that are in the library.")
        raise RuleBroken("not_masked", message, "typical")
    for name in WRITTEN:
        setattr(paper, name, getattr(words, name))
    paper.store()
    paper.typical.set(cases)
    record(actor, "bulletins.white_paper.written", paper)
    return paper


@action
def count_anew(
    paper_id: int, *, actor: Actor, at: datetime, version: int | None = None
) -> WhitePaper:
    """The figures as the records show them today."""
    paper = _open(paper_id, actor, "write", version)
    paper.counted_on = timezone.localtime(at).date()
    paper.tables = _figures(paper, at)
    paper.store()
    record(actor, "bulletins.white_paper.counted", paper)
    return paper


@action
def put_final(
    paper_id: int,
    *,
    actor: Actor,
    at: datetime,
    file: UploadedFile,
    declared: bool,
    version: int | None = None,
) -> WhitePaper:
    """Keep the version that was finished outside; the last one that was uploaded counts.

    Raises RuleBroken as `attach` does, beside "file" and "declared".
    """
    paper = _open(paper_id, actor, "finish", version)
    attach(
        paper,
        file,
        actor=actor,
        at=at,
        jurisdiction=paper.jurisdiction,
        declared=declared,
        visibility=Visibility.JOINT,
        organization=paper.organization,
    )
    paper.state, paper.finished_on = WhitePaperState.FINAL, timezone.localtime(at).date()
    paper.store()
    record(actor, "bulletins.white_paper.finished", paper)
    return paper


@action
def tell(paper_id: int, *, actor: Actor, at: datetime, version: int | None = None) -> Bulletin:
    """Draft the bulletin that brings the white paper to whom it is owed; it is reviewed,
    signed and circulated as every bulletin.

    Raises RuleBroken "not_final" while no final version is in.
    """
    paper = _open(paper_id, actor, "tell", version)
    if paper.state != WhitePaperState.FINAL:
        message = _("Upload the final version first; it is what the others read.")
        raise RuleBroken("not_final", message)
    told = bulletins.draft(
        paper.mechanism_id,
        actor=actor,
        at=at,
        issuer_id=paper.organization_id,
        words=_words(paper),
    )
    paper.bulletin, paper.state = told, WhitePaperState.TOLD
    paper.store()
    record(actor, "bulletins.white_paper.told", paper)
    return told


def final_of(paper: WhitePaper) -> Attachment | None:
    """The file that counts: the last that was uploaded; None before there is one."""
    return attachments_of(paper).last()


def _open(paper_id: int, actor: Actor, verb: str, version: int | None) -> WhitePaper:
    rows = WhitePaper.objects.select_for_update(of=("self",))
    paper = rows.select_related("jurisdiction", "mechanism", "organization").get(pk=paper_id)
    policy_for(WhitePaper).require(actor, verb, paper)
    paper.require_version(version)
    return paper


def _figures(paper: WhitePaper, at: datetime) -> list[dict]:
    """The court's own tables; where it speaks for a side, the indicators of the place too."""
    of_place = (INDICATORS, *UNIT_TABLES) if publishes(paper.mechanism, paper.organization) else ()
    return [_figure(paper, key, at) for key in (*YEARLY_TABLES, *of_place)]


def _figure(paper: WhitePaper, key: str, at: datetime) -> dict:
    table, term = table_named(key), Term(paper.year, Per.YEAR)
    if table is None:
        raise KeyError(key)
    picked = tuple(Picked(one) for one in INDICATORS_OF_YEAR) if key == INDICATORS else ()
    days = (term.first_on, term.last_on)
    found = frozen(
        key, Scope(paper.mechanism, paper.organization, *days, paper.counted_on, picked)
    )
    return {
        "key": key,
        "title": table.title,
        "columns": list(table.columns),
        "rows": found.rows,
        "basis": found.basis,
        "filter": found.filter,
        "counted_at": at.isoformat(),
    }


def _words(paper: WhitePaper) -> BulletinWords:
    covers = tuple(_owed(paper))
    return BulletinWords(
        title=paper.title,
        body=f"<p>现将《{paper.title}》印发，请结合工作实际研究参考。</p>",
        matter="" if covers else paper.title,
        covers=covers,
        first_on=paper.term.first_on,
        last_on=paper.term.last_on,
    )


def _owed(paper: WhitePaper) -> Iterable[tuple[int, int | None]]:
    """The instalment of the year for which the white paper is owed, if the text says so."""
    owed = Instalment.objects.filter(
        obligation__mechanism=paper.mechanism,
        obligation__debtor=paper.organization,
        obligation__library=MATTER,
        first_on=paper.term.first_on,
        state=InstalmentState.DUE,
    )
    for one in owed.order_by("due_on"):
        yield one.obligation_id, one.pk
