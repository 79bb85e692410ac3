"""The kinds of proposals: what the portal notices, and what becomes of it when accepted.

A room that notices something of its own registers its kind in `apps.ready()` and calls
`suggestions.actions.proposals.notice`; the queue, its page and its buttons are the same.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise

from foundations.audit.actor import Actor
from mechanisms.models import Mechanism
from members.models import User
from suggestions.actions.wording import LetterWords
from suggestions.models import Proposal


@dataclass(frozen=True)
class Fact:
    """One thing that a proposal rests on; `url` leads to it, for a reader who may see it."""

    title: str
    url: str = ""
    note: str = ""


@dataclass(frozen=True)
class ProposalKind:
    """`sentence` says what was noticed; `facts` what it rests on, for a reader; `words` are
    those of the draft, with the institution under which it is written, and may raise
    RuleBroken."""

    label: str | Promise
    sentence: Callable[[Proposal], str]
    facts: Callable[[Proposal, User], list[Fact]]
    words: Callable[[Proposal, Actor, date], tuple[Mechanism, LetterWords]]


_kinds: dict[str, ProposalKind] = {}


def register(reason: str, kind: ProposalKind) -> None:
    """`reason` is the key that `Proposal.reason` holds."""
    _kinds[reason] = kind


def kind_of(proposal: Proposal) -> ProposalKind:
    return _kinds[proposal.reason]


def sentence_of(proposal: Proposal) -> str:
    return kind_of(proposal).sentence(proposal)


def choices() -> list[tuple[str, str]]:
    return [(reason, str(kind.label)) for reason, kind in _kinds.items()]
