#!/usr/bin/env bash
# probe-all.sh   what .ci/run does with containers, and says in one line: where a Docker engine answers, all images are built (on bases made
# of Debian's packages where we are root and have debootstrap, otherwise on those of the registries; LOCAL_BASES=0 or 1 decides), one is run as
# Compose runs it, and docker-compose.yml is started and probed (probe-compose.sh). CI_IMAGES=0 leaves it out.
set -uo pipefail
cd "$(dirname "$0")/../.." || exit
say() { echo "  containers: $1"; }

if ! timeout 20 docker info >/dev/null 2>&1; then
  say "no image was built and no compose stack started, no Docker engine answers; where one does: make probe-all"
  exit 0
fi
if [ "${CI_IMAGES:-1}" = 0 ]; then say "left out, CI_IMAGES=0"; exit 0; fi

if [ -z "${LOCAL_BASES:-}" ]; then
  if [ "$(id -u)" -eq 0 ] && command -v debootstrap >/dev/null; then LOCAL_BASES=1; else LOCAL_BASES=0; fi
fi
# The registries' bases may not be reachable here: only who asks for them gets a failure then.
if [ "$LOCAL_BASES" = 0 ] && [ "${CI_IMAGES:-}" != 1 ]; then
  say "no image was built: bases of Debian's packages need root and debootstrap, and those of the registries CI_IMAGES=1"
  exit 0
fi
compose=''
docker compose version >/dev/null 2>&1 || compose="Docker has no Compose"
export LOCAL_BASES
mkdir -p artifacts
log=artifacts/containers.log

# Those that docker-compose.yml publishes; whoever runs a screener here already has them.
taken=''
for port in 8080 9090 9091 9092 9093 9098 9099 3001; do
  if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then taken+=" $port"; fi
done

probe() {
  if [ "$LOCAL_BASES" = 1 ]; then DOCKER_ARGS=$(deploy/docker/local-bases.sh) || return; export DOCKER_ARGS; fi
  deploy/docker/images.sh build && deploy/docker/probe-images.sh && { [ -n "$taken$compose" ] || deploy/docker/probe-compose.sh; }
}
export taken compose

started=$SECONDS
export -f probe
if timeout --kill-after=60 "${CONTAINERS_TIMEOUT:-2400}" bash -c 'set -uo pipefail; probe' >"$log" 2>&1; then
  [ -z "$taken" ] || compose="something listens at$taken"
  if [ -n "$compose" ]; then say "all images were built, the compose stack was not started: $compose ($((SECONDS - started)) s, $log)"; exit 0; fi
  say "all images were built, and the compose stack started, alerted, was backed up, restored and scaled ($((SECONDS - started)) s, $log)"
else
  tail -n 30 "$log" >&2
  say "FAILED after $((SECONDS - started)) s; all of it is in $log"
  exit 1
fi
