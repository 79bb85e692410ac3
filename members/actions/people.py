"""People and their posts."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from members.models import Jurisdiction, Organization, Person, Post, RoleBinding
from members.names import clean_name, initials
from members.states import Rank


@action
def create_person(
    jurisdiction_id: int, *, actor: Actor, name: str, phone: str = "", email: str = ""
) -> Person:
    """Namesakes are allowed: two people may be called 王彬."""
    jurisdiction = Jurisdiction.objects.get(pk=jurisdiction_id)
    person = Person(jurisdiction=jurisdiction, phone=phone, email=email)
    policy_for(Person).require(actor, "create", person)
    _name(person, name)
    person.store()
    record(actor, "members.person.created", person, name=person.name)
    return person


@action
def edit_person(
    person_id: int, *, actor: Actor, name: str, phone: str, email: str, version: int | None = None
) -> Person:
    """The trail says that a phone number changed, never which one it was or is."""
    person = _locked(person_id)
    policy_for(Person).require(actor, "edit", person)
    person.require_version(version)
    before = {"name": person.name, "email": person.email}
    phone_changed = person.phone != phone
    _name(person, name)
    person.phone, person.email = phone, email
    person.store()
    after = {"name": person.name, "email": person.email}
    changed = {key: [before[key], after[key]] for key in after if before[key] != after[key]}
    record(actor, "members.person.edited", person, changed=changed, phone_changed=phone_changed)
    return person


@action
def reveal_phone(person_id: int, *, actor: Actor, reason: str) -> str:
    """The whole number, for a reason that the trail keeps (P4)."""
    person = Person.objects.select_related("jurisdiction").get(pk=person_id)
    policy_for(Person).require(actor, "reveal", person)
    if not reason.strip():
        raise RuleBroken("no_reason", _("Say why you need the number."), field="reason")
    record(actor, "members.person.phone_revealed", person, reason=reason.strip())
    return person.phone


@action
def begin_post(
    person_id: int,
    *,
    actor: Actor,
    organization: Organization,
    title: str,
    rank: str = Rank.OTHER,
    acting: bool = False,
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> Post:
    """One person may hold several posts, but not the same one twice at a time."""
    person = _locked(person_id)
    post = Post(
        person=person,
        organization=organization,
        title=clean_name(title),
        rank=rank,
        acting=acting,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    policy_for(Post).require(actor, "begin", post)
    _refuse_post(post)
    post.store()
    record(
        actor,
        "members.post.begun",
        person,
        organization=organization.name,
        title=post.title,
        acting=acting,
        valid_from=valid_from,
    )
    return post


@action
def end_post(post_id: int, *, actor: Actor, on: date, reason: str = "") -> Post:
    """`on` is the last day in the post. The account's roles in that organization end the
    same day, unless the person has another post there (G4): access ends the day after."""
    post = (
        Post.objects.select_for_update(of=("self",)).select_related("organization").get(pk=post_id)
    )
    policy_for(Post).require(actor, "end", post)
    if post.valid_from and on < post.valid_from:
        raise RuleBroken("term_backwards", _("The post would end before it began."), field="on")
    if post.valid_to and post.valid_to < on:
        raise RuleBroken("ended_already", _("The post ended before that day."), field="on")
    post.valid_to = on
    post.store()
    ended = _end_roles(post, on)
    record(
        actor,
        "members.post.ended",
        post.person,
        organization=post.organization.name,
        title=post.title,
        on=on,
        reason=reason,
        roles_ended=ended,
    )
    return post


def _locked(person_id: int) -> Person:
    rows = Person.objects.select_for_update(of=("self",)).select_related("jurisdiction")
    return rows.get(pk=person_id)


def _name(person: Person, name: str) -> None:
    person.name = clean_name(name)
    person.initials = initials(person.name, 30)
    if not person.name:
        raise RuleBroken("no_name", _("A person has a name."), field="name")


def _refuse_post(post: Post) -> None:
    if post.organization.jurisdiction_id != post.person.jurisdiction_id:
        raise RuleBroken(
            "other_jurisdiction",
            _("That organization is of another jurisdiction."),
            field="organization",
        )
    if post.valid_from and post.valid_to and post.valid_to < post.valid_from:
        raise RuleBroken("term_backwards", _("The term ends before it begins."), field="valid_to")
    same = Post.objects.filter(
        person=post.person, organization=post.organization, title=post.title
    )
    if same.overlapping(post.valid_from, post.valid_to).exists():
        raise RuleBroken(
            "overlapping_term",
            _("%(name)s holds this post already in that time.") % {"name": post.person.name},
            field="title",
        )


def _end_roles(post: Post, on: date) -> list[str]:
    after = on + timedelta(days=1)
    others = post.person.posts.filter(organization=post.organization).exclude(pk=post.pk)
    if others.overlapping(after, None).exists():
        return []
    bindings = RoleBinding.objects.select_for_update(of=("self",)).filter(
        user__person=post.person, organization=post.organization
    )
    ended = []
    for binding in bindings.overlapping(after, None):
        binding.valid_to = max(on, binding.valid_from or on)
        binding.store()
        ended.append(binding.role)
    return ended
