#!/usr/bin/env bash
# Writes the Kubernetes documents that hold files of deploy/, so that both have one source. --check only says whether they are
# up to date (a test does). Kustomize itself reads nothing outside its folder, and single files must be applicable too.
set -euo pipefail
cd "$(dirname "$0")/../.."
namespace=crypto-screener

indent() { sed "s/^\(.\)/$1\1/"; }

# config_map NAME KEY=FILE... : literal blocks, each file as it is.
config_map() {
  local name=$1 entry
  shift
  printf -- '---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: %s\n  namespace: %s\n  labels: {app.kubernetes.io/part-of: crypto-screener}\ndata:\n' "$name" "$namespace"
  for entry; do
    printf '  %s: |\n' "${entry%%=*}"
    indent '    ' <"${entry#*=}"
  done
}

# One per file under the name that it has in its folder.
files() { local file; for file; do echo "$(basename "$file")=$file"; done; }

header() { echo "# Made by deploy/scripts/render-k8s.sh from $1; change those and run it."; }

prometheus_config() {
  # Exporters of nodes are in a namespace of their own (they need to see the node), and the cluster tells about its pods.
  # A gateway that is not ready has no address under the name that clients use.
  sed 's/names: \[node-exporter\]/names: [node-exporter.crypto-screener-nodes]/; s/names: \[api-gateway\]/names: [api-gateway-metrics]/' deploy/prometheus/prometheus.yml
  cat deploy/prometheus/kubernetes-jobs.yml
}

# A Prometheus of the whole cluster has other people's servers too, and evaluates their rules. Annotations stay as they are.
of_our_namespace() {
  sed -E "/^ *(summary|description|runbook_url|- alert|- record|#)/!{
    s/(^|[^\"|a-z_:])(up|(pg|redis|gnatsd)_[a-z_]+)\\{/\\1\\2{namespace=\"$namespace\",/g
    s/(^|[^\"|a-z_:])((pg|redis|gnatsd)_[a-z_]+)([^a-z_{]|$)/\\1\\2{namespace=\"$namespace\"}\\4/g
    s/(prometheus_rule_evaluation_failures_total)/\\1{rule_group=~\".*$namespace.*\"}/
  }"
}

prometheus_rule() {
  printf -- 'apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nmetadata:\n  name: crypto-screener\n  namespace: %s\n  labels: {app.kubernetes.io/part-of: crypto-screener}\nspec:\n  groups:\n' "$namespace"
  local file
  for file in deploy/prometheus/rules/*.yml; do sed '/^#/d; /^groups:/d' "$file" | of_our_namespace | indent '  '; done
}

temporary=$(mktemp -d)
trap 'rm -rf "$temporary"' EXIT
# A file, because the end of a pipeline is a process of its own.
emit() { # FILE, content on standard input
  cat >"$temporary/out"
  if [ "${check:-}" = 1 ]; then
    cmp -s "$temporary/out" "$1" || { echo "$1 is not what deploy/ gives; run deploy/scripts/render-k8s.sh" >&2; touch "$temporary/stale"; }
  else
    cp "$temporary/out" "$1"
  fi
}
[ "${1:-}" = --check ] && check=1

{
  header 'deploy/nats and deploy/postgres'
  # shellcheck disable=SC2046
  config_map nats-config $(files deploy/nats/*.conf)
  # shellcheck disable=SC2046
  config_map postgres-roles $(files deploy/postgres/roles.sh)
} | emit k8s/base/server-config.yaml
{
  header 'deploy/prometheus/rules'
  # shellcheck disable=SC2046
  config_map prometheus-alerts $(files deploy/prometheus/rules/*.yml)
} | emit k8s/components/monitoring/prometheus-alerts.yaml
prometheus_config >"$temporary/prometheus.yml"
{
  header 'deploy/prometheus, deploy/alertmanager and deploy/grafana/provisioning'
  config_map prometheus-config "prometheus.yml=$temporary/prometheus.yml"
  config_map alertmanager-source render.sh=deploy/alertmanager/render.sh
  config_map grafana-datasources screener.yml=deploy/grafana/provisioning/datasources/screener.yml
  config_map grafana-providers screener.yml=deploy/grafana/provisioning/dashboards/screener.yml
} | emit k8s/components/monitoring/monitoring-config.yaml
{
  header 'deploy/grafana/dashboards'
  # shellcheck disable=SC2046
  config_map grafana-dashboards $(files deploy/grafana/dashboards/*.json)
} | emit k8s/components/monitoring/grafana-dashboards.yaml
{ header 'deploy/prometheus/rules'; prometheus_rule; } | emit k8s/components/operator/prometheus-rules.yaml

# stamp DOCUMENT FILE... : a pod that reads files only when it starts has to start when they change.
stamp() {
  local sum document=$1
  shift
  sum=$(cat "$@" | sha256sum | cut -c1-12)
  sed "s|crypto-screener/files: \"[0-9a-f]*\"|crypto-screener/files: \"$sum\"|" "$document" | emit "$document"
}
stamp k8s/base/nats.yaml deploy/nats/*.conf
stamp k8s/components/monitoring/prometheus.yaml "$temporary/prometheus.yml" deploy/prometheus/rules/*.yml
stamp k8s/components/monitoring/alertmanager.yaml deploy/alertmanager/render.sh
[ ! -e "$temporary/stale" ]
