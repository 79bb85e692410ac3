"""The page of one bulletin: its course, text, figures, receipts and what was said to it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from bulletins.actions.bulletin_figures import note_tables
from bulletins.actions.bulletin_words import lacks_of
from bulletins.actions.circulation import note_reading
from bulletins.actions.white_papers import final_of
from bulletins.kept import Difference, moved
from bulletins.models import Bulletin, Circulation, Comment, FigureTable, WhitePaper
from bulletins.papers.bulletins import PAPER_KIND, bulletin_context
from bulletins.papers.figures import counted_words, small_in
from bulletins.states import BulletinState
from bulletins.tables import ERRATUM, TABLES
from bulletins.verbs.bulletins import TOLD_TO_ALL
from bulletins.views.finding import find_bulletin
from bulletins.workbook import workbook
from foundations.access.policy import policy_for, visible_to
from foundations.access.requests import SignedInRequest
from foundations.access.templatetags.portal import short_moment
from foundations.audit.timeline import Moment, timeline
from foundations.ledgers.export import FORMATS
from members.models import User
from members.standing import standing
from services.documents.attachments import attachments_of
from services.documents.models import Attachment, OfficialDocument
from services.documents.states import DocumentState
from services.documents.views.serving import served_paper

B = BulletinState
ORDER = {B.DRAFTING: 0, B.RETURNED: 0, B.REVIEWING: 1, B.APPROVED: 2, B.SIGNED: 3}


@dataclass(frozen=True)
class Step:
    name: str
    note: str
    status: str


@require_GET
@login_required
def detail(request: SignedInRequest, public_id: str) -> HttpResponse:
    bulletin = find_bulletin(request, public_id)
    _note(request.user, bulletin)
    receipts = list(bulletin.circulations.select_related("organization", "received_by", "read_by"))
    opinions = _opinions(bulletin)
    moments = _moments(request.user, bulletin)
    context = {
        "bulletin": bulletin,
        "steps": _steps(bulletin, receipts),
        "covered": bulletin.covered.select_related("obligation", "instalment__obligation"),
        "tables": [_shown(row) for row in bulletin.tables.all()],
        "moved": _moved(request.user, bulletin),
        "receipts": receipts,
        "received": sum(one.received_at is not None for one in receipts),
        "opinions": opinions,
        "moments": moments,
        **_errata(request.user, bulletin),
        "before": _before(request.user, bulletin),
        **_papers(request.user, bulletin),
        **_white_paper(request.user, bulletin),
        **_verbs(request.user, bulletin, receipts),
    }
    return render(request, "bulletins/detail.html", context)


def _shown(row: FigureTable) -> dict[str, Any]:
    """A table with what may be done to it in a draft, and when and how it was counted."""
    known = TABLES.get(row.key)
    return {
        "row": row,
        "typeable": known is not None,
        "countable": known is not None and known.count is not None,
        "counted": counted_words(row.filter, row.counted_at, row.counted_on),
        "notes": row.basis.splitlines(),
        "small": small_in(row.key, row.rows),
    }


def _moved(user: User, bulletin: Bulletin) -> list[Difference]:
    """Where the records say otherwise by now: for whom it is to correct it."""
    may = policy_for(Bulletin).can(user, "correct", bulletin)
    return moved(bulletin) if may else []


def _errata(user: User, bulletin: Bulletin) -> dict[str, Any]:
    """The issue that took its place or is to, with what that changes in the figures."""
    found = _successor(user, bulletin)
    is_told = found is not None and found.is_told
    erratum = found.tables.filter(key=ERRATUM).first() if found and is_told else None
    return {"successor": found, "erratum": erratum}


def _note(user: User, bulletin: Bulletin) -> None:
    """That it was opened for the first time in a body that it went to."""
    if not bulletin.is_told:
        return
    mine = standing(user).organizations
    unread = bulletin.circulations.filter(organization__in=mine, read_at=None)
    if bulletin.restricted or unread.exists():
        note_reading(bulletin.pk, actor=user, at=timezone.now())


def _steps(bulletin: Bulletin, receipts: list[Circulation]) -> list[Step]:
    received = sum(one.received_at is not None for one in receipts)
    signed = bulletin.signed_at
    sent_on = bulletin.circulated_on
    everybody = _("%(n)d of %(all)d signed for") % {"n": received, "all": len(receipts)}
    rows = [
        (_("Draft"), str(bulletin.drafted_by or "")),
        (_("Review"), _who(bulletin.reviewed_by, bulletin.reviewed_at)),
        (_("Signing"), _who(bulletin.signed_by, signed)),
        (_("Circulation"), sent_on.isoformat()[5:] if sent_on else ""),
        (_("Receipts"), everybody if sent_on else ""),
    ]
    now = _place(bulletin, received, len(receipts))
    return [Step(name, note, _status(n, now)) for n, (name, note) in enumerate(rows)]


def _place(bulletin: Bulletin, received: int, all_: int) -> int:
    if bulletin.is_told:
        return 5 if received == all_ else 4
    return ORDER.get(BulletinState(bulletin.state), 0)


def _status(n: int, now: int) -> str:
    return "done" if n < now else "now" if n == now else "todo"


def _who(user: User | None, at: datetime | None) -> str:
    return f"{user} {short_moment(at)}" if user else ""


def _opinions(bulletin: Bulletin) -> list[tuple[Comment, list[Comment]]]:
    rows = list(bulletin.comments.select_related("organization", "by"))
    answers: dict[int, list[Comment]] = {}
    for row in rows:
        row.bulletin = bulletin
        if row.reply_to_id:
            answers.setdefault(row.reply_to_id, []).append(row)
    return [(row, answers.get(row.pk, [])) for row in rows if not row.reply_to_id]


def _moments(user: User, bulletin: Bulletin) -> list[Moment]:
    """How it was drafted, and why it was returned, is the issuer's own."""
    if bulletin.issuer_id in standing(user).organizations:
        return timeline(bulletin)
    return timeline(bulletin, only=TOLD_TO_ALL)


