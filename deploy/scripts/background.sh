#!/usr/bin/env bash
# make up | down | logs: the launcher in the background, with its output in .data/launcher.log.
set -euo pipefail
cd "$(dirname "$0")/../.."
data=.data
pid_file=$data/launcher.pid
log=$data/launcher.log
launcher=artifacts/bin/Launcher/release/CryptoScreener.Launcher.dll

# A number alone does not make a process ours: it may have been given to another since.
running() { [ -f "$pid_file" ] && tr '\0' ' ' <"/proc/$(cat "$pid_file")/cmdline" 2>/dev/null | grep -q CryptoScreener.Launcher; }

case "${1:-}" in
  up)
    shift
    running && { echo "Already running (process $(cat "$pid_file")); its output is in $log"; exit 0; }
    mkdir -p "$data"
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
  logs)
    files=$data/logs/${2:-*}.log
    # shellcheck disable=SC2086
    exec tail -n 50 -F $files
    ;;
  *)
    echo "usage: $0 up [launcher arguments] | down | logs [service]" >&2
    exit 2
    ;;
esac
