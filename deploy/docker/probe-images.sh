#!/usr/bin/env bash
# probe-images.sh   where a Docker engine answers: builds images (ONLY, default the simulator's; from local bases with LOCAL_BASES=1) and runs each
# as Compose does, not root, with nothing writable, until its own probe says that it works. Where none answers it says so in one line.
set -euo pipefail
cd "$(dirname "$0")/../.."
docker=${DOCKER:-docker}
if ! $docker info >/dev/null 2>&1; then
  echo "  images: not built here, no Docker engine answers (the workflow at GitHub builds them)"
  exit 0
fi
export ONLY=${ONLY:-exchange-simulator}
[ "${LOCAL_BASES:-0}" != 1 ] || DOCKER_ARGS=$(deploy/docker/local-bases.sh)
export DOCKER_ARGS=${DOCKER_ARGS:-}
deploy/docker/images.sh build >/tmp/probe-images.$$.log 2>&1 || { tail -n 20 /tmp/probe-images.$$.log >&2; rm -f /tmp/probe-images.$$.log; exit 1; }
built=$(grep '^cryptoscreener/' /tmp/probe-images.$$.log)
rm -f /tmp/probe-images.$$.log

restricted=(--read-only --tmpfs /tmp --cap-drop ALL --security-opt no-new-privileges --memory 512m --network none)
for image in $built; do
  [ "$($docker image inspect -f '{{.Config.User}}' "$image")" = 1654 ] || { echo "$image runs as root" >&2; exit 1; }
  case "$image $($docker image inspect -f '{{.Config.Env}}' "$image")" in
    */backup:* | *MALLOC_ARENA_MAX=2[\ \]]*) ;;
    *) echo "$image sets no MALLOC_ARENA_MAX: its native memory grows by an arena for each thread" >&2; exit 1 ;;
  esac
  case $image in
    */exchange-simulator:*)
      container=$($docker run -d "${restricted[@]}" "$image" --host 127.0.0.1 --port 9400 --instruments 5)
      for _ in $(seq 1 60); do
        if $docker exec "$container" /app/service --probe http://127.0.0.1:9400/sim/health >/dev/null 2>&1; then works=yes; break; fi
        sleep 0.5
      done
      [ "${works:-}" = yes ] || { $docker logs "$container" | tail -n 10 >&2; $docker rm -f "$container" >/dev/null; echo "$image does not answer its probe" >&2; exit 1; }
      $docker rm -f "$container" >/dev/null
      ;;
    */backup:*) ;;
    *)
      # Without servers and settings a worker says what it lacks, and ends.
      said=$($docker run --rm "${restricted[@]}" -e DOTNET_ENVIRONMENT=Production "$image" 2>&1 || true)
      grep -q 'Storage:ConnectionString' <<<"$said" || { echo "$image said: $said" >&2; exit 1; }
      ;;
  esac
  echo "  images: $image works"
done
