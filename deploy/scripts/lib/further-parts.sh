# shellcheck shell=bash
# What a backup has beside database, streams and Redis: configuration, logs and measurements, none of which may cost it. Sourced by backup.sh.

# add PART FOLDER FILE [ARGUMENT…]: what is not there, or what this user may not read, must not cost the database. That a file grows or goes
# meanwhile is a 1 of tar's, and what logs do.
add() {
  [ -n "$2" ] || return 0
  [ -d "$2" ] || { echo "Without $1: there is no folder $2" >&2; return 0; }
  tar -C "$2" --warning=no-file-changed --warning=no-file-removed "${@:4}" -caf "$3" . || [ $? = 1 ] \
    || echo "Not all of the $1 is in this backup: tar said above which files it could not read (make prod-check stage=1)" >&2
}

# Private keys, passwords, and the addresses that Alertmanager posts to: whoever finds a copy that is not encrypted must not have them.
opens_something=('*.key' '*-key' '*.pem' '*.env' alertmanager.yml)

add_configuration() { # FILE
  local folder=${BACKUP_CONFIGURATION:-} left
  [ -n "$folder" ] || return 0
  if [ "${BACKUP_ENCRYPT:-false}" = true ]; then add configuration "$folder" "$1"; return; fi
  left=$(for name in "${opens_something[@]}"; do find "$folder" -name "$name" -printf '%P\n' 2>/dev/null || true; done | sort -u | paste -sd' ')
  [ -z "$left" ] || echo "Left out, because this backup is not encrypted (BACKUP_ENCRYPT=true): $left" >&2
  add configuration "$folder" "$1" "${opens_something[@]/#/--exclude=}"
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
