"""One policy a model: may this person do this, and which rows may this person see."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet

from foundations.audit.actor import Actor, User

_policies: dict[type[Model], "Policy"] = {}


class Policy:
    """`rules` maps a verb to a predicate of (user, row); an unknown verb is an error.

    `visible` narrows a queryset to what the user may see; a page starts from it, so
    that what is not visible is 404 and what is visible but refused is 403.
    """

    rules: dict[str, Callable[..., bool]] = {}

    def visible(self, user: User, rows: QuerySet) -> QuerySet:
        raise NotImplementedError

    def in_full(self, user: User, rows: QuerySet) -> QuerySet:
        """The rows whose papers, where these name people in full, the user may read."""
        return self.visible(user, rows)

    def can(self, user: User, verb: str, row: Model | None = None) -> bool:
        return bool(user.is_authenticated and self.rules[verb](user, row))

    def require(self, user: Actor, verb: str, row: Model | None = None) -> None:
        """Raise PermissionDenied unless `user` may do `verb`; None is the system itself."""
        if user is not None and not self.can(user, verb, row):
            raise PermissionDenied(verb)

    def sees(self, user: User, row: Model) -> bool:
        return self.visible(user, type(row)._default_manager.filter(pk=row.pk)).exists()


def register(*models: type[Model]) -> Callable[[type[Policy]], type[Policy]]:
    """Class decorator: this policy answers for `models`."""

    def keep(policy: type[Policy]) -> type[Policy]:
        for model in models:
            if model in _policies:
                raise RuntimeError(f"{model.__name__} has a policy already.")
            _policies[model] = policy()
        return policy

    return keep


def policy_for(subject: Model | type[Model]) -> Policy:
    """The policy of a model or of a row of it; KeyError when there is none."""
    return _policies[subject if isinstance(subject, type) else type(subject)]


def visible_to(user: User, model: type[Model]) -> Any:
    """The rows of `model` that `user` may see; where every view begins.

    A queryset of the model's own class, which a type checker cannot be told.
    """
    return policy_for(model).visible(user, model._default_manager.all())


def registered() -> dict[type[Model], Policy]:
    return dict(_policies)
