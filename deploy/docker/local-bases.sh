#!/usr/bin/env bash
# local-bases.sh   makes the four base images of the Dockerfile from this machine: Debian by debootstrap, the .NET SDK, its packages and Node as
# they are installed here. For machines that reach no image registry. Prints the arguments for images.sh:
#   DOCKER_ARGS="$(deploy/docker/local-bases.sh)" make images
# Needs root, debootstrap and a Docker engine (DOCKER, default: docker). Takes a minute or two; what is there already is used again.
set -euo pipefail
docker=${DOCKER:-docker}
tag=${BASE_TAG:-$(dotnet --version)}
sdk=screener-local/sdk:$tag
runtime=screener-local/runtime:$tag
suite=${SUITE:-trixie} # as local-servers.sh: pg_dump must not be older than the server

fail() { echo "local-bases.sh: $1" >&2; exit 1; }
has() { $docker image inspect "$1" >/dev/null 2>&1; }

make_bases() {
  if [ "$(id -u)" -ne 0 ] || ! command -v debootstrap >/dev/null; then fail "needs root and debootstrap (apt-get install debootstrap)"; fi
  local dotnet_folder root context
  dotnet_folder=$(dirname "$(realpath "$(command -v dotnet)")")
  root=$(mktemp -d)
  context=$(mktemp -d)
  # shellcheck disable=SC2064
  trap "rm -rf '$root' '$context'" EXIT
  debootstrap --variant=minbase --include=ca-certificates,libicu76,libssl3t64,zlib1g "$suite" "$root" >"$context/log" 2>&1 \
    || { tail -n 5 "$context/log" >&2; fail "debootstrap failed"; }
  # Certificates of the machine: a registry's proxy may have one of its own.
  cp /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/ca-certificates.crt"
  cp /etc/resolv.conf "$root/etc/resolv.conf"
  # What builds the page and what backs up. By apt, because debootstrap cannot order what npm needs.
  chroot "$root" env DEBIAN_FRONTEND=noninteractive sh -c 'apt-get update -qq && apt-get install -y -qq --no-install-recommends make nodejs npm postgresql-client openssl curl && apt-get clean' >"$context/log" 2>&1 \
    || { tail -n 5 "$context/log" >&2; fail "the packages could not be installed"; }
  mkdir -p "$root$dotnet_folder"
  cp -a "$dotnet_folder/host" "$dotnet_folder/shared" "$dotnet_folder/dotnet" "$root$dotnet_folder/"
  ln -sf "$dotnet_folder/dotnet" "$root/usr/bin/dotnet"
  tar -C "$root" -c . | $docker import --change 'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' - "$runtime" >/dev/null
  cp -a "$dotnet_folder/." "$root$dotnet_folder/"
  mkdir -p "$root/root/.nuget"
  [ ! -d "$HOME/.nuget/packages" ] || cp -a "$HOME/.nuget/packages" "$root/root/.nuget/"
  tar -C "$root" -c . | $docker import --change 'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' \
    --change 'ENV HOME=/root' --change 'ENV SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt' - "$sdk" >/dev/null
}

{ has "$sdk" && has "$runtime"; } || make_bases
echo "--network=host --build-arg SDK_IMAGE=$sdk --build-arg RUNTIME_IMAGE=$runtime --build-arg TOOLS_IMAGE=$runtime --build-arg NODE_IMAGE=$sdk --build-arg READY_TO_RUN=${READY_TO_RUN:-true}"
