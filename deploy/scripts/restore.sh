#!/usr/bin/env bash
# restore.sh [ARCHIVE]   puts a backup (the newest by default; ARCHIVE may name it too) over what is there: database, streams and Redis.
# Stop the workers first (make restore does). RESTORE=yes says that you mean it. Settings as for backup.sh.
# ONLY="database" (or streams, redis) restores a part; whoever restores the streams alone restores an older market to read.
# ONLY="configuration logs prometheus" RESTORE_INTO=folder unpacks these into the folder and touches nothing else: they are put back by hand.
# Exits with 3 when it failed before anything was changed, with 1 when what is there may be half of each.
set -euo pipefail
# shellcheck source=deploy/scripts/backup.sh
source "$(dirname "${BASH_SOURCE[0]}")/backup.sh"
fail() { echo "restore.sh: $1" >&2; exit 1; }

archive=${1:-${ARCHIVE:-$(newest)}}
[ -n "$archive" ] || fail "there is no backup in $folder"
[ -f "$archive" ] || fail "there is no backup $archive"
only=${ONLY:-database streams redis}
wanted() { case " $only " in *" $1 "*) return 0 ;; *) return 1 ;; esac; }
for part in $only; do
  case $part in
    database | streams | redis) ;;
    configuration | logs | prometheus) [ -n "${RESTORE_INTO:-}" ] || fail "say with RESTORE_INTO=folder where the $part is unpacked to" ;;
    *) fail "a backup has no part '$part'; parts are database, streams, redis, configuration, logs and prometheus" ;;
  esac
done
[ "${RESTORE:-}" = yes ] || fail "this replaces the database, the streams and Redis by $archive, $(age_of "$archive") old: run it again with RESTORE=yes"
work='' changed='' hypertables=''
# By what was done, not by what failed: psql's own failure is a 3 too.
ended() {
  local code=$?
  [ -z "$work" ] || rm -rf "$work"
  [ -z "$hypertables" ] || psql -q -c "SELECT timescaledb_post_restore()" >/dev/null || true
  [ "$code" = 0 ] || exit "${changed:-3}"
}
trap ended EXIT
work=$(scratch_folder restore)
unpack "$archive" "$work"

# unpacked PART FILE COMMAND…: into a folder of its name.
unpacked() {
  wanted "$1" || return 0
  [ -e "$work/$2" ] || fail "$archive has no $1: it was not asked for when it was made (docs/backup.md)"
  mkdir -p "$RESTORE_INTO/$1"
  "${@:3}" "$RESTORE_INTO/$1"
  echo "$1: unpacked into $RESTORE_INTO/$1"
}
unpacked configuration configuration.tar tar -xf "$work/configuration.tar" -C
unpacked logs logs.tar.gz tar -xzf "$work/logs.tar.gz" -C
unpacked prometheus prometheus cp -r "$work/prometheus/." --target-directory
if ! wanted database && ! wanted streams && ! wanted redis; then exit; fi
! is_empty "$work/database.dump" || fail "$archive is of an empty database (it has no list of migrations): name an older one by ARCHIVE; nothing was changed"
echo "Restoring $archive: $(age_of "$archive") old, $(tables_in "$work/database.dump") tables"
only_one "restore"

# A restore that ends here or is killed leaves what looks whole. Until each part is back backup.sh keeps none of it (is_whole).
begin() {
  [ -z "$changed" ] || return 0
  local part
  for part in database streams redis; do
    ! wanted "$part" || touch "$(mark_of "$part")" || fail "nothing can be written to $folder; nothing was changed"
  done
  changed=1
}
is_back() { rm -f "$(mark_of "$1")"; }

# What belongs to an extension stays; all else in our schema goes.
empty_database() {
  psql -q -v ON_ERROR_STOP=1 <<'SQL'
SET client_min_messages = warning;
DO $$
DECLARE it record;
BEGIN
  FOR it IN SELECT c.oid::regclass AS name, CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END AS kind
    FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'S') AND NOT c.relispartition
      AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype IN ('e', 'a', 'i'))
  LOOP EXECUTE format('DROP %s IF EXISTS %s CASCADE', it.kind, it.name); END LOOP;
  FOR it IN SELECT p.oid::regprocedure AS name FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace
      AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
  LOOP EXECUTE format('DROP ROUTINE IF EXISTS %s CASCADE', it.name); END LOOP;
END $$;
SQL
}

if wanted database; then
  # Hypertables want to be told of a restore by two functions that only a superuser may call: asked before anything is emptied.
  timescale=$(psql -qtA -c "SELECT count(*) FROM pg_extension WHERE extname = 'timescaledb'")
  [ "$timescale" = 0 ] || [ "$(psql -qtA -c "SELECT rolsuper FROM pg_roles WHERE rolname = current_user")" = t ] \
    || fail "a database with TimescaleDB is restored by its superuser: set PGUSER=postgres and PGPASSWORD; nothing was changed"
  if [ "$timescale" != 0 ] && [ -n "${RESTORE_ROLE:-}" ]; then
    missing=$(pg_restore --list "$work/database.dump" | awk '$4 == "TABLE" { print $NF }' | sort -u | while read -r role; do
      [ -n "$(psql -qtA -v role="$role" <<<"SELECT 1 FROM pg_roles WHERE rolname = :'role'")" ] || echo "$role"
    done | paste -sd' ')
    [ -z "$missing" ] || fail "the backup's tables belong to $missing, which is not here: make the role first (deploy/postgres/roles.sh); nothing was changed"
  fi
  begin
  psql -q -v ON_ERROR_STOP=1 -c "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()" >/dev/null
  empty_database
  [ "$timescale" = 0 ] || psql -q -v ON_ERROR_STOP=1 -c "SELECT timescaledb_pre_restore()" >/dev/null
  [ "$timescale" = 0 ] || hypertables=1
  # Chunks are in a schema that only the superuser may create in: there it restores, and gives everything to whom the backup names.
  if [ -z "${RESTORE_ROLE:-}" ]; then owner=(--no-owner)
  elif [ "$timescale" = 0 ]; then owner=(--no-owner --role="$RESTORE_ROLE")
  else owner=()
  fi
  pg_restore "${owner[@]}" --exit-on-error --dbname="${PGDATABASE:?set PGDATABASE}" \
    --use-list=<(pg_restore --list "$work/database.dump" | grep -vE ' (EXTENSION|COMMENT) - (EXTENSION )?timescaledb| SCHEMA - public | COMMENT - SCHEMA public') \
    "$work/database.dump"
  [ "$timescale" = 0 ] || psql -q -v ON_ERROR_STOP=1 -c "SELECT timescaledb_post_restore()" >/dev/null
  hypertables=''
  psql -q -c ANALYZE
  is_back database
  echo "database: restored"
fi
begin
# shellcheck disable=SC2086
if wanted streams; then $program streams restore "$work/streams" || fail "the streams were not restored"; is_back streams; fi
# shellcheck disable=SC2086
if wanted redis; then $program redis restore "$work/redis.jsonl" || fail "Redis was not restored"; is_back redis; fi
echo "Restored from $archive. Start the workers: they go on behind the positions in the database."
