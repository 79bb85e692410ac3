"""The only writers of letters (建议): written, issued, withdrawn; copies signed for."""

from collections.abc import Collection
from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q
from django.utils.translation import gettext as _

from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from mechanisms.models import Mechanism
from members.models import Organization
from services.documents import actions as documents
from services.documents.attachments import attach_all
from services.documents.models import OfficialDocument
from suggestions import papers
from suggestions.actions.limits import cancel_limits
from suggestions.actions.steps import (
    day_of,
    locked_letter,
    move,
    move_letter,
    office_language,
    people_of,
    tell,
)
from suggestions.actions.supervision import settle_by_withdrawal
from suggestions.actions.wording import LetterWords, check_order, put_words, require_other
from suggestions.completeness import lacks_of
from suggestions.models import Addressee, Copy, Suggestion
from suggestions.models.letters import admit
from suggestions.numbers import clean_number, is_national_style, is_older_style
from suggestions.profile import rules_of
from suggestions.states import AddresseeState, LetterState
from suggestions.units import require_in_force


@action
def create_letter(
    mechanism_id: int, *, actor: Actor, at: datetime, words: LetterWords, token: str | None = None
) -> Suggestion:
    """Begin a draft, which its issuer alone sees; by the same form (`token`), once.

    Raises what `suggestions.actions.wording.put_words` raises, and "form_used".
    """
    rows = Mechanism.objects.select_for_update(of=("self",), no_key=True)
    mechanism = rows.select_related("jurisdiction").get(pk=mechanism_id)
    letter = Suggestion(
        jurisdiction=mechanism.jurisdiction,
        mechanism=mechanism,
        kind=words.kind,
        issuer=words.issuer,
        form_token=token,
    )
    policy_for(Suggestion).require(actor, "edit", letter)
    made = Suggestion.made_before(token, title=words.title.strip())
    if made is not None:
        return made
    put_words(letter, words, day_of(at))
    record(actor, "suggestions.letter.written", letter, kind=letter.kind, form=letter.form)
    return letter


@action
def edit_letter(
    suggestion_id: int,
    *,
    actor: Actor,
    at: datetime,
    words: LetterWords,
    version: int | None = None,
) -> Suggestion:
    """Change a draft; its kind stays. Raises as `create_letter` does, and "stale"."""
    letter = locked_letter(suggestion_id)
    policy_for(Suggestion).require(actor, "edit", letter)
    letter.require_version(version)
    if words.kind != letter.kind:
        raise RuleBroken("kind_stays", _("The kind of a letter stays as it was."), "form")
    before = letter.issuer
    changed = put_words(letter, words, day_of(at))
    if "issuer" in changed:
        policy_for(Suggestion).require(actor, "edit", letter)
    if changed:
        moved = {"from_issuer": str(before)} if "issuer" in changed else {}
        record(actor, "suggestions.letter.edited", letter, changed=changed, **moved)
    return letter


@action
def add_material(
    suggestion_id: int,
    *,
    actor: Actor,
    at: datetime,
    files: Collection[UploadedFile],
    declared: bool,
) -> Suggestion:
    """Attach files to a letter. Raises what `services.documents.attachments.attach` does."""
    letter = locked_letter(suggestion_id)
    policy_for(Suggestion).require(actor, "attach", letter)
    if letter.state == LetterState.WITHDRAWN:
        raise RuleBroken("withdrawn", _("This letter was withdrawn."))
    attach_all(
        letter,
        files,
        actor=actor,
        at=at,
        jurisdiction=letter.jurisdiction,
        declared=declared,
        visibility=letter.visibility,
        organization=letter.issuer,
    )
    return letter


@action
def issue_letter(
    suggestion_id: int,
    *,
    actor: Actor,
    at: datetime,
    on: date,
    number: str = "",
    version: int | None = None,
) -> Suggestion:
    """Give the letter its number and paper, and send it to its addressees and copies.

    No reply period runs yet: it begins when the letter is served. Raises RuleBroken:
    "future_day" (field on); the code of what the letter lacks (`suggestions.completeness`);
    with field "number" what `services.documents.numbers` raises, "number_missing",
    "number_format" and "number_taken" where the profile names no series.
    """
    letter = locked_letter(suggestion_id)
    policy_for(Suggestion).require(actor, "issue", letter)
    letter.require_version(version)
    if on > day_of(at):
        message = _("%(day)s is later than today. Keep the draft until it is issued.")
        raise RuleBroken("future_day", message % {"day": on.isoformat()}, "on")
    _require_complete(letter, on)
    letter.issued_on, letter.issued_at = on, at
    letter.number = _issue_document(letter, actor, at, number).number
    move_letter(letter, LetterState.ISSUED, actor, number=letter.number, on=on.isoformat())
    _send(letter, actor, at)
    return letter


