#!/usr/bin/env bash
# make k8s-up: kubectl apply, from a fresh clone too. Where there is no k8s/base/secrets.env the secrets are made first.
#   OVERLAY=production   one of k8s/overlays; without it base and monitoring (k8s/README.md)
here=$(dirname "${BASH_SOURCE[0]}")
source "$here/lib/common.sh"
help_if_asked "${1:-}"
need kubectl
folder=k8s${OVERLAY:+/overlays/$OVERLAY}
[ -e "$folder/kustomization.yaml" ] || fail "there is no $folder; OVERLAY is one of: $(cd k8s/overlays && echo *)" 2

# Servers keep the passwords that they began with: new ones in a cluster that has some would lock everybody out.
if [ ! -e k8s/base/secrets.env ]; then
  known=$(kubectl get secret crypto-secrets -n crypto-screener --ignore-not-found -o name)
  [ -z "$known" ] || fail "the cluster has its secrets, this checkout does not: bring k8s/base/secrets.env back (docs/backup.md)"
  deploy/scripts/secrets.sh
fi
kubectl apply -k "$folder"
