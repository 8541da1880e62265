#!/usr/bin/env bash
# background.sh up [LAUNCHER ARGUMENT…] | down | restart | logs [SERVICE] | scale WORKERS
# make up, down, logs: the launcher in the background, with its output in .data/launcher.log. restart and scale start it with the
# arguments of the last up. Where none runs but docker compose does, restart and logs are of its workers.
here=$(dirname "${BASH_SOURCE[0]}")
source "$here/lib/common.sh"
source deploy/scripts/lib/stack.sh
data=${SCREENER_DATA:-.data}
pid_file=$data/launcher.pid
arguments_file=$data/launcher.arguments
log=$data/launcher.log
launcher=artifacts/bin/Launcher/release/CryptoScreener.Launcher.dll

# A number alone does not make a process ours: it may have been given to another since.
running() { [ -f "$pid_file" ] && tr '\0' ' ' <"/proc/$(cat "$pid_file")/cmdline" 2>/dev/null | grep -q CryptoScreener.Launcher; }

# Without --fresh: whoever once began with empty servers does not want to lose their data at every restart.
last_arguments() { [ ! -f "$arguments_file" ] || sed 's/--fresh *//' "$arguments_file"; }

# A name that nothing writes to would be waited for in silence.
logs_of() {
  local known
  known=$(find "$data/logs" -maxdepth 1 -name '*.log' -printf '%f\n' 2>/dev/null | sed 's/\.log$//' | sort | paste -sd' ')
  [ -n "$known" ] || { echo "There are no logs in $data/logs: nothing was started here yet (make up)." >&2; exit 1; }
  [ -z "$1" ] || [ -f "$data/logs/$1.log" ] || { echo "No service $1 writes a log here. There are: $known" >&2; exit 1; }
  if [ -n "$1" ]; then exec tail -n 50 -F "$data/logs/$1.log"; fi
  exec tail -n 50 -F "$data"/logs/*.log
}

is_compose() { ! running && is_compose_running; }
compose_workers() { compose ps --services | grep -xE "${deployments// /|}|exchange-simulator"; }

case "${1:-}" in
  up)
    shift
    running && { echo "Already running (process $(cat "$pid_file")); its output is in $log"; exit 0; }
    mkdir -p "$data"
    printf '%s ' "$@" >"$arguments_file"
    setsid nohup dotnet "$launcher" "$@" >"$log" 2>&1 </dev/null &
    echo $! >"$pid_file"
    for _ in $(seq 1 240); do
      if grep -q 'Ctrl-C stops everything' "$log" 2>/dev/null; then sed '/Ctrl-C stops/d' "$log"; echo "Stop it with: make down"; exit 0; fi
      running || { cat "$log"; rm -f "$pid_file"; exit 1; }
      sleep 0.5
    done
    echo "Not ready yet; watch $log" >&2
    exit 1
    ;;
  down)
    running || { echo "Not running"; rm -f "$pid_file"; exit 0; }
    pid=$(cat "$pid_file")
    kill -TERM "$pid"
    for _ in $(seq 1 120); do kill -0 "$pid" 2>/dev/null || break; sleep 0.5; done
    if kill -0 "$pid" 2>/dev/null; then echo "It did not stop within a minute; its output is in $log" >&2; exit 1; fi
    rm -f "$pid_file"
    echo "Stopped"
    ;;
  is-compose) is_compose ;;
  logs)
    # shellcheck disable=SC2086
    if is_compose; then compose logs --no-log-prefix --tail 50 -f ${2:-$(compose_workers | paste -sd' ')}; exit; fi
    logs_of "${2:-}"
    ;;
  restart)
    if is_compose; then
      # shellcheck disable=SC2046
      compose restart $(compose_workers)
      exit
    fi
    "$0" down
    # shellcheck disable=SC2046
    "$0" up $(last_arguments)
    ;;
  scale)
    "$0" down
    # shellcheck disable=SC2046
    "$0" up $(last_arguments | sed 's/--workers [0-9]* *//') --workers "$2"
    ;;
  *)
    sed -n '2s/^# //p' "$0" >&2
    exit 2
    ;;
esac
