#!/usr/bin/env bash
# make compose-up: docker compose up, on a fresh clone too. Where there is no .env the secrets are made first: for a trial with the simulated
# market, or for the real exchanges with SECRETS_TEMPLATE=.env.production.example. An .env of the simulated market brings the simulator along.
#   PROFILES="monitoring logs"   what else runs
here=$(dirname "${BASH_SOURCE[0]}")
source "$here/lib/common.sh"
source deploy/scripts/lib/stack.sh
source deploy/scripts/lib/first-passwords.sh
help_if_asked "${1:-}"
need docker
ENV_FILE=.env # what Compose reads and make secrets writes

if [ -e "$ENV_FILE" ]; then
  refuse_beside_containers
else
  refuse_beside_volumes # and not left to make secrets, which goes on where no Docker answers
  deploy/scripts/secrets.sh
fi

profiles=${PROFILES:-}
[ "$(setting EXCHANGE_SIMULATED false)" != true ] || profiles="demo $profiles"
arguments=()
for profile in $profiles; do arguments+=(--profile "$profile"); done
compose "${arguments[@]}" up -d --wait
echo "The page is at http://127.0.0.1:$(setting GATEWAY_PORT 8080). The first start shows the administrator's key once: docker compose logs api-gateway | grep 'shown this once'"
