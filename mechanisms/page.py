"""The institution's text as a page: its paragraphs with the rules in the margin."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from mechanisms.bearers import Bearers
from mechanisms.loading.checks import provisions_of
from mechanisms.models import Mechanism, MechanismVersion, Provision
from mechanisms.policy import PUBLISHED
from mechanisms.wording import sentence_of

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
    "report": _("yearly reports on letters"),
    "reply": _("replies to letters"),
    "task": _("task lists"),
    "contact": _("units and their contacts"),
    "attestation": _("attestations"),
    "problem": _("problem register"),
    "class_case": _("class-case notices"),
    "legal_question": _("legal questions"),
    "standard": _("consensus and standards"),
    "consultation": _("consultations on drafts"),
    "guidance": _("guidance letters and supervision visits"),
    "interpretation": _("interpretation notes"),
    "library_item": _("library"),
    "white_paper": _("white papers"),
    "return": _("returns of units"),
    "deliverable": _("documents owed"),
    "staff": _("qualification of staff"),
    "facility": _("rooms and facilities"),
    "self_check": _("self-checks"),
    "upward_report": _("reports to upper bodies"),
    "declaration": _("integrity statements and recusals"),
    "import": _("imports of disputes"),
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
    pieces: tuple[tuple[str, str], ...]  # text, mark
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
        self.bearers = Bearers(mechanism)

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
        wanted = [rows[number] for number in numbers if self.is_chosen(rows[number])]
        if not wanted and not self.chosen.everything:
            return None
        return Paragraph(
            clause=clause["clause"],
            pieces=marked(clause["text"], [(row.operative, self.mark(row)) for row in wanted]),
            notes=tuple(self.note(row) for row in wanted),
        )

    def is_chosen(self, row: Provision) -> bool:
        return (
            self.chosen.rule_kind in ("", row.rule_kind)
            and self.chosen.modal in ("", row.modal)
            and (not self.chosen.side or self.chosen.side in self.bearers.sides(row.duty_bearers))
        )

    def mark(self, row: Provision) -> str:
        """What the operative words of a provision are marked with."""
        return "operative"

    def note(self, row: Provision) -> Note:
        url = page_of(self.mechanism, row.realised_by)
        return Note(
            provision=row,
            bearers=self.bearers.names(row.duty_bearers),
            beneficiaries=self.bearers.names(row.beneficiaries),
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


def marked(text: str, operative: list[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """The text cut where operative words begin and end, each piece with its mark.

    `operative` are words and their mark; where they overlap, the later mark counts.
    """
    marks = [""] * len(text)
    for words, mark in operative:
        if words:
            start = text.index(words)
            marks[start : start + len(words)] = [mark] * len(words)
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