def _successor(user: User, bulletin: Bulletin) -> Bulletin | None:
    rows = visible_to(user, Bulletin).filter(corrects=bulletin)
    found: Bulletin | None = rows.exclude(state=B.DISCARDED).order_by("-pk").first()
    return found


def _before(user: User, bulletin: Bulletin) -> Bulletin | None:
    seen = bulletin.corrects and policy_for(Bulletin).sees(user, bulletin.corrects)
    return bulletin.corrects if seen else None


def _papers(user: User, bulletin: Bulletin) -> dict[str, Any]:
    rows = OfficialDocument.objects.about(bulletin).exclude(state=DocumentState.DRAFT)
    documents = policy_for(OfficialDocument).visible(user, rows)
    files = policy_for(Attachment).visible(user, attachments_of(bulletin))
    return {"paper": documents.first(), "files": list(files.order_by("pk"))}


def _white_paper(user: User, bulletin: Bulletin) -> dict[str, Any]:
    """The white paper that the bulletin brings, with the file that counts."""
    found = visible_to(user, WhitePaper).filter(bulletin=bulletin).first()
    return {"white_paper": found, "final": final_of(found) if found else None}


BUTTONS = (
    # verb of the policy, page, label, icon
    ("circulate", "circulate", gettext_lazy("Circulate"), "send"),
    ("sign", "sign", gettext_lazy("Sign the bulletin"), "pen"),
    ("review", "approve", gettext_lazy("Pass for signing"), "check2"),
)


def _verbs(user: User, bulletin: Bulletin, receipts: list[Circulation]) -> dict[str, Any]:
    may = policy_for(Bulletin).can
    lacks = lacks_of(bulletin) if may(user, "send", bulletin) else []
    own = policy_for(Circulation).can
    waiting = [one for one in receipts if one.received_at is None]
    for one in waiting:
        one.bulletin = bulletin
    stands = bulletin.state == B.CIRCULATED
    return {
        "lacks": lacks,
        "may_edit": may(user, "edit", bulletin),
        "may_send": may(user, "send", bulletin) and not lacks,
        "may_return": may(user, "return", bulletin),
        "may_correct": may(user, "correct", bulletin),
        "may_comment": stands and may(user, "comment", bulletin),
        "may_receive": stands and any(own(user, "receive", one) for one in waiting),
        "buttons": [
            {"url": _address(page, bulletin), "label": str(label), "icon": icon}
            for verb, page, label, icon in BUTTONS
            if may(user, verb, bulletin)
        ],
        "may_preview": not bulletin.is_told and may(user, "preview", bulletin),
    }


def _address(page: str, bulletin: Bulletin) -> str:
    return reverse(f"bulletins:{page}", args=[bulletin.public_id])


@require_GET
@login_required
def preview(request: SignedInRequest, public_id: str) -> FileResponse:
    """The paper as it would go out now."""
    bulletin = find_bulletin(request, public_id, "preview")
    name = _("%(title)s (preview)") % {"title": bulletin.title}
    return served_paper(PAPER_KIND, bulletin_context(bulletin), name)


@require_GET
@login_required
def tables_file(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Its tables as they stand in it, as a workbook."""
    bulletin = find_bulletin(request, public_id)
    note_tables(bulletin.pk, actor=request.user, at=timezone.now())
    name = content_disposition_header(True, f"{bulletin.title}.xlsx")
    headers = {"Content-Disposition": name or "attachment", "Cache-Control": "no-store"}
    return HttpResponse(workbook(bulletin), content_type=FORMATS["xlsx"], headers=headers)
