#!/bin/bash
# Make the secrets of a new installation in deploy/secrets/; keeps those that are there.
# FIELD_KEYS protects personal data in the database: without it a backup cannot be read.
set -euo pipefail
umask 077
place=${1:-$(dirname "$0")/secrets}
mkdir -p "$place"
keep() {
  # The folder is closed to others; inside, the containers' own users must be able to read.
  chmod 444 "$place/$1"
  echo "made $place/$1"
}

for name in secret_key field_keys database_password redis_password messenger_secret; do
  [[ -e $place/$name ]] && continue
  head -c 48 /dev/urandom | base64 -w 0 | tr '+/' '-_' > "$place/$name"
  keep "$name"
done
# Until there is a mail server, mail is kept as files beside the uploads.
[[ -e $place/email_url ]] || { printf 'filemail:///' > "$place/email_url"; keep email_url; }
