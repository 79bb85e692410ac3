"""Accounts and roles: what the system and the security administrator write (G3)."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from members import passwords
from members.models import Jurisdiction, Organization, PasswordRecord, Person, RoleBinding, User
from members.names import clean_username
from members.states import ADMINISTRATORS, Role


@action
def create_account(
    person_id: int,
    *,
    actor: Actor,
    at: datetime,
    username: str,
    email: str = "",
    expires_on: date | None = None,
) -> tuple[User, str]:
    """One account a person, never shared (B1); returns it and its password for once.

    It can be signed in to when the security administrator has bound a role to it.
    """
    person = Person.objects.select_for_update(of=("self",)).get(pk=person_id)
    policy_for(Person).require(actor, "open_account", person)
    if User.objects.filter(person=person).exists():
        raise RuleBroken(
            "person_has_account",
            _("%(name)s has an account already.") % {"name": person.name},
            field="person",
        )
    given = passwords.make_password()
    user = new_account(
        username, given, at, person=person, display_name=person.name, email=email or person.email
    )
    user.expires_on = expires_on
    user.save(update_fields=["expires_on"])
    record(actor, "members.account.created", user, username=user.username, expires_on=expires_on)
    return user, given


def new_account(username: str, password: str, at: datetime, **fields: Any) -> User:
    """The row of an account that must change its password; part of an action."""
    name = clean_username(username)
    if User.objects.filter(username=name).exists():
        raise RuleBroken(
            "username_taken", _("There is an account of this name."), field="username"
        )
    user = User(username=name, password_changed_at=at, must_change_password=True, **fields)
    user.set_password(password)
    user.full_clean()
    user.save()
    PasswordRecord.objects.create(user=user, password=user.password, at=at)
    return user


@action
def set_expiry(user_id: int, *, actor: Actor, expires_on: date | None) -> User:
    """`expires_on` is the last day on which the account may be used."""
    user = _locked(user_id)
    policy_for(User).require(actor, "expire", user)
    before, user.expires_on = user.expires_on, expires_on
    user.save(update_fields=["expires_on"])
    record(actor, "members.account.expiry_set", user, expires_on=[before, expires_on])
    return user


@action
def disable_account(user_id: int, *, actor: Actor, reason: str) -> User:
    """Its sessions end with the next page. Accounts are never deleted."""
    user = _locked(user_id)
    policy_for(User).require(actor, "disable", user)
    if actor is not None and actor.pk == user.pk:
        raise RuleBroken("own_account", _("Nobody disables the own account."))
    if not reason.strip():
        raise RuleBroken("no_reason", _("Say why the account is disabled."), field="reason")
    user.is_active = False
    user.save(update_fields=["is_active"])
    record(actor, "members.account.disabled", user, reason=reason.strip())
    return user


@action
def enable_account(user_id: int, *, actor: Actor) -> User:
    user = _locked(user_id)
    policy_for(User).require(actor, "enable", user)
    user.is_active = True
    user.save(update_fields=["is_active"])
    record(actor, "members.account.enabled", user)
    return user


@action
def bind_role(
    user_id: int,
    *,
    actor: Actor,
    role: str,
    jurisdiction: Jurisdiction,
    organization: Organization | None = None,
    valid_from: date,
    valid_to: date | None = None,
) -> RoleBinding:
    """Give a role for a term, both days included.

    Raises RuleBroken `own_role`, `two_administrators`, `administrator_in_business`,
    `second_jurisdiction`, `organization_needed`, `other_jurisdiction`, `term_backwards` or
    `overlapping_term`.
    """
    user = _locked(user_id)
    policy_for(User).require(actor, "bind", user)
    if actor is not None and actor.pk == user.pk:
        raise RuleBroken("own_role", _("Nobody binds a role to the own account."))
    binding = RoleBinding(
        user=user,
        role=role,
        jurisdiction=jurisdiction,
        organization=None if role in ADMINISTRATORS else organization,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    bind(binding, actor)
    return binding


def bind(binding: RoleBinding, actor: Actor) -> None:
    """Check and store a binding whose account is locked; part of an action."""
    _refuse_binding(binding)
    _refuse_mixture(binding)
    _refuse_second_place(binding)
    binding.store()
    record(
        actor,
        "members.role.bound",
        binding.user,
        role=binding.role,
        organization=binding.organization.name if binding.organization else "",
        valid_from=binding.valid_from,
        valid_to=binding.valid_to,
    )


@action
def create_administrator(
    *,
    username: str,
    actor: Actor,
    at: datetime,
    role: str,
    password: str,
    jurisdictions: Iterable[Jurisdiction],
    name: str = "",
) -> User:
    """The account of an administrator, for the command line: whoever runs commands on
    the machine is trusted, so the actor is the system. Raises RuleBroken
    `no_jurisdiction` when there is none yet, or `username_taken`."""
    places = list(jurisdictions)
    if not places:
        raise RuleBroken("no_jurisdiction", _("Load a profile first: there is no jurisdiction."))
    user = new_account(username, password, at, display_name=name or username)
    record(actor, "members.account.created", user, username=user.username, expires_on=None)
    for place in places:
        binding = RoleBinding(
            user=user, role=role, jurisdiction=place, valid_from=timezone.localdate(at)
        )
        bind(binding, actor)
    return user


@action
def end_role(binding_id: int, *, actor: Actor, on: date, reason: str) -> RoleBinding:
    """`on` is the last day of the role; access ends the day after."""
    binding = (
        RoleBinding.objects.select_for_update(of=("self",))
        .select_related("user", "organization")
        .get(pk=binding_id)
    )
    policy_for(RoleBinding).require(actor, "end", binding)
    if binding.valid_from and on < binding.valid_from:
        raise RuleBroken("term_backwards", _("The role would end before it began."), field="on")
    if binding.valid_to and binding.valid_to < on:
        raise RuleBroken("ended_already", _("The role ended before that day."), field="on")
    binding.valid_to = on
    binding.store()
    record(actor, "members.role.ended", binding.user, role=binding.role, on=on, reason=reason)
    return binding


def _locked(user_id: int) -> User:
    rows = User.objects.select_for_update(of=("self",)).select_related("person__jurisdiction")
    return rows.get(pk=user_id)


def _refuse_binding(binding: RoleBinding) -> None:
    organization = binding.organization
    if organization is None and binding.role not in ADMINISTRATORS:
        raise RuleBroken(
            "organization_needed",
            _("This role is held for an organization: choose one."),
            field="organization",
        )
    if organization and organization.jurisdiction_id != binding.jurisdiction.pk:
        raise RuleBroken(
            "other_jurisdiction",
            _("That organization is of another jurisdiction."),
            field="organization",
        )
    if binding.valid_to and binding.valid_from and binding.valid_to < binding.valid_from:
        raise RuleBroken("term_backwards", _("The term ends before it begins."), field="valid_to")
    same = binding.user.bindings.filter(
        role=binding.role, organization=organization, jurisdiction=binding.jurisdiction
    )
    if same.overlapping(binding.valid_from, binding.valid_to).exists():
        raise RuleBroken(
            "overlapping_term", _("The account has this role already in that time."), field="role"
        )


def _refuse_mixture(binding: RoleBinding) -> None:
    """No person holds two of the three administrators' roles, or one and the work (G3)."""
    held = set(
        binding.user.bindings.overlapping(binding.valid_from, binding.valid_to).values_list(
            "role", flat=True
        )
    )
    administers = held & ADMINISTRATORS - {binding.role}
    if binding.role in ADMINISTRATORS and administers:
        raise RuleBroken(
            "two_administrators",
            _("The account is %(role)s already; nobody holds two administrators' roles.")
            % {"role": Role(administers.pop()).label},
            field="role",
        )
    mixed = held - ADMINISTRATORS if binding.role in ADMINISTRATORS else held & ADMINISTRATORS
    if mixed:
        raise RuleBroken(
            "administrator_in_business",
            _("The account is %(role)s already; an administrator holds no role in the work.")
            % {"role": Role(mixed.pop()).label},
            field="role",
        )


def _refuse_second_place(binding: RoleBinding) -> None:
    """Policies ask for role and jurisdiction apart, so an account works in one of them."""
    if binding.role in ADMINISTRATORS or binding.role == Role.GUEST:
        return
    elsewhere = binding.user.bindings.overlapping(binding.valid_from, binding.valid_to)
    elsewhere = elsewhere.exclude(role__in=[*ADMINISTRATORS, Role.GUEST])
    if elsewhere.exclude(jurisdiction=binding.jurisdiction).exists():
        raise RuleBroken(
            "second_jurisdiction",
            _("The account works in another jurisdiction already; here it can only be a guest."),
            field="role",
        )
