#!/bin/bash
# Make the secrets of a new installation in deploy/secrets/; keeps those that are there.
# FIELD_KEYS protects personal data in the database: without it a backup cannot be read.
set -euo pipefail
umask 077
place=${1:-$(dirname "$0")/secrets}
mkdir -p "$place"
for name in secret_key field_keys database_password redis_password; do
  [[ -e $place/$name ]] && continue
  head -c 48 /dev/urandom | base64 -w 0 | tr '+/' '-_' > "$place/$name"
  # The folder is closed to others; inside, the containers' own users must be able to read.
  chmod 444 "$place/$name"
  echo "made $place/$name"
done
