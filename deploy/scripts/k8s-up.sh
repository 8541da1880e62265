#!/usr/bin/env bash
# make k8s-up: kubectl apply, from a fresh clone too. Where there is no k8s/base/secrets.env the secrets are made first;
# a cluster that has its secrets gets no others.
#   OVERLAY=production   one of k8s/overlays; without it base and monitoring (k8s/README.md)
here=$(dirname "${BASH_SOURCE[0]}")
source "$here/lib/common.sh"
source deploy/scripts/lib/first-passwords.sh
help_if_asked "${1:-}"
need kubectl
folder=k8s${OVERLAY:+/overlays/$OVERLAY}
[ -e "$folder/kustomization.yaml" ] || fail "there is no $folder; OVERLAY is one of: $(cd k8s/overlays && echo *)" 2

refuse_beside_cluster "$folder"
[ -e k8s/base/secrets.env ] || deploy/scripts/secrets.sh
kubectl apply -k "$folder"
