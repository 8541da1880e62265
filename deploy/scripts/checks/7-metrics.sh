# shellcheck shell=bash
# Prometheus reaches all its targets and can evaluate all its rules; without Prometheus the workers' metrics are read directly.
# No grep -q on what may be long: it leaves at the first match, and a writer that is cut off counts as failed.
check_metrics() {
  if [ -n "${PROMETHEUS_URL:-}" ]; then targets_are_up; rules_are_good; return 0; fi
  local service url
  for service in $services; do
    while read -r url; do
      if get "$url/metrics" 2>/dev/null | grep '^worker_active' >/dev/null; then ok "$service at $url tells its metrics"
      else bad "$service at $url tells no metrics" "curl $url/metrics; see stage 6"
      fi
    done < <(urls_of "$service")
  done
  warn "no Prometheus is known: nobody keeps the metrics or alerts on them" "make monitoring-setup monitoring-start, or PROMETHEUS_URL=…"
}

targets_are_up() {
  local targets job service
  targets=$(get "$PROMETHEUS_URL/api/v1/targets?state=active" 2>/dev/null) || { bad "Prometheus does not answer at $PROMETHEUS_URL" "make monitoring-start, monitoring-status"; return; }
  while IFS=$'\t' read -r job url error; do
    bad "$job: the target $url is not up: $error" "RUNBOOK: ScrapeFailing"
  done < <(jq -r '.data.activeTargets[] | select(.health != "up") | "\(.labels.job)\t\(.scrapeUrl)\t\(.lastError)"' <<<"$targets")
  for service in $services; do
    jq -e --arg job "$service" 'any(.data.activeTargets[]; .labels.job == $job)' <<<"$targets" >/dev/null \
      || bad "Prometheus scrapes no $service" "make monitoring-setup monitoring-start writes its targets anew"
  done
  ok "$(jq '[.data.activeTargets[] | select(.health == "up")] | length' <<<"$targets") targets are up"
}

rules_are_good() {
  local rules name error
  rules=$(get "$PROMETHEUS_URL/api/v1/rules" 2>/dev/null) || return 0
  [ "$(jq '.data.groups | length' <<<"$rules")" -gt 0 ] || { bad "Prometheus has no rules" "rule_files of its configuration; make monitoring-setup"; return 0; }
  while IFS=$'\t' read -r name error; do bad "the rule $name cannot be evaluated: $error" "RUNBOOK: RuleEvaluationFailing"; done \
    < <(jq -r '.data.groups[].rules[] | select(.health == "err") | "\(.name)\t\(.lastError)"' <<<"$rules")
  ok "$(jq '[.data.groups[].rules[]] | length' <<<"$rules") rules are loaded"
}
