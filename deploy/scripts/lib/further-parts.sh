# shellcheck shell=bash
# What a backup has beside database, streams and Redis: configuration, logs and measurements, none of which may cost it. Sourced by backup.sh.

# add PART FOLDER FILE [ARGUMENT…]: what is not there, or what this user may not read, must not cost the database. That a file grows or goes
# meanwhile is a 1 of tar's, and what logs do.
add() {
  [ -n "$2" ] || return 0
  [ -d "$2" ] || { echo "Without $1: there is no folder $2" >&2; return 0; }
  local status=0
  tar -C "$2" --warning=no-file-changed --warning=no-file-removed "${@:4}" -caf "$3" . || status=$?
  [ "$status" -gt 1 ] || return 0
  # Half of a part would fail the verification, and so cost the database all the same.
  if tar -tf "$3" >/dev/null 2>&1; then
    echo "Not all of the $1 is in this backup: tar said above which files it could not read (make prod-check stage=1)" >&2
  else
    rm -f "$3"
    echo "Without $1: tar said above what kept it from packing $2" >&2
  fi
}

# Private keys, passwords, and the addresses that Alertmanager and make up's --webhook post to: whoever finds a copy that is not encrypted must not have them.
opens_something=('*.key' '*-key' '*.pem' '*.env' alertmanager.yml launcher.arguments)

add_configuration() { # FILE
  local folder=${BACKUP_CONFIGURATION:-} left
  [ -n "$folder" ] || return 0
  if [ "${BACKUP_ENCRYPT:-false}" = true ]; then add configuration "$folder" "$1"; return; fi
  left=$(for name in "${opens_something[@]}"; do find "$folder" -name "$name" -printf '%P\n' 2>/dev/null || true; done | sort -u | paste -sd' ')
  [ -z "$left" ] || echo "Left out, because this backup is not encrypted (BACKUP_ENCRYPT=true): $left" >&2
  add configuration "$folder" "$1" "${opens_something[@]/#/--exclude=}"
}

# A gateway that has no file for the first administrator's key prints it, and Loki keeps what was printed in chunks that nobody can look through.
add_logs() { # FILE
  local folder=${BACKUP_LOGS:-} telling
  if [ "${BACKUP_ENCRYPT:-false}" != true ] && [ -d "$folder" ]; then
    telling=$(LC_ALL=C find "$folder" -type f -size +0 \( ! -exec grep -qI '' {} \; -o -exec grep -q 'shown this once' {} \; \) -print -quit) || true
    [ -z "$telling" ] || { echo "Left out, because this backup is not encrypted (BACKUP_ENCRYPT=true): logs, $telling may show the administrator's key" >&2; return 0; }
  fi
  add logs "$folder" "$1"
}

prometheus_snapshot() { # FOLDER
  [ "${BACKUP_PROMETHEUS:-true}" = true ] && [ -n "${PROMETHEUS_URL:-}" ] && [ -n "${PROMETHEUS_DATA:-}" ] || return 0
  # Measurements are worth less than the rest: that nobody measures now does not keep it from being backed up.
  curl -fsS --max-time 10 -o /dev/null "$PROMETHEUS_URL/-/ready" 2>/dev/null || { echo "Without Prometheus: none answers at $PROMETHEUS_URL"; return 0; }
  local name snapshot
  name=$(curl -fsS --max-time 600 -X POST "$PROMETHEUS_URL/api/v1/admin/tsdb/snapshot" | sed -n 's/.*"name":"\([^"]*\)".*/\1/p') || true
  [ -n "$name" ] || fail "Prometheus made no snapshot: it needs --web.enable-admin-api (or leave it out: BACKUP_PROMETHEUS=false)"
  snapshot=$PROMETHEUS_DATA/snapshots/$name
  cp -r "$snapshot" "$1/prometheus" || {
    echo "Without Prometheus: its snapshot $snapshot cannot be copied (is PROMETHEUS_DATA the folder of the Prometheus at $PROMETHEUS_URL, and is there room?)" >&2
    rm -rf "$1/prometheus"
  }
  # Blocks that Prometheus has long forgotten would stay on the disk by it.
  rm -rf "$snapshot" || echo "$snapshot could not be removed and keeps its disk: remove it" >&2
}

further_parts() { # FOLDER
  [ ! -e "$1/configuration.tar" ] || printf ', configuration'
  [ ! -e "$1/logs.tar.gz" ] || printf ', logs'
  [ ! -d "$1/prometheus" ] || printf ', %s blocks of Prometheus' "$(find "$1/prometheus" -name meta.json | wc -l)"
}
