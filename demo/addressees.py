"""How an addressee took a letter: served, answered, carried out, verified, or late with it."""

from collections.abc import Callable
from datetime import date, datetime

from demo.city import City
from demo.diary import Diary
from demo.papers import evidence
from members.models import Organization, User
from suggestions.actions import extensions, rectification, replies, reviews, service, supervision
from suggestions.actions.measures import MeasureWords, plan_measures, report_measure
from suggestions.models import Addressee, ExtensionRequest, Suggestion, Supervision
from suggestions.states import NEEDS_REASON, MeasureKind, MeasureState, Verdict

CLOCKS = {
    "served": "10:30",
    "signed": "10:45",
    "extension": "11:05",
    "extended": "11:20",
    "replied": "11:35",
    "objection": "14:10",
    "reviewed": "14:25",
    "planned": "14:40",
    "done": "15:00",
    "finished": "15:20",
    "verified": "15:45",
    "urged": "16:05",
    "answered": "16:30",
    "settled": "16:50",
}
"""The hour of each step, so that steps of one day follow each other."""


def follow(
    city: City, diary: Diary, issuer: Organization, line: dict, letter: Callable[[], Suggestion]
) -> None:
    """Enter every step of `line`; `letter` is asked for when it is there."""
    told = _Told(city, issuer, city.units[line["unit"]], letter)
    for step in line.get("steps", ()):
        name = next(iter(step))
        diary.enter(city.ago(step[name]), CLOCKS[name], told.deed(name, step))


class _Told:
    """An addressee, who writes for it, and who handles the letter at the issuer's."""

    def __init__(
        self,
        city: City,
        issuer: Organization,
        unit: Organization,
        letter: Callable[[], Suggestion],
    ) -> None:
        self.city, self.unit, self._letter = city, unit, letter
        self.clerk = city.clerk(unit.key)
        self.handler = city.clerk(issuer.key)

    @property
    def row(self) -> Addressee:
        return self._letter().addressees.get(organization=self.unit)

    def deed(self, name: str, step: dict) -> Callable[[datetime], object]:
        do = getattr(self, name)
        return lambda at: do(at, step)

    def signed(self, at: datetime, step: dict) -> None:
        service.sign_for(self.row.pk, actor=self.clerk, at=at)

    def served(self, at: datetime, step: dict) -> None:
        proof = evidence("送达回证", [self._letter().title, f"受送达单位：{self.unit.name}"])
        service.serve(
            self.row.pk,
            actor=self.handler,
            at=at,
            on=at.date(),
            mode=step["mode"],
            note=step.get("note", ""),
            proofs=[proof],
            declared=True,
        )

    def extension(self, at: datetime, step: dict) -> None:
        until_on = self.city.ago(step["until"])
        extensions.ask_extension(
            self.row.pk, actor=self.clerk, at=at, until_on=until_on, reason=step["reason"]
        )

    def extended(self, at: datetime, step: dict) -> None:
        request = ExtensionRequest.objects.get(addressee=self.row, granted=None)
        answer = step.get("answer", "")
        extensions.answer_extension(
            request.pk, actor=self.handler, at=at, granted=step["granted"], answer=answer
        )

    def replied(self, at: datetime, step: dict) -> None:
        paper = step.get("paper", False)
        title = f"{self.unit.short_name}回复函"
        words = replies.ReplyWords(
            positions=self._positions(step),
            text=step["text"],
            number=step.get("number", "").format(year=at.year),
            received_on=at.date() if paper else None,
            posted_on=self.city.ago(step["posted"]) if "posted" in step else None,
            measures=self._measures(step),
            files=(evidence(title, [step["text"]]),) if paper else (),
            declared=paper,
        )
        actor = self.handler if paper else self.clerk
        replies.reply(self.row.pk, actor=actor, at=at, words=words, on_behalf=paper)

    def _positions(self, step: dict) -> tuple[replies.PositionWords, ...]:
        """One attitude for all problems, or one for each; the reason stands with the step."""
        orders = list(self._letter().problems.values_list("order", flat=True))
        said = step["says"] if isinstance(step["says"], list) else [step["says"]] * len(orders)
        return tuple(
            replies.PositionWords(order, attitude, self._reason(attitude, step))
            for order, attitude in zip(orders, said, strict=True)
        )

    def _reason(self, attitude: str, step: dict) -> str:
        return step["reason"] if attitude in NEEDS_REASON else ""

    def _measures(self, step: dict) -> tuple[MeasureWords, ...]:
        return tuple(
            MeasureWords(
                problem=one["problem"],
                text=one["text"],
                responsible=one.get("by", self.clerk.display_name),
                due_on=self.city.ago(one["due"]),
                row=place,
            )
            for place, one in enumerate(step.get("measures", ()))
        )

    def objection(self, at: datetime, step: dict) -> None:
        """The issuer answers an objection."""
        reviews.answer_objection(
            self.row.pk, actor=self.handler, at=at, upheld=step["upheld"], remark=step["remark"]
        )

    def reviewed(self, at: datetime, step: dict) -> None:
        reviews.review(
            self.row.pk, actor=self.handler, at=at, upheld=step["upheld"], remark=step["remark"]
        )

    def planned(self, at: datetime, step: dict) -> None:
        measures = self._measures(step)
        plan_measures(self.row.pk, actor=self.clerk, at=at, measures=measures)

    def done(self, at: datetime, step: dict) -> None:
        """The open measures, or those on one problem."""
        open_ones = self.row.measures.filter(state=MeasureState.OPEN)
        if "problem" in step:
            open_ones = open_ones.filter(problem__order=step["problem"])
        for measure in open_ones.order_by("pk"):
            report_measure(
                measure.pk,
                actor=self.clerk,
                at=at,
                on=at.date(),
                note=step["note"],
                files=[evidence("整改情况", [measure.text, step["note"]])],
                declared=True,
            )

    def finished(self, at: datetime, step: dict) -> None:
        rectification.finish(self.row.pk, actor=self.clerk, at=at)

    def verified(self, at: datetime, step: dict) -> None:
        due_on: date | None = self.city.ago(step["due"]) if "due" in step else None
        rectification.verify(
            self.row.pk,
            actor=self.handler,
            at=at,
            on=at.date(),
            verdict=Verdict.FAILED if due_on else Verdict.PASSED,
            effect=step.get("effect", ""),
            remark=step["remark"],
            due_on=due_on,
        )

    def urged(self, at: datetime, step: dict) -> None:
        supervision.urge(
            self.row.pk,
            actor=self._sender(step),
            at=at,
            kind=step.get("kind", MeasureKind.URGING),
            level=step["level"],
            due_on=self.city.ago(step["due"]),
            reason=step.get("reason", ""),
            place=step.get("place", ""),
        )

    def _sender(self, step: dict) -> User:
        return self.city.clerk(step["by"]) if "by" in step else self.handler

    def _latest(self) -> Supervision:
        return self.row.supervisions.latest("pk")

    def answered(self, at: datetime, step: dict) -> None:
        """The unit answers what it was urged to; of a talk its caller enters the record."""
        urged = self._latest()
        if urged.is_talk:
            supervision.record_talk(
                urged.pk, actor=self._sender(step), at=at, on=at.date(), text=step["text"]
            )
        else:
            supervision.answer(urged.pk, actor=self.clerk, at=at, text=step["text"])

    def settled(self, at: datetime, step: dict) -> None:
        supervision.settle(
            self._latest().pk, actor=self._sender(step), at=at, outcome=step["outcome"]
        )
