"""In what the measured processes run."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def environment(place: Path) -> dict[str, str]:
    return {
        **os.environ,
        "PORTAL_DEMO": "1",
        "PORTAL_VAR_DIR": str(place),
        "STATIC_ROOT": str(ROOT / "var" / "static"),
        "FONT_DIR": str(ROOT / "var" / "fonts"),
        "LOG_LEVEL": "ERROR",
    }
