"""A course done as people do it: every deed through the action of its room."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from cases.actions import (
    agreements,
    appearances,
    attending,
    checklist,
    disputes,
    hearings,
    intake,
    lead,
    losses,
    mediation,
    notices,
    performance,
    steps,
    visits,
)
from cases.models import (
    Appearance,
    Dispute,
    Hearing,
    LossAnalysis,
    OutcomeNotice,
    Participant,
    Party,
    Performance,
    Procedure,
)
from cases.states import Kind
from demo.diary import told_as_of
from demo.disputes import deeds as d
from demo.disputes.cast import Cast
from members.models import Organization, User


class ByActions:
    """One dispute while its course is done."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.dispute: Dispute | None = None
        self.procedures: dict[str, int] = {}
        self.hearings: dict[str, int] = {}

    def play(self, course: Iterable[d.Deed]) -> Dispute:
        for deed in course:
            self.do(deed)
        return self.row

    def do(self, deed: d.Deed) -> None:
        with told_as_of(deed.at):
            DOES[type(deed)](self, deed)

    @property
    def row(self) -> Dispute:
        if self.dispute is None:
            raise LookupError("A course begins with the registration.")
        return self.dispute

    def procedure(self, name: str) -> Procedure:
        rows = Procedure.objects.select_related("organ", "dispute")
        found: Procedure = rows.get(pk=self.procedures[name])
        return found

    def parts(self, name: str, side: str) -> list[Participant]:
        procedure = self.procedure(name)
        every = list(procedure.participants.select_related("organization", "party"))
        if side == "party":
            chosen = [one for one in every if one.party is not None]
        else:
            agencies = set(procedure.participants.agencies().values_list("pk", flat=True))
            chosen = [one for one in every if one.pk in agencies]
        return sorted(chosen, key=lambda one: one.order)

    def given(self, words: Mapping[str, Any]) -> dict[str, Any]:
        return {name: self._given(value) for name, value in words.items()}

    def _given(self, value: Any) -> Any:
        if isinstance(value, d.Part):
            return self.parts(value.of, value.side)[value.n]
        if isinstance(value, d.Of):
            return self.procedure(value.name).public_id
        return value

    def recorder(self, name: str) -> User:
        return self.cast.writer(self.procedure(name).organ)

    def appearance(self, hearing: str, n: int) -> Appearance:
        rows = Appearance.objects.filter(hearing=self.hearings[hearing])
        return rows.order_by("participant__order", "pk")[n]

    def clerk_of_court(self, hearing: str) -> User:
        held = Hearing.objects.select_related("procedure__organ").get(pk=self.hearings[hearing])
        return self.cast.writer(held.procedure.organ)


def _register(play: ByActions, deed: d.Register) -> None:
    actor = play.cast.writer(deed.words.registered_by)
    play.dispute = disputes.register_dispute(
        play.cast.mechanism.pk, actor=actor, at=deed.at, words=deed.words
    )
    play.procedures["intake"] = play.dispute.procedures.get().pk


def _concern(play: ByActions, deed: d.Concern) -> None:
    actor = play.cast.writer(play.row.registered_by)
    lead.add_concerned(play.row.pk, actor=actor, at=deed.at, agency=deed.agency)


def _guide(play: ByActions, deed: d.Guide) -> None:
    actor = play.cast.writer(deed.words.organization)
    intake.record_guidance(play.row.pk, actor=actor, at=deed.at, words=deed.words)


def _check(play: ByActions, deed: d.Check) -> None:
    actor = play.cast.writer(deed.words.organization)
    checklist.fill_checklist(play.row.pk, actor=actor, at=deed.at, on=deed.on, words=deed.words)


def _open(play: ByActions, deed: d.Open) -> None:
    more: dict[str, Any] = {}
    if deed.prosecutor is not None:
        more["claimants"] = [deed.prosecutor]
    if deed.agencies:
        more["agencies"] = list(deed.agencies)
    made = disputes.open_procedure(
        play.row.pk,
        deed.kind,
        organ=deed.organ,
        actor=play.cast.writer(deed.organ),
        at=deed.at,
        on=deed.on,
        given=play.given(deed.given),
        earlier=play.procedure(deed.earlier) if deed.earlier else None,
        reason=deed.reason,
        **more,
    )
    play.procedures[deed.name] = made.pk


