"""The only writers of schemes (考核方案): drafted, filled with items, adopted, followed."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from assessments.actions.steps import move, require_draft, required_scheme
from assessments.models import Item, Scheme
from assessments.policy import organ_of
from assessments.scoring import fault_of
from assessments.states import ItemKind, SchemeState, Wanted, Way
from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from mechanisms.models import Mechanism
from mechanisms.queries import provision
from meetings.actions.steps import day_of
from services.indicators.definitions import Better, Indicator, Variant, indicators

HUNDRED = Decimal(100)
MOST_ITEMS = 20
CARRIED = ("mechanism", "organization", "name", "basis", "clause", "valid_from", "valid_to")


@dataclass(frozen=True)
class SchemeWords:
    """`valid_from` and `valid_to` (None: open) are both inclusive; `clause` is the number of a
    clause of the institution's text, such as CX-19."""

    name: str
    valid_from: date
    valid_to: date | None = None
    basis: str = ""
    clause: str = ""


@dataclass(frozen=True)
class ItemWords:
    """`steps` has a line a step: the bound, and the percent of the full mark from there on
    ("80 60"). `wanted` is empty where the indicator itself says which way is better."""

    name: str
    kind: str
    weight: Decimal
    full_mark: Decimal = HUNDRED
    indicator: str = ""
    variant: str = ""
    months: int = 6
    wanted: str = ""
    way: str = ""
    target: Decimal | None = None
    steps: tuple[str, ...] = ()
    note: str = ""
    order: int | None = None


@action
def draft_scheme(
    mechanism_id: int,
    *,
    actor: Actor,
    at: datetime,
    words: SchemeWords,
    token: str | None = None,
) -> Scheme:
    """A draft of the organ that acts for the government.

    Raises PermissionDenied; RuleBroken "form_used", "period_reversed" (field valid_to),
    "no_clause" (field clause), "no_organ".
    """
    rows = Mechanism.objects.select_for_update(of=("self",)).select_related("jurisdiction")
    mechanism = rows.get(pk=mechanism_id)
    made = Scheme.made_before(token, name=words.name.strip())
    if made is not None:
        return made
    organ = organ_of(mechanism)
    if organ is None:
        raise RuleBroken("no_organ", _("Nobody acts for the government in this institution."))
    row = Scheme(mechanism=mechanism, organization=organ, form_token=token)
    policy_for(Scheme).require(actor, "write", row)
    _put(row, words)
    record(actor, "assessments.scheme.drafted", row)
    return row


@action
def revise_scheme(
    scheme_id: int, *, actor: Actor, at: datetime, version: int | None = None, **given: Any
) -> Scheme:
    """Change a draft. Raises as `draft_scheme` does, and "stale"."""
    row = _draft(scheme_id, actor, version)
    _put(row, SchemeWords(**given))
    record(actor, "assessments.scheme.revised", row)
    return row


def _draft(scheme_id: int, actor: Actor, version: int | None = None) -> Scheme:
    row = required_scheme(scheme_id, actor, "write", version)
    require_draft(row)
    return row


def _put(row: Scheme, words: SchemeWords) -> None:
    if words.valid_to is not None and words.valid_to < words.valid_from:
        message = _("The last day on which it is valid is before the first.")
        raise RuleBroken("period_reversed", message, "valid_to")
    number = words.clause.strip()
    if number and provision(row.mechanism, number, words.valid_from) is None:
        message = _("The text of the institution has no clause “%(number)s”.")
        raise RuleBroken("no_clause", message % {"number": number}, "clause")
    row.name, row.basis, row.clause = words.name.strip(), words.basis.strip(), number
    row.valid_from, row.valid_to = words.valid_from, words.valid_to
    row.store()


@action
def add_item(
    scheme_id: int,
    *,
    actor: Actor,
    at: datetime,
    words: ItemWords,
    token: str | None = None,
) -> Item:
    """Raises PermissionDenied; RuleBroken "not_draft", "form_used", "too_many", and what
    `_put_item` raises."""
    scheme = _draft(scheme_id, actor)
    made = Item.made_before(token, name=words.name.strip())
    if made is not None:
        return made
    count = scheme.items.count()
    if count >= MOST_ITEMS:
        message = _("A scheme takes at most %(n)d items.") % {"n": MOST_ITEMS}
        raise RuleBroken("too_many", message)
    last = scheme.items.order_by("order").values_list("order", flat=True).last() or 0
    item = Item(scheme=scheme, form_token=token)
    _put_item(item, replace(words, order=words.order or last + 1))
    _note(scheme, actor, "item_added", item)
    return item


