"""A dispute that is told by hand: the deeds of its course, and what units do beside it."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any

from cases.actions.contacts import ContactWords, record_contact
from cases.actions.coordination import (
    CoordinationWords,
    StepWords,
    answer_call,
    close_coordination,
    finish_step,
    log_entry,
    open_coordination,
    set_step,
)
from cases.actions.defence import (
    DefenceWords,
    PaperWords,
    SealWords,
    answer_seal,
    ask_seal,
    organize_defence,
    receive_paper,
    route_paper,
    write_strategy,
)
from cases.actions.disputes import DisputeWords, PartyWords
from cases.actions.risk import rate
from cases.actions.transfers import TransferWords, answer_transfer, send_transfer
from cases.models import (
    Coordination,
    CoordinationStep,
    Defence,
    DefencePaper,
    Procedure,
    SealRequest,
    Transfer,
)
from demo.city import City
from demo.diary import Diary
from demo.disputes import deeds as d
from demo.disputes.by_actions import ByActions
from demo.disputes.cast import Cast
from members.models import Organization, User

BESIDE = "11:00"
"""What is done beside a course is done after the deeds of its day."""


class Tale:
    """Days are counted back from today, negative ones ahead; units are named by their key."""

    def __init__(self, city: City, diary: Diary, cast: Cast) -> None:
        self.city, self.diary, self.cast = city, diary, cast
        self.play = ByActions(cast)

    @property
    def pk(self) -> int:
        return self.play.row.pk

    def unit(self, key: str) -> Organization:
        return self.cast.units[key]

    def units(self, *keys: str) -> list[Organization]:
        return [self.cast.units[key] for key in keys]

    def writer(self, key: str) -> User:
        return self.cast.writer(self.unit(key))

    def ago(self, days: int) -> date:
        return self.city.ago(days)

    def year(self, days: int) -> int:
        return self.ago(days).year

    def registered(self, days: int, by: str, agency: str, **given: Any) -> None:
        """`given` as `DisputeWords`, `parties` as names of natural persons or ready words."""
        parties = [
            PartyWords("natural", one) if isinstance(one, str) else one
            for one in given.pop("parties")
        ]
        words = DisputeWords(
            registered_by=self.unit(by),
            agency=self.unit(agency),
            parties=parties,
            filed_on=self.ago(days),
            **{"source": "window", **given},
        )
        self.course([d.Register(self.ago(days), words)])

    def opened(
        self, days: int, name: str, kind: str, organ: str, *, after: str = "intake",
        why: str = "", agencies: Sequence[str] = (), prosecutor: str = "", **given: Any,
    ) -> None:  # fmt: skip
        called = tuple(self.units(*agencies))
        sues = self.unit(prosecutor) if prosecutor else None
        begun = d.Open(
            self.ago(days), name, kind, self.unit(organ), given, after, why, called, sues
        )
        self.course([begun])

    def takes(self, days: int, name: str, step: str, **given: Any) -> None:
        self.course([d.Take(self.ago(days), name, step, given)])

    def course(self, told: Iterable[d.Deed]) -> None:
        for deed in told:
            self.diary.enter(deed.on, f"{d.CLOCK:%H:%M}", self._played(deed))

    def _played(self, deed: d.Deed) -> Callable[[datetime], object]:
        return lambda _at: self.play.do(deed)

    def beside(self, days: int, deed: Callable[[datetime], object]) -> None:
        self.diary.enter(self.ago(days), BESIDE, deed)

    # What units do together.

    def called_together(
        self, days: int, by: str, ground: str, reason: str, members: Sequence[str],
        *, urgent: bool = False,
    ) -> None:  # fmt: skip
        words = CoordinationWords(self.unit(by), ground, reason, self.units(*members), urgent)
        actor = self.writer(by)
        self.beside(days, lambda at: open_coordination(self.pk, actor=actor, at=at, words=words))

    def _coordination(self) -> Coordination:
        return Coordination.objects.get(dispute=self.pk)

    def joins(self, days: int, unit: str, people: str) -> None:
        self._answers(days, unit, joins=True, people=people)

    def declines(self, days: int, unit: str, remark: str) -> None:
        self._answers(days, unit, joins=False, remark=remark)

    def _answers(self, days: int, key: str, **answer: Any) -> None:
        unit, actor = self.unit(key), self.writer(key)
        self.beside(
            days,
            lambda at: answer_call(
                self._coordination().pk, actor=actor, at=at, organization=unit, **answer
            ),
        )

    def logged(self, days: int, by: str, text: str) -> None:
        on, actor = self.ago(days), self.writer(by)
        self.beside(
            days,
            lambda at: log_entry(self._coordination().pk, actor=actor, at=at, on=on, text=text),
        )

    def agreed(self, days: int, what: str, owner: str, due: int, *, by: str = "justice") -> None:
        """A measure of the coordination, which `owner` has to take by a day."""
        words, actor = StepWords(what, self.unit(owner), self.ago(due)), self.writer(by)
        self.beside(
            days, lambda at: set_step(self._coordination().pk, actor=actor, at=at, words=words)
        )

    def done(self, days: int, what: str, owner: str, outcome: str) -> None:
        on, actor = self.ago(days), self.writer(owner)

        def finish(at: datetime) -> None:
            step = CoordinationStep.objects.get(coordination=self._coordination(), what=what)
            finish_step(step.pk, actor=actor, at=at, on=on, outcome=outcome)

        self.beside(days, finish)

    def settled_together(self, days: int, by: str, summary: str, *, result: str) -> None:
        """What it came to; resolved in substance is closed for good."""
        ended: dict[str, Any] = {
            "result": result,
            "summary": summary,
            "closed_for_good": result == "settled",
        }
        actor = self.writer(by)
        self.beside(
            days,
            lambda at: close_coordination(self._coordination().pk, actor=actor, at=at, **ended),
        )

    # How a government that is sued answers.

    def procedure(self, name: str) -> Procedure:
        return self.play.procedure(name)

    def defended(self, days: int, name: str, by: str, *, counsel: str) -> None:
        words = DefenceWords(self.unit("gov"), self.unit(by), self.ago(days), counsel)
        actor = self.writer("justice")
        self.beside(
            days,
            lambda at: organize_defence(self.procedure(name).pk, actor=actor, at=at, words=words),
        )

    def _defence(self) -> Defence:
        return Defence.objects.get(dispute=self.pk)

    def planned(self, days: int, by: str, **plan: Any) -> None:
        """The experts' meeting of that day, and the plan of defence."""
        on, actor = self.ago(days), self.writer(by)
        self.beside(
            days,
            lambda at: write_strategy(
                self._defence().pk, actor=actor, at=at, experts_on=on, **plan
            ),
        )

    def paper_sent(
        self, days: int, by: str, to: str, kind: str, title: str, *, signed: int | None = None
    ) -> None:
        """`signed`: the day on which it was signed for, if it was."""
        words = PaperWords(kind, title, self.unit(to), self.ago(days))
        actor = self.writer(by)
        self.beside(
            days, lambda at: route_paper(self._defence().pk, actor=actor, at=at, words=words)
        )
        if signed is not None:
            signs = self.writer(to)
            self.beside(
                signed, lambda at: receive_paper(self._paper(title).pk, actor=signs, at=at)
            )

    def _paper(self, title: str) -> DefencePaper:
        return DefencePaper.objects.get(defence=self._defence(), title=title)

    def seal_asked(self, days: int, by: str, paper: str, needed: int, *, copies: int = 1) -> None:
        words, actor = SealWords(paper, self.ago(needed), copies), self.writer(by)
        self.beside(days, lambda at: ask_seal(self._defence().pk, actor=actor, at=at, words=words))

    def seal_answered(self, days: int, paper: str, *, sealed: bool, remark: str = "") -> None:
        actor, on = self.writer("justice"), self.ago(days)

        def answer(at: datetime) -> None:
            asked = SealRequest.objects.get(defence=self._defence(), paper=paper)
            answer_seal(asked.pk, actor=actor, at=at, on=on, sealed=sealed, remark=remark)

        self.beside(days, answer)

    # What goes from one body to another, what is asked about a case, and how it is rated.

    def handed_over(
        self, days: int, sender: str, receiver: str, kind: str, items: Sequence[str], reason: str,
        *, due: int,
    ) -> None:  # fmt: skip
        words = TransferWords(
            kind, self.unit(sender), self.unit(receiver), items, reason,
            self.ago(days), self.ago(due),
        )  # fmt: skip
        actor = self.writer(sender)
        self.beside(days, lambda at: send_transfer(self.pk, actor=actor, at=at, words=words))

    def signed_for(self, days: int, receiver: str, *, received: bool, remark: str = "") -> None:
        unit, actor, on = self.unit(receiver), self.writer(receiver), self.ago(days)

        def answer(at: datetime) -> None:
            sent = Transfer.objects.get(dispute=self.pk, receiver=unit)
            answer_transfer(sent.pk, actor=actor, at=at, on=on, received=received, remark=remark)

        self.beside(days, answer)

    def asked_about(self, days: int, name: str, by: str, **contact: str) -> None:
        """A contact about a pending case, written down by a unit on the same day."""
        words = ContactWords(recorded_for=self.unit(by), on=self.ago(days), **contact)
        actor = self.writer(by)
        self.beside(
            days,
            lambda at: record_contact(self.procedure(name).pk, actor=actor, at=at, words=words),
        )

    def rated(self, days: int, by: str, level: str, reason: str, review: int) -> None:
        unit, actor, on = self.unit(by), self.writer(by), self.ago(review)
        self.beside(
            days,
            lambda at: rate(
                self.pk, actor=actor, at=at, organization=unit, level=level, reason=reason,
                review_on=on,
            ),
        )  # fmt: skip
