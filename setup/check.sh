#!/bin/bash
# Everything that can be said about the code without running its tests.
set -uo pipefail
cd "$(dirname "$0")/.."
bin=$PWD/.venv/bin
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
export PORTAL_VAR_DIR=$place FONT_DIR=$PWD/var/fonts PYTHONWARNINGS=ignore
failed=()

step() {
  echo "== $1"
  "${@:2}" || failed+=("$1")
}

in_production() {
  PORTAL_MODE=production REDIS_URL=redis://127.0.0.1:1/0 \
    DATABASE_URL=postgres://portal@127.0.0.1:1/portal ALLOWED_HOSTS=portal.example \
    SECRET_KEY=$("$bin/python" -c "import secrets; print(secrets.token_urlsafe(60))") \
    FIELD_KEYS=$("$bin/python" -c "import secrets; print(secrets.token_urlsafe(32))") \
    "$bin/python" manage.py "$@"
}

step style "$bin/ruff" check .
step format "$bin/ruff" format --check .
step types "$bin/mypy"
step layers "$bin/lint-imports" --no-cache
step migrations env PORTAL_MODE=test "$bin/python" manage.py makemigrations --check --dry-run
step deployment in_production check --deploy --fail-level WARNING
step translations "$bin/python" setup/messages.py
if ((${#failed[@]})); then
  echo "Failed: ${failed[*]}"
  exit 1
fi
echo "All checks passed."