def _require_complete(letter: Suggestion, on: date) -> None:
    for lack in lacks_of(letter, on):
        raise RuleBroken(lack.code, lack.message, lack.field)
    check_order(letter)


def series_key(letter: Suggestion, on: date) -> str:
    """The number series of the letter's kind; "" where the institution names none."""
    return rules_of(letter.mechanism, on).series.get(letter.kind, "")


def _issue_document(
    letter: Suggestion, actor: Actor, at: datetime, typed: str
) -> OfficialDocument:
    on = letter.issued_on or day_of(at)
    key = series_key(letter, on)
    number, _changed = clean_number(typed)
    if not key:
        _require_free(letter, number)
        letter.number = number
    paper = documents.draft(
        papers.letter_kind(letter),
        letter,
        actor=actor,
        organization=letter.issuer,
        jurisdiction=letter.jurisdiction,
        title=letter.title,
        context=papers.letter_context(letter),
        visibility=letter.visibility,
        series_key=key,
    )
    return documents.issue(paper.pk, actor=actor, on=on, at=at, number=number)


def _require_free(letter: Suggestion, number: str) -> None:
    """A number typed where there is no series: of a known style, and not given before."""
    if not number:
        message = _("Type the number that your office gave to this letter.")
        raise RuleBroken("number_missing", message, "number")
    if not (is_national_style(number) or is_older_style(number)):
        message = _("This is no document number; it looks like “%(example)s”.")
        raise RuleBroken("number_format", message % {"example": "市法建〔2026〕3号"}, "number")
    # The issuer's row keeps two people from typing the same number at once.
    Organization.objects.select_for_update(no_key=True).get(pk=letter.issuer_id)
    if Suggestion.objects.filter(issuer=letter.issuer, number=number).exists():
        message = _("“%(number)s” has been given to another letter.")
        raise RuleBroken("number_taken", message % {"number": number}, "number")


def _send(letter: Suggestion, actor: Actor, at: datetime) -> None:
    addressees = list(letter.addressees.select_related("organization"))
    copies = list(letter.copies.select_related("organization"))
    for addressee in addressees:
        addressee.suggestion = letter
        move(addressee, AddresseeState.SENT, actor)
    for copy in copies:
        copy.sent_on = letter.issued_on
        copy.save(update_fields=["sent_on"])
    copied = [copy.organization for copy in copies]
    admit(letter, [letter.issuer, *(row.organization for row in addressees), *copied])
    for addressee in addressees:
        _tell_addressee(addressee, actor, at)
    _tell_copies(letter, copied, actor, at)


def _tell_addressee(addressee: Addressee, actor: Actor, at: datetime) -> None:
    letter = addressee.suggestion
    with office_language():
        title = _("%(kind)s for your unit: %(letter)s") % _names(letter)
        text = _("%(issuer)s issued it on %(day)s. Sign for it in the portal.") % _names(letter)
    people = people_of(addressee.organization, at)
    tell(people, addressee, reason="issued", title=title, text=text, at=at, actor=actor)


def _tell_copies(
    letter: Suggestion, units: list[Organization], actor: Actor, at: datetime
) -> None:
    with office_language():
        title = _("Copied to your unit: %(letter)s") % _names(letter)
        text = _("%(issuer)s issued it on %(day)s.") % _names(letter)
    for unit in units:
        people = people_of(unit, at)
        tell(people, letter, reason="copied", title=title, text=text, at=at, actor=actor)


def _names(letter: Suggestion) -> dict[str, str]:
    return {
        "kind": letter.get_kind_display(),
        "letter": str(letter),
        "issuer": letter.issuer.short_name,
        "day": letter.issued_on.isoformat() if letter.issued_on else "—",
    }


