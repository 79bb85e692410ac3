"""The institution's own text with the live state of each clause beside it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial

from django.urls import reverse

from dashboards.evidence import openable
from dashboards.policy import RESPONSIBLE
from mechanisms.findings import Evidence, Finding
from mechanisms.judging import Judgement, counted, judgements
from mechanisms.models import Mechanism, MechanismVersion, Provision
from mechanisms.page import Chosen, Note, TextPage
from mechanisms.policy import opens
from mechanisms.states import ComplianceState, RuleKind
from members.models import User
from members.policy import works_in
from members.standing import standing

S = ComplianceState
LOOKS: dict[str, tuple[str, str, str]] = {
    S.BROKEN: ("broken", "exclamation-octagon-fill", "exclamation-lg"),
    S.DUE_SOON: ("soon", "clock-history", "clock-fill"),
    S.KEPT: ("kept", "check-circle-fill", "check-lg"),
    S.ATTESTED: ("attested", "patch-check-fill", "patch-check-fill"),
    S.NOT_YET_DUE: ("notyet", "circle", "circle"),
    S.NOT_APPLICABLE: ("na", "dash-circle", "dash"),
}
"""Class, icon beside the clause, icon on its tile."""
SHOWN = 4
"""So many records stand beside a clause; the page of its room has them all."""
HEADING = re.compile(
    r"^(?:第?[一二三四五六七八九十百]+[、章条节]?|（[一二三四五六七八九十]+）|[0-9]+[.．、])\s*"
)
JOINT = re.compile(r"[、及和与]")
TILE, CHARACTER = 20, 12
TILES_BESIDE = 36
"""More tiles stand below the counts, not beside them."""


@dataclass(frozen=True)
class Look:
    """How a state is drawn."""

    state: ComplianceState

    @property
    def css(self) -> str:
        return LOOKS[self.state][0]

    @property
    def icon(self) -> str:
        return LOOKS[self.state][1]

    @property
    def tile(self) -> str:
        return LOOKS[self.state][2]

    @property
    def label(self) -> str:
        return str(self.state.label)


@dataclass(frozen=True)
class JudgedNote(Note):
    """`evidence` has only what the reader may open."""

    finding: Finding
    look: Look
    evidence: tuple[Evidence, ...]
    attest_url: str


@dataclass(frozen=True)
class ChosenStates(Chosen):
    state: str = ""

    @property
    def everything(self) -> bool:
        return super().everything and not self.state


@dataclass(frozen=True)
class Tile:
    number: str
    clause: str
    look: Look


@dataclass(frozen=True)
class Strand:
    """The tiles of one chapter or section, under as much of its name as they are wide."""

    name: str
    tiles: tuple[Tile, ...]

    @property
    def short(self) -> str:
        room = max(4, len(self.tiles) * TILE // CHARACTER) if len(self.tiles) > 1 else 2
        plain = HEADING.sub("", self.name).partition("：")[0].removesuffix("制度")
        return plain if len(plain) <= room else JOINT.split(plain)[0][:room]


@dataclass(frozen=True)
class Count:
    look: Look
    n: int
    chosen: bool


class CompliancePage(TextPage):
    """`notes` are judged on `on` for one reader."""

    def __init__(
        self,
        mechanism: Mechanism,
        version: MechanismVersion,
        chosen: ChosenStates,
        *,
        user: User,
        on: date,
    ) -> None:
        super().__init__(mechanism, version, chosen, partial(opens, user, mechanism))
        self.user, self.on, self.state = user, on, chosen.state
        self.found = judgements(mechanism, on)
        self._of = {one.provision.number: one.finding for one in self.found}
        shown = (one for finding in self._of.values() for one in finding.evidence)
        self._open = openable(user, shown)
        mine = standing(user)
        responsible = works_in(user, mechanism.jurisdiction_id) and mine.has(*RESPONSIBLE)
        self._attests = mine.sides if responsible else frozenset()

    def is_chosen(self, row: Provision) -> bool:
        return self.state in ("", self._of[row.number].state) and super().is_chosen(row)

    def mark(self, row: Provision) -> str:
        return Look(self._of[row.number].state).css

    def note(self, row: Provision) -> JudgedNote:
        finding = self._of[row.number]
        return JudgedNote(
            **vars(super().note(row)),
            finding=finding,
            look=Look(finding.state),
            evidence=self._shown(finding),
            attest_url=self._attest_url(row),
        )

    def _shown(self, finding: Finding) -> tuple[Evidence, ...]:
        mine = (one for one in finding.evidence if (type(one.record), one.record.pk) in self._open)
        return tuple(mine)[:SHOWN]

    def _attest_url(self, row: Provision) -> str:
        if row.rule_kind != RuleKind.STATEMENT:
            return ""
        if not self._attests & self.bearers.sides(row.duty_bearers):
            return ""
        return reverse("dashboards:attest", args=[self.mechanism.key, row.number])

    @cached_property
    def counts(self) -> list[Count]:
        totals = counted(self.found)
        return [
            Count(Look(state), n, state == self.state)
            for state, n in totals.items()
            if n or state != S.NOT_APPLICABLE
        ]

    @property
    def weave(self) -> list[Strand]:
        return strands(self.found)

    @property
    def is_long(self) -> bool:
        return len(self.found) > TILES_BESIDE


def strands(found: Iterable[Judgement]) -> list[Strand]:
    """One tile a provision in the order of the text, by section, else by chapter."""
    grouped: dict[str, list[Tile]] = {}
    for one in found:
        row = one.provision
        tile = Tile(row.number, row.clause, Look(one.finding.state))
        grouped.setdefault(row.section or row.chapter, []).append(tile)
    return [Strand(name, tuple(tiles)) for name, tiles in grouped.items()]
