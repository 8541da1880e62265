#!/usr/bin/env bash
# monitoring.sh setup | start | stop | status
#   setup    checks the rules, writes the configurations of Prometheus and Alertmanager for what runs, and has both verified
#   start    starts both (compose: with Grafana and the exporters), on PROMETHEUS_PORT (9099) and ALERTMANAGER_PORT (9098)
#   stop     stops what start started
#   status   targets, rules, alerts, and whether notifications go out
# For make run and make up they are the programs of Debian's packages prometheus and prometheus-alertmanager, on loopback, with their
# files beside the stack's (.data/monitoring). Who is told is set as for Compose: SLACK_WEBHOOK_URL and the like in .env.
here=$(dirname "${BASH_SOURCE[0]}")
source "$here/lib/common.sh"
source deploy/scripts/lib/stack.sh
help_if_asked "${1:-}"
prometheus_port=${PROMETHEUS_PORT:-9099}
alertmanager_port=${ALERTMANAGER_PORT:-9098}

targets_of() { # SERVICE: as Prometheus writes a list
  urls_of "$1" | sed 's|.*//||; s|.*|"&"|' | paste -sd,
}

prometheus_config() {
  local service
  cat <<CONFIG
# Made by deploy/scripts/monitoring.sh for what runs now; make monitoring-setup writes it anew.
global: {scrape_interval: 5s, scrape_timeout: 4s, evaluation_interval: 15s, external_labels: {environment: "${ENVIRONMENT:-local}"}}
rule_files: ["$PWD/deploy/prometheus/rules/*.yml"]
alerting: {alertmanagers: [{static_configs: [{targets: ["127.0.0.1:$alertmanager_port"]}]}]}
scrape_configs:
CONFIG
  for service in $services; do
    echo "  - {job_name: $service, static_configs: [{targets: [$(targets_of "$service")]}], metric_relabel_configs: [{source_labels: [__name__], regex: .+_created, action: drop}]}"
  done
  echo "  - {job_name: prometheus, static_configs: [{targets: [\"127.0.0.1:$prometheus_port\"]}]}"
  echo "  - {job_name: alertmanager, static_configs: [{targets: [\"127.0.0.1:$alertmanager_port\"]}]}"
}

render_alertmanager() {
  if [ -f "$(env_file)" ]; then
    local name
    for name in SLACK_WEBHOOK_URL PAGERDUTY_INTEGRATION_KEY ALERT_EMAIL_RECIPIENTS SMTP_HOST SMTP_PORT SMTP_FROM SMTP_USERNAME SMTP_PASSWORD SMTP_REQUIRE_TLS ALERT_HEARTBEAT_URL; do
      [ -z "$(setting "$name")" ] || export "$name=$(setting "$name")"
    done
  fi
  ALERTMANAGER_WEBHOOK_URL=$GATEWAY_URL/alerts/webhook ALERTMANAGER_WEBHOOK_TOKEN=${ALERTMANAGER_WEBHOOK_TOKEN:-} deploy/alertmanager/render.sh "$1"
}

setup() {
  deploy/prometheus/render.sh --check
  if [ "$STACK" = compose ]; then
    compose --profile monitoring config -q
    [ "${NO_PULL:-0}" = 1 ] || compose --profile monitoring pull -q --ignore-buildable
    echo "The configuration is sound. Start it: make monitoring-start"
    return
  fi
  need promtool amtool prometheus prometheus-alertmanager
  local folder
  folder=$(monitoring_folder)
  mkdir -p "$folder"
  prometheus_config >"$folder/prometheus.yml"
  render_alertmanager "$folder/alertmanager.yml"
  promtool check config "$folder/prometheus.yml" >"$folder/check.log" 2>&1 || { cat "$folder/check.log" >&2; fail "Prometheus would refuse $folder/prometheus.yml"; }
  amtool check-config "$folder/alertmanager.yml" >"$folder/check.log" 2>&1 || { cat "$folder/check.log" >&2; fail "Alertmanager would refuse $folder/alertmanager.yml"; }
  echo "Wrote and checked $folder/prometheus.yml and alertmanager.yml"
}

