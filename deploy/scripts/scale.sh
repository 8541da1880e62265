#!/usr/bin/env bash
# scale.sh WORKERS [SERVICE]   how many processes of each worker (collector, calculator, engine) run; they share the 16 partitions out
# and take over from each other within seconds. make scale workers=6
#   compose      WORKER_REPLICAS in .env, and pools and connections of the database that fit (fewer get theirs back); then docker compose up. The
#                gateway stays one (its port is the machine's)
#   make up      starts the local stack again with so many
#   TARGET=kubernetes   kubectl scale, the gateway and delivery included; with a SERVICE only that one. An autoscaler may change it again
here=$(dirname "${BASH_SOURCE[0]}")
source "$here/lib/common.sh"
source deploy/scripts/lib/stack.sh
help_if_asked "${1:-}"
workers=${1:-}
partitions=16
[[ $workers =~ ^[1-9][0-9]*$ ]] || fail "say how many: make scale workers=6" 2
[ "$workers" -le "$partitions" ] || fail "there are $partitions partitions: more than $partitions processes of a worker would have nothing to do" 2

if [ "${TARGET:-}" = kubernetes ]; then
  need kubectl
  for deployment in ${2:-$deployments}; do
    kubectl -n crypto-screener scale "deployment/$deployment" --replicas="$workers"
  done
  exit
fi
# Every process of ours has a pool of its own, and all of them together must fit into what the database takes, with some left for backups,
# the exporter and whoever looks. Pools shrink first; one of ten still keeps up (prod-optimize gives small machines no more).
fit_database() {
  local file pools pool most wanted_pool wanted_most
  file=$(env_file)
  pools=$((4 * workers + 1)) pool=$(setting DATABASE_POOL_SIZE 20) most=$(setting POSTGRES_MAX_CONNECTIONS 200)
  read -r wanted_pool wanted_most <<<"$(sizes_wanted "$pool" "$most")"
  local fits=$wanted_pool connections=$wanted_most
  if [ $((pools * fits + 40)) -gt "$connections" ]; then
    fits=$(((connections - 40) / pools))
    if [ "$fits" -lt 10 ]; then fits=$((wanted_pool < 10 ? wanted_pool : 10)); fi
    if [ $((pools * fits + 40)) -gt "$connections" ]; then connections=$((pools * fits + 40)); fi
  fi
  [ "$fits" = "$pool" ] || { set_value DATABASE_POOL_SIZE "$fits" "$file"; echo "DATABASE_POOL_SIZE $pool → $fits: $pools processes share $connections connections of the database"; }
  [ "$connections" = "$most" ] || { set_value POSTGRES_MAX_CONNECTIONS "$connections" "$file"; echo "POSTGRES_MAX_CONNECTIONS $most → $connections: the database starts again"; }
  if [ "$fits $connections" != "$wanted_pool $wanted_most" ]; then set_value SCALED_SIZES "$wanted_pool:$wanted_most:$fits:$connections" "$file"
  elif [ -n "$(setting SCALED_SIZES)" ]; then remove_value SCALED_SIZES "$file"
  fi
}

# sizes_wanted POOL CONNECTIONS of now: those of before the first scaling, so that scaling back undoes it; SCALED_SIZES has them and what we
# made of them. Where now is neither, somebody changed it since, and wants that.
sizes_wanted() {
  local pool most our_pool our_most
  IFS=: read -r pool most our_pool our_most <<<"$(setting SCALED_SIZES)"
  if [ "$our_pool $our_most" = "$1 $2" ]; then echo "$pool $most"; else echo "$1 $2"; fi
}

find_stack
case $STACK in
  local)
    [ -f .data/launcher.pid ] || fail "make run cannot be scaled while it runs: make run ARGS=\"--workers $workers\""
    deploy/scripts/background.sh scale "$workers"
    ;;
  compose)
    fit_database
    set_value WORKER_REPLICAS "$workers" "$(env_file)"
    # Compose scales with another file only; named in .env so that every docker compose up keeps to it. It then no longer looks for an
    # override by itself, and one that is named must be there: what somebody writes into it later has to count.
    if [ "$workers" -gt 1 ]; then
      [ -f docker-compose.override.yml ] || printf '# Settings of this machine (docs/LOGGING.md has an example); docker compose up -d applies them.\nservices: {}\n' >docker-compose.override.yml
      set_value COMPOSE_FILE docker-compose.yml:docker-compose.override.yml:deploy/docker/scaled.yml "$(env_file)"
    else
      remove_value COMPOSE_FILE "$(env_file)"
    fi
    compose up -d --no-build
    compose ps --format '{{.Service}}\t{{.Name}}\t{{.Status}}' | grep -E 'collector|calculator|engine|delivery' | column -t -s $'\t'
    ;;
  *) fail "only what runs here can be scaled; elsewhere by what started it" ;;
esac
