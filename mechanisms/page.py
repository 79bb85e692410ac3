"""The institution's text as a page: its paragraphs with the rules in the margin."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from mechanisms.loading.checks import provisions_of
from mechanisms.models import Mechanism, MechanismVersion, Provision
from mechanisms.policy import PUBLISHED
from mechanisms.queries import parties
from mechanisms.wording import sentence_of
from members.models import OrganizationGroup
from members.states import Side

Opens = Callable[[str], bool]  # of a kind of record: is its page open to the reader?
RECORDS = {
    "mechanism": _("text of the institution"),
    "official_document": _("official documents"),
    "organization": _("roster"),
    "seat": _("roster"),
    "side_notice": _("meeting notices"),
    "meeting": _("meetings"),
    "meeting_series": _("plan of the regular meetings"),
    "invitation": _("invitations"),
    "topic": _("topics"),
    "meeting_text": _("meeting opinions and minutes"),
    "activity": _("joint activities"),
    "consent": _("consultation of the sides"),
    "issue_ledger_entry": _("enforcement-issue ledger"),
    "bulletin": _("bulletins"),
    "obligation": _("matters owed"),
    "dispute": _("disputes"),
    "procedure": _("procedures of a dispute"),
    "mediation": _("mediations"),
    "mediation_consent": _("consent to mediation"),
    "professional": _("registers of mediators and lawyers"),
    "unit": _("disputes by unit"),
    "coordination": _("coordination tasks"),
    "early_warning": _("early warnings"),
    "risk_rating": _("risk ratings"),
    "assessment": _("risk assessments of decisions"),
    "inquiry": _("inquiries and supervision orders of a dispute"),
    "resolution_plan": _("resolution plans of a dispute"),
    "defence": _("defence of the government in a dispute"),
    "power_of_attorney": _("powers of attorney in a dispute"),
    "self_correction": _("self-corrections in a dispute"),
    "explanation": _("post-judgment explanations of a dispute"),
    "transfer": _("hand-overs of a dispute"),
    "hearing": _("hearing calendar"),
    "appearance": _("appearance register"),
    "performance": _("performance register"),
    "visit": _("follow-up visits"),
    "outcome_notice": _("outcome notices"),
    "loss_analysis": _("loss analyses"),
    "allowance": _("allowances of mediators"),
    "contact_record": _("contacts on pending cases"),
    "suggestion": _("judicial suggestions"),
    "rectification": _("rectification"),
    "task": _("task lists"),
}


@dataclass(frozen=True)
class Note:
    """What stands beside a paragraph for one provision; `url` only for whom it is open."""

    provision: Provision
    bearers: tuple[str, ...]
    beneficiaries: tuple[str, ...]
    sentence: str
    record: str
    in_use: bool
    url: str


@dataclass(frozen=True)
class Paragraph:
    clause: str
    pieces: tuple[tuple[str, bool], ...]  # text, operative
    notes: tuple[Note, ...]


@dataclass(frozen=True)
class Part:
    """`chapter` and `section` are empty where they go on from the part above."""

    chapter: str
    section: str
    lead: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True)
class Chosen:
    """What the reader wants to see; everything when nothing is chosen."""

    rule_kind: str = ""
    side: str = ""
    modal: str = ""

    @property
    def everything(self) -> bool:
        return not (self.rule_kind or self.side or self.modal)


class TextPage:
    def __init__(
        self,
        mechanism: Mechanism,
        version: MechanismVersion,
        chosen: Chosen,
        opens: Opens,
    ) -> None:
        self.opens = opens
        self.mechanism, self.version, self.chosen = mechanism, version, chosen
        units = mechanism.jurisdiction.organizations.values_list("key", "short_name", "side")
        groups = OrganizationGroup.objects.filter(jurisdiction=mechanism.jurisdiction)
        self._names = {str(side): str(side.label) for side in Side}
        self._names |= {party.side: party.lead.short_name for party in parties(mechanism)}
        self._names |= {key: name for key, name, _side in units}
        self._names |= dict(groups.values_list("key", "name"))
        self._sides = {str(side): {str(side)} for side in Side}
        self._sides |= {key: {side} for key, _name, side in units}
        self._all_sides = {party.side for party in parties(mechanism)}

    @property
    def parts(self) -> list[Part]:
        """The text from top to bottom; only what was chosen, with the heads above it."""
        rows = {row.number: row for row in self.version.provisions.all()}
        found, chapter, section = [], "", ""
        for part in self.version.source["text"]:
            paragraphs = tuple(filter(None, (self._paragraph(c, rows) for c in part["clauses"])))
            if not paragraphs:
                continue
            now = part["chapter"], part.get("section", "")
            found.append(
                Part(
                    chapter=now[0] if now[0] != chapter else "",
                    section=now[1] if now != (chapter, section) else "",
                    lead=part.get("lead", ""),
                    paragraphs=paragraphs,
                )
            )
            chapter, section = now
        return found

    def _paragraph(self, clause: dict, rows: dict[str, Provision]) -> Paragraph | None:
        numbers = [given["number"] for given in clause.get("provisions", ())]
        wanted = [rows[number] for number in numbers if self._is_chosen(rows[number])]
        if not wanted and not self.chosen.everything:
            return None
        return Paragraph(
            clause=clause["clause"],
            pieces=underlined(clause["text"], [row.operative for row in wanted]),
            notes=tuple(self._note(row) for row in wanted),
        )

    def _is_chosen(self, row: Provision) -> bool:
        return (
            self.chosen.rule_kind in ("", row.rule_kind)
            and self.chosen.modal in ("", row.modal)
            and (not self.chosen.side or self.chosen.side in self._sides_of(row.duty_bearers))
        )

    def _sides_of(self, keys: list[str]) -> set[str]:
        """A group of organizations binds every side."""
        return set().union(*(self._sides.get(key, self._all_sides) for key in keys))

    def _note(self, row: Provision) -> Note:
        url = page_of(self.mechanism, row.realised_by)
        return Note(
            provision=row,
            bearers=tuple(self._names.get(key, key) for key in row.duty_bearers),
            beneficiaries=tuple(self._names.get(key, key) for key in row.beneficiaries),
            sentence=sentence_of(row.parameters),
            record=str(RECORDS.get(row.realised_by["record"], row.realised_by["record"])),
            in_use=bool(url),
            url=url if self.opens(row.realised_by["record"]) else "",
        )


def page_of(mechanism: Mechanism, realised_by: dict) -> str:
    """The page where a rule is kept; empty while that room is not built."""
    body = mechanism.body
    arguments = {"mechanism": [mechanism.key], "body": [body.public_id] if body else []}
    page = realised_by.get("page", "")
    try:
        return reverse(page, args=arguments.get(realised_by.get("of", ""))) if page else ""
    except NoReverseMatch:
        return ""


def published_pages(mechanism: Mechanism, source: dict, opens: Opens) -> dict[str, str]:
    """The pages of what is published with the text, each once, with their names."""
    found = {}
    for _place, _part, _clause, given in provisions_of(source):
        record = given["realised_by"]["record"]
        url = page_of(mechanism, given["realised_by"])
        if url and record in PUBLISHED and opens(record):
            found[url] = str(RECORDS[record])
    return found


def underlined(text: str, operative: list[str]) -> tuple[tuple[str, bool], ...]:
    """The text cut where operative words begin and end; overlapping ones run together."""
    marks = [False] * len(text)
    for words in filter(None, operative):
        start = text.index(words)
        marks[start : start + len(words)] = [True] * len(words)
    return tuple(
        ("".join(character for character, _mark in run), mark)
        for mark, run in groupby(zip(text, marks, strict=True), key=lambda pair: pair[1])
    )


def title_lines(title: str, issuers: tuple[str, ...]) -> list[str]:
    """The issuers above, the rest below, as the head of a document is set."""
    rest = title
    for issuer in issuers:
        if not rest.startswith(issuer):
            return [title]
        rest = rest.removeprefix(issuer).lstrip()
    return ["\u3000".join(issuers), rest] if issuers and rest else [title]
