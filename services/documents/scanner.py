"""The office's own virus scanner looks at every upload before it is kept.

`UPLOAD_SCANNER` is its command, which is given a path: exit code 0 says clean, 1 infected,
as clamdscan does. Whatever else happens, the upload is refused: unscanned is not clean.
"""

import logging
import subprocess
from tempfile import NamedTemporaryFile

from django.conf import settings
from django.utils.translation import gettext as _

from foundations.access.errors import RuleBroken

log = logging.getLogger(__name__)
CLEAN, INFECTED = 0, 1


def refuse_infected(content: bytes) -> None:
    """Raise RuleBroken("infected" or "scanner_unavailable") with field "file"."""
    if not settings.UPLOAD_SCANNER:
        return
    with NamedTemporaryFile(prefix="upload-") as file:
        file.write(content)
        file.flush()
        answer = _answer(file.name)
    if answer == INFECTED:
        log.warning("The scanner found something in an upload, which was refused.")
        raise RuleBroken(
            "infected",
            _("The virus scanner refused this file. It was not stored; clean it first."),
            "file",
        )
    if answer != CLEAN:
        raise RuleBroken(
            "scanner_unavailable",
            _(
                "The virus scanner is not available, so no file can be taken now. It was not "
                "stored; try again later or tell the system administrator."
            ),
            "file",
        )


def _answer(path: str) -> int | None:
    """The exit code, or None without one. The scanner's own words go to the log unchanged:
    a pipe would be waited for as long as a child of the scanner holds it."""
    try:
        done = subprocess.run(  # noqa: S603 - the operator's own command, no shell
            [*settings.UPLOAD_SCANNER, path],
            stdin=subprocess.DEVNULL,
            timeout=settings.UPLOAD_SCANNER_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        log.error("The scanner of uploads gave no answer: %s", type(error).__name__)
        return None
    if done.returncode not in (CLEAN, INFECTED):
        log.error("The scanner of uploads failed with exit code %d.", done.returncode)
    return done.returncode
