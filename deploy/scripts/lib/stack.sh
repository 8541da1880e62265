# shellcheck shell=bash
# Finds what runs and how to reach it. STACK becomes one of
#   addresses   GATEWAY_URL (and the others below) are in the environment: any installation, for instance by port-forwards
#   local       make run or make up: .data/stack.env (STACK_FILE) tells the addresses
#   compose     docker compose in this folder; servers are asked from inside their containers
#
#   GATEWAY_URL, API_KEY                   the API and an API key (with scopes: market:read and operations:read)
#   DATA_COLLECTOR_URL, METRICS_CALCULATOR_URL, ALERT_ENGINE_URL, API_GATEWAY_URL
#                                          the ports with /health and /metrics; several processes separated by spaces
#   PG* as libpq reads them, NATS_URL, NATS_USER, NATS_PASSWORD, REDIS (host:port,password=…)
#   PROMETHEUS_URL, ALERTMANAGER_URL       where they run

services='data-collector metrics-calculator alert-engine api-gateway'
# Delivery is a process of its own wherever there are containers.
deployments="$services alert-delivery"

export_file() { set -a; . "$1"; set +a; }

is_local_running() {
  local file=${STACK_FILE:-.data/stack.env} pid
  [ -f "$file" ] || return 1
  pid=$(value_of STACK_PROCESS "$file")
  [ -n "$pid" ] && [ -d "/proc/$pid" ]
}

monitoring_folder() { echo "$(dirname "${STACK_FILE:-.data/stack.env}")/monitoring"; }

is_monitoring_running() {
  local pid
  pid=$(cat "$(monitoring_folder)/prometheus.pid" 2>/dev/null) || return 1
  tr '\0' ' ' <"/proc/$pid/cmdline" 2>/dev/null | grep -q "$(monitoring_folder)/prometheus.yml"
}

is_compose_running() { command -v docker >/dev/null && [ -n "$(docker compose ps -q 2>/dev/null)" ]; }

find_stack() {
  if [ -z "${STACK:-}" ]; then
    if [ -n "${GATEWAY_URL:-}" ]; then STACK=addresses
    elif is_local_running; then STACK=local
    elif is_compose_running; then STACK=compose
    else fail "nothing runs here: start it (make up, or docker compose up -d), or say where it is: GATEWAY_URL=http://… and the others of deploy/scripts/lib/stack.sh"
    fi
  fi
  case $STACK in
    local) export_file "${STACK_FILE:-.data/stack.env}"; ! is_monitoring_running || export_file "$(monitoring_folder)/addresses.env" ;;
    compose) compose_addresses ;;
    addresses) : "${GATEWAY_URL:?}" ;;
    *) fail "STACK is addresses, local or compose" ;;
  esac
  if [ -z "${API_KEY:-}" ] && [ -r "${ADMIN_KEY_FILE:-}" ]; then API_KEY=$(cat "$ADMIN_KEY_FILE"); fi
}

env_file() { echo "${ENV_FILE:-.env}"; }
setting() { local value; value=$(value_of "$1" "$(env_file)"); echo "${value:-${2:-}}"; }

compose() {
  local files=(-f docker-compose.yml)
  [ ! -f docker-compose.override.yml ] || files+=(-f docker-compose.override.yml)
  [ "$(setting WORKER_REPLICAS 1)" -le 1 ] || files+=(-f deploy/docker/scaled.yml)
  docker compose "${files[@]}" "$@"
}

# Ports are published by one process of a service only; with several of them Prometheus is asked instead.
compose_addresses() {
  GATEWAY_URL=${GATEWAY_URL:-http://127.0.0.1:$(setting GATEWAY_PORT 8080)}
  API_GATEWAY_URL=${API_GATEWAY_URL:-http://127.0.0.1:9093}
  if [ "$(setting WORKER_REPLICAS 1)" -le 1 ]; then
    DATA_COLLECTOR_URL=${DATA_COLLECTOR_URL:-http://127.0.0.1:9090}
    METRICS_CALCULATOR_URL=${METRICS_CALCULATOR_URL:-http://127.0.0.1:9091}
    ALERT_ENGINE_URL=${ALERT_ENGINE_URL:-http://127.0.0.1:9092}
  fi
  if [ -n "$(compose ps -q prometheus 2>/dev/null)" ]; then
    PROMETHEUS_URL=${PROMETHEUS_URL:-http://127.0.0.1:9099}
    ALERTMANAGER_URL=${ALERTMANAGER_URL:-http://127.0.0.1:9098}
  fi
}

# urls_of SERVICE: one address a line.
urls_of() {
  local name=${1//-/_}
  name=${name^^}_URL
  tr ' ' '\n' <<<"${!name:-}" | sed '/^$/d'
}

get() { curl -fsS --max-time 5 "$@"; }
# Headers that hold a secret come from a file (-H @…): command lines are for everybody to read.
api() { get -H @<(echo "X-API-Key: ${API_KEY:-}") "$GATEWAY_URL$1"; }

sql() {
  if [ "$STACK" = compose ]; then compose exec -T timescaledb psql -qtAX -v ON_ERROR_STOP=1 -U postgres -d screener -c "$1"
  else PGCONNECT_TIMEOUT=5 psql -qtAX -v ON_ERROR_STOP=1 -d "${PGDATABASE:-screener}" -c "$1"
  fi
}

redis() {
  if [ "$STACK" = compose ]; then compose exec -T redis redis-cli "$@"; return; fi
  local address=${REDIS:?REDIS is not set} password=''
  case $address in *password=*) password=${address#*password=}; password=${password%%,*} ;; esac
  address=${address%%,*}
  [ -z "$password" ] || local -x REDISCLI_AUTH=$password
  timeout 5 redis-cli -h "${address%:*}" -p "${address##*:}" "$@"
}

backup_program() {
  if [ "$STACK" = compose ]; then compose exec -T backup /app/service "$@"; return; fi
  # shellcheck disable=SC2086
  timeout 60 ${BACKUP_PROGRAM:-dotnet artifacts/bin/Backup/release/CryptoScreener.Backup.dll} "$@"
}