@action
def change_item(
    item_id: int, *, actor: Actor, at: datetime, version: int | None = None, **given: Any
) -> Item:
    """Raises as `add_item` does, and "stale"."""
    item = _item_of_draft(item_id, actor)
    item.require_version(version)
    _put_item(item, replace(ItemWords(**given), order=given.get("order") or item.order))
    _note(item.scheme, actor, "item_changed", item)
    return item


@action
def remove_item(item_id: int, *, actor: Actor, at: datetime) -> Scheme:
    item = _item_of_draft(item_id, actor)
    _note(item.scheme, actor, "item_removed", item)
    item.delete()
    return item.scheme


def _item_of_draft(item_id: int, actor: Actor) -> Item:
    scheme = _draft(Item.objects.values_list("scheme", flat=True).get(pk=item_id), actor)
    item: Item = Item.objects.select_for_update().get(pk=item_id)
    item.scheme = scheme
    return item


def _note(scheme: Scheme, actor: Actor, verb: str, item: Item) -> None:
    """The scheme is another one with every item: who saw it before must look again."""
    scheme.store()
    facts = {"item": item.name, "weight": str(item.weight)}
    record(actor, f"assessments.scheme.{verb}", scheme, **facts)


def _put_item(item: Item, words: ItemWords) -> None:
    """Raises RuleBroken beside its field: "item_twice", "weight", "no_indicator", "no_variant",
    "broken_indicator", "no_direction", "no_way", "no_target", "steps"."""
    name = words.name.strip()
    if item.scheme.items.filter(name=name).exclude(pk=item.pk).exists():
        message = _("The scheme has an item “%(name)s” already.") % {"name": name}
        raise RuleBroken("item_twice", message, "name")
    if not 0 < words.weight <= HUNDRED:
        raise RuleBroken("weight", _("A weight is more than 0 and at most 100."), "weight")
    if words.full_mark <= 0:
        raise RuleBroken("full_mark", _("A full mark is more than 0."), "full_mark")
    item.name, item.kind, item.order = name, words.kind, words.order or 1
    item.weight, item.full_mark = words.weight, words.full_mark
    item.note, item.months = words.note.strip(), words.months
    counted = words.kind == ItemKind.INDICATOR
    for column, value in (_counted(words) if counted else _NOT_COUNTED).items():
        setattr(item, column, value)
    item.store()


_NOT_COUNTED: dict[str, Any] = {
    "indicator": "",
    "variant": "",
    "wanted": "",
    "way": "",
    "target": None,
    "steps": [],
}


def _counted(words: ItemWords) -> dict[str, Any]:
    indicator, variant = _defined(words)
    wanted = words.wanted or {Better.UP: Wanted.UP, Better.DOWN: Wanted.DOWN}.get(indicator.better)
    if not wanted:
        message = _("Say which way “%(name)s” should go; its definition does not.")
        raise RuleBroken("no_direction", message % {"name": indicator.name}, "wanted")
    if words.way not in Way.values:
        raise RuleBroken("no_way", _("Say how a figure becomes a mark."), "way")
    by_steps = words.way == Way.STEPS
    if not by_steps and words.target is None:
        raise RuleBroken("no_target", _("Name the target that gives the full mark."), "target")
    if words.way == Way.PROPORTIONAL and wanted == Wanted.UP and not words.target:
        message = _("In proportion to a target of 0 nothing can be scored.")
        raise RuleBroken("no_target", message, "target")
    return {
        "indicator": indicator.key,
        "variant": variant.key,
        "wanted": wanted,
        "way": words.way,
        "target": None if by_steps else words.target,
        "steps": steps_of(words.steps) if by_steps else [],
    }


def _defined(words: ItemWords) -> tuple[Indicator, Variant]:
    indicator = indicators().get(words.indicator)
    if indicator is None:
        message = _("There is no indicator “%(key)s”.") % {"key": words.indicator or "—"}
        raise RuleBroken("no_indicator", message, "indicator")
    variant = indicator.variants.get(words.variant) if words.variant else indicator.usual
    if variant is None:
        message = _("“%(name)s” is not counted by “%(variant)s”.")
        names = {"name": indicator.name, "variant": words.variant}
        raise RuleBroken("no_variant", message % names, "indicator")
    if fault := fault_of(indicator, variant):
        raise RuleBroken("broken_indicator", fault, "indicator")
    return indicator, variant


