"""司法建议书 (K-5, F28), 检察建议书 (K-6), 行政复议意见书 (K-7), 建议书 (K-8), 意见函."""

import re
from datetime import date

from django.utils import timezone

from services.documents.attachments import attachments_of
from suggestions.models import Problem, Suggestion
from suggestions.papers.words import (
    LETTER_NAMES,
    enclosures,
    length_words,
    lines_of,
    long_day,
    names_of,
    self_name,
)
from suggestions.reply_periods import period_of
from suggestions.states import Kind

DOCUMENT_KINDS: dict[str, str] = {
    Kind.JUDICIAL: "judicial_suggestion",
    Kind.PROCURATORIAL: "procuratorial_suggestion",
    Kind.RECONSIDERATION_OPINION: "reconsideration_opinion",
    Kind.RECONSIDERATION_SUGGESTION: "reconsideration_suggestion",
    Kind.OPINION_LETTER: "opinion_letter",
}
STATUTES: dict[str, str] = {
    Kind.RECONSIDERATION_OPINION: "《中华人民共和国行政复议法》第七十六条",
    Kind.RECONSIDERATION_SUGGESTION: "《中华人民共和国行政复议法实施条例》第五十七条第二款",
}
"""By which a kind of letter is made, whatever basis its advice has."""
AROUND = re.compile(r"^(?:根据|依据|依照|按照)|(?:的?(?:有关|相关)?规定)?[，；。]*$")
"""What stands round the name of a statute, and is printed anyway."""


def letter_kind(suggestion: Suggestion) -> str:
    """The kind of document that a letter is."""
    return DOCUMENT_KINDS[suggestion.kind]


def letter_context(suggestion: Suggestion, *, on: date | None = None) -> dict:
    """One paper that names all addressees. `on` is its day, of a draft the day of issuing."""
    day = suggestion.issued_on or on
    addressees = [one.organization for one in _addressees(suggestion)]
    return {
        "title": suggestion.title,
        "red_head": suggestion.issuer.name if suggestion.kind == Kind.OPINION_LETTER else "",
        "subject_title": suggestion.title,
        "issuer": suggestion.issuer.name,
        "own": self_name(suggestion.issuer),
        "paper": LETTER_NAMES[suggestion.kind],
        "form": suggestion.form,
        "number": suggestion.number,
        "own_number": suggestion.number,
        "addressees": names_of(addressees),
        "you": "你单位" if len(addressees) == 1 else "各单位",
        "background": lines_of(suggestion.background),
        "cases": [{"number": one.number, "note": one.note} for one in suggestion.cases.all()],
        "statute": STATUTES.get(suggestion.kind, ""),
        **_basis(suggestion),
        **_problems(list(suggestion.problems.all())),
        "reply": reply_words(suggestion, day),
        "attachments": enclosures(attachments_of(suggestion)),
        "signer": suggestion.issuer.name,
        "date": long_day(day),
        "person": {"name": suggestion.contact, "phone": suggestion.contact_phone},
        "copy_to": _copies(suggestion),
        "mark": "",
    }


def reply_words(suggestion: Suggestion, on: date | None) -> str:
    """The reply period of the letter: its own, or the usual one; "" where there is none."""
    day = on or timezone.localtime(suggestion.created_at).date()
    period = period_of(suggestion.kind, suggestion.form, suggestion.mechanism, day)
    if suggestion.reply_length and period.own_unit:
        return length_words(suggestion.reply_length, period.own_unit)
    return length_words(period.usual.n, period.usual.unit) if period.usual else ""


def _addressees(suggestion: Suggestion) -> list:
    return list(suggestion.addressees.select_related("organization"))


def _copies(suggestion: Suggestion) -> list:
    rows = suggestion.copies.select_related("organization")
    return [names_of(row.organization for row in rows)] if rows else []


def _basis(suggestion: Suggestion) -> dict:
    """A short basis goes into the sentence that it carries, a longer one stands by itself.

    What the letter opens with is not cited a second time.
    """
    lines = lines_of(suggestion.legal_basis)
    if len(lines) != 1 or "。" in lines[0].rstrip("。"):
        return {"basis": "", "basis_text": lines}
    basis = AROUND.sub("", lines[0])
    said = basis == STATUTES.get(suggestion.kind)
    return {"basis": "" if said else basis, "basis_text": []}


def _problems(rows: list[Problem]) -> dict:
    """Problems and advice one to one; each may have several paragraphs."""
    return {
        "problems": [lines_of(row.text) for row in rows if row.text.strip()],
        "advices": [lines_of(row.advice) for row in rows if row.advice.strip()],
    }
