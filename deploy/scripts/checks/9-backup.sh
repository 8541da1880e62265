# shellcheck shell=bash
# The newest backup is young, whole, and can be restored: into a database of its own, which goes afterwards.
check_backup() {
  local said age hours=${BACKUP_MAX_AGE_HOURS:-26}
  if ! said=$(rehearse 2>&1); then
    bad "${said##*$'\n'}" "make backup; docs/backup.md; RUNBOOK: BackupTooOld"
    return 0
  fi
  age=$(sed -n 's/^age \([0-9]*\) .*/\1/p' <<<"$said")
  if [ "${age:-999999}" -gt $((hours * 3600)) ]; then bad "the newest backup is $((age / 3600)) hours old, allowed are $hours" "make backup, and see why the daily one did not run (RUNBOOK: BackupTooOld)"
  else ok "the newest backup is $((age / 3600)) h $((age % 3600 / 60)) min old"
  fi
  ok "${said##*$'\n'}"
  [ "${REHEARSE:-yes}" = yes ] || warn "it was read but not restored" "REHEARSE=yes"
}

rehearse() {
  if [ "$STACK" = compose ]; then
    # By its name: what is on a command line is read by everybody on the machine.
    PGPASSWORD=$(setting POSTGRES_PASSWORD) compose exec -T -e PGUSER=postgres -e PGPASSWORD -e REHEARSE="${REHEARSE:-yes}" backup /scripts/rehearse-restore.sh
  else
    deploy/scripts/rehearse-restore.sh
  fi
}
