"""The portal's own settings, in test mode, on a folder that goes away with the run."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

os.environ.setdefault("PORTAL_MODE", "test")
# Papers are measured in the faces that set-up fetched, not in those of the machine.
os.environ.setdefault("FONT_DIR", str(Path(__file__).parent.parent / "var" / "fonts"))
if "PORTAL_VAR_DIR" not in os.environ:
    os.environ["PORTAL_VAR_DIR"] = tempfile.mkdtemp(prefix="portal-test-")
    atexit.register(shutil.rmtree, os.environ["PORTAL_VAR_DIR"], ignore_errors=True)
elif worker := os.environ.get("PYTEST_XDIST_WORKER"):
    # Inherited from the run that started it: one worker's sweep of files spares the others'.
    os.environ["PORTAL_VAR_DIR"] = str(Path(os.environ["PORTAL_VAR_DIR"]) / worker)

from liaison_portal.settings import *  # noqa: F403

STATIC_ROOT.mkdir(exist_ok=True)  # noqa: F405 - whitenoise warns of a folder that is not there
