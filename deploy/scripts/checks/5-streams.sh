# shellcheck shell=bash
# The four streams are there, in files, within their limits, and candles come in.
check_streams() {
  local lines stream
  # Once more after a pause: a program that has just started on a busy machine may be too slow for the server's patience.
  if ! lines=$(backup_program streams list 2>&1) && sleep 2 && ! lines=$(backup_program streams list 2>&1); then
    bad "the streams cannot be asked for: ${lines##*$'\n'}" "see stage 3; NATS_USER and NATS_PASSWORD are those of the user backup"
    return 0
  fi
  for stream in CANDLES METRICS ALERTS FEED; do
    stream_is_good "$stream" "$(jq -c --arg name "$stream" 'select(.name == $name).stream' <<<"$lines")"
  done
}

stream_is_good() {
  if [ "${2:-null}" = null ]; then
    bad "the stream $1 is missing" "restart a worker: each declares all streams when it connects; what it held comes back from a backup only"
    return
  fi
  local messages full storage
  messages=$(jq .state.messages <<<"$2")
  storage=$(jq -r .config.storage <<<"$2")
  full=$(jq 'if .config.max_bytes > 0 then .state.bytes * 100 / .config.max_bytes | floor else 0 end' <<<"$2")
  [ "$storage" = file ] || bad "the stream $1 is in memory" "a restart of NATS loses it: delete it while the workers are stopped, they make it anew"
  [ "$full" -lt 90 ] || warn "the stream $1 is $full % full: the oldest messages go before their time" "raise NATS_STREAM_MEGABYTES"
  ok "$1: $messages messages, $full % of its limit"
}