@action
def withdraw_letter(suggestion_id: int, *, actor: Actor, at: datetime, reason: str) -> Suggestion:
    """Discard a draft, or take an issued letter back from all who have not closed it.

    A discarded draft stays with its issuer; of an issued letter the number stays taken,
    the paper becomes void, open limits are cancelled. Raises RuleBroken("no_reason").
    """
    letter = locked_letter(suggestion_id)
    verb = "discard" if letter.is_draft else "withdraw"
    policy_for(Suggestion).require(actor, verb, letter)
    if not reason.strip():
        raise RuleBroken("no_reason", _("Say why."), "reason")
    letter.withdrawn_reason = reason.strip()
    was_draft = letter.is_draft
    move_letter(letter, LetterState.WITHDRAWN, actor, reason=letter.withdrawn_reason)
    if was_draft:
        admit(letter, [letter.issuer])
        return letter
    _let_go(letter, actor, at)
    _void_papers(letter, actor, at)
    _tell_withdrawn(letter, actor, at)
    return letter


def _let_go(letter: Suggestion, actor: Actor, at: datetime) -> None:
    for addressee in letter.addressees.live().select_related("organization"):
        addressee.suggestion = letter
        move(addressee, AddresseeState.WITHDRAWN, actor)
        settle_by_withdrawal(addressee, actor=actor, at=at)
        cancel_limits(addressee, actor, on=day_of(at))


def _void_papers(letter: Suggestion, actor: Actor, at: datetime) -> None:
    """By the system where the person may withdraw letters and not void papers."""
    policy, reason = policy_for(OfficialDocument), letter.withdrawn_reason[:200]
    kind = papers.letter_kind(letter)
    for paper in OfficialDocument.objects.about(letter).filter(kind=kind):
        if paper.can_be_void:
            by = actor if actor is None or policy.can(actor, "void", paper) else None
            documents.void(paper.pk, actor=by, at=at, reason=reason)


def _tell_withdrawn(letter: Suggestion, actor: Actor, at: datetime) -> None:
    with office_language():
        title = _("Withdrawn: %(letter)s") % _names(letter)
    part = (letter.addressees.values("organization"), letter.copies.values("organization"))
    units = Organization.objects.filter(Q(pk__in=part[0]) | Q(pk__in=part[1]))
    people = {user.pk: user for unit in units for user in people_of(unit, at)}
    tell(
        people.values(),
        letter,
        reason="withdrawn",
        title=title,
        text=letter.withdrawn_reason,
        at=at,
        actor=actor,
    )


@action
def sign_copy(copy_id: int, *, actor: Actor, at: datetime) -> Copy:
    """An organization to which a letter was copied signs for it, once."""
    letter = locked_letter(Copy.objects.values_list("suggestion", flat=True).get(pk=copy_id))
    copy = Copy.objects.select_related("organization").get(pk=copy_id)
    policy_for(Copy).require(actor, "sign", copy)
    if copy.received_at is not None:
        raise RuleBroken("signed", _("Your unit has signed for this copy already."))
    copy.received_at, copy.received_by = at, actor
    copy.save(update_fields=["received_at", "received_by"])
    unit = copy.organization.short_name
    record(actor, "suggestions.letter.copy_signed", letter, unit=unit)
    return copy


@action
def add_addressee(
    suggestion_id: int, *, actor: Actor, at: datetime, organization_id: int
) -> Addressee:
    """Send an issued letter to one more unit; its paper stays as it was issued.

    Raises RuleBroken with field "organization": "ceased", "own_letter",
    "already_addressed", "wrong_unit"; or "not_issued".
    """
    letter = locked_letter(suggestion_id)
    policy_for(Suggestion).require(actor, "withdraw", letter)
    if letter.state != LetterState.ISSUED:
        raise RuleBroken("not_issued", _("Units are added to a letter that is issued."))
    unit = Organization.objects.filter(jurisdiction=letter.jurisdiction, pk=organization_id)
    found = unit.first()
    if found is None:
        raise RuleBroken("wrong_unit", _("Choose units of this place."), "organization")
    require_in_force(found, day_of(at), "organization")
    require_other(letter, [found], "organization")
    if letter.addressees.filter(organization=found).exists():
        message = _("“%(unit)s” is an addressee of this letter already.")
        raise RuleBroken("already_addressed", message % {"unit": found.short_name}, "organization")
    addressee = Addressee(suggestion=letter, organization=found, order=letter.addressees.count())
    addressee.store()
    move(addressee, AddresseeState.SENT, actor)
    admit(letter, [found])
    record(actor, "suggestions.letter.addressee_added", letter, unit=found.short_name)
    _tell_addressee(addressee, actor, at)
    return addressee
