"""Panels: what a page shows of higher rooms, brought there by those rooms themselves.

    panels.register(Meeting, panel)        # in the higher room's apps.ready()
    {% panels meeting %}                   # on the page of the lower room

`panel(request, row)` queries through its own policy and returns
`(template name, context)`, or None when it has nothing for this reader.
"""

from collections.abc import Callable

from django.db.models import Model

Panel = Callable[..., "tuple[str, dict] | None"]
_panels: dict[type[Model], list[Panel]] = {}


def register(model: type[Model], panel: Panel) -> None:
    """Show `panel` on pages of `model`; a second registration of it changes nothing."""
    shown = _panels.setdefault(model, [])
    if panel not in shown:
        shown.append(panel)


def panels_of(model: type[Model]) -> tuple[Panel, ...]:
    return tuple(_panels.get(model, ()))


def registered() -> dict[type[Model], tuple[Panel, ...]]:
    return {model: tuple(shown) for model, shown in _panels.items()}
