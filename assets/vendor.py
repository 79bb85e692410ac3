"""Copy the browser assets that pages load from node_modules to static/vendor.

Source map addresses are cut off (the maps are not copied), and manifest.json lists every
file with its SHA-256, so that what is served can be compared with what was installed.
"""

import hashlib
import json
import re
import shutil
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
TARGET = HERE.parent / "static" / "vendor"
ICONS = "bootstrap-icons/font"
FILES = {
    "@tabler/core/dist/css/tabler.min.css": "tabler.min.css",
    f"{ICONS}/bootstrap-icons.min.css": "bootstrap-icons/bootstrap-icons.min.css",
    f"{ICONS}/fonts/bootstrap-icons.woff": "bootstrap-icons/fonts/bootstrap-icons.woff",
    f"{ICONS}/fonts/bootstrap-icons.woff2": "bootstrap-icons/fonts/bootstrap-icons.woff2",
    "echarts/dist/echarts.min.js": "echarts.min.js",
    "fullcalendar/index.global.min.js": "fullcalendar/index.global.min.js",
    "@fullcalendar/core/locales/zh-cn.global.min.js": "fullcalendar/zh-cn.global.min.js",
}
SOURCE_MAP = re.compile(rb"\n?(/\*# sourceMappingURL=[^*]*\*/|//# sourceMappingURL=\S+)\s*")


def copy(modules: Path, target: Path) -> dict[str, str]:
    """Copy FILES from `modules` to `target`; the digest of every file by its name."""
    digests = {}
    for source, name in FILES.items():
        content = (modules / source).read_bytes()
        if name.endswith((".css", ".js")):
            content = SOURCE_MAP.sub(b"\n", content)
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        digests[name] = hashlib.sha256(content).hexdigest()
    return digests


def main(modules: Path) -> None:
    shutil.rmtree(TARGET, ignore_errors=True)
    digests = copy(modules, TARGET)
    listing = json.dumps(digests, indent=2, sort_keys=True)
    (TARGET / "manifest.json").write_text(listing + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
