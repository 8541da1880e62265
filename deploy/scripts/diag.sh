#!/usr/bin/env bash
# diag.sh errors | performance | full
#   errors        what failed lately: errors in the logs by event, counters of errors by part, alerts
#   performance   rates, latencies by stage, processors and memory of each worker, lag of readers, database
#   full          both, and all that a second look needs (health, metrics, streams, settings without secrets, the end of the logs),
#                 in one archive under .data/diagnostics (DIAG_FOLDER); secrets are left out, look through it before passing it on
here=$(dirname "${BASH_SOURCE[0]}")
source "$here/lib/common.sh"
source deploy/scripts/lib/stack.sh
help_if_asked "${1:-}"

title() { printf '\n%s%s%s\n' "$bold" "$1" "$plain"; }
try() { "$@" 2>&1 || echo "(could not be asked)"; }

log_lines() { # the last lines of every worker's log, as JSON where it is
  local lines=${LINES_OF_LOG:-5000}
  # shellcheck disable=SC2086
  if [ "$STACK" = compose ]; then compose logs --no-log-prefix --tail "$lines" $services alert-delivery 2>/dev/null
  elif [ -n "${LOG_FOLDER:-}" ]; then find "$LOG_FOLDER" -name '*.log' ! -name 'exchange-simulator*' -exec tail -q -n "$lines" {} +
  else echo "No logs are reachable from here (LOG_FOLDER)." >&2
  fi
}

values() { api /api/v1/services | jq -r "$1"; }

errors() {
  title "Errors and warnings in the logs, by event"
  log_lines | jq -rR 'fromjson? | select(.level == "error" or .level == "critical" or .level == "warning") | [.level, .service, .event // "?", (.event_id // 0 | tostring), .message[0:110]] | @tsv' \
    | awk -F'\t' '{ key = $1 FS $2 FS $3 FS $4; count[key]++; last[key] = $5 } END { for (key in count) print count[key] FS key FS last[key] }' | sort -rn | head -n 30 \
    | { lines=$(cat); if [ -n "$lines" ]; then printf 'COUNT\tLEVEL\tSERVICE\tEVENT\tID\tLAST MESSAGE\n%s\n' "$lines" | column -t -s $'\t'; else echo "none"; fi; }
  title "Counters that should stand still (since each start)"
  try values '.[] | .service as $s | .instance as $i | .values | to_entries[] | select((.key | test("errors_total|failed_total|dropped_total|dead_letters_total|\"unavailable\"")) and .value > 0) | [$s, $i, .key, .value] | @tsv' \
    | { lines=$(cat); if [ -n "$lines" ]; then column -t -s $'\t' <<<"$lines"; else echo "all are 0"; fi; }
  title "Not ready"
  try values '.[] | select(.ready | not) | "\(.service) \(.instance): \(.checks | to_entries | map(select(.value != "ok") | "\(.key) \(.value)") | join("; "))"' | grep . || echo none
  title "Alerts"
  try deploy/scripts/alerts-list.sh
}

