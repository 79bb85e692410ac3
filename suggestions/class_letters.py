"""类案建议: one unit was advised on one kind of problem again and again (WJ-46).

Letters of one issuer to one unit on one kind of problem, within twelve months, propose a
letter on the class of cases, once: letters that were counted are not counted again, nor
are those before a letter on the class.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from foundations.access.errors import RuleBroken
from foundations.access.policy import visible_to
from foundations.audit.actor import Actor
from foundations.calendars.periods import add_months
from mechanisms.models import Mechanism
from members.models import Organization, User
from members.policy import works_for
from suggestions.actions.steps import office_language
from suggestions.actions.wording import LetterWords
from suggestions.copying import copy_lines
from suggestions.models import Addressee, Problem, Proposal, Suggestion
from suggestions.profile import rules_of
from suggestions.proposal_kinds import Fact, ProposalKind, register
from suggestions.states import AddresseeState, Form, Kind, LetterState, Trigger
from suggestions.units import successor_of

REASON = "class"
MONTHS = 12
OF_CLASS = (Form.CLASS, Form.COMPREHENSIVE)
BECOMES: dict[str, tuple[str, str]] = {
    Kind.JUDICIAL: (Kind.JUDICIAL, Form.CLASS),
    Kind.PROCURATORIAL: (Kind.PROCURATORIAL, Form.GENERAL),
    Kind.RECONSIDERATION_OPINION: (Kind.RECONSIDERATION_SUGGESTION, Form.CLASS),
    Kind.RECONSIDERATION_SUGGESTION: (Kind.RECONSIDERATION_SUGGESTION, Form.CLASS),
    Kind.OPINION_LETTER: (Kind.OPINION_LETTER, Form.CLASS),
}
"""What letters of a kind are gathered into; the procuratorate knows no form of its own."""


@dataclass(frozen=True)
class FoundClass:
    mechanism: Mechanism
    issuer: Organization
    unit: Organization
    tag: str
    letters: tuple[Suggestion, ...]
    ordinal: int

    @property
    def mark(self) -> str:
        return f"{self.mechanism.pk}:{self.issuer.pk}:{self.ordinal}:{self.tag}"

    @property
    def data(self) -> dict:
        return {
            "mechanism": self.mechanism.key,
            "tag": self.tag,
            "letters": [letter.public_id for letter in self.letters],
            "from": str(self.letters[0].issued_on),
            "until": str(self.letters[-1].issued_on),
        }


def classes_on(on: date) -> list[FoundClass]:
    """What is to be proposed on a day: enough letters that no proposal has counted yet."""
    mechanisms = {row.pk: row for row in Mechanism.objects.select_related("jurisdiction")}
    wanted = {pk: rules_of(row, on).class_after for pk, row in mechanisms.items()}
    groups = [group for group in _groups(on) if group["n"] >= wanted[group["mechanism"]]]
    units = Organization.objects.in_bulk(
        {pk for group in groups for pk in (group["issuer"], group["organization"])}
    )
    found = []
    for group in groups:
        one = _class_of(
            mechanisms[group["mechanism"]],
            units[group["issuer"]],
            units[group["organization"]],
            group["tag"],
            on,
        )
        if len(one.letters) >= wanted[group["mechanism"]]:
            found.append(one)
    return found


def _groups(on: date) -> Iterable[dict]:
    """How many letters each unit got from each issuer on each kind of problem."""
    rows = Addressee.objects.filter(
        suggestion__state=LetterState.ISSUED,
        suggestion__issued_on__gt=add_months(on, -MONTHS),
        suggestion__issued_on__lte=on,
        suggestion__problems__tag__gt="",
    ).exclude(state=AddresseeState.WITHDRAWN)
    rows = rows.exclude(suggestion__form__in=OF_CLASS).order_by()
    names = {
        "mechanism": "suggestion__mechanism",
        "issuer": "suggestion__issuer",
        "tag": "suggestion__problems__tag",
    }
    grouped = rows.values("organization", *names.values()).annotate(
        n=Count("suggestion", distinct=True)
    )
    for row in grouped.order_by("organization", *names.values()):
        yield {
            "organization": row["organization"],
            "n": row["n"],
            **{name: row[path] for name, path in names.items()},
        }


def _class_of(
    mechanism: Mechanism, issuer: Organization, unit: Organization, tag: str, on: date
) -> FoundClass:
    earlier = [
        proposal
        for proposal in Proposal.objects.filter(
            reason=REASON, organization=unit, to_organization=issuer
        )
        if (proposal.data["mechanism"], proposal.data["tag"]) == (mechanism.key, tag)
    ]
    counted = {key for proposal in earlier for key in proposal.data["letters"]}
    letters = _letters(mechanism, issuer, unit, tag).filter(
        issued_on__gt=add_months(on, -MONTHS), issued_on__lte=on
    )
    covered = letters.filter(form__in=OF_CLASS).order_by("issued_on").last()
    rows = letters.exclude(form__in=OF_CLASS).exclude(public_id__in=counted)
    if covered is not None:
        rows = rows.filter(issued_on__gt=covered.issued_on)
    ordered = tuple(rows.order_by("issued_on", "pk"))
    return FoundClass(mechanism, issuer, unit, tag, ordered, len(earlier))


def _letters(
    mechanism: Mechanism, issuer: Organization, unit: Organization, tag: str
) -> QuerySet[Suggestion]:
    reached = Addressee.objects.filter(organization=unit).exclude(state=AddresseeState.WITHDRAWN)
    return Suggestion.objects.filter(
        mechanism=mechanism,
        issuer=issuer,
        state=LetterState.ISSUED,
        pk__in=reached.values("suggestion"),
    ).filter(pk__in=Problem.objects.filter(tag=tag).values("suggestion"))


def sentence(proposal: Proposal) -> str:
    count = len(proposal.data["letters"])
    return ngettext(
        "%(n)d letter to %(unit)s on “%(tag)s” within twelve months (%(from)s to %(until)s)",
        "%(n)d letters to %(unit)s on “%(tag)s” within twelve months (%(from)s to %(until)s)",
        count,
    ) % {
        "n": count,
        "unit": proposal.organization.short_name,
        "tag": proposal.data["tag"],
        "from": proposal.data["from"],
        "until": proposal.data["until"],
    }


def facts(proposal: Proposal, user: User) -> list[Fact]:
    seen = visible_to(user, Suggestion).filter(public_id__in=proposal.data["letters"])
    return [
        Fact(str(letter), letter.get_absolute_url(), str(letter.issued_on))
        for letter in seen.order_by("issued_on", "pk")
    ]


def words(proposal: Proposal, actor: Actor, on: date) -> tuple[Mechanism, LetterWords]:
    """A draft with all that the letters said of this problem, once each, and their cases."""
    letters = list(
        Suggestion.objects.filter(public_id__in=proposal.data["letters"])
        .select_related("mechanism__jurisdiction", "issuer", "division")
        .prefetch_related("problems", "cases")
        .order_by("issued_on", "pk")
    )
    if not letters:
        raise RuleBroken("no_letters", _("The letters of this proposal are gone."))
    last = letters[-1]
    kind, form = BECOMES[Counter(letter.kind for letter in letters).most_common(1)[0][0]]
    unit = _unit(proposal.organization, on)
    lines = copy_lines(last.mechanism, kind, on, without={unit.pk, last.issuer_id})
    hands: dict[str, Any] = {"division": last.division}
    if isinstance(actor, User) and works_for(actor, last.issuer):
        hands["handler"] = actor
    return last.mechanism, LetterWords(
        kind=kind,
        form=form,
        issuer=last.issuer,
        **hands,
        title=_title(kind, proposal.data["tag"]),
        area=last.area,
        triggers=(Trigger.TENDENCY,),
        background=_background(proposal, letters),
        legal_basis="\n".join(_once(letter.legal_basis for letter in letters)),
        contact=last.contact,
        contact_phone=last.contact_phone,
        problems=_problems(letters, proposal.data["tag"]),
        cases=_cases(letters),
        addressees=(unit.pk,),
        copies=tuple(line.organization.pk for line in lines if line.is_usual),
    )


def _unit(unit: Organization, on: date) -> Organization:
    return unit if unit.holds_on(on) else successor_of(unit, on) or unit


def _title(kind: str, tag: str) -> str:
    with office_language():
        names = {"tag": tag, "kind": Kind(kind).label}
        return _("%(kind)s on the recurring problem “%(tag)s”") % names


def _background(proposal: Proposal, letters: list[Suggestion]) -> str:
    with office_language():
        numbers = "、".join(letter.number or letter.title for letter in letters)
        return f"{sentence(proposal)}：{numbers}"


def _problems(letters: list[Suggestion], tag: str) -> tuple[tuple[str, str, str], ...]:
    rows = [
        (problem.text, problem.advice, problem.tag)
        for letter in letters
        for problem in letter.problems.all()
        if problem.tag == tag
    ]
    return tuple(dict.fromkeys(rows))


def _cases(letters: list[Suggestion]) -> tuple[tuple[str, str], ...]:
    found: dict[str, str] = {}
    for letter in letters:
        for case in letter.cases.all():
            found.setdefault(case.number, case.note or letter.number)
    return tuple(found.items())


def _once(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(text.strip() for text in texts if text.strip()))


register(
    REASON,
    ProposalKind(
        label=gettext_lazy("Suggestion on a class of cases"),
        sentence=sentence,
        facts=facts,
        words=words,
    ),
)
