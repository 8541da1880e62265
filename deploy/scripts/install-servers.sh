#!/usr/bin/env bash
# Finds the programs that `make run` needs (servers) or `make test` (all), and installs the missing ones with apt.
# NO_INSTALL=1 only checks. The packages' own services are not left running: we start private servers instead.
set -euo pipefail

declare -A package=(
  [nats-server]=nats-server [redis-server]=redis-server [postgres]=postgresql
  [promtool]=prometheus [amtool]=prometheus-alertmanager [node]=nodejs [npm]=npm [chromium]=chromium
  [prometheus-node-exporter]=prometheus-node-exporter [prometheus-postgres-exporter]=prometheus-postgres-exporter
  [prometheus-redis-exporter]=prometheus-redis-exporter
  [jq]=jq [curl]=curl [psql]=postgresql-client [redis-cli]=redis-tools [shellcheck]=shellcheck
)
programs=(nats-server redis-server postgres node npm)
[ "${1:-servers}" = all ] && programs+=(promtool amtool chromium jq curl psql redis-cli shellcheck \
  prometheus-node-exporter prometheus-postgres-exporter prometheus-redis-exporter)

is_there() {
  if [ "$1" = postgres ]; then
    compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null || command -v postgres >/dev/null
  else
    command -v "$1" >/dev/null || [ -x "/usr/sbin/$1" ]
  fi
}

missing=()
for program in "${programs[@]}"; do
  is_there "$program" || missing+=("${package[$program]}")
done
[ ${#missing[@]} -eq 0 ] && exit 0

if [ "${NO_INSTALL:-0}" = 1 ]; then
  echo "Missing: ${missing[*]}. Install them: apt-get install ${missing[*]} (or run make servers without NO_INSTALL)" >&2
  exit 1
fi
if ! command -v apt-get >/dev/null; then
  echo "Missing: ${missing[*]}, and this machine has no apt-get. Install them with your system's package manager (nats-server, redis, PostgreSQL 15 or newer, Node with npm, prometheus, alertmanager, Chromium) and put them on PATH." >&2
  exit 1
fi

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null || { echo "Missing: ${missing[*]}. Run as root or install sudo, or: apt-get install ${missing[*]}" >&2; exit 1; }
  as_root=(sudo)
fi

echo "Installing ${missing[*]} ..."
# A policy-rc.d that says no keeps the packages from starting services of their own.
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then # one that is there is the machine's own decision
  printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee "$policy" >/dev/null
  "${as_root[@]}" chmod +x "$policy"
  trap '"${as_root[@]}" rm -f "$policy"' EXIT
fi
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
