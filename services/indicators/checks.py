"""What `manage.py check` says of the definitions of indicators."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Warning, register

from services.indicators.definitions import faults


@register()
def check_definitions(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """A warning each: what is wrong breaks one indicator and must stop nothing else."""
    return [Warning(said, id="indicators.W001") for said in faults()]
