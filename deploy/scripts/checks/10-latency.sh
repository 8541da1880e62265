# shellcheck shell=bash
# Data are fresh, and the stages as fast as the objectives say. Limits: MAX_FEED_SILENCE and MAX_CANDLE_AGE in seconds,
# MAX_ALERT_MS (closed candle → alert, worst p99 of the last ten minutes) and MAX_API_MS. Above a latency warns, five times above fails.
check_latency() {
  local exchanges history alert_ms
  exchanges=$(api /api/v1/exchanges 2>/dev/null) || { bad "the exchanges' states cannot be read" "see stage 3"; return 0; }
  feeds_are_fresh "$exchanges"
  candles_are_fresh
  history=$(api '/api/performance-history?duration_minutes=10' 2>/dev/null) || { warn "latencies cannot be read" "API_KEY=… (with scopes: operations:read)"; return 0; }
  alert_ms=$(jq '[.[].close_to_alert_p99_ms | numbers] | max // empty' <<<"$history")
  if [ -z "$alert_ms" ]; then ok "no alert fired in the last ten minutes, so closed candle → alert was not measured"
  else within "closed candle → alert, p99" "$alert_ms" "${MAX_ALERT_MS:-1000}" "RUNBOOK: LatencyAnomaly; make diag-performance"
  fi
  within "the API's answer to a question about alerts" "$(api_ms)" "${MAX_API_MS:-200}" "RUNBOOK: HighApiLatency"
}

feeds_are_fresh() {
  local limit=${MAX_FEED_SILENCE:-10} name silent gaps state
  [ "$(jq length <<<"$1")" -gt 0 ] || bad "no exchange is followed" "EXCHANGE_BINANCE_FUTURES=true, or another under Collector:Exchanges"
  while IFS=$'\t' read -r name silent gaps state; do
    if [ "${silent%.*}" -ge "$limit" ]; then bad "$name has been silent for $silent s, allowed are $limit" "RUNBOOK: FeedStale, ExchangeUnavailable"
    else ok "$name: $state, the last data $silent s ago"
    fi
    [ "$gaps" = 0 ] || warn "$name has $gaps open gaps" "RUNBOOK: GapsUnrepaired"
  done < <(jq -r '.[] | "\(.exchange)\t\(.staleness_seconds // 999999)\t\(.gaps_open // 0)\t\(.state)"' <<<"$1")
}

candles_are_fresh() {
  local age
  age=$(sql 'SELECT coalesce(extract(epoch FROM now() - max(open_time))::int, 999999) FROM candles_minute' 2>/dev/null) || { bad "the newest candle cannot be asked for" "see stage 3"; return; }
  if [ "$age" -gt "${MAX_CANDLE_AGE:-240}" ]; then bad "the newest candle in the database is $age s old" "RUNBOOK: NatsMessageLag, SlowDatabaseInserts; is the calculator's persistence running?"
  else ok "the newest candle in the database began $age s ago"
  fi
}

# Of five, the slowest but one: the first may open a connection.
api_ms() {
  for _ in 1 2 3 4 5; do
    get -o /dev/null -w '%{time_total}\n' -H @<(echo "X-API-Key: ${API_KEY:-}") "$GATEWAY_URL/api/v1/alerts?limit=5" 2>/dev/null || echo 9
  done | sort -n | awk 'NR == 4 { printf "%d", $1 * 1000 }'
}

within() { # WHAT MILLISECONDS LIMIT REMEDY
  local ms=${2%.*}
  if [ "$ms" -gt $(($3 * 5)) ]; then bad "$1: $ms ms, allowed are $3" "$4"
  elif [ "$ms" -gt "$3" ]; then warn "$1: $ms ms, allowed are $3" "$4"
  else ok "$1: $ms ms"
  fi
}
