# shellcheck shell=bash
# Every process is ready, as many run as were asked for, and the gateway hears from all of them.
check_health() {
  local service url answer overview unready severity text
  for service in $services; do
    [ -n "$(urls_of "$service")" ] || { [ "$STACK" = compose ] || bad "$service: no address is known" "set ${service//-/_}_URL (in capitals)"; }
    while read -r url; do
      answer=$(curl -s --max-time 5 "$url/health/ready") || { bad "$service at $url does not answer" "make logs service=$service; RUNBOOK: ServiceDown"; continue; }
      case $(jq -r .status <<<"$answer" 2>/dev/null) in
        ready) ok "$service at $url is ready" ;;
        degraded) bad "$service at $url serves without something: $(waits_for "$answer")" "make logs service=$service; RUNBOOK: PostgresDown" ;;
        *) bad "$service at $url is not ready: $(waits_for "$answer")" "make logs service=$service; RUNBOOK: NoWorkersAvailable" ;;
      esac
    done < <(urls_of "$service")
  done
  case $STACK in
    compose) as_many_as_asked ;;
    addresses) [ -z "${PROMETHEUS_URL:-}" ] || as_many_as_the_cluster_wants ;;
  esac
  overview=$(api /api/operations-overview 2>/dev/null) || { warn "the gateway's overview cannot be read" "API_KEY=… (with scopes: operations:read)"; return 0; }
  unready=$(jq -r '.workers_not_ready | join(", ")' <<<"$overview")
  [ -z "$unready" ] || bad "not ready: $unready" "curl $GATEWAY_URL/api/v1/services tells why"
  while IFS=$'\t' read -r severity text; do warn "$severity: $text" "make diag-performance"; done < <(jq -r '.findings[] | "\(.severity)\t\(.message)"' <<<"$overview")
  ok "health score $(jq -r '"\(.health_score), \(.status), \(.workers_alive) workers heard"' <<<"$overview")"
}

# A process that ended is missed nowhere else: the others take its partitions over, and with several of each no port is known to ask at.
as_many_as_asked() {
  local listed service asked healthy
  listed=$(compose ps --format '{{.Service}} {{.State}} {{.Health}}') || { bad "Docker does not list the containers" "docker compose ps"; return; }
  for service in $deployments; do
    asked=$(setting WORKER_REPLICAS 1)
    [ "$service" != api-gateway ] || asked=1 # its port is the machine's
    healthy=$(grep -cx "$service running healthy" <<<"$listed" || true)
    if [ "$healthy" -lt "$asked" ]; then bad "$service: $healthy of $asked processes are healthy" "docker compose ps -a $service; docker compose up -d starts what ended, make scale workers=… asks for another number"
    elif [ "$healthy" -gt "$asked" ]; then warn "$service: $healthy processes run, asked for are $asked" "make scale workers=$healthy to keep them; docker compose up -d ends the others"
    else ok "$service: $healthy of $asked processes are healthy"
    fi
  done
}

# Prometheus knows both numbers, where kube-state-metrics tells them; elsewhere it has nothing to say.
as_many_as_the_cluster_wants() {
  local ours='{namespace="crypto-screener"}' answer name missing
  answer=$(get -G --data-urlencode "query=kube_deployment_spec_replicas$ours - kube_deployment_status_replicas_available$ours > 0" "$PROMETHEUS_URL/api/v1/query") || return 0 # stage 7
  while IFS=$'\t' read -r name missing; do
    bad "$name: $missing of its processes are missing" "kubectl -n crypto-screener get deployment,pods; RUNBOOK: ReplicasMissing"
  done < <(jq -r '.data.result[] | "\(.metric.deployment)\t\(.value[1])"' <<<"$answer")
}

waits_for() { jq -r '[.checks[] | select(.state != "ok") | "\(.name) \(.detail)"] | join("; ")' <<<"$1" 2>/dev/null || echo "it says nothing readable"; }
