#!/bin/bash
# Fetch the pinned browser assets and copy what the pages load to static/vendor.
# Node comes from a wheel, in an environment that is removed again.
set -euo pipefail
cd "$(dirname "$0")/.."
place=$(mktemp -d)
trap 'rm -rf "$place" assets/node_modules' EXIT

.venv/bin/python -m venv "$place/node"
"$place/node/bin/python" -m pip install --quiet --disable-pip-version-check --no-input \
  --require-hashes --only-binary :all: -r assets/requirements.txt
(cd assets && PATH="$place/node/bin:$PATH" npm ci --omit=dev --silent)
.venv/bin/python assets/vendor.py assets/node_modules
