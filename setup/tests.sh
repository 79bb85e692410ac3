#!/bin/bash
# Run the tests in passes, all of them even when one fails: `tests.sh [PASS …]`.
set -uo pipefail
cd "$(dirname "$0")/.."
pytest=(.venv/bin/python -m pytest -p no:cacheprovider)
servers=(.venv/bin/python -m tests.servers)
failed=()

pass() {
  echo "== $1"
  "${@:2}" || failed+=("$1")
}

(($#)) || set -- sqlite postgres redis browser
for name in "$@"; do
  case $name in
    sqlite) pass sqlite "${pytest[@]}" -n 2 -m "not postgres and not redis and not browser" ;;
    postgres) pass postgres "${servers[@]}" "${pytest[@]}" -n 2 -m "not redis and not browser" ;;
    redis) pass redis "${servers[@]}" --broker "${pytest[@]}" -m redis ;;
    browser) pass browser "${pytest[@]}" -m browser --tracing retain-on-failure \
      --screenshot only-on-failure --output var/broken ;;
    *) echo "No pass is called $name."; exit 2 ;;
  esac
done
if ((${#failed[@]})); then
  echo "Failed: ${failed[*]}"
  exit 1
fi
