"""Compare the translations with the source: `messages.py`, or `messages.py --write`.

Fails on a string that is missing, fuzzy, untranslated or no longer used. `--write` adds
the missing ones (empty, to be translated) and drops those no longer used.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
LOCALE = "zh_Hans"
CATALOGUE = ROOT / "locale" / LOCALE / "LC_MESSAGES" / "django.po"
ROOMS = [
    "foundations",
    "members",
    "mechanisms",
    "services",
    "cases",
    "suggestions",
    "returns",
    "workplans",
    "meetings",
    "bulletins",
    "problems",
    "assessments",
    "dashboards",
    "demo",
]
SOURCES = [*ROOMS, "liaison_portal", "templates"]
EXTRACT = ["makemessages", "--locale", LOCALE, "--no-location", "--no-obsolete", "--no-wrap"]
NAMED_FIELD = re.compile(r"%\((\w+)\)")


def extracted(place: Path) -> polib.POFile:
    """The catalogue as the source has it now, merged with the translations there are."""
    for name in SOURCES:
        ignored = shutil.ignore_patterns("__pycache__", "migrations")
        shutil.copytree(ROOT / name, place / name, ignore=ignored)
    copy = place / CATALOGUE.relative_to(ROOT)
    copy.parent.mkdir(parents=True)
    shutil.copyfile(CATALOGUE, copy)
    environment = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}
    subprocess.run(
        [sys.executable, "-m", "django", *EXTRACT],
        cwd=place,
        env=environment,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return polib.pofile(str(copy), wrapwidth=0)


def faults(found: polib.POFile, kept: polib.POFile) -> list[str]:
    texts = {(entry.msgid, entry.msgctxt) for entry in found}
    lines = [
        f"no longer used: {entry.msgid!r}"
        for entry in kept
        if (entry.msgid, entry.msgctxt) not in texts
    ]
    for entry in found:
        if entry.fuzzy or not entry.translated():
            lines.append(f"not translated: {entry.msgid!r}")
        elif lost := fields_of(entry.msgid) - fields_of(entry.msgstr or entry.msgstr_plural[0]):
            lines.append(f"without {', '.join(sorted(lost))}: {entry.msgid!r}")
    return lines


def fields_of(text: str) -> set[str]:
    return set(NAMED_FIELD.findall(text))


def write(found: polib.POFile) -> None:
    for entry in found:
        if entry.fuzzy:
            entry.flags.remove("fuzzy")
            entry.msgstr = ""
            entry.msgstr_plural = dict.fromkeys(entry.msgstr_plural, "")
            entry.previous_msgid = entry.previous_msgid_plural = None
    found.metadata = polib.pofile(str(CATALOGUE)).metadata
    found.sort(key=lambda entry: entry.msgid)
    found.save(str(CATALOGUE))


def main(arguments: list[str]) -> int:
    with tempfile.TemporaryDirectory(prefix="portal-messages-") as place:
        found = extracted(Path(place))
    if "--write" in arguments:
        write(found)
    lines = faults(found, polib.pofile(str(CATALOGUE)))
    print("\n".join(lines) or f"{len(found)} strings, all translated.")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
