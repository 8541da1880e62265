#!/usr/bin/env bash
# rehearse-restore.sh [ARCHIVE]   reads a backup (the newest by default) as a restore would, and restores its database into one of
# its own, which goes afterwards: nothing that is in use is touched. Prints its age and what came back. Settings as for backup.sh;
# the account (PGUSER) must be allowed to make databases. REHEARSE=no only reads.
set -euo pipefail
# shellcheck source=deploy/scripts/backup.sh
source "$(dirname "${BASH_SOURCE[0]}")/backup.sh"
fail() { echo "rehearse-restore.sh: $1" >&2; exit 1; }
case ${1:-} in -h | --help) sed -n '2,5s/^# //p' "$0"; exit 0 ;; esac

archive=${1:-$(newest 2>/dev/null || true)}
[ -n "$archive" ] || fail "there is no backup in $folder"
echo "age $(($(date +%s) - $(made_at "$archive"))) $archive"
(verify "$archive") # its trap is its own
[ "${REHEARSE:-yes}" = yes ] || exit 0

scratch=screener_rehearsal_$$
work=$(scratch_folder rehearse)
trap 'rm -rf "$work" "$folder/.$scratch.lock" "$folder/.$scratch.restoring-database"; dropdb --if-exists "$scratch" 2>/dev/null || true' EXIT
unpack "$archive" "$work"
createdb "$scratch" || fail "no database could be made for the rehearsal: PGUSER needs CREATEDB (the superuser has it)"
if pg_restore --list "$work/database.dump" | grep ' EXTENSION - timescaledb' >/dev/null; then
  psql -q -d "$scratch" -c 'CREATE EXTENSION IF NOT EXISTS timescaledb' || fail "the extension timescaledb could not be made: PGUSER must be a superuser"
fi
said=$(PGDATABASE=$scratch ONLY=database RESTORE=yes "$(dirname "${BASH_SOURCE[0]}")/restore.sh" "$archive" 2>&1) || fail "the database of $archive could not be restored: ${said##*$'\n'}"
steps=$(psql -qtAX -d "$scratch" -c 'SELECT count(*) FROM migrations') || fail "the restored database has no list of migrations"
tables=$(psql -qtAX -d "$scratch" -c "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition")
echo "rehearsed: $archive came back with $tables tables and $steps migrations"
