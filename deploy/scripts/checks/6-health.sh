# shellcheck shell=bash
# Every process is ready, and the gateway hears from all of them.
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
  overview=$(api /api/operations-overview 2>/dev/null) || { warn "the gateway's overview cannot be read" "API_KEY=… (with scopes: operations:read)"; return 0; }
  unready=$(jq -r '.workers_not_ready | join(", ")' <<<"$overview")
  [ -z "$unready" ] || bad "not ready: $unready" "curl $GATEWAY_URL/api/v1/services tells why"
  while IFS=$'\t' read -r severity text; do warn "$severity: $text" "make diag-performance"; done < <(jq -r '.findings[] | "\(.severity)\t\(.message)"' <<<"$overview")
  ok "health score $(jq -r '"\(.health_score), \(.status), \(.workers_alive) workers heard"' <<<"$overview")"
}

waits_for() { jq -r '[.checks[] | select(.state != "ok") | "\(.name) \(.detail)"] | join("; ")' <<<"$1" 2>/dev/null || echo "it says nothing readable"; }
