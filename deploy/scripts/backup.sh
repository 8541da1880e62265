#!/usr/bin/env bash
# backup.sh            makes a backup and removes old ones
# backup.sh --verify   reads the newest (or the one named next) as a restore would: checksums, decryption, tables of contents
#
# Made while everything runs: the database first (pg_dump, one transaction), then the streams (the server's snapshots), then
# Redis. In this order because readers' positions are in the database: behind a stream they catch up, before it they could not.
#
#   BACKUP_FOLDER   where to; BACKUP_KEEP_DAYS (14), and never fewer than the newest three
#   BACKUP_ENCRYPT=true with BACKUP_PASSPHRASE   AES-256 by openssl; the passphrase is needed to restore
#   BACKUP_METRICS_FOLDER   for node_exporter's textfile collector
#   PG* as libpq reads them, NATS_URL, NATS_USER, NATS_PASSWORD, REDIS; BACKUP_PROGRAM reads streams and Redis
#   BACKUP_CONFIGURATION, BACKUP_LOGS   folders that are added; what opens something, and logs that may show a key, only when it is encrypted
#   PROMETHEUS_URL and PROMETHEUS_DATA, its folder   add a snapshot of Prometheus where it runs; not with BACKUP_PROMETHEUS=false
set -euo pipefail
umask 077

folder=${BACKUP_FOLDER:-.data/backups}
program=${BACKUP_PROGRAM:-dotnet $(dirname "$0")/../../artifacts/bin/Backup/release/CryptoScreener.Backup.dll}
started=$(date +%s)

fail() { echo "backup.sh: $1" >&2; exit 1; }
# shellcheck source=deploy/scripts/lib/further-parts.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib/further-parts.sh"
archives() { find "$folder" -maxdepth 1 -name 'screener-*.tar*' ! -name '*.sha256' ! -name '*.damaged' "$@" | sort; }
# Of those with their checksum: what was killed or copied half-way has none.
newest() { archives | while read -r archive; do if [ -f "$archive.sha256" ]; then echo "$archive"; fi; done | tail -n 1; }
# Beside the backups, where there is room for one: /tmp is often small, and memory.
scratch_folder() { mkdir -p "${TMPDIR:-$folder}" && mktemp -d "${TMPDIR:-$folder}/.$1-XXXXXX"; }
# By its name where it has its own: a copy is younger than what is in it.
made_at() {
  local time
  time=$(sed -nE 's/.*screener-([0-9]{8})T([0-9]{2})([0-9]{2})([0-9]{2})Z\.tar.*/\1 \2:\3:\4 UTC/p' <<<"$1")
  date -d "${time:-@$(stat -c %Y "$1")}" +%s
}
age_of() { local minutes=$((($(date +%s) - $(made_at "$1")) / 60)); echo "$((minutes / 60)) h $((minutes % 60)) min"; }
tables_in() { pg_restore --list "$1" | grep -c ' TABLE DATA ' || true; }
is_empty() { ! pg_restore --list "$1" | grep ' TABLE public migrations ' >/dev/null; }
# only_one WHAT: half of a restore is no backup. Databases beside ours (rehearsals) are nobody's concern.
only_one() {
  exec 9>"$folder/.${PGDATABASE:-screener}.lock"
  flock -n 9 || fail "a backup or a restore is under way here: $1 once it has ended; nothing was changed"
}
# mark_of PART: beside the backups while a restore has begun with the part and not ended.
mark_of() { echo "$folder/.${PGDATABASE:-screener}.restoring-$1"; }

# unpack ARCHIVE FOLDER: checks and unpacks; used here and by restore.sh.
unpack() {
  [ -f "$1" ] || fail "there is no backup $1"
  (cd "$(dirname "$1")" && sha256sum --quiet -c "$(basename "$1").sha256") || fail "$1 is damaged: its checksum is another"
  case $1 in
    *.enc)
      [ -n "${BACKUP_PASSPHRASE:-}" ] || fail "$1 is encrypted: set BACKUP_PASSPHRASE"
      openssl enc -d -aes-256-cbc -pbkdf2 -iter 600000 -pass env:BACKUP_PASSPHRASE -in "$1" 2>/dev/null | tar -x -C "$2" 2>/dev/null \
        || fail "$1 could not be decrypted: is BACKUP_PASSPHRASE the one it was made with?" ;;
    *) tar -x -C "$2" -f "$1" ;;
  esac
  (cd "$2" && sha256sum --quiet -c SHA256SUMS) || fail "a file in $1 is damaged"
}

verify() {
  local archive=${1:-$(newest)} work
  [ -n "$archive" ] || fail "there is no backup in $folder"
  work=$(scratch_folder verify)
  # shellcheck disable=SC2064
  trap "rm -rf '$work'" EXIT
  unpack "$archive" "$work"
  pg_restore --list "$work/database.dump" >/dev/null || fail "$archive: the database's table of contents cannot be read"
  local part
  for part in configuration.tar logs.tar.gz; do
    [ ! -e "$work/$part" ] || tar -tf "$work/$part" >/dev/null || fail "$archive: $part cannot be read"
  done
  echo "$archive is whole: $(tables_in "$work/database.dump") tables, $(find "$work/streams" -name '*.snapshot' | wc -l) streams, $(wc -l <"$work/redis.jsonl") keys of Redis$(further_parts "$work")"
}