def _take(play: ByActions, deed: d.Take) -> None:
    steps.take(
        play.procedures[deed.name],
        deed.step,
        actor=play.recorder(deed.name),
        at=deed.at,
        on=deed.on,
        given=play.given(deed.given),
    )


def _consent(play: ByActions, deed: d.Consent) -> None:
    answers = [
        mediation.ConsentWords(part.public_id, deed.agreed, deed.method)
        for part in play.parts(deed.name, "party")
    ]
    mediation.record_consents(
        play.procedures[deed.name],
        actor=play.recorder(deed.name),
        at=deed.at,
        on=deed.on,
        answers=answers,
        number=deed.number,
    )


def _agree(play: ByActions, deed: d.Agree) -> None:
    actor = play.recorder(deed.name)
    party = play.parts(deed.name, "party")[0].party
    items = [
        agreements.ItemWords(
            play.row.agency if one.by_agency else _known(party), one.what, one.due_on
        )
        for one in deed.promises
    ]
    words = agreements.AgreementWords(
        kind="mediated", facts=deed.facts, items=items, confirmation=deed.court is not None
    )
    procedure = play.procedures[deed.name]
    drafted = agreements.draft_agreement(procedure, actor=actor, at=deed.at, words=words)
    agreements.sign_agreement(
        drafted.pk,
        actor=actor,
        at=deed.at,
        on=deed.on,
        effective_on=deed.on,
        voluntary=True,
        harmless=True,
        court=deed.court,
    )
    if deed.confirmation:
        made = play.row.procedures.get(kind=Kind.CONFIRMATION)
        play.procedures[deed.confirmation] = made.pk


def _known(party: Party | None) -> Party:
    if party is None:
        raise LookupError("A mediation has parties.")
    return party


def _show_way(play: ByActions, deed: d.ShowWay) -> None:
    mediation.show_way(
        play.procedures[deed.name],
        actor=play.recorder(deed.name),
        at=deed.at,
        on=deed.on,
        way=deed.way,
        reason=deed.reason,
    )


def _set_hearing(play: ByActions, deed: d.SetHearing) -> None:
    made = hearings.set_hearing(
        play.procedures[deed.procedure],
        actor=play.recorder(deed.procedure),
        at=deed.at,
        words=deed.words,
    )
    play.hearings[deed.name] = made.pk


def _tell_parties(play: ByActions, deed: d.TellParties) -> None:
    actor = play.clerk_of_court(deed.hearing)
    hearings.tell_parties(play.hearings[deed.hearing], actor=actor, at=deed.at, on=deed.on)


def _call(play: ByActions, deed: d.Call) -> None:
    appearances.call_head(
        play.appearance(deed.hearing, deed.n).pk,
        actor=play.clerk_of_court(deed.hearing),
        at=deed.at,
        call="notice",
        reasons=deed.reasons,
        served_on=deed.on,
    )


def _reply(play: ByActions, deed: d.Reply) -> None:
    row = play.appearance(deed.hearing, deed.n)
    actor = play.cast.writer(row.organization)
    attending.reply(row.pk, actor=actor, at=deed.at, words=deed.words)


def _excuse(play: ByActions, deed: d.Excuse) -> None:
    row, actor = play.appearance(deed.hearing, deed.n), play.clerk_of_court(deed.hearing)
    attending.give_excuse(row.pk, actor=actor, at=deed.at, words=deed.words)
    note = "" if deed.accepted else d.NOT_EXCUSED
    attending.decide_excuse(row.pk, actor=actor, at=deed.at, accepted=deed.accepted, note=note)


def _hold(play: ByActions, deed: d.Hold) -> None:
    actor = play.clerk_of_court(deed.hearing)
    hearings.hold(play.hearings[deed.hearing], actor=actor, at=deed.at)


def _appear(play: ByActions, deed: d.Appear) -> None:
    row, actor = play.appearance(deed.hearing, deed.n), play.clerk_of_court(deed.hearing)
    appearances.record_appearance(row.pk, actor=actor, at=deed.at, words=deed.words)


def _item(play: ByActions, name: str, n: int) -> Performance:
    rows = Performance.objects.filter(procedure=play.procedures[name])
    return rows.select_related("organization").order_by("pk")[n]


def _owner(play: ByActions, item: Performance, name: str) -> User:
    """A party's performance is entered by the organ."""
    return play.cast.writer(item.organization) if item.organization else play.recorder(name)


