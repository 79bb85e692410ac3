"""One procedure's counting rows, from what its dispute tells: pure but for calendars."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast

from cases.models import AgencyTally, Procedure, Tally
from cases.states import Kind
from cases.tallies.appeared import Instance
from cases.tallies.following import (
    MOVED,
    appealed_on,
    decisive,
    final,
    first_remedy,
    is_after,
    retrial_on,
    sued_on,
    unrest_on,
)
from cases.tallies.lasting import calm_months, lasted
from cases.tallies.rights import appeal_by, retrial_by, sue_by
from cases.tallies.story import Agency, Chapter, Owed, Story

JUDGED_TWICE = (Kind.FIRST_INSTANCE, Kind.SECOND_INSTANCE)
Columns = dict[str, Any]


@dataclass(frozen=True)
class Counted:
    """The rows of one procedure, as they should be; not stored."""

    tally: Tally
    agencies: list[AgencyTally]


def counted(story: Story) -> Iterator[Counted]:
    for chapter in story.chapters.values():
        yield tally_of(chapter, story)


def tally_of(chapter: Chapter, story: Story) -> Counted:
    """What `Tally` and `AgencyTally` say of the procedure."""
    procedure = chapter.procedure
    instance = Instance.of(chapter.attendances)
    tally = Tally(
        procedure=procedure,
        **_about(procedure, story),
        **_course(chapter),
        **_after(procedure, story),
        **_remedies(chapter, story),
        **_duties(chapter.owed),
        **instance.columns(),
    )
    agencies = [
        AgencyTally(
            tally=tally,
            organization_id=one.organization,
            role=one.role,
            **instance.columns(one.organization),
            **_duties([duty for duty in chapter.owed if duty.owed_by == one.organization]),
        )
        for one in _agencies(chapter, story)
    ]
    return Counted(tally, agencies)


def _agencies(chapter: Chapter, story: Story) -> list[Agency]:
    """Each once: who answers for the act, and who stood at a hearing though another has taken
    its place since. Where nobody does, the dispute's lead agency."""
    found: dict[int, Agency] = {}
    for one in chapter.agencies:
        found.setdefault(one.organization, one)
    for row in chapter.attendances:
        unit = cast("int", row.agency)
        found.setdefault(unit, Agency(unit, ""))
    return list(found.values()) or [Agency(story.dispute.agency_id, "")]


def _about(procedure: Procedure, story: Story) -> Columns:
    dispute = story.dispute
    within = procedure.kind == Kind.MEDIATION and bool(procedure.fact("within"))
    return {
        "dispute_id": dispute.pk,
        "jurisdiction_id": dispute.jurisdiction_id,
        "kind": procedure.kind,
        "track": procedure.track,
        "organ_id": procedure.organ_id,
        "agency_id": dispute.agency_id,
        "area": dispute.area,
        "act_kind": dispute.act_kind,
        "enterprise": dispute.enterprise,
        "within": within,
        "by_law": bool(dispute.reconsideration_first),
    }


def _course(chapter: Chapter) -> Columns:
    procedure = chapter.procedure
    outcome = procedure.outcome
    return {
        "mode": procedure.mode,
        "taken_on": procedure.accepted_on,
        "closed_on": procedure.closed_on,
        "effective_on": procedure.effective_on,
        "counted": procedure.mode not in MOVED,
        "settled": outcome is not None and outcome.settled,
        "against": outcome is not None and _lost(procedure),
        "judged": outcome is not None and outcome.judgment,
        "explained": chapter.explained,
        "days": lasted(procedure, chapter.steps),
    }


def _lost(procedure: Procedure) -> bool:
    """By its mode; a higher court says it beside how it closes."""
    outcome = procedure.outcome
    by_mode = outcome is not None and outcome.against
    return by_mode or bool(procedure.fact("against_agency"))


def _after(procedure: Procedure, story: Story) -> Columns:
    unrest = unrest_on(procedure, story)
    closed_on = procedure.closed_on
    is_suit = procedure.kind == Kind.FIRST_INSTANCE
    return {
        "first": procedure is first_remedy(story),
        "after": is_suit and is_after(procedure, story),
        "unrest_on": unrest,
        "calm_months": calm_months(closed_on, unrest) if closed_on and unrest else None,
    }


def _remedies(chapter: Chapter, story: Story) -> Columns:
    procedure = chapter.procedure
    found: Columns = {}
    if procedure.kind == Kind.RECONSIDERATION:
        found |= {"sue_by": sue_by(chapter), "sued_on": sued_on(procedure, story)}
    if procedure.kind in JUDGED_TWICE:
        found |= _retrial(procedure, story)
    if procedure.kind == Kind.FIRST_INSTANCE:
        result = final(procedure, story)
        found |= {
            "appeal_by": appeal_by(chapter),
            "appealed_on": appealed_on(procedure, story),
            "final_on": result.on if result else None,
            "final_against": result.against if result else None,
            "final_judged": result.judged if result else None,
        }
    return found


def _retrial(procedure: Procedure, story: Story) -> Columns:
    judged = decisive(procedure, story)
    if judged is None:
        return {}
    by = retrial_by(story.chapters[judged.pk])
    return {"retrial_by": by, "retrial_on": retrial_on(procedure, story)}


def _duties(owed: Sequence[Owed]) -> Columns:
    done = [one.done_on for one in owed if one.done_on is not None]
    return {
        "duty_by": max((one.due_on for one in owed), default=None),
        "duty_done_on": max(done) if owed and len(done) == len(owed) else None,
        "duty_late": any(one.done_on is not None and one.done_on > one.due_on for one in owed),
    }
