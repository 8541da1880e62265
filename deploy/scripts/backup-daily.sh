#!/usr/bin/env bash
# What the backup container runs: a backup every day at BACKUP_AT (UTC), and one at once when there is none of the last day.
# A failed one is told by the age of the metric (BackupTooOld), and tried again after an hour.
set -uo pipefail
folder=${BACKUP_FOLDER:-/backups}
here=$(dirname "$0")
trap 'exit 0' TERM INT
touch "${TMPDIR:-/tmp}/backup-daily.started" # for the health of the container (docker-compose.yml)

rest() { sleep "$1" & wait $!; } # so that a signal is heard at once

until_next() {
  local now next
  now=$(date -u +%s)
  next=$(date -u -d "today ${BACKUP_AT:-02:30}" +%s)
  [ "$next" -gt "$now" ] || next=$((next + 86400))
  echo $((next - now))
}

# Until there is a first one its age counts from here: backups that never succeed are told of too.
if [ -n "${BACKUP_METRICS_FOLDER:-}" ] && [ ! -e "$BACKUP_METRICS_FOLDER/backup.prom" ]; then
  mkdir -p "$BACKUP_METRICS_FOLDER"
  printf '# TYPE backup_last_success_timestamp_seconds gauge\nbackup_last_success_timestamp_seconds %s\n' "$(date +%s)" >"$BACKUP_METRICS_FOLDER/backup.prom"
  chmod 644 "$BACKUP_METRICS_FOLDER/backup.prom"
fi

find "$folder" -maxdepth 1 -name 'screener-*.tar*' ! -name '*.damaged' ! -name '*.sha256' -mtime -1 2>/dev/null | grep . >/dev/null || { rest 60; until "$here/backup.sh"; do rest 3600; done; }
while true; do
  rest "$(until_next)"
  until "$here/backup.sh"; do rest 3600; done
done
