#!/bin/sh
# What the entrypoint of PostgreSQL's image does, as far as docker-compose.yml relies on it: an empty data folder becomes a cluster,
# the scripts in /docker-entrypoint-initdb.d run while it listens on its socket only, then the server starts.
set -eu
as_postgres() { setpriv --reuid=101 --regid=101 --clear-groups "$@"; }

if [ ! -s "$PGDATA/PG_VERSION" ]; then
  chown 101:101 "$PGDATA"
  chmod 700 "$PGDATA"
  password=$(mktemp)
  printf '%s' "${POSTGRES_PASSWORD:?}" >"$password"
  chown 101 "$password"
  as_postgres initdb -D "$PGDATA" -U "${POSTGRES_USER:-postgres}" --pwfile="$password" -E UTF8 --locale=C.UTF-8 --auth-local=trust --auth-host=scram-sha-256 >/dev/null
  rm "$password"
  echo 'host all all all scram-sha-256' >>"$PGDATA/pg_hba.conf"
  as_postgres pg_ctl -D "$PGDATA" -w -o "-c listen_addresses= -c shared_preload_libraries=timescaledb" start >/dev/null
  export POSTGRES_USER="${POSTGRES_USER:-postgres}"
  for script in /docker-entrypoint-initdb.d/*.sh; do
    [ ! -f "$script" ] || as_postgres sh "$script"
  done
  as_postgres pg_ctl -D "$PGDATA" -m fast -w stop >/dev/null
fi
exec setpriv --reuid=101 --regid=101 --clear-groups "$@" -c listen_addresses='*'