launch() { # NAME PORT COMMAND…
  local folder name=$1 port=$2
  folder=$(monitoring_folder)
  shift 2
  setsid nohup "$@" >"$folder/$name.log" 2>&1 </dev/null &
  echo $! >"$folder/$name.pid"
  for _ in $(seq 1 60); do
    if get -o /dev/null "http://127.0.0.1:$port/-/ready" 2>/dev/null; then echo "$name is ready at http://127.0.0.1:$port"; return; fi
    kill -0 "$(cat "$folder/$name.pid")" 2>/dev/null || { tail -n 5 "$folder/$name.log" >&2; fail "$name ended at once"; }
    sleep 0.5
  done
  fail "$name did not become ready; its log is $folder/$name.log"
}

start() {
  if [ "$STACK" = compose ]; then compose --profile monitoring up -d; return; fi
  local folder
  folder=$(monitoring_folder)
  is_monitoring_running && { echo "Already running: http://127.0.0.1:$prometheus_port"; return; }
  [ -f "$folder/prometheus.yml" ] || setup
  trap 'stop >/dev/null 2>&1' EXIT # of the two only both, or nobody finds the other to stop it
  launch alertmanager "$alertmanager_port" prometheus-alertmanager "--config.file=$folder/alertmanager.yml" "--storage.path=$folder/alertmanager" \
    "--web.listen-address=127.0.0.1:$alertmanager_port" --cluster.listen-address=
  launch prometheus "$prometheus_port" prometheus "--config.file=$folder/prometheus.yml" "--storage.tsdb.path=$folder/prometheus" \
    --storage.tsdb.retention.time=30d --storage.tsdb.retention.size=10GB --enable-feature=exemplar-storage --web.enable-admin-api "--web.listen-address=127.0.0.1:$prometheus_port"
  # The folder for the backup's snapshots, which is what the admin API is there for.
  printf 'PROMETHEUS_URL=http://127.0.0.1:%s\nPROMETHEUS_DATA=%s\nALERTMANAGER_URL=http://127.0.0.1:%s\n' "$prometheus_port" "$folder/prometheus" "$alertmanager_port" >"$folder/addresses.env"
  trap - EXIT
}

stop() {
  if [ "$STACK" = compose ]; then compose stop prometheus alertmanager grafana node-exporter postgres-exporter redis-exporter nats-exporter; return; fi
  local folder name pid
  folder=$(monitoring_folder)
  for name in prometheus alertmanager; do
    pid=$(cat "$folder/$name.pid" 2>/dev/null) || continue
    # A number alone does not make a process ours.
    if tr '\0' ' ' <"/proc/$pid/cmdline" 2>/dev/null | grep -q "$folder/$name.yml"; then kill -TERM "$pid"; echo "Stopped $name"; fi
    rm -f "$folder/$name.pid"
  done
  rm -f "$folder/addresses.env"
}

status() {
  [ -n "${PROMETHEUS_URL:-}" ] || fail "no Prometheus runs for this stack: make monitoring-setup monitoring-start"
  echo "Prometheus    $PROMETHEUS_URL"
  get "$PROMETHEUS_URL/api/v1/targets?state=active" | jq -r '.data.activeTargets[] | "  \(.health | ascii_upcase)\t\(.labels.job)\t\(.scrapeUrl)\t\(.lastError)"' | sort -k2 | column -t -s $'\t'
  get "$PROMETHEUS_URL/api/v1/rules" | jq -r '[.data.groups[].rules[]] | "  \(length) rules, \([.[] | select(.health == "err")] | length) of them faulty, \([.[] | select(.state == "firing")] | length) alerts firing, \([.[] | select(.state == "pending")] | length) pending"'
  [ -n "${ALERTMANAGER_URL:-}" ] || { echo "Alertmanager  not known (ALERTMANAGER_URL)"; return; }
  echo "Alertmanager  $ALERTMANAGER_URL"
  get "$ALERTMANAGER_URL/metrics" | awk '/^alertmanager_notifications_total\{/ { sent += $NF } /^alertmanager_notifications_failed_total\{/ { failed += $NF } END { printf "  %d notifications sent, %d failed\n", sent, failed }'
}

case ${1:-} in
  setup | start | stop | status) need curl jq; find_stack; "$1" ;;
  *) help_text >&2; exit 2 ;;
esac
