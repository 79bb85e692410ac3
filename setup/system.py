"""Install the Debian packages that are missing: `system.py runtime` or `system.py tests`.

Needs root or sudo only when something is missing; otherwise one message names it. While
packages are installed no service may start and PostgreSQL makes no cluster.
"""

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

HERE = Path(__file__).resolve().parent
POLICY = Path("/usr/sbin/policy-rc.d")
CLUSTERS = Path("/etc/postgresql-common/createcluster.conf")


def wanted(purpose: str) -> list[str]:
    lines = (HERE / f"packages-{purpose}.txt").read_text(encoding="utf-8").splitlines()
    names = [line for line in lines if line and not line.startswith("#")]
    if purpose == "tests" and os.environ.get("CHROMIUM"):
        names.remove("chromium")
    if purpose == "runtime" and importlib.util.find_spec("ensurepip") is None:
        names.append(f"python3.{sys.version_info.minor}-venv")
    return names


def installed(name: str) -> bool:
    query = ["dpkg-query", "--show", "--showformat=${db:Status-Status}", name]
    return subprocess.run(query, capture_output=True, text=True).stdout == "installed"


def become_root(missing: list[str]) -> None:
    """Start again through sudo, or stop with the one message."""
    names = " ".join(missing)
    sudo = shutil.which("sudo")
    asked = ["-v"] if sys.stdin.isatty() else ["-n", "true"]
    if sudo and subprocess.run([sudo, *asked], capture_output=True).returncode == 0:
        kept = [f"{key}={os.environ[key]}" for key in ("CHROMIUM",) if key in os.environ]
        os.execv(sudo, [sudo, *kept, sys.executable, *sys.argv])
    sys.exit(
        f"These system packages are missing: {names}\n"
        f"Run as root or with sudo, or have them installed by:\n"
        f"    apt-get install --no-install-recommends {names}"
    )


@contextmanager
def written(path: Path, text: str, mode: int) -> Iterator[None]:
    """`path` holds `text` inside the block, and afterwards what it held before."""
    before = (path.read_text(encoding="utf-8"), path.stat().st_mode) if path.exists() else None
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)
    try:
        yield
    finally:
        if before is None:
            path.unlink()
        else:
            path.write_text(before[0], encoding="utf-8")
            path.chmod(before[1])


def apt(*arguments: str) -> None:
    """Run apt-get without a word; what it said is shown only when it fails."""
    done = subprocess.run(
        ["apt-get", "--quiet=2", *arguments],
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if done.returncode:
        sys.exit(f"{done.stdout}\napt-get {' '.join(arguments)} failed.")


def install(names: list[str]) -> None:
    get = ("install", "--yes", "--no-install-recommends")
    apt("update")
    with ExitStack() as stack:
        stack.enter_context(written(POLICY, "#!/bin/sh\nexit 101\n", 0o755))
        if "postgresql" in names:
            apt(*get, "postgresql-common")
            stack.enter_context(written(CLUSTERS, "create_main_cluster = false\n", 0o644))
        apt(*get, *names)
    if "redis-server" in names and shutil.which("systemctl"):
        subprocess.run(["systemctl", "--quiet", "disable", "redis-server"], check=False)


def main(purpose: str) -> None:
    if shutil.which("dpkg-query") is None:
        sys.exit(f"Set-up needs Debian or Ubuntu; elsewhere install: {' '.join(wanted(purpose))}")
    missing = [name for name in wanted(purpose) if not installed(name)]
    if not missing:
        return
    if os.geteuid() != 0:
        become_root(missing)
    print(f"Installing system packages: {' '.join(missing)}", flush=True)
    install(missing)


if __name__ == "__main__":
    main(sys.argv[1])
