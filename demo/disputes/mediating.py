"""The steps and records of a mediation, in the name of its centre; what is paid for it."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from cases.actions.agreements import AgreementWords, ItemWords, draft_agreement
from cases.actions.allowances import decide_allowance, pay_allowance, propose_allowance
from cases.actions.mediation import SessionWords, plan_session, record_session
from cases.actions.plans import (
    AuthorityWords,
    PlanWords,
    approve_plan,
    decide_authority,
    draft_plan,
    plan_in_work,
    submit_plan,
)
from cases.models import Allowance, Assignment, MediationSession
from cases.states import Kind
from demo.diary import moment
from demo.disputes import deeds as d
from demo.disputes.tale import Tale

NAME = "mediation"
STANDARD = "示司发〔2025〕18号《调解员以案定补办法》第六条"


class Mediated(Tale):
    """A dispute with the steps and records of a mediation, in the name of its centre."""

    def entrusted(
        self, days: int, *, mediator: int = 0, referral: str = "before_filing",
        number: str = "", channel: str = "administrative", after: str = "intake", **given: Any,
    ) -> None:  # fmt: skip
        """Asked, agreed, entrusted and taken on within four days."""
        self.opened(days, NAME, Kind.MEDIATION, "centre", after=after, why="转调解",
                    channel=channel, mediation_role="together", **given)  # fmt: skip
        agreed = self.ago(days - 2)
        self.course([d.Consent(agreed, NAME, agreed=True, method="in_person", number=number)])
        chosen = self.cast.mediators[mediator]
        self.takes(days - 2, NAME, "refer", referral=referral, mediator=chosen)
        self.takes(days - 4, NAME, "acknowledge")

    def session(self, days: int, told: int, clock: str, place: str, *, by: str = "centre") -> None:
        """Set on the day `told`, for a day that may be still to come."""
        words = SessionWords(moment(self.ago(days), clock), place, "in_person")
        actor = self.writer(by)
        self.beside(
            told,
            lambda at: plan_session(self.procedure(NAME).pk, actor=actor, at=at, words=words),
        )

    def held(self, days: int, offered: str, agreed: str, *, by: str = "centre") -> None:
        actor = self.writer(by)

        def record(at: datetime) -> None:
            sitting = MediationSession.objects.filter(
                procedure=self.procedure(NAME), state="planned"
            ).earliest("starts_at")
            came = [*self.play.parts(NAME, "party"), *self.play.parts(NAME, "agency")]
            record_session(
                sitting.pk, actor=actor, at=at, came=came, offered=offered, agreed=agreed
            )

        self.diary.enter(self.ago(days), "17:00", record)

    def agreement(self, days: int, facts: str, promised: Sequence[tuple[str, int, str]]) -> None:
        """Drafted and not signed yet: what the agency promises, in how many days, how much."""
        actor = self.writer("centre")

        def write(at: datetime) -> None:
            agency = self.play.row.agency
            items = [
                ItemWords(agency, what, self.ago(due), Decimal(amount), "转账至当事人账户")
                for what, due, amount in promised
            ]
            words = AgreementWords(
                kind="mediated", facts=facts, items=items, closing="双方就本案再无其他争议。",
                liability="逾期支付的，按同期贷款市场报价利率支付利息。", confirmation=True,
            )  # fmt: skip
            draft_agreement(self.procedure(NAME).pk, actor=actor, at=at, words=words)

        self.beside(days, write)

    def allowed(self, days: int, amount: str, *, decided: int | None, paid: int | None) -> None:
        """What the mediator gets; decided and paid on later days, or not yet."""
        bureau = self.writer("justice")

        def propose(at: datetime) -> None:
            chosen = Assignment.objects.get(procedure=self.procedure(NAME))
            propose_allowance(
                chosen.pk, actor=bureau, at=at, standard=STANDARD, amount=Decimal(amount)
            )

        def row() -> Allowance:
            return Allowance.objects.get(assignment__procedure=self.procedure(NAME))

        self.beside(days, propose)
        if decided is not None:
            self.beside(
                decided, lambda at: decide_allowance(row().pk, actor=bureau, at=at, approved=True)
            )
        if paid is not None:
            on = self.ago(paid)
            self.beside(paid, lambda at: pay_allowance(row().pk, actor=bureau, at=at, on=on))

    def authorized(self, days: int, agency: str, holder: str, cap: str, limits: str) -> None:
        words = AuthorityWords(
            holder=holder, studied_on=self.ago(days), decided_by="局长办公会", may_settle=True,
            may_change_act=True, cap=Decimal(cap), limits=limits, valid_until=self.ago(-60),
        )  # fmt: skip
        unit, actor = self.unit(agency), self.writer(agency)
        self.beside(
            days,
            lambda at: decide_authority(
                self.pk, actor=actor, at=at, organization=unit, words=words
            ),
        )

    def plan(self, days: int, agency: str, words: PlanWords, *, submitted: int) -> None:
        """Drafted on one day, approved and put to the court and the mediator on a later one."""
        unit, actor, on = self.unit(agency), self.writer(agency), self.ago(submitted)

        def put(at: datetime) -> None:
            made = plan_in_work(self.play.row, unit)
            if made is not None:
                approve_plan(made.pk, actor=actor, at=at, on=on, approved_by="局长办公会")
                submit_plan(made.pk, actor=actor, at=at, on=on)

        self.beside(
            days,
            lambda at: draft_plan(self.pk, actor=actor, at=at, organization=unit, words=words),
        )
        self.beside(submitted, put)
