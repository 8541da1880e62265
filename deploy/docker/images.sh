#!/usr/bin/env bash
# make images | images-load: builds cryptoscreener/<service>:<version>, and puts the images into a local cluster.
#   VERSION=0.2.0  default: the version in Directory.Build.props       ONLY="api-gateway"  only these
#   DOCKER_ARGS="--build-arg SDK_IMAGE=…"  further arguments of docker build
set -euo pipefail
cd "$(dirname "$0")/../.."
version=${VERSION:-$(sed -n 's/.*<Version>\(.*\)<\/Version>.*/\1/p' Directory.Build.props)}
images=${ONLY:-data-collector metrics-calculator alert-engine api-gateway exchange-simulator backup}
docker=${DOCKER:-docker}
revision=$(git rev-parse --short HEAD 2>/dev/null || echo unknown)

name_of() { echo "cryptoscreener/$1:$version"; }

build() {
  local target=service
  [ "$1" = backup ] && target=backup
  # shellcheck disable=SC2086
  $docker build -f deploy/docker/Dockerfile --target "$target" --build-arg "SERVICE=$1" --build-arg "VERSION=$version" \
    --build-arg "REVISION=$revision" ${DOCKER_ARGS:-} -t "$(name_of "$1")" .
}

load() {
  local context
  context=$(kubectl config current-context 2>/dev/null) || { echo "kubectl has no current context: choose the cluster to load into with kubectl config use-context." >&2; exit 1; }
  case $context in
    kind-*) kind load docker-image --name "${context#kind-}" "$@" ;;
    k3d-*) k3d image import --cluster "${context#k3d-}" "$@" ;;
    minikube) for image; do minikube image load "$image"; done ;;
    *) echo "The context $context is no kind, k3d or minikube cluster: push the images to a registry that it reads, and set the names in k8s/overlays/production." >&2; exit 1 ;;
  esac
}

case ${1:-} in
  build) for image in $images; do build "$image"; done; for image in $images; do name_of "$image"; done ;;
  load) names=(); for image in $images; do names+=("$(name_of "$image")"); done; load "${names[@]}" ;;
  *) echo "usage: $0 build | load" >&2; exit 2 ;;
esac