performance() {
  local now
  now=$(api /api/performance-metrics) || fail "the gateway does not answer, or API_KEY lacks operations:read"
  title "The last seconds"
  jq -r '.current | to_entries[] | select(.key != "timestamp") | "  \(.key)\t\(.value)"' <<<"$now" | column -t -s $'\t'
  title "Latency by stage (ms)"
  jq -r '.stages_ms | to_entries | map({stage: (.key | sub("^p[0-9]+_"; "")), quantile: (.key | sub("_.*"; "")), value}) | group_by(.stage)[] | [.[0].stage, (map({(.quantile): .value}) | add | .p50, .p95, .p99)] | @tsv' <<<"$now" \
    | { printf 'STAGE\tP50\tP95\tP99\n'; cat; } | column -t -s $'\t'
  title "Workers"
  jq -r '.workers[] | [.service, .instance, "\(.cpu_cores) cores", "\((.memory_bytes // 0) / 1048576 | floor) MB"] | @tsv' <<<"$now" | column -t -s $'\t'
  title "Behind the end of their streams (messages)"
  try values '.[] | .service as $s | .instance as $i | .values | to_entries[] | select(.key | startswith("nats_consumer_lag_messages")) | [$s, $i, .key, .value] | @tsv' | column -t -s $'\t'
  title "Database"
  try sql "SELECT 'size', pg_size_pretty(pg_database_size(current_database())) UNION ALL SELECT 'connections', count(*) || ' of ' || current_setting('max_connections') FROM pg_stat_activity UNION ALL SELECT 'cache hits', coalesce(round(100.0 * sum(blks_hit) / nullif(sum(blks_hit + blks_read), 0), 1) || ' %', '?') FROM pg_stat_database" | column -t -s '|'
  try sql "SELECT 'running for ' || round(extract(epoch FROM now() - query_start)::numeric, 1) || ' s', left(query, 100) FROM pg_stat_activity WHERE state = 'active' AND pid <> pg_backend_pid() AND query_start < now() - interval '1 second' ORDER BY query_start LIMIT 5"
  try sql "SELECT c.relname, pg_size_pretty(pg_total_relation_size(c.oid)), n_live_tup || ' rows' FROM pg_class c JOIN pg_stat_user_tables s ON s.relid = c.oid ORDER BY pg_total_relation_size(c.oid) DESC LIMIT 8" | column -t -s '|'
}

# Values whose names speak of secrets, and passwords inside of addresses.
without_secrets() { sed -E 's/^([A-Z_]*(PASSWORD|SECRET|TOKEN|KEY|PASSPHRASE|WEBHOOK_URL|HEARTBEAT_URL|RECIPIENTS)[A-Z_]*=).+/\1(left out)/; s#(://[^:/@ ]*:)[^@/ ]+@#\1(left out)@#g; s/(password=)[^,; ]*/\1(left out)/gI'; }

full() {
  local folder work name service url
  folder=${DIAG_FOLDER:-.data/diagnostics}
  name=diagnostics-$(date -u +%Y%m%dT%H%M%SZ)
  work=$folder/$name
  umask 077
  mkdir -p "$work"
  { uname -a; nproc; free -m; df -h .; uptime; } >"$work/machine.txt" 2>&1 || true
  errors >"$work/errors.txt" 2>&1 || true
  (performance) >"$work/performance.txt" 2>&1 || true # in a shell of its own: without a gateway it gives up, the rest goes on
  for service in $services; do
    while read -r url; do
      try get "$url/metrics" >>"$work/metrics-$service.txt"
      { echo "# $url"; curl -s --max-time 5 "$url/health/ready"; echo; } >>"$work/health.txt" || true
    done < <(urls_of "$service")
  done
  for view in operations-overview performance-history v1/services v1/exchanges executive-summary; do try api "/api/$view" >"$work/$(basename "$view").json"; done
  try backup_program streams list >"$work/streams.jsonl"
  try sql 'SELECT * FROM migrations ORDER BY 1' >"$work/migrations.txt"
  try sql 'SELECT kind, partition, owner, epoch, expires_at FROM leases ORDER BY 1, 2' >"$work/leases.txt"
  [ ! -f "$(env_file)" ] || without_secrets <"$(env_file)" >"$work/settings.env"
  [ "$STACK" != compose ] || { compose ps -a >"$work/containers.txt" 2>&1 || true; docker stats --no-stream >"$work/containers-use.txt" 2>&1 || true; }
  log_lines 2>/dev/null | without_secrets >"$work/logs.jsonl" || true
  tar -C "$folder" -czf "$work.tar.gz" "$name"
  rm -rf "$work"
  errors
  (performance) || true
  printf '\n%s\n' "Everything is in $work.tar.gz"
}

case ${1:-} in
  errors | performance | full) need curl jq; find_stack; "$1" ;;
  *) help_text >&2; exit 2 ;;
esac
