"""A dispute is registered with what the intake form settles, and its party is guided."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from cases.actions.disputes import DisputeWords, PartyWords, register_dispute
from cases.actions.lead import check_agency, concern
from cases.actions.parties import AgentWords, check_numbers, write_agent
from cases.actions.steps import locked_dispute
from cases.alike import Act, alike, taken_up
from cases.dictionaries import Ground
from cases.first import ground_for
from cases.models import Choice, Concerned, Dispute, Guidance, Intake
from cases.profile import rules_of
from cases.states import Flag, PartyKind
from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from foundations.notifications.send import notify_once
from mechanisms.models import Mechanism
from members.models import Organization
from members.policy import works_for
from members.rosters import users_of


@dataclass(frozen=True)
class PartyEntry:
    """A party with who speaks for it. `other_document`: the number is of a passport or the
    like, which nobody here can check."""

    words: PartyWords
    other_document: bool = False
    agent: AgentWords | None = None


@dataclass(frozen=True)
class IntakeWords:
    """What the intake form gives: `dispute` without its parties, which are `entries`.

    `concerned` are agencies besides the dispute's; `ticked` the grounds of 复议前置 that
    were answered yes; `first` is "yes" or "no" to the one that follows from them, "" while
    it was not asked; `alike_reason` says why it is registered though another looks like it.
    """

    dispute: DisputeWords
    entries: Sequence[PartyEntry]
    concerned: Sequence[Organization] = ()
    track: str = ""
    group_size: int | None = None
    ticked: Sequence[str] = ()
    first: str = ""
    first_refused: str = ""
    alike_reason: str = ""

    @property
    def parties(self) -> tuple[PartyWords, ...]:
        return tuple(entry.words for entry in self.entries)


@action
def register_intake(
    mechanism_id: int,
    *,
    actor: Actor,
    at: datetime,
    words: IntakeWords,
    token: str | None = None,
) -> Dispute:
    """Register a dispute from the intake form, once, with all that was asked for there.

    Raises PermissionDenied; RuleBroken "bad_code" (field parties), "no_agency" and "ceased"
    (field concerned), "missing_due" (field
    missing_due), "first_undecided" (field first), "first_reason" (field first_refused),
    "alike" and "conflict" (field alike_reason), and what `register_dispute` raises.
    """
    mechanism = (
        Mechanism.objects.select_for_update(of=("self",))
        .select_related("jurisdiction")
        .get(pk=mechanism_id)
    )
    if actor is not None and not works_for(actor, words.dispute.registered_by):
        raise PermissionDenied("register")
    made = Dispute.made_before(token, act=words.dispute.act)
    if made is not None:
        return made
    for entry in words.entries:
        check_numbers(entry.words, on=timezone.localtime(at).date(), other=entry.other_document)
    for agency in words.concerned:
        check_agency(agency, on=words.dispute.filed_on, field="concerned")
    ground = _decided_ground(words)
    given = _dispute_words(words, mechanism, ground)
    found = alike(act_of(mechanism, given, words.parties))
    _require_reason(found, words.alike_reason)
    dispute = register_dispute(mechanism_id, actor=actor, at=at, words=given, token=token)
    _keep(dispute, words, ground, found)
    _enter_agents(dispute, words)
    for organization in dict.fromkeys([given.agency, *words.concerned]):
        concern(dispute, organization)
    _tell_agencies(dispute, actor=actor, at=at)
    return dispute


def act_of(mechanism: Mechanism, words: DisputeWords, parties: Sequence[PartyWords]) -> Act:
    return Act(
        mechanism.jurisdiction, words.agency, words.act_number, tuple(parties), words.filed_on
    )


def _decided_ground(words: IntakeWords) -> Ground | None:
    """The ground that was proposed; RuleBroken while nobody has decided on it."""
    ground = ground_for(words.dispute.act_kind, words.ticked, words.dispute.filed_on)
    if ground is None:
        return None
    if words.first not in ("yes", "no"):
        message = _(
            "Reconsideration seems to come first: %(ground)s (%(basis)s). Say whether it does."
        )
        named = {"ground": ground.name, "basis": ground.basis}
        raise RuleBroken("first_undecided", message % named, "first")
    if words.first == "no" and not words.first_refused.strip():
        message = _("Say why reconsideration does not come first here.")
        raise RuleBroken("first_reason", message, "first_refused")
    return ground


def _dispute_words(
    words: IntakeWords, mechanism: Mechanism, ground: Ground | None
) -> DisputeWords:
    """With its parties, and the marks that follow from them."""
    given = words.dispute
    if bool(given.missing_items) != bool(given.missing_due):
        message = _("What is missing needs a day by which it is supplied, and the other way.")
        raise RuleBroken("missing_due", message, "missing_due")
    flags = list(given.flags)
    rules = rules_of(mechanism, given.filed_on)
    if persons_in(words) >= rules.mass_from and Flag.MASS not in flags:
        flags.append(Flag.MASS)
    if given.enterprise and Flag.ENTERPRISE not in flags:
        flags.append(Flag.ENTERPRISE)
    first = f"{ground.name}（{ground.basis}）" if ground and words.first == "yes" else ""
    return replace(
        given, parties=words.parties, flags=[str(f) for f in flags], reconsideration_first=first
    )


def persons_in(words: IntakeWords) -> int:
    """How many persons dispute the act: those entered, or as many as were counted."""
    entered = sum(party.kind == PartyKind.NATURAL for party in words.parties)
    return max(entered, words.group_size or 0)


def _require_reason(found: Sequence[Dispute], reason: str) -> None:
    if not found or reason.strip():
        return
    taken = taken_up(found)
    if taken:
        message = _(
            "The same matter was accepted already (%(procedure)s, accepted on %(day)s). Whoever "
            "accepted it first has it; a suit waits until reconsideration ends "
            "(行诉解释第五十七条). Say why it is registered all the same."
        )
        named = {"procedure": taken[0].get_kind_display(), "day": taken[0].accepted_on}
        raise RuleBroken("conflict", message % named, "alike_reason")
    message = _("It looks like a dispute that was registered before. Say why it is another.")
    raise RuleBroken("alike", message, "alike_reason")


def _keep(
    dispute: Dispute, words: IntakeWords, ground: Ground | None, found: Sequence[Dispute]
) -> None:
    intake = Intake(
        dispute=dispute,
        track=words.track,
        group_size=words.group_size,
        first_ground=ground.key if ground else "",
        first_refused=words.first_refused if ground and words.first == "no" else "",
        alike_reason=words.alike_reason if found else "",
    )
    intake.store()
    intake.alike.set(found)


def _enter_agents(dispute: Dispute, words: IntakeWords) -> None:
    """Who speaks for a party does so from the first procedure on."""
    intake = dispute.procedures.get()
    parts = {part.party_id: part for part in intake.participants.exclude(party=None)}
    parties = dispute.parties.order_by("order", "pk")
    for party, entry in zip(parties, words.entries, strict=True):
        if entry.agent is not None:
            write_agent(parts[party.pk], entry.agent)


def _liaison(dispute: Dispute, organization: Organization, on: date) -> list[Organization]:
    """The division that takes part for the agency, where the profile names one (WJ-81)."""
    key = rules_of(dispute.mechanism, on).liaison.get(organization.key)
    rows = Organization.objects.filter(jurisdiction=dispute.jurisdiction, key=key or "")
    return list(rows.on(on))


def _tell_agencies(dispute: Dispute, *, actor: Actor, at: datetime) -> None:
    """Whoever is in charge takes part from the start (谁主管、谁负责, WJ-25)."""
    today = timezone.localtime(at).date()
    for row in Concerned.objects.filter(dispute=dispute).select_related("organization"):
        units = _liaison(dispute, row.organization, today) or [row.organization]
        people = [user for unit in units for user in users_of(unit, today) if user != actor]
        with translation.override(settings.LANGUAGE_CODE):
            notify_once(
                people,
                dispute,
                reason="cases.registered",
                title=_("A dispute with this unit was registered"),
                text=dispute.title,
                at=at,
            )


@dataclass(frozen=True)
class GuidanceWords:
    """Could the party be guided, when was it, what did it choose, and why otherwise."""

    organization: Organization
    possible: bool
    guided_on: date | None = None
    chose: str = ""
    reason: str = ""


@action
def record_guidance(
    dispute_id: int,
    *,
    actor: Actor,
    at: datetime,
    words: GuidanceWords,
    version: int | None = None,
) -> Guidance:
    """Write, or write anew, how the party was guided to reconsideration (YC-20).

    Raises PermissionDenied; RuleBroken "stale", "future" and "too_early" (field guided_on),
    "not_guided" (field guided_on), "why_otherwise" (field reason).
    """
    dispute = locked_dispute(dispute_id)
    policy_for(Dispute).require(actor, "edit", dispute)
    if actor is not None and not works_for(actor, words.organization):
        raise PermissionDenied("guide")
    guidance = Guidance.objects.filter(dispute=dispute).first() or Guidance(dispute=dispute)
    guidance.require_version(version)
    _check_guidance(dispute, words, timezone.localtime(at).date())
    guidance.organization, guidance.recorded_by = words.organization, actor
    for name in ("possible", "guided_on", "chose", "reason"):
        setattr(guidance, name, getattr(words, name))
    guidance.store()
    record(
        actor,
        "cases.guidance.recorded",
        dispute,
        possible=words.possible,
        guided_on=str(words.guided_on or ""),
        chose=words.chose,
    )
    return guidance


def _check_guidance(dispute: Dispute, words: GuidanceWords, today: date) -> None:
    if words.guided_on is not None and words.guided_on > today:
        message = _("This day is still to come; a record tells what has happened.")
        raise RuleBroken("future", message, "guided_on")
    if words.guided_on is not None and words.guided_on < dispute.filed_on:
        message = _("The dispute was registered on %(day)s; guidance comes after that.")
        raise RuleBroken("too_early", message % {"day": dispute.filed_on}, "guided_on")
    if words.chose and words.guided_on is None:
        message = _("Name the day on which the party was guided.")
        raise RuleBroken("not_guided", message, "guided_on")
    otherwise = bool(words.chose) and words.chose != Choice.RECONSIDERATION
    if not words.reason.strip() and (otherwise or (words.possible and words.guided_on is None)):
        message = _("Say why the party was not guided, or why it chose otherwise.")
        raise RuleBroken("why_otherwise", message, "reason")
