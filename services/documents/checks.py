"""What must be in place before papers can be printed; checked when the portal starts."""

import ctypes
from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, Warning, register

from services.documents.rendering import fonts

SUBSET_LIBRARY = "libharfbuzz-subset.so.0"


@register
def subsets_are_quick(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[Error]:
    """Without HarfBuzz's subset library a notice takes thirty times as long."""
    try:
        ctypes.CDLL(SUBSET_LIBRARY)
    except OSError:
        hint = "Install the package libharfbuzz-subset0."
        return [Error(f"{SUBSET_LIBRARY} is missing.", hint=hint, id="documents.E002")]
    return []


@register
def fonts_are_installed(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """Every role has a face, and the face that has all hanzi is there."""
    missing = [family for family in fonts.NEEDED if fonts.face(family) is None]
    if missing:
        hint = "Install the package fonts-noto-cjk."
        return [Error(f"Fonts missing: {', '.join(missing)}.", hint=hint, id="documents.E001")]
    if not any(one.family not in fonts.NEEDED for one in fonts.chain("fang")):
        hint = f"Put a 仿宋 face and fonts.conf into FONT_DIR ({', '.join(fonts.FANG)})."
        return [Warning("No 仿宋 face: papers are set in 宋体.", hint=hint, id="documents.W001")]
    return []
