"""A profile as frozen values: what the rooms above ask an institution.

`get_profile(mechanism, on)` reads the version in force; nothing reads YAML key by key.
"""

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from mechanisms.models import Mechanism, MechanismVersion
from mechanisms.queries import version_on


@dataclass(frozen=True)
class TopicType:
    key: str
    label: str
    needs_opinion: bool = True


@dataclass(frozen=True)
class TextRule:
    """How one class of meeting text is kept: who reads it, and its clause if it is internal."""

    label: str
    readers: str  # participants | list | public
    internal: bool = False
    clause: str = ""
    provision: str = ""
    series: str = ""
    confirm: tuple[str, ...] = ()  # the sides that confirm it


@dataclass(frozen=True)
class MeetingRules:
    """The meeting section of a profile; lengths of days are working days unless named."""

    cadence_months: int | None = None
    host_policy: str = "alternate"  # alternate | fixed | co_host | proposer
    hosts: tuple[str, ...] = ("government", "court")
    horizon_months: int = 6
    topics_due_days_before: int = 10
    consent_days: int = 3
    receipt_days_before: int = 2
    minutes_days_after: int = 5
    reminder_days_before: tuple[int, ...] = (3, 1)
    cadence_provision: str = ""
    ad_hoc_provision: str = ""
    notice_provision: str = ""
    topic_provision: str = ""
    pending_case_provision: str = ""
    kind_labels: dict[str, str] = field(default_factory=dict)  # regular, ad_hoc
    numbered_by: str = "year"  # year: 2026 年第 6 次; ordinal: 第 6 次
    proposers: tuple[str, ...] = ("government", "court")
    topic_types: tuple[TopicType, ...] = ()
    material_required: bool = True
    invitees: dict[str, tuple[str, ...]] = field(default_factory=dict)  # by kind
    texts: dict[str, TextRule] = field(default_factory=dict)  # opinion, minutes, consensus
    notice_series: dict[str, str] = field(default_factory=dict)  # side -> series key


@dataclass(frozen=True)
class Profile:
    """One version of one institution."""

    key: str
    version: str
    title: str
    short_title: str
    meeting_title: str
    document_number: str
    issued_on: date | None
    issued_on_precision: str  # day | month | year | none
    effective_from: date
    trial: bool
    issuers: tuple[str, ...]
    issued_by: str
    addressees: tuple[str, ...]
    legal_bases: tuple[str, ...]
    copy_groups: tuple[tuple[str, ...], ...]
    meeting: MeetingRules


def get_profile(mechanism: Mechanism, on: date) -> Profile:
    """The profile in force on a day; before the first version, the first version.

    Raises MechanismVersion.DoesNotExist when nothing was loaded.
    """
    version = version_on(mechanism, on)
    if version is None:
        raise MechanismVersion.DoesNotExist(f"{mechanism.key} has no version.")
    return _of_version(version.pk, version.digest)


@lru_cache(maxsize=64)
def _of_version(pk: int, digest: str) -> Profile:
    """A version is immutable, so its profile may be kept for the life of the process."""
    return profile_of(MechanismVersion.objects.values_list("source", flat=True).get(pk=pk))


def profile_of(source: dict) -> Profile:
    """The frozen profile of a valid source (the YAML as a dictionary)."""
    head = source["mechanism"]
    return Profile(
        key=head["key"],
        version=str(head["version"]),
        title=head["title"],
        short_title=head["short_title"],
        meeting_title=head.get("meeting_title", head["short_title"]),
        document_number=head.get("document_number", ""),
        issued_on=date.fromisoformat(head["issued_on"]) if head.get("issued_on") else None,
        issued_on_precision=head.get("issued_on_precision", "day"),
        effective_from=date.fromisoformat(head["effective_from"]),
        trial=head.get("trial", False),
        issuers=tuple(head.get("issuers", ())),
        issued_by=head.get("issued_by", ""),
        addressees=tuple(head.get("addressees", ())),
        legal_bases=tuple(head.get("legal_bases", ())),
        copy_groups=tuple(tuple(group) for group in head.get("copy_groups", ())),
        meeting=_meeting_rules(source.get("meeting", {})),
    )


def _meeting_rules(section: dict) -> MeetingRules:
    """Names in YAML are those of MeetingRules; lists become tuples."""
    given = dict(section)
    given.pop("origin", None)
    given["topic_types"] = tuple(TopicType(**kind) for kind in given.get("topic_types", ()))
    given["texts"] = {
        key: TextRule(**{**rule, "confirm": tuple(rule.get("confirm", ()))})
        for key, rule in given.get("texts", {}).items()
    }
    given["invitees"] = {kind: tuple(who) for kind, who in given.get("invitees", {}).items()}
    for name in ("hosts", "proposers", "reminder_days_before"):
        if name in given:
            given[name] = tuple(given[name])
    return MeetingRules(**given)
