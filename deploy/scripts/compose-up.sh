#!/usr/bin/env bash
# make compose-up: docker compose up, on a fresh clone too. Where there is no .env the secrets are made first: for a trial with the simulated
# market, or for the real exchanges with SECRETS_TEMPLATE=.env.production.example. An .env of the simulated market brings the simulator along.
#   PROFILES="monitoring logs"   what else runs
here=$(dirname "${BASH_SOURCE[0]}")
source "$here/lib/common.sh"
source deploy/scripts/lib/stack.sh
help_if_asked "${1:-}"
need docker
ENV_FILE=.env # what Compose reads and make secrets writes

# Servers keep the passwords that they began with: new ones beside old volumes would lock everybody out.
if [ ! -e "$ENV_FILE" ]; then
  volumes=$(docker volume ls -q --filter label="com.docker.compose.project=${COMPOSE_PROJECT_NAME:-crypto-screener}")
  [ -z "$volumes" ] || fail "the volumes of an installation are here, its .env is not: bring that file back (docs/backup.md), or remove the volumes with docker volume rm"
  deploy/scripts/secrets.sh
fi

profiles=${PROFILES:-}
[ "$(setting EXCHANGE_SIMULATED false)" != true ] || profiles="demo $profiles"
arguments=()
for profile in $profiles; do arguments+=(--profile "$profile"); done
compose "${arguments[@]}" up -d --wait
echo "The page is at http://127.0.0.1:$(setting GATEWAY_PORT 8080). The first start shows the administrator's key once: docker compose logs api-gateway | grep 'shown this once'"
