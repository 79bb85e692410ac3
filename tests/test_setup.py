"""Set-up by its own scripts, and the documents that must say the same as the files."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FONTS = ROOT / "setup" / "fonts.py"
SYSTEM = ROOT / "setup" / "system.py"
IN_TABLE = re.compile(r"^\| `?([\w@/.-]+)`?", re.MULTILINE)


def run(*command, **environment) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )


@pytest.fixture
def empty_debian(tmp_path):
    """A path on which dpkg knows of no package and sudo is not to be had."""
    query = tmp_path / "dpkg-query"
    query.write_text("#!/bin/sh\nexit 1\n")
    query.chmod(0o755)
    return str(tmp_path)


def test_nothing_is_asked_when_nothing_is_missing():
    done = run(SYSTEM, "runtime")

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_one_message_names_what_is_missing(empty_debian):
    unprivileged = "import os, runpy, sys; os.geteuid = lambda: 1000; sys.argv = sys.argv[1:]; "

    done = run(
        "-c",
        unprivileged + "runpy.run_path(sys.argv[0], run_name='__main__')",
        SYSTEM,
        "tests",
        PATH=empty_debian,
        CHROMIUM="",
    )

    assert done.returncode == 1
    assert done.stdout == ""
    assert "postgresql redis-server chromium poppler-utils docker-compose" in done.stderr
    assert done.stderr.count("apt-get install") == 1


def test_a_browser_of_ones_own_is_not_installed(empty_debian):
    names = "import runpy; print(runpy.run_path('setup/system.py')['wanted']('tests'))"

    done = run("-c", names, CHROMIUM="/opt/browser")

    assert "chromium" not in done.stdout
    assert "postgresql" in done.stdout


def test_fonts_that_are_there_are_left_alone(tmp_path):
    for line in (ROOT / "setup" / "fonts.sha256").read_text().splitlines():
        name = line.split()[1]
        (tmp_path / name).symlink_to(ROOT / "var" / "fonts" / name)

    done = run(FONTS, tmp_path, PATH="/nowhere")

    assert (done.returncode, done.stdout) == (0, "")
    assert (tmp_path / "fonts.conf").exists()


def test_a_changed_font_is_refused_with_a_way_out(tmp_path):
    (tmp_path / "FandolFang-Regular.otf").write_bytes(b"not this one")

    done = run(FONTS, tmp_path, PATH="/nowhere")

    assert done.returncode == 1
    assert "FandolFang-Regular.otf" in done.stderr
    assert "texlive-lang-chinese" in done.stderr
    assert "setup/fonts.sha256" in done.stderr


def test_what_pages_load_is_there_whole():
    manifest = json.loads((ROOT / "static" / "vendor" / "manifest.json").read_text())

    for name in manifest:
        content = (ROOT / "static" / "vendor" / name).read_bytes()
        assert b"sourceMappingURL" not in content, name


def test_no_lock_names_a_download_address():
    for name in ("requirements.txt", "requirements-dev.txt", "assets/requirements.txt"):
        assert "://" not in (ROOT / name).read_text(encoding="utf-8"), name
    assert '"resolved"' not in (ROOT / "assets" / "package-lock.json").read_text(encoding="utf-8")


def test_every_setting_is_in_the_document():
    read = re.compile(
        r"""(?:env\.\w+|secret|required_secret)\(\s*"([A-Z_]+)"|environ\.get\("([A-Z_]+)\""""
    )
    sources = [ROOT / "liaison_portal" / "settings.py", ROOT / "deploy" / "gunicorn.conf.py"]
    used = {one or other for path in sources for one, other in read.findall(path.read_text())}
    outside = {"DEMO_PASSWORD", "CHROMIUM", "PYTHON", "PORTAL_HOST", "FONTCONFIG_FILE"}

    told = set(re.findall(r"^\| `([A-Z_]+)`", (ROOT / "docs" / "settings.md").read_text(), re.M))

    assert told == used | outside


def named_packages() -> set[str]:
    lines = [
        line
        for name in ("requirements.in", "requirements-dev.in", "assets/requirements.in")
        for line in (ROOT / name).read_text(encoding="utf-8").splitlines()
        if line and not line.startswith(("#", "-"))
    ]
    python = {re.match(r"[\w-]+", line)[0].lower() for line in lines}
    browser = json.loads((ROOT / "assets" / "package.json").read_text())["dependencies"]
    return python | set(browser)


def test_every_direct_dependency_is_in_the_document():
    told = set(IN_TABLE.findall((ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")))

    assert told - {"package", "---"} == named_packages()
