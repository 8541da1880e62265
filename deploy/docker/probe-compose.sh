#!/usr/bin/env bash
# probe-compose.sh   goes the way of docs/INSTALLATION.md with Docker Compose, in a project and with secrets of its own: make secrets, up with
# the simulator and the monitoring, an alert, the first backup, make prod-check, a restore of that backup, two of each worker, a
# rollback, new passwords; then everything of it is removed. The images have to be there (make images); LOCAL_BASES=1 makes those that no registry can be asked for from Debian's packages.
# TLS=1 with TLS on the bus. KEEP=1 leaves it running. Where no Docker engine answers it says so in one line.
here=$(dirname "${BASH_SOURCE[0]}")
source "$here/../scripts/lib/common.sh"
source deploy/scripts/lib/stack.sh
help_if_asked "${1:-}"
if ! docker compose version >/dev/null 2>&1 || ! docker info >/dev/null 2>&1; then
  echo "  compose: not started here, no Docker engine with Compose answers"
  exit 0
fi
need curl jq openssl

work=$(mktemp -d)
export COMPOSE_PROJECT_NAME=screener-probe COMPOSE_ENV_FILES=$work/.env ENV_FILE=$work/.env STACK=compose STACK_FILE=$work/none
compose() { docker compose --profile demo --profile monitoring "$@"; }
finish() {
  local status=$?
  set +e
  if [ "$status" -ne 0 ]; then compose ps -a; compose logs --tail 15; fi >&2
  if [ "${KEEP:-0}" = 1 ]; then echo "  compose: left running, export COMPOSE_PROJECT_NAME=$COMPOSE_PROJECT_NAME COMPOSE_ENV_FILES=$COMPOSE_ENV_FILES"
  else compose down --volumes --timeout 20 >/dev/null 2>&1; rm -rf "$work"
  fi
  return "$status"
}
trap finish EXIT

# quietly LOG COMPLAINT COMMAND…: what it says is shown only when it fails.
quietly() { "${@:3}" >"$work/$1.log" 2>&1 || { tail -n 20 "$work/$1.log" >&2; fail "$2"; }; }
say() { echo "  compose: $1 ($SECONDS s)"; }

# eventually SECONDS WHAT COMMAND…
eventually() {
  local end=$((SECONDS + $1)) what=$2
  until "${@:3}" >/dev/null 2>&1; do
    [ "$SECONDS" -lt "$end" ] || fail "after $1 s still not: $what"
    sleep 1
  done
  say "$what"
}

mkdir -p "$work/k8s/base"
cp .env.example "$work/.env.example"
SCREENER_ROOT=$work deploy/scripts/secrets.sh >/dev/null

if [ "${TLS:-0}" = 1 ]; then
  mkdir "$work/tls"
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=probe -addext basicConstraints=critical,CA:TRUE -keyout "$work/ca.key" -out "$work/ca.crt" 2>/dev/null
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=nats -keyout "$work/tls/tls.key" -out "$work/nats.csr" 2>/dev/null
  openssl x509 -req -in "$work/nats.csr" -CA "$work/ca.crt" -CAkey "$work/ca.key" -days 2 -extfile <(echo subjectAltName=DNS:nats) -out "$work/tls/tls.crt" 2>/dev/null
  chmod 755 "$work" "$work/tls"
  chmod 644 "$work/ca.crt" "$work"/tls/*
  for setting in NATS_CONFIG=nats-tls.conf NATS_TLS_FOLDER="$work/tls" NATS_CA_FILE="$work/ca.crt"; do set_value "${setting%%=*}" "${setting#*=}" "$work/.env"; done
fi

running=()
if [ "${LOCAL_BASES:-0}" = 1 ]; then
  mapfile -t servers < <(deploy/docker/local-servers.sh)
  # shellcheck disable=SC2206
  running=($deployments exchange-simulator backup "${servers[@]}")
fi
quietly up "docker compose up failed" compose up -d --wait --wait-timeout 300 "${running[@]}"
say "$(compose ps -q | wc -l) containers are healthy"

key=$(compose logs --no-log-prefix api-gateway | sed -n 's/.*shown this once: //p')
[ -n "$key" ] || fail "the gateway shows no administrator's key"
export API_KEY=$key
compose_addresses
has_alert() { api '/api/v1/alerts?limit=1' | jq -e 'length > 0'; }
eventually 240 "an alert fired" has_alert

quietly backup "the backup failed" compose exec -T backup /scripts/backup.sh
say "$(tail -n 1 "$work/backup.log")"

# Where Grafana and the exporter of NATS have no image, stage 7 would rightly complain.
stages=(1 2 3 4 5 6 7 8 9 10)
[ "${LOCAL_BASES:-0}" != 1 ] || stages=(1 2 3 4 5 6 8 9 10)
deploy/scripts/prod-check.sh "${stages[@]}" || fail "make prod-check found what is wrong"
RESTORE=yes quietly restore "the restore failed" deploy/scripts/with-stack.sh restore.sh
say "$(grep 'Restored from' "$work/restore.log")"
eventually 120 "alerts are served again" has_alert
eventually 180 "every worker goes on with what was restored" deploy/scripts/prod-check.sh 3 4 5 6 10

quietly scale "it could not be scaled" deploy/scripts/scale.sh 2
eventually 120 "two of each worker share the work" deploy/scripts/prod-check.sh 6

# Back from a version that is not this one: the same images under another name.
version=$(setting SCREENER_VERSION)
ours="$services exchange-simulator backup"
for name in $ours; do docker tag "cryptoscreener/$name:$version" "cryptoscreener/$name:0.0.0-probe"; done
set_value SCREENER_VERSION 0.0.0-probe "$work/.env"
quietly other "another version did not start" compose up -d --no-build --wait --wait-timeout 300 "${running[@]}"
quietly rollback "the rollback failed" deploy/scripts/rollback.sh "$version"
for name in $ours; do docker image rm -f "cryptoscreener/$name:0.0.0-probe" >/dev/null || true; done
say "$(grep -m1 '^From ' "$work/rollback.log") rolled back"

quietly rotate "the passwords could not be changed" deploy/scripts/rotate-credentials.sh
eventually 120 "$(tail -n 1 "$work/rotate.log" | cut -d. -f1), and everything answers" deploy/scripts/prod-check.sh 3 4 5 6
