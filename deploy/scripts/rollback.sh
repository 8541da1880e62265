#!/usr/bin/env bash
# rollback.sh [VERSION]   goes back to an earlier version of our images (compose: SCREENER_VERSION in .env), waits until all is healthy,
# and checks. Without a version it tells which are on this machine. The database stays: steps of the schema expand first and contract
# a release later, so the version before works with the newer schema. make rollback to=0.1.0
#   TARGET=kubernetes   the images of VERSION; without one it tells which versions the revisions of each deployment had. (The revision
#                       before is no answer: a restart or a scaling makes one too, with the same images.)
here=$(dirname "${BASH_SOURCE[0]}")
source "$here/lib/common.sh"
source deploy/scripts/lib/stack.sh
help_if_asked "${1:-}"
version=${1:-}

if [ "${TARGET:-}" = kubernetes ]; then
  need kubectl jq
  if [ -z "$version" ]; then
    had=$(kubectl -n crypto-screener get replicasets -o json \
      | jq -r '[.items[].spec.template.spec.containers[].image | select(test("cryptoscreener/")) | sub(".*:"; "")] | unique | join(" ")')
    fail "say to which version: TARGET=kubernetes make rollback to=… The cluster has run: ${had:-nothing of ours}" 2
  fi
  for deployment in $deployments; do
    kubectl -n crypto-screener get "deployment/$deployment" -o json \
      | jq -r '.spec.template.spec.containers[] | select(.image | test("cryptoscreener/")) | "\(.name)=\(.image | sub(":[^:/]*$"; ""))"' \
      | while read -r image; do kubectl -n crypto-screener set image "deployment/$deployment" "$image:$version"; done
  done
  for deployment in $deployments; do
    kubectl -n crypto-screener rollout status "deployment/$deployment" --timeout=180s
  done
  exit
fi
find_stack
[ "$STACK" = compose ] || fail "only images can be rolled back; in a checkout: git switch --detach <tag>, then make restart"
current=$(setting SCREENER_VERSION)
present=$(docker image ls --format '{{.Tag}}' cryptoscreener/data-collector | sort -rV | paste -sd' ')
[ -n "$version" ] || fail "say to which version: make rollback to=… Now runs $current; on this machine are: ${present:-none}" 2
for service in $services backup; do
  docker image inspect "cryptoscreener/$service:$version" >/dev/null 2>&1 \
    || fail "cryptoscreener/$service:$version is not on this machine (there are: ${present:-none}): pull it, or make images VERSION=$version in its checkout"
done
set_value SCREENER_VERSION "$version" "$(env_file)"
echo "From $current to $version ..."
compose up -d --no-build --wait --wait-timeout 180 || fail "not all became healthy; back again: make rollback to=$current"
deploy/scripts/prod-check.sh 2 3 4 5 6
