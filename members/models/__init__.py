from members.models.accounts import PasswordRecord, RoleBinding, User
from members.models.bodies import Body, RosterChange, Seat
from members.models.handovers import Handover
from members.models.organizations import (
    Jurisdiction,
    Organization,
    OrganizationGroup,
    Succession,
)
from members.models.people import Person, Post
from members.models.terms import Term, TermQuerySet

__all__ = [
    "Body",
    "Handover",
    "Jurisdiction",
    "Organization",
    "OrganizationGroup",
    "PasswordRecord",
    "Person",
    "Post",
    "RoleBinding",
    "RosterChange",
    "Seat",
    "Succession",
    "Term",
    "TermQuerySet",
    "User",
]
