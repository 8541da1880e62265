#!/usr/bin/env bash
# alerts-list.sh   the alerts about the system that fire now: as Alertmanager has them, else Prometheus, else as the gateway was told.
# (Alerts about the market are the product: curl $GATEWAY_URL/api/v1/alerts.)
here=$(dirname "${BASH_SOURCE[0]}")
source "$here/lib/common.sh"
source deploy/scripts/lib/stack.sh
help_if_asked "${1:-}"
need curl jq
find_stack
table() {
  local lines
  lines=$(cat)
  if [ -z "$lines" ]; then echo "No alert fires."; else { printf 'SEVERITY\tSINCE\tALERT\tWHAT\n'; echo "$lines"; } | column -t -s $'\t'; fi
}
labels='[.job, .instance, .exchange] | map(select(. != null)) | join(" ")'
if [ -n "${ALERTMANAGER_URL:-}" ]; then
  echo "From Alertmanager at $ALERTMANAGER_URL:"
  get "$ALERTMANAGER_URL/api/v2/alerts?active=true" \
    | jq -r "sort_by(.labels.severity, .startsAt)[] | select(.labels.alertname != \"Watchdog\") | [.labels.severity, .startsAt[0:19], .labels.alertname, (.annotations.summary // (.labels | $labels)) + (if .status.state == \"suppressed\" then \" (silenced)\" else \"\" end)] | @tsv" | table
elif [ -n "${PROMETHEUS_URL:-}" ]; then
  echo "From Prometheus at $PROMETHEUS_URL:"
  get "$PROMETHEUS_URL/api/v1/alerts" \
    | jq -r "[.data.alerts[] | select(.state == \"firing\" and .labels.alertname != \"Watchdog\")] | sort_by(.labels.severity, .activeAt)[] | [.labels.severity, .activeAt[0:19], .labels.alertname, (.annotations.summary // (.labels | $labels))] | @tsv" | table
else
  echo "From the gateway at $GATEWAY_URL (no Prometheus and no Alertmanager are known; at most five):"
  api /api/operations-overview | jq -r '.alerts.top[] | [.severity, .starts_at[0:19], .name, .summary] | @tsv' | table
fi
