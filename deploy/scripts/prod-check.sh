#!/usr/bin/env bash
# prod-check.sh [STAGE…]   looks at a running installation in ten stages, or only at those named by number. Changes nothing, but a
# test alert of severity info and, in stage 9, a database of its own that goes again. Exit code 1 when a stage failed; with STRICT=1
# also when one warned.
#
# It finds make run, make up and docker compose by itself; anything else by addresses in the environment: see
# deploy/scripts/lib/stack.sh. ENV_FILE names the settings (.env), API_KEY an API key (with scopes: operations:read).
# Limits: BACKUP_MAX_AGE_HOURS (26), MAX_FEED_SILENCE (10), MAX_CANDLE_AGE (240), MAX_ALERT_MS (1000), MAX_API_MS (200).
here=$(dirname "${BASH_SOURCE[0]}")
source "$here/lib/common.sh"
source deploy/scripts/lib/stack.sh
source deploy/scripts/lib/report.sh
for check in deploy/scripts/checks/*.sh; do source "$check"; done
help_if_asked "${1:-}"
need curl jq
find_stack
[ "$STACK" = compose ] || need psql redis-cli

titles=('configuration and secrets' images connectivity migrations streams health 'metrics targets' 'alert routing' 'backup and restore rehearsal' 'latency and freshness')
functions=(check_configuration check_images check_connectivity check_migrations check_streams check_health check_metrics check_alert_routing check_backup check_latency)
declare -A count=([PASS]=0 [WARN]=0 [FAIL]=0)

for number in "${@:-1 2 3 4 5 6 7 8 9 10}"; do
  for stage in $number; do
    [[ $stage =~ ^([1-9]|10)$ ]] || fail "there is no stage $stage; they are 1 to 10" 2
    run_stage "$stage" "${titles[stage - 1]}" "${functions[stage - 1]}"
    count[$verdict]=$((count[$verdict] + 1))
  done
done
echo
echo "${count[PASS]} passed, ${count[WARN]} with warnings, ${count[FAIL]} failed"
[ "${count[FAIL]}" -eq 0 ] && { [ "${STRICT:-0}" != 1 ] || [ "${count[WARN]}" -eq 0 ]; }
