"""The page of one letter: how it stands, its addressees, its papers, what happened."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from cases.models import Dispute
from foundations.access.policy import policy_for, visible_to
from foundations.access.requests import SignedInRequest
from foundations.audit.timeline import timeline
from members.models import User
from services.deadlines.models import Deadline, DeadlineState
from services.documents.models import Attachment, OfficialDocument
from suggestions.forms.letters import LetterFileForm
from suggestions.lines import REPLIED, pill_of
from suggestions.models import Addressee, CaseLink, Copy, Suggestion, Supervision
from suggestions.models.letters import limits_of
from suggestions.reminding import awaits, urgeable
from suggestions.states import AddresseeState, LetterState, Trigger
from suggestions.views.finding import find_letter
from suggestions.views.sections import addressee_section
from suggestions.views.supervision import supervision_section


@dataclass(frozen=True)
class Verb:
    label: str
    url: str
    icon: str = ""


@require_GET
@login_required
def detail(request: SignedInRequest, public_id: str) -> HttpResponse:
    letter = find_letter(request, public_id)
    addressees = addressee_section(request, letter)
    rows = [line.addressee for line in addressees["addressee_lines"]]
    parts = _parts_of(letter, rows)
    may_change = policy_for(Suggestion).can(request.user, "attach", letter)
    issued = letter.state == LetterState.ISSUED
    context = {
        "suggestion": letter,
        **_head(letter, rows),
        **addressees,
        **supervision_section(request, letter),
        "may_add_addressee": may_change and issued,
        "may_preview": may_change and letter.is_draft,
        "problems": letter.problems.all(),
        "cases": _cases(request.user, letter),
        **_copies(request.user, letter),
        "triggers": [str(Trigger(one).label) for one in letter.triggers],
        **_papers(request.user, letter, parts),
        "file_form": LetterFileForm() if may_change and (issued or letter.is_draft) else None,
        "moments": timeline(*parts),
        **_verbs(request.user, letter, rows),
    }
    return render(request, "suggestions/detail.html", context)


def _cases(user: User, letter: Suggestion) -> list[tuple[CaseLink, str]]:
    """The cases of the letter, each with the page of its dispute for whoever may see that."""
    rows = list(letter.cases.select_related("procedure"))
    held = {one.procedure.dispute_id for one in rows if one.procedure}
    seen = visible_to(user, Dispute).filter(pk__in=held).in_bulk() if held else {}
    return [(one, _page_of(one, seen)) for one in rows]


def _page_of(link: CaseLink, seen: dict[int, Dispute]) -> str:
    dispute = seen.get(link.procedure.dispute_id) if link.procedure else None
    return f"{dispute.get_absolute_url()}#p-{link.procedure.public_id}" if dispute else ""


def _head(letter: Suggestion, rows: list[Addressee]) -> dict:
    """The status as everywhere, the limit that ends first, how many have replied."""
    today = timezone.localdate()
    found = Suggestion.objects.with_status(today).get(pk=letter.pk)
    waiting = [one.reply_due_on for one in rows if _awaits_reply(one) and one.reply_due_on]
    limits = limits_of(letter).filter(state=DeadlineState.OPEN).select_related("provision")
    nearest: Deadline | None = limits.order_by("due_on", "pk").first()
    return {
        "pill": pill_of(found.__dict__["status"], min(waiting, default=None), today),
        "limit": nearest,
        "replied": sum(one.state in REPLIED for one in rows),
    }


def _awaits_reply(addressee: Addressee) -> bool:
    return addressee.state == AddresseeState.SERVED


def _parts_of(letter: Suggestion, rows: list[Addressee]) -> list[Model]:
    """The letter and all that hangs on it: whose papers and entries the page shows."""
    measures = [measure for row in rows for measure in row.measures.all()]
    replies = [reply for row in rows for reply in row.replies.all()]
    checks = [check for row in rows for check in row.checks.all()]
    requests = [request for row in rows for request in row.extensions.all()]
    supervisions = list(Supervision.objects.filter(addressee__in=rows))
    return [letter, *rows, *replies, *measures, *checks, *requests, *supervisions]


def _about(parts: Iterable[Model]) -> Q:
    keys: dict[int, list[int]] = {}
    for part in parts:
        keys.setdefault(ContentType.objects.get_for_model(part).pk, []).append(part.pk)
    about = Q(pk__in=())
    for kind, held in keys.items():
        about |= Q(subject_type=kind, subject_id__in=held)
    return about


def _papers(user: User, letter: Suggestion, parts: list[Model]) -> dict:
    """The documents and files of all parts that the reader may see; `paper` is the letter."""
    rows = OfficialDocument.objects.filter(_about(parts)).select_related("organization")
    documents = list(policy_for(OfficialDocument).visible(user, rows).order_by("pk"))
    files = _files(user, parts)
    kind = ContentType.objects.get_for_model(letter).pk
    own = [one for one in documents if (one.subject_type_id, one.subject_id) == (kind, letter.pk)]
    return {
        "documents": documents,
        "files": files,
        "papers_count": len(documents) + len(files),
        "paper": own[-1] if own else None,
    }


def _files(user: User, parts: list[Model]) -> list[Attachment]:
    rows = Attachment.objects.filter(_about(parts), removed_at=None)
    seen = policy_for(Attachment).visible(user, rows).select_related("organization")
    return list(seen.order_by("pk"))


def _copies(user: User, letter: Suggestion) -> dict:
    rows = list(letter.copies.select_related("organization", "provision", "received_by"))
    for copy in rows:
        copy.suggestion = letter
    may = policy_for(Copy).can
    waiting = [one for one in rows if one.received_at is None and may(user, "sign", one)]
    return {"copies": rows, "may_sign_copy": bool(waiting)}


def _verbs(user: User, letter: Suggestion, rows: list[Addressee]) -> dict:
    """One primary verb, the others behind it."""
    may = policy_for(Suggestion).can
    if letter.is_draft:
        if not may(user, "edit", letter):
            return {"primary": None, "verbs": []}
        verbs = [
            _verb(_("Edit"), "edit", letter, "pencil"),
            _verb(_("Discard the draft"), "withdraw", letter, "trash"),
        ]
        return {"primary": _verb(_("Issue"), "issue", letter, "send"), "verbs": verbs}
    return {"primary": _to_all(user, letter, rows), "verbs": _more(user, letter)}


def _to_all(user: User, letter: Suggestion, rows: list[Addressee]) -> Verb | None:
    """Urge those that are late; else remind those from whom something is awaited."""
    urges = next((policy_for(Addressee).can(user, "urge", one) for one in rows), False)
    if letter.state != LetterState.ISSUED or not urges:
        return None
    if any(urgeable(one, timezone.localdate()) for one in rows):
        return _bulk(_("Issue urging letters"), "urge", letter, "send")
    if any(awaits(one) for one in rows):
        return _bulk(_("Remind the units"), "remind", letter, "bell")
    return None


def _more(user: User, letter: Suggestion) -> list[Verb]:
    may = policy_for(Suggestion).can(user, "withdraw", letter)
    if letter.state != LetterState.ISSUED or not may:
        return []
    return [
        _bulk(_("Remind the units"), "remind", letter, "bell"),
        _verb(_("Add a unit"), "add-addressee", letter, "building-add"),
        _verb(_("Withdraw the letter"), "withdraw", letter, "x-circle"),
    ]


def _verb(label: str, name: str, letter: Suggestion, icon: str) -> Verb:
    return Verb(label, reverse(f"suggestions:{name}", args=[letter.public_id]), icon)


def _bulk(label: str, do: str, letter: Suggestion, icon: str) -> Verb:
    query = urlencode({"do": do, "letter": letter.public_id, "next": letter.get_absolute_url()})
    return Verb(label, f"{reverse('suggestions:bulk')}?{query}", icon)
