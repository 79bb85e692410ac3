"""Unpack the Fandol fonts from their Debian archive: `fonts.py FOLDER`.

The archive (TeX Live's Chinese part) is not installed, six files are taken out of it.
What counts is the digest of each file (fonts.sha256); where the archive cannot be had,
the same files may be put in the folder by hand.
"""

import hashlib
import shutil
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path

HERE = Path(__file__).resolve().parent
ARCHIVE = "texlive-lang-chinese"


def listed() -> dict[str, str]:
    lines = (HERE / "fonts.sha256").read_text(encoding="utf-8").splitlines()
    return {name: digest for digest, name in (line.split() for line in lines)}


def wrong(folder: Path) -> list[str]:
    """The listed fonts that are missing from `folder` or have another content."""
    return [
        name
        for name, digest in listed().items()
        if not (folder / name).is_file()
        or hashlib.sha256((folder / name).read_bytes()).hexdigest() != digest
    ]


def unpack(folder: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="portal-fonts-") as place:
        quiet = partial(subprocess.run, cwd=place, check=True, capture_output=True)
        quiet(["apt-get", "--quiet=2", "download", ARCHIVE])
        archive = next(Path(place).glob("*.deb"))
        quiet(["dpkg", "-x", archive.name, "unpacked"])
        for path in Path(place, "unpacked").rglob("*.otf"):
            if path.name in listed():
                shutil.copyfile(path, folder / path.name)


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    if wrong(folder):
        print("Unpacking the fonts of official papers", flush=True)
        try:
            unpack(folder)
        except (subprocess.CalledProcessError, OSError) as error:
            reason = getattr(error, "stderr", None) or str(error).encode()
            print(reason.decode(errors="replace"), file=sys.stderr)
    if missing := wrong(folder):
        sys.exit(
            f"These fonts could not be taken from the Debian archive {ARCHIVE}: "
            f"{', '.join(missing)}\nRun `apt-get update` as root and try again, or put the "
            f"files in {folder} yourself; their digests are in setup/fonts.sha256."
        )
    shutil.copyfile(HERE / "fonts.conf", folder / "fonts.conf")


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
