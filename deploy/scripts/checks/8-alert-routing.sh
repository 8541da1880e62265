# shellcheck shell=bash
# A test alert, told to Alertmanager, arrives at the gateway. Its severity is info: it wakes nobody. It ends by itself.
check_alert_routing() {
  local mark before
  mark="prod-check $(date -u +%s)-$$"
  before=$(incidents) || { bad "the gateway's list of alerts cannot be read" "see stage 3; API_KEY=… (with scopes: operations:read)"; return 0; }
  if [ -z "${ALERTMANAGER_URL:-}" ]; then
    post_to_gateway "$mark" || return 0
    warn "no Alertmanager is known: only the last step, its post to the gateway, was tried" "make monitoring-setup monitoring-start, or ALERTMANAGER_URL=…"
  else
    post_to_alertmanager "$mark" || { bad "Alertmanager at $ALERTMANAGER_URL does not take alerts" "make monitoring-start, monitoring-status"; return 0; }
  fi
  for _ in $(seq 1 "${ALERT_PATIENCE:-40}"); do
    if has_arrived "$mark" "$before"; then ok "the test alert arrived at the gateway"; return 0; fi
    sleep 1
  done
  bad "the test alert did not arrive at the gateway" "RUNBOOK: NotificationsFailing; have both sides the same ALERTMANAGER_WEBHOOK_TOKEN? With several gateways ask again"
}

incidents() { api /api/operations-overview 2>/dev/null | jq -e .alerts.incidents24h; }

has_arrived() {
  api /api/operations-overview 2>/dev/null \
    | jq -e --arg mark "$1" --argjson before "$2" '.alerts | any(.top[]; .summary == $mark) or .incidents24h > $before' >/dev/null
}

utc() { date -u -d "${1:-now}" +%Y-%m-%dT%H:%M:%SZ; }

post_to_alertmanager() {
  jq -n --arg mark "$1" --arg starts "$(utc)" --arg ends "$(utc '+60 seconds')" \
    '[{labels: {alertname: "ProdCheck", severity: "info", mark: $mark}, annotations: {summary: $mark}, startsAt: $starts, endsAt: $ends}]' \
    | get -o /dev/null -H 'Content-Type: application/json' --data-binary @- "$ALERTMANAGER_URL/api/v2/alerts" 2>/dev/null
}

post_to_gateway() {
  local token=${ALERTMANAGER_WEBHOOK_TOKEN:-$(setting ALERTMANAGER_WEBHOOK_TOKEN)} state code
  for state in firing resolved; do
    code=$(jq -n --arg mark "$1" --arg starts "$(utc)" --arg state "$state" \
      '{version: "4", alerts: [{status: $state, fingerprint: $mark, labels: {alertname: "ProdCheck", severity: "info"}, annotations: {summary: $mark}, startsAt: $starts, endsAt: $starts}]}' \
      | curl -s --max-time 5 -o /dev/null -w '%{http_code}' -H @<(echo "${token:+Authorization: Bearer $token}") -H 'Content-Type: application/json' --data-binary @- "$GATEWAY_URL/alerts/webhook") || true
    [ "$code" = 204 ] || { bad "the gateway answered $code to a post as Alertmanager's" "401: ALERTMANAGER_WEBHOOK_TOKEN is not the gateway's Operations__WebhookToken"; return 1; }
  done
}
