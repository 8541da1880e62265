#!/usr/bin/env bash
# capacity.sh [SECONDS]   what things cost in what runs now, from two looks SECONDS (30) apart: processor time of each worker per candle
# update, per frame and per rule looked at, memory, and bytes per message on the bus and per row in the database. The coefficients of
# docs/CAPACITY.md are made from it: run it with few and with many instruments, the difference is what one more costs. Let the stack
# settle for two minutes first; whatever else the machine does shows in the times. SOCKETS=200 opens so many sockets that follow every
# instrument's price meanwhile (they and their messages are then counted; the gateway must allow as many, Realtime:MaxConnections).
here=$(dirname "${BASH_SOURCE[0]}")
source "$here/lib/common.sh"
source deploy/scripts/lib/stack.sh
help_if_asked "${1:-}"
need curl jq
seconds=${1:-30}
[[ $seconds =~ ^[1-9][0-9]*$ ]] || fail "SECONDS is a whole number" 2
find_stack

# Sums the series of a name over labels and processes: sum SERVICE NAME
look() { api /api/v1/services >"$1"; }
sum() { jq -r --arg service "$2" --arg name "$3" '[.[] | select(.service == $service) | .values | to_entries[] | select(.key == $name or (.key | startswith($name + "{"))) | .value] | add // 0' "$1"; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
look "$work/alone"
if [ "${SOCKETS:-0}" -gt 0 ]; then
  need node
  mkfifo "$work/until"
  API_KEY=${API_KEY:-} node deploy/scripts/open-sockets.mjs "$GATEWAY_URL" "$SOCKETS" <"$work/until" >"$work/sockets" 2>&1 &
  exec 3>"$work/until" # the sockets live as long as this script
  for _ in $(seq 1 120); do
    ! grep -q . "$work/sockets" || break
    sleep 0.5
  done
  grep -q open "$work/sockets" || fail "$SOCKETS sockets could not be opened: $(cat "$work/sockets")"
  sleep 12 # a status every five seconds tells them
fi
look "$work/before"
sleep "$seconds"
look "$work/after"
moved() { awk -v a="$(sum "$work/before" "$1" "$2")" -v b="$(sum "$work/after" "$1" "$2")" 'BEGIN { print b - a }'; }
line() { printf '  %-58s %12s %s\n' "$1" "$2" "$3"; }
ratio() { awk -v a="$1" -v b="$2" -v scale="${3:-1}" 'BEGIN { if (b > 0) printf "%.2f", a / b * scale; else print "-" }'; }

instruments=$(api /api/v1/exchanges | jq '[.[].instruments] | add // 0')
received=$(moved data-collector data_collector_candles_received_total)
processed=$(moved metrics-calculator metrics_calculator_candles_processed_total)
frames=$(moved alert-engine alert_engine_evaluation_duration_seconds_count)
evaluated=$(moved alert-engine alert_engine_alerts_evaluated_total)
sent=$(moved api-gateway api_gateway_websocket_messages_sent_total)
sockets=$(sum "$work/after" api-gateway api_gateway_websocket_connections)
echo "$instruments instruments, $(ratio "$received" "$seconds") updates/s, $(ratio "$frames" "$seconds") frames/s evaluated, $sockets sockets, over $seconds s; load of the machine: $(cut -d' ' -f1-3 /proc/loadavg)"
echo "Processor and memory"
for service in $services; do
  cpu=$(moved "$service" dotnet_process_cpu_time_seconds_total)
  line "$service: processor" "$(ratio "$cpu" "$seconds" 1000)" "thousandths of a core"
  case $service in
    data-collector) line "$service: processor per update received" "$(ratio "$cpu" "$received" 1e6)" "µs" ;;
    metrics-calculator) line "$service: processor per update processed" "$(ratio "$cpu" "$processed" 1e6)" "µs" ;;
    alert-engine)
      line "$service: processor per frame" "$(ratio "$cpu" "$frames" 1e6)" "µs"
      line "$service: rules looked at per frame" "$(ratio "$evaluated" "$frames")" ""
      ;;
    api-gateway)
      line "$service: processor per socket message sent" "$(ratio "$cpu" "$sent" 1e6)" "µs"
      more=$(awk -v a="$(sum "$work/alone" "$service" dotnet_process_memory_working_set_bytes)" -v b="$(sum "$work/after" "$service" dotnet_process_memory_working_set_bytes)" 'BEGIN { print b - a }')
      line "$service: memory per socket" "$(ratio "$more" "$sockets" 0.0009765625)" "KB"
      ;;
  esac
  line "$service: memory" "$(ratio "$(sum "$work/after" "$service" dotnet_process_memory_working_set_bytes)" 1048576)" "MB"
done

echo "Bus"
backup_program streams list | jq -r 'select(.stream != null and .stream.state.messages > 0) | "\(.name) \(.stream.state.bytes / .stream.state.messages | floor)"' \
  | while read -r name bytes; do line "$name: bytes per message stored" "$bytes" "B"; done

echo "Database"
for table in candles_minute candles_short candles_long metrics alerts; do
  sql "SELECT '$table', coalesce(round(sum(pg_total_relation_size(c.oid)) / nullif(sum(s.n_live_tup), 0)), 0) FROM pg_class c JOIN pg_stat_user_tables s ON s.relid = c.oid WHERE c.relname = '$table' OR c.relname ~ '^${table}_p[0-9]+$'"
done | while IFS='|' read -r table bytes; do [ "$bytes" = 0 ] || line "$table: bytes per row, indexes included" "$bytes" "B"; done