def _perform(play: ByActions, deed: d.Perform) -> None:
    item = _item(play, deed.name, deed.n)
    actor = _owner(play, item, deed.name)
    performance.perform(item.pk, actor=actor, at=deed.at, on=deed.on, remark=deed.remark)


def _confirm(play: ByActions, deed: d.Confirm) -> None:
    item, actor = _item(play, deed.name, deed.n), play.recorder(deed.name)
    performance.confirm(item.pk, actor=actor, at=deed.at, on=deed.on, done=True)


def _report(play: ByActions, deed: d.Report) -> None:
    agency = _agency(play, deed.name)
    performance.report(
        play.procedures[deed.name],
        actor=play.cast.writer(agency),
        at=deed.at,
        organization=agency,
        on=deed.on,
        text=deed.text,
    )
    visit = play.row.procedures.filter(kind=Kind.VISIT).order_by("pk").last()
    if visit is not None:
        play.procedures[deed.visit] = visit.pk


def _agency(play: ByActions, name: str) -> Organization:
    """Who owes what was decided."""
    item = _item(play, name, 0)
    if item.organization is None:
        raise LookupError("A decision is performed by agencies.")
    return item.organization


def _arrange(play: ByActions, deed: d.Arrange) -> None:
    actor = play.recorder(deed.after)
    made = visits.arrange_visit(play.procedures[deed.after], actor=actor, at=deed.at, on=deed.on)
    play.procedures[deed.name] = made.pk


def _visited(play: ByActions, deed: d.Visited) -> None:
    actor = play.recorder(deed.name)
    visits.record_visit(play.procedures[deed.name], actor=actor, at=deed.at, words=deed.words)


def _notice(play: ByActions, name: str, n: int) -> OutcomeNotice:
    return OutcomeNotice.objects.filter(procedure=play.procedures[name]).order_by("pk")[n]


def _send_notice(play: ByActions, deed: d.SendNotice) -> None:
    notices.send_notice(
        _notice(play, deed.name, deed.n).pk,
        actor=play.recorder(deed.name),
        at=deed.at,
        on=deed.on,
        addressee=deed.addressee,
        number=deed.number,
    )


def _receive_notice(play: ByActions, deed: d.ReceiveNotice) -> None:
    notice, actor = _notice(play, deed.name, deed.n), play.recorder(deed.name)
    notices.receive_notice(notice.pk, actor=actor, at=deed.at, on=deed.on)


def _loss(play: ByActions, name: str) -> LossAnalysis:
    rows = LossAnalysis.objects.filter(procedure=play.procedures[name])
    return rows.select_related("organization").order_by("pk")[0]


def _write_loss(play: ByActions, deed: d.WriteLoss) -> None:
    loss = _loss(play, deed.name)
    actor = play.cast.writer(loss.organization)
    losses.write_analysis(loss.pk, actor=actor, at=deed.at, words=deed.words)


def _review_loss(play: ByActions, deed: d.ReviewLoss) -> None:
    bureau = play.cast.writer(play.cast.units["justice"])
    loss = _loss(play, deed.name)
    losses.review_analysis(loss.pk, actor=bureau, at=deed.at, accepted=True)


def _rectified(play: ByActions, deed: d.Rectified) -> None:
    bureau = play.cast.writer(play.cast.units["justice"])
    losses.rectified(_loss(play, deed.name).pk, actor=bureau, at=deed.at, on=deed.on)


DOES: dict[type[d.Deed], Callable[[ByActions, Any], None]] = {
    d.Register: _register,
    d.Concern: _concern,
    d.Guide: _guide,
    d.Check: _check,
    d.Open: _open,
    d.Take: _take,
    d.Consent: _consent,
    d.Agree: _agree,
    d.ShowWay: _show_way,
    d.SetHearing: _set_hearing,
    d.TellParties: _tell_parties,
    d.Call: _call,
    d.Reply: _reply,
    d.Excuse: _excuse,
    d.Hold: _hold,
    d.Appear: _appear,
    d.Perform: _perform,
    d.Confirm: _confirm,
    d.Report: _report,
    d.Arrange: _arrange,
    d.Visited: _visited,
    d.SendNotice: _send_notice,
    d.ReceiveNotice: _receive_notice,
    d.WriteLoss: _write_loss,
    d.ReviewLoss: _review_loss,
    d.Rectified: _rectified,
}