metrics() { # ARCHIVE
  [ -n "${BACKUP_METRICS_FOLDER:-}" ] || return 0
  mkdir -p "$BACKUP_METRICS_FOLDER"
  cat >"$BACKUP_METRICS_FOLDER/.backup.prom" <<PROM
# HELP backup_last_success_timestamp_seconds When the last backup was finished and verified.
# TYPE backup_last_success_timestamp_seconds gauge
backup_last_success_timestamp_seconds $(date +%s)
# HELP backup_size_bytes Its size.
# TYPE backup_size_bytes gauge
backup_size_bytes $(stat -c %s "$1")
# HELP backup_duration_seconds How long it took.
# TYPE backup_duration_seconds gauge
backup_duration_seconds $(($(date +%s) - started))
PROM
  chmod 644 "$BACKUP_METRICS_FOLDER/.backup.prom"
  mv "$BACKUP_METRICS_FOLDER/.backup.prom" "$BACKUP_METRICS_FOLDER/backup.prom"
}

# A backup needs room for itself, unpacked and packed. When the folder is full the oldest go before their time: without this
# none would ever be made again, for old ones go after a new one.
make_room() {
  local wanted old
  wanted=$(newest)
  [ -n "$wanted" ] || return 0
  wanted=$((2 * $(stat -c %s "$wanted") / 1024))
  while [ "$(df --output=avail -k "$folder" | tail -n 1)" -lt "$wanted" ]; do
    old=$(archives | head -n -3 | sed -n 1p)
    [ -n "$old" ] || { echo "There is little room in $folder: $wanted KiB are wanted, and only three backups are left" >&2; return 0; }
    rm -f "$old" "$old.sha256"
    echo "Removed $old before its time: $folder is full" >&2
  done
}

# On a machine that was just set up after another was lost, a backup of nothing would become the newest, and be what is restored.
has_data() {
  local there
  there=$(psql -qtAX -v ON_ERROR_STOP=1 -c "SELECT to_regclass('public.migrations') IS NOT NULL") || fail "the database does not answer"
  [ "$there" = t ] || fail "the database is empty, there is nothing to back up yet: restore first, or start a worker"
}

# What a restore left half-way has its tables and would verify as whole, be the newest, and be what the next restore takes.
is_whole() {
  local part half=''
  for part in database streams redis; do [ ! -e "$(mark_of "$part")" ] || half="$half $part"; done
  [ -z "$half" ] || fail "a restore did not end, and what is there of$half may be half: run it again (RESTORE=yes make restore), or, where it is meant to stay like this, rm $(mark_of '*')"
}

backup() {
  mkdir -p "$folder"
  local name work archive
  only_one "back up"
  is_whole
  has_data
  # What was killed half-way is no backup, and not encrypted.
  find "$folder" -maxdepth 1 -name 'screener-*.damaged' -mtime "+${BACKUP_KEEP_DAYS:-14}" -delete
  find "$folder" -maxdepth 1 -name 'screener-*.sha256' -mmin +720 | while read -r sum; do [ -e "${sum%.sha256}" ] || rm -f "$sum"; done
  find "$folder" -maxdepth 1 \( -name '.partial-*' -o -name '.verify-*' -o -name '.restore-*' -o -name '.rehearse-*' \) -mmin +720 -exec rm -rf {} +
  make_room
  name=screener-$(date -u +%Y%m%dT%H%M%SZ)
  work=$(mktemp -d "$folder/.partial-XXXXXX")
  # shellcheck disable=SC2064
  trap "rm -rf '$work' '$folder/.$name'" EXIT

  pg_dump --format=custom --no-owner --file="$work/database.dump" || fail "the database could not be dumped"
  # shellcheck disable=SC2086
  $program streams save "$work/streams" || fail "the streams could not be saved"
  # shellcheck disable=SC2086
  $program redis save "$work/redis.jsonl" || fail "Redis could not be saved"
  add_configuration "$work/configuration.tar"
  add_logs "$work/logs.tar.gz"
  prometheus_snapshot "$work"

  # shellcheck disable=SC2094
  (cd "$work" && find . -type f ! -name SHA256SUMS -print0 | sort -z | xargs -0 sha256sum >SHA256SUMS)
  archive=$folder/$name.tar
  if [ "${BACKUP_ENCRYPT:-false}" = true ]; then
    [ -n "${BACKUP_PASSPHRASE:-}" ] || fail "BACKUP_ENCRYPT=true needs BACKUP_PASSPHRASE"
    archive=$archive.enc
    tar -C "$work" -c . | openssl enc -aes-256-cbc -pbkdf2 -iter 600000 -salt -pass env:BACKUP_PASSPHRASE -out "$folder/.$name"
  else
    tar -C "$work" -cf "$folder/.$name" .
  fi
  rm -rf "$work"
  # Under its name only once it is whole, its checksum included.
  printf '%s  %s\n' "$(sha256sum <"$folder/.$name" | cut -d' ' -f1)" "$(basename "$archive")" >"$archive.sha256"
  mv "$folder/.$name" "$archive"

  (verify "$archive") || { mv "$archive" "$archive.damaged"; rm -f "$archive.sha256"; exit 1; }
  metrics "$archive"
  archives -mtime "+${BACKUP_KEEP_DAYS:-14}" >"$folder/.old"
  archives | head -n -3 | comm -12 - "$folder/.old" | while read -r old; do
    rm -f "$old" "$old.sha256"
    echo "Removed $old"
  done
  rm -f "$folder/.old"
}

# Sourced by restore.sh for its functions.
[ "${BASH_SOURCE[0]}" = "$0" ] || return 0
case ${1:-} in
  "") backup ;;
  --verify) verify "${2:-}" ;;
  *) sed -n '2,12p' "$0" >&2; exit 2 ;;
esac
