"""A dispute is registered, its parties are entered, and its procedures are opened."""

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.actions.access import admit, admit_justice_bureau
from cases.actions.steps import happen, locked_dispute
from cases.flow.guards import check_guards
from cases.flow.table import table_of
from cases.models import Dispute, Link, Participant, Party, Procedure
from cases.policy.circle import may_record, works_for
from cases.states import Kind, PartyKind, PartyRole
from foundations.access.errors import RuleBroken
from foundations.access.masking import mask_name
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from mechanisms.models import Mechanism
from members.models import Organization
from services.documents.numbers import take_number


@dataclass(frozen=True)
class PartyWords:
    """A party as the form gives it."""

    kind: str
    name: str
    id_number: str = ""
    gender: str = ""
    born_on: str = ""
    ethnicity: str = ""
    phone: str = ""
    address: str = ""
    district: str = ""
    representative: str = ""


@dataclass(frozen=True)
class DisputeWords:
    """What the intake form asks for."""

    registered_by: Organization
    agency: Organization
    source: str
    area: str
    act_kind: str
    act: str
    parties: Sequence[PartyWords]
    filed_on: date
    act_number: str = ""
    act_on: date | None = None
    known_on: date | None = None
    claims: str = ""
    facts: str = ""
    amount: Decimal | None = None
    flags: Sequence[str] = ()
    enterprise: bool = False
    reconsideration_first: str = ""


def digest_of(text: str) -> str:
    """The keyed digest by which the same name or code is found again."""
    plain = "".join(text.split()).upper()
    if not plain:
        return ""
    return hmac.new(settings.SECRET_KEY.encode(), plain.encode(), hashlib.sha256).hexdigest()


def shown_name(kind: str, name: str) -> str:
    """Natural persons are masked everywhere but by a reveal; organizations are not."""
    return mask_name(name) if kind == PartyKind.NATURAL else name


def title_of(words: DisputeWords) -> str:
    """张某与市自然资源和规划局行政处罚争议."""
    first = words.parties[0]
    others = "等" if len(words.parties) > 1 else ""
    who = shown_name(first.kind, first.name)
    return f"{who}{others}与{words.agency.short_name}{words.act_kind}争议"[:200]
