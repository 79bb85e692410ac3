"""Journeys in headless Chromium through the portal as `make demo` serves it.

The demo is loaded once for the run. `browser_page` opens pages of a portal that is this
test's own: a copy of that demo with its own web, worker and beat on a free port.
`reading_page` opens pages of one that all tests share which only read. What a page logs as
an error, or asks from elsewhere, fails the test. Wait for what the page shows (`expect`),
never for time.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import connections
from playwright.sync_api import Page, expect

from tests.processes import ask, eventually
from tests.servers import end, free_port

ROOT = Path(__file__).resolve().parent.parent.parent
PASSWORD = "Browser-2026"
PATIENCE_MS = 15_000
expect.set_options(timeout=PATIENCE_MS)
REFUSED = re.compile(r"status of (403|404|409|422|429)|ERR_INTERNET_DISCONNECTED")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@dataclass(frozen=True)
class Portal:
    address: str
    password: str
    environment: dict[str, str] = field(repr=False)

    def manage(self, *command: str) -> None:
        """A command as its administrator would give it."""
        settings = {"PORTAL_MODE": "embedded", "PORTAL_DEMO": "1", "SITE_URL": self.address}
        subprocess.run(
            [sys.executable, ROOT / "manage.py", *command],
            cwd=ROOT,
            env=self.environment | settings,
            check=True,
        )

    def sign_in(self, page: Page, username: str) -> None:
        page.goto("/sign-in/")
        page.fill("input[name=username]", username)
        page.fill("input[name=password]", self.password)
        page.click("main button[type=submit]")
        expect(page.locator(".fy-top__me")).to_be_visible()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory):
    """A file: a page asks for several things at once, and threads that share a database in
    memory do not wait for each other."""
    path = tmp_path_factory.mktemp("database") / "tests.sqlite3"
    connections["default"].settings_dict["TEST"]["NAME"] = str(path)


@pytest.fixture(scope="session")
def browser_type_launch_args():
    chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    return {"executable_path": chromium, "args": list(QUIET)}


def _environment(var: Path, port: int) -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("PORTAL_") and name not in {"DJANGO_SETTINGS_MODULE", "REDIS_URL"}
    }
    return kept | {
        "PORTAL_VAR_DIR": str(var),
        "STATIC_ROOT": str(ROOT / "var" / "static"),
        "FONT_DIR": str(ROOT / "var" / "fonts"),
        "DEMO_PASSWORD": PASSWORD,
        "DATABASE_URL": f"sqlite:///{var}/portal.sqlite3",
        "PORT": str(port),
    }


def _demo(part: str, environment: dict[str, str], log: Path) -> subprocess.Popen:
    with open(log, "w", encoding="utf-8") as lines:
        return subprocess.Popen(
            [sys.executable, ROOT / "setup" / "demo.py", part],
            cwd=ROOT,
            env=environment,
            stdout=lines,
            stderr=lines,
        )


@pytest.fixture(scope="session")
def loaded_demo(tmp_path_factory) -> Path:
    """The folder of a demo that was loaded and never served.

    While a journey is written, $LOADED_DEMO may name the one of an earlier run.
    """
    if earlier := os.environ.get("LOADED_DEMO"):
        return Path(earlier)
    place = tmp_path_factory.mktemp("demo")
    log = place / "prepare.log"
    done = _demo("prepare", _environment(place / "var", 0), log)
    assert done.wait() == 0, log.read_text(encoding="utf-8")
    return place


@contextmanager
def _served(loaded: Path, place: Path) -> Iterator[Portal]:
    """A copy of the loaded demo, served; its lines are printed for a test that fails."""
    var, port, log = place / "var", free_port(), place / "portal.log"
    shutil.copytree(loaded / "var", var)
    environment = _environment(var, port)
    process = _demo("serve", environment, log)
    address = f"http://127.0.0.1:{port}"
    try:
        eventually(lambda: _serves(address), "the portal answers", patience=60)
        yield Portal(address, PASSWORD, environment)
    finally:
        end(process)
        print(log.read_text(encoding="utf-8"))


@pytest.fixture
def portal(loaded_demo, tmp_path):
    with _served(loaded_demo, tmp_path) as served:
        yield served


@pytest.fixture(scope="session")
def shared_portal(loaded_demo, tmp_path_factory):
    with _served(loaded_demo, tmp_path_factory.mktemp("shared")) as served:
        yield served


def _serves(address: str) -> bool:
    answer = ask(f"{address}/healthz")
    return answer is not None and answer[0] == 200


@pytest.fixture
def browser_page(portal, new_context):
    """browser_page(width) is a new page of that width, with cookies of its own."""
    with _pages(portal, new_context) as opened:
        yield opened


@pytest.fixture
def reading_page(shared_portal, new_context):
    """As browser_page, for tests that change nothing."""
    with _pages(shared_portal, new_context) as opened:
        yield opened


@contextmanager
def _pages(portal: Portal, new_context) -> Iterator[Callable[..., Page]]:
    wrong: list[str] = []

    def opened(width: int, height: int = 900) -> Page:
        context = new_context(
            base_url=portal.address,
            viewport={"width": width, "height": height},
            has_touch=width < 600,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
        )
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.on("console", lambda said: _fault(said) and wrong.append(said.text))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("request", lambda asked: _foreign(asked.url, portal) and wrong.append(asked.url))
        return page

    yield opened
    assert wrong == []


def _fault(said) -> bool:
    """An error of a page; a form or a rule that refuses, or a line taken away, is none."""
    return said.type == "error" and not REFUSED.search(said.text)


def _foreign(url: str, portal: Portal) -> bool:
    parts = urlsplit(url)
    inner = parts.scheme in {"data", "blob"}
    return not inner and f"{parts.scheme}://{parts.netloc}" != portal.address
