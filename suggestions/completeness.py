"""What a draft still lacks before it can be issued: asked by its page and by the action."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from suggestions.models import Suggestion
from suggestions.reply_periods import period_of
from suggestions.states import Form
from suggestions.units import ceased_words


@dataclass(frozen=True)
class Lack:
    """`field` is the one of the form where it is put right."""

    code: str
    field: str
    message: str


def lacks_of(letter: Suggestion, on: date) -> list[Lack]:
    """Everything that keeps the letter from being issued on `on`, in the form's order."""
    return [
        *_addressee_lacks(letter, on),
        *_problem_lacks(letter),
        *_period_lacks(letter, on),
        *_step_lacks(letter, on),
        *_contact_lacks(letter),
    ]


def _addressee_lacks(letter: Suggestion, on: date) -> Iterator[Lack]:
    rows = list(letter.addressees.select_related("organization"))
    if not rows:
        yield Lack("no_addressee", "addressees", _("Name at least one addressee."))
    for row in rows:
        if not row.organization.holds_on(on):
            yield Lack("ceased", "addressees", ceased_words(row.organization, on))


def _problem_lacks(letter: Suggestion) -> Iterator[Lack]:
    problems = list(letter.problems.all())
    if not problems:
        yield Lack("no_problem", "problems", _("State at least one problem and the advice on it."))
    for problem in problems:
        names = {"n": problem.order}
        if not problem.advice:
            message = _("Problem %(n)d has no advice; each problem needs its own.")
            yield Lack("no_advice", "problems", message % names)
        if not problem.text:
            message = _("Advice %(n)d answers no problem; state the problem beside it.")
            yield Lack("no_problem", "problems", message % names)


def _period_lacks(letter: Suggestion, on: date) -> Iterator[Lack]:
    period = period_of(letter.kind, letter.form, letter.mechanism, on)
    if period.must_be_named and letter.reply_length is None:
        message = _("No text names a reply period for this kind: name one in the letter.")
        yield Lack("no_period", "reply_length", message)


def _step_lacks(letter: Suggestion, on: date) -> Iterator[Lack]:
    """法释〔2023〕11号 arts. 5, 7."""
    if letter.form != Form.COMPREHENSIVE:
        return
    if letter.heard_on is None:
        message = _("The addressee is to be heard first (法释〔2023〕11号, article 5).")
        yield Lack("not_heard", "heard_on", message)
    if letter.deliberated_on is None:
        message = _("The judicial committee is to deliberate (法释〔2023〕11号, article 7).")
        yield Lack("not_deliberated", "deliberated_on", message)
    if letter.signed_on is None or not letter.signed_by:
        message = _(
            "The president is to sign (法释〔2023〕11号, article 7): give the name and day."
        )
        field = "signed_on" if letter.signed_on is None else "signed_by"
        yield Lack("not_signed", field, message)
    elif letter.signed_on > on:
        message = _("The letter was signed on %(day)s; it cannot be issued before that.")
        yield Lack("steps_order", "signed_on", message % {"day": letter.signed_on.isoformat()})


def _contact_lacks(letter: Suggestion) -> Iterator[Lack]:
    if not letter.contact:
        yield Lack("no_contact", "contact", _("Name a contact for the addressees' questions."))
