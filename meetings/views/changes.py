"""Changes of a row that are alike but for their form, action and words."""

from collections.abc import Callable
from dataclasses import dataclass

from foundations.access.forms import Label
from meetings.forms.days import VersionedForm


@dataclass(frozen=True)
class Change:
    """One way of changing a row: its form, its action and its words."""

    form: type[VersionedForm]
    action: Callable
    title: Label
    verb: Label
    done: Label