def steps_of(lines: tuple[str, ...]) -> list[list[str]]:
    """Each line's bound and percent, as they are kept. Raises RuleBroken("steps")."""
    found: dict[Decimal, Decimal] = {}
    for line in lines:
        bound, percent = _step(line)
        if bound in found:
            message = _("The bound %(bound)s stands there twice.") % {"bound": bound}
            raise RuleBroken("steps", message, "steps")
        found[bound] = percent
    if not found:
        raise RuleBroken("steps", _("Write at least one step."), "steps")
    return [[f"{bound:f}", f"{percent:f}"] for bound, percent in sorted(found.items())]


def _step(line: str) -> tuple[Decimal, Decimal]:
    try:
        bound, percent = (Decimal(part) for part in line.replace("%", " ").split())
    except (InvalidOperation, ValueError) as error:
        message = _("“%(line)s” is no step; write a bound and a percent, such as 80 60.")
        raise RuleBroken("steps", message % {"line": line}, "steps") from error
    if not (bound.is_finite() and bound >= 0 and percent.is_finite() and 0 <= percent <= HUNDRED):
        message = _("In “%(line)s” the bound is below 0, or the percent is not from 0 to 100.")
        raise RuleBroken("steps", message % {"line": line}, "steps")
    return bound, percent


@action
def adopt(scheme_id: int, *, actor: Actor, at: datetime, version: int | None = None) -> Scheme:
    """From now on it does not change. What it follows is replaced.

    Raises PermissionDenied; RuleBroken "stale", "no_items", "weights", "broken_indicator",
    "bad_transition".
    """
    row = required_scheme(scheme_id, actor, "adopt", version)
    items = list(row.items.all())
    if not items:
        raise RuleBroken("no_items", _("A scheme without items cannot be adopted."))
    weights = sum((one.weight for one in items), Decimal(0))
    if weights != HUNDRED:
        message = _("The weights come to %(sum)s%% and not to 100%%.") % {"sum": weights}
        raise RuleBroken("weights", message)
    require_countable(items)
    row.adopted_on = day_of(at)
    move(row, SchemeState.ADOPTED, actor, "scheme.adopted", edition=row.edition)
    if row.replaces and row.replaces.state == SchemeState.ADOPTED:
        earlier = required_scheme(row.replaces_id, actor, "adopt")
        move(earlier, SchemeState.REPLACED, actor, "scheme.replaced", edition=row.edition)
    return row


def require_countable(items: list[Item]) -> None:
    """Raise RuleBroken("broken_indicator") for a counted item whose figure nothing counts."""
    for item in items:
        if not item.is_counted:
            continue
        found = item.defined
        fault = fault_of(*found) if found else _("It is not defined any more.")
        if fault:
            message = _("“%(item)s” cannot be counted: %(fault)s")
            raise RuleBroken("broken_indicator", message % {"item": item.name, "fault": fault})


@action
def next_edition(scheme_id: int, *, actor: Actor, at: datetime) -> Scheme:
    """A draft with the same items, which takes its place once it is adopted.

    Raises PermissionDenied; RuleBroken "edition_begun", "not_adopted".
    """
    row = required_scheme(scheme_id, actor, "use")
    if row.state != SchemeState.ADOPTED:
        raise RuleBroken("not_adopted", _("Only a scheme in force is followed by an edition."))
    if row.later.exclude(state=SchemeState.DROPPED).exists():
        raise RuleBroken("edition_begun", _("Its next edition is being drafted already."))
    made = Scheme(
        **{name: getattr(row, name) for name in CARRIED}, edition=row.edition + 1, replaces=row
    )
    made.store()
    for item in row.items.all():
        copy = Item(scheme=made)
        for column in _COPIED:
            setattr(copy, column, getattr(item, column))
        copy.store()
    record(actor, "assessments.scheme.drafted", made)
    return made


_COPIED = (
    *("order", "name", "kind", "indicator", "variant", "months", "wanted", "way"),
    *("target", "steps", "full_mark", "weight", "note"),
)


@action
def drop_scheme(
    scheme_id: int, *, actor: Actor, at: datetime, version: int | None = None
) -> Scheme:
    row = required_scheme(scheme_id, actor, "write", version)
    move(row, SchemeState.DROPPED, actor, "scheme.dropped")
    return row
