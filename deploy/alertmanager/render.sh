#!/bin/sh
# Writes the Alertmanager configuration to the file named as argument, or to standard output. Alertmanager expands no
# variables, so whoever is to be notified comes in here from the environment; what is not set is left out.
#
#   SLACK_WEBHOOK_URL                      Slack, for critical and warning
#   PAGERDUTY_INTEGRATION_KEY              PagerDuty (Events v2), for critical
#   ALERT_EMAIL_RECIPIENTS, SMTP_HOST      e-mail, for critical and warning; also SMTP_PORT (587), SMTP_FROM, SMTP_USERNAME,
#                                          SMTP_PASSWORD, SMTP_REQUIRE_TLS (true)
#   ALERTMANAGER_WEBHOOK_URL               everything; default: the gateway, so that it shows on the page
#   ALERTMANAGER_WEBHOOK_TOKEN             sent to it as a bearer token
#   ALERT_HEARTBEAT_URL                    hears every minute that the alerting works, and should complain when it does not
set -eu
umask 077

webhook_url=${ALERTMANAGER_WEBHOOK_URL:-http://api-gateway:8080/alerts/webhook}

fail() { echo "render.sh: $1" >&2; exit 1; }

line_break='
'
for setting in "$webhook_url" "${SLACK_WEBHOOK_URL:-}" "${PAGERDUTY_INTEGRATION_KEY:-}" "${ALERT_EMAIL_RECIPIENTS:-}" "${SMTP_HOST:-}" \
  "${SMTP_PORT:-}" "${SMTP_FROM:-}" "${SMTP_USERNAME:-}" "${SMTP_PASSWORD:-}" "${SMTP_REQUIRE_TLS:-}" \
  "${ALERTMANAGER_WEBHOOK_TOKEN:-}" "${ALERT_HEARTBEAT_URL:-}"; do
  case $setting in *"$line_break"*) fail "a setting holds a line break" ;; esac
done
case ${SMTP_REQUIRE_TLS:-true} in true | false) ;; *) fail "SMTP_REQUIRE_TLS is true or false" ;; esac

# A single-quoted YAML scalar.
quoted() { printf "'%s'" "$(printf %s "$1" | sed "s/'/''/g")"; }

email=${ALERT_EMAIL_RECIPIENTS:-}
[ -z "$email" ] || [ -n "${SMTP_HOST:-}" ] || fail "ALERT_EMAIL_RECIPIENTS is set, so SMTP_HOST has to be too"

global() {
  echo "global:"
  echo "  resolve_timeout: 5m"
  [ -n "$email" ] || return 0
  echo "  smtp_smarthost: $(quoted "$SMTP_HOST:${SMTP_PORT:-587}")"
  echo "  smtp_from: $(quoted "${SMTP_FROM:-crypto-screener@$SMTP_HOST}")"
  echo "  smtp_require_tls: ${SMTP_REQUIRE_TLS:-true}"
  [ -n "${SMTP_USERNAME:-}" ] || return 0
  echo "  smtp_auth_username: $(quoted "$SMTP_USERNAME")"
  echo "  smtp_auth_password: $(quoted "${SMTP_PASSWORD:-}")"
}

to_webhook() {
  echo "    webhook_configs:"
  echo "      - url: $(quoted "$1")"
  echo "        send_resolved: true"
  [ -n "${2:-}" ] || return 0
  echo "        http_config: {authorization: {type: Bearer, credentials: $(quoted "$2")}}"
}

to_slack() {
  [ -n "${SLACK_WEBHOOK_URL:-}" ] || return 0
  cat <<SLACK
    slack_configs:
      - api_url: $(quoted "$SLACK_WEBHOOK_URL")
        send_resolved: true
        color: '{{ if eq .Status "resolved" }}good{{ else if eq .CommonLabels.severity "critical" }}danger{{ else }}warning{{ end }}'
        title: '{{ .Status | toUpper }}: {{ .CommonLabels.alertname }} ({{ .Alerts | len }})'
        title_link: '{{ .CommonAnnotations.runbook_url }}'
        text: '{{ range .Alerts }}{{ .Annotations.summary }}. {{ .Annotations.description }}{{ "\n" }}{{ end }}'
SLACK
}

to_pagerduty() {
  [ -n "${PAGERDUTY_INTEGRATION_KEY:-}" ] || return 0
  cat <<PAGERDUTY
    pagerduty_configs:
      - routing_key: $(quoted "$PAGERDUTY_INTEGRATION_KEY")
        send_resolved: true
        severity: '{{ .CommonLabels.severity }}'
        description: '{{ .CommonLabels.alertname }}: {{ (index .Alerts 0).Annotations.summary }}'
        links: [{href: '{{ .CommonAnnotations.runbook_url }}', text: Runbook}]
PAGERDUTY
}

to_email() {
  [ -n "$email" ] || return 0
  echo "    email_configs:"
  echo "      - to: $(quoted "$email")"
  echo "        send_resolved: true"
}

configuration() {
  global
  cat <<'ROUTES'

route:
  receiver: page
  group_by: [alertname, job, exchange, slo]
  group_wait: 10s
  group_interval: 1m
  repeat_interval: 12h
  routes:
    - receiver: heartbeat
      matchers: [alertname = Watchdog]
      group_wait: 0s
      group_interval: 1m
      repeat_interval: 1m
    - receiver: critical
      matchers: [severity = critical]
      repeat_interval: 1h
    - receiver: warning
      matchers: [severity = warning]

inhibit_rules:
  # The worse one says it all.
  - source_matchers: [severity = critical]
    target_matchers: [severity =~ "warning|info"]
    equal: [alertname, job, instance, exchange, slo, mountpoint]
  # What follows from a service or server that is down need not be told as well.
  - source_matchers: [alertname = NoWorkersAvailable]
    target_matchers: [alertname != NoWorkersAvailable]
    equal: [job]
  - source_matchers: [alertname = NatsDown]
    target_matchers: [alertname =~ "NatsMessageLag|HighErrorRate|ThroughputAnomaly|LatencyAnomaly|SloBurnRate.+"]
  - source_matchers: [alertname = PostgresDown]
    target_matchers: [alertname =~ "SlowDatabaseInserts|DatabaseConnectionPoolExhausted|QueueBacklog|HighErrorRate"]
  - source_matchers: [alertname = ExchangeUnavailable, severity = critical]
    target_matchers: [alertname =~ "FeedStale|LowWebSocketConnections|GapsUnrepaired"]
    equal: [exchange]

receivers:
  - name: page
ROUTES
  to_webhook "$webhook_url" "${ALERTMANAGER_WEBHOOK_TOKEN:-}"
  echo "  - name: heartbeat"
  [ -z "${ALERT_HEARTBEAT_URL:-}" ] || to_webhook "$ALERT_HEARTBEAT_URL"
  echo "  - name: critical"
  to_webhook "$webhook_url" "${ALERTMANAGER_WEBHOOK_TOKEN:-}"
  to_pagerduty
  to_slack
  to_email
  echo "  - name: warning"
  to_webhook "$webhook_url" "${ALERTMANAGER_WEBHOOK_TOKEN:-}"
  to_slack
  to_email
}

rendered=$(configuration)
if [ $# -gt 0 ]; then printf '%s\n' "$rendered" > "$1"; else printf '%s\n' "$rendered"; fi
